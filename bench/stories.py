"""Stories for a site: the same words as takeaways of ours and as the articles another generator reads."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from companion.takeaways.model import Answer, Parcel, Takeaway

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
_WORDS = [
    "tide",
    "harbour",
    "slip",
    "crane",
    "window",
    "minute",
    "audit",
    "ledger",
    "delivery",
    "truck",
    "plan",
    "Thursday",
    "morning",
    "shift",
    "Łódź",
    "Hòa",
    "Bình",
    "smørrebrød",
    "invoice",
    "trust",
    "calm",
    "night",
    "customer",
    "wait",
    "promise",
    "answer",
    "line",
    "weld",
]


def parcels(count: int) -> list[Parcel]:
    """The newest first, about fourteen a day; every third has an answer."""
    words = random.Random(7)
    return [_parcel(number, words) for number in range(count)]


def articles(folder: Path, count: int) -> None:
    """The same as Markdown files with a head of metadata, one for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for parcel in parcels(count):
        (folder / f"{parcel.takeaway.id}.md").write_text(article(parcel), "utf-8")


def article(parcel: Parcel) -> str:
    """One such file."""
    it = parcel.takeaway
    head = f"Title: {it.headline}\nDate: {it.published:%Y-%m-%d %H:%M}\nCategory: {parcel.team}\nSlug: {it.id}\n"
    answers = "".join(f"\n**{answer.name}** {answer.text}\n" for answer in parcel.answers)
    passages = "".join(f"\n## {text.split()[0]}\n\n{text}\n" for text in (it.goal, it.matters, it.will_do))
    return f"{head}Author: {parcel.author}\n\n{it.scene}\n\n> {it.quote}\n>\n> {it.quote_role}\n{passages}{answers}"


def _parcel(number: int, words: random.Random) -> Parcel:
    sentence = _sentences(words)
    takeaway = Takeaway(
        f"story-{number}", 1, "p", "m", "c", "company", next(sentence)[:60], " ".join(next(sentence) for _ in range(5)),
        next(sentence), "the owner", next(sentence), next(sentence), next(sentence), next(sentence),
        f"{words.choice(_WORDS).capitalize()} {number % 150}", NOON - timedelta(hours=1.75 * number),
    )  # fmt: skip
    answers = (Answer(f"a{number}", takeaway.id, "already", next(sentence), NOON, "Agnes", "Accounts"),)
    # Names end in a word: the other generator numbers the pages of a list right behind its name.
    return Parcel(
        takeaway, f"Person {number % 60} Li", f"Team {number % 12} North", answers=answers if number % 3 == 0 else (),
        answer_to="answers@ferro.example", heard_on=date(2026, 11, 12),
    )  # fmt: skip


def _sentences(words: random.Random) -> Iterator[str]:
    while True:
        yield " ".join(words.choice(_WORDS) for _ in range(words.randint(9, 18))).capitalize() + "."
