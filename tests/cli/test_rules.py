"""rules: show, try, set, explain."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.meetings.recognise import hold_words_of
from fakes.commands import Cli
from fakes.ics import calendar, event

CANARY = "Zebrafinch appointment"


def stamp(days: int) -> str:
    """A moment some days from now, as calendars write it."""
    day = datetime.now(UTC).replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return f"{day:%Y%m%dT%H%M%SZ}"


@pytest.fixture
def work(ferro: Cli) -> Cli:
    """A connected calendar with a review, a stocktake that counts for too little, and something private."""
    rows = [
        event("review", stamp(-40), title="Kestrel review"),
        event("weak", stamp(-30), title="Kestrel stocktake", guests=(), organiser=""),
        event("series", stamp(-20), "RRULE:FREQ=MONTHLY;COUNT=2", title="Lunch", guests=()),
        event("secret", stamp(-10), "CLASS:PRIVATE", title=CANARY),
    ]
    ferro("accounts", "add", "ics", "Work", ferro.file("work.ics", calendar(*rows)))
    return ferro


def test_the_rules_are_shown(ferro: Cli) -> None:
    told = ferro("rules", "show")
    assert "Normal (50 points): A guest of theirs is enough" in told
    assert "Words of a review, as they ship with the app" in told
    assert "  Kestrel Plumbing Supply: kestrel.example; “Kestrel”" in told
    found = ferro.json("rules", "show")
    assert (found["threshold"], found["level"], found["review_words_shipped"]) == (50, "normal", True)
    assert found["hold_words"] == list(hold_words_of(()))
    assert found["customers"][0]["domains"] == ["kestrel.example"]


def test_other_rules_are_tried_and_nothing_is_stored(work: Cli) -> None:
    before = files(work.home)
    found = work.json("rules", "try", "--add-word", "stocktake", "--hold", "Review")
    assert (found["now"], found["then"]) == (1, 1)
    assert found["sentence"] == "Would catch 1 more and lose 1 of the past twelve months' 1 meeting."
    (caught,), (lost,) = found["caught"], found["lost"]
    assert (caught["uid"], caught["score_now"], caught["score"]) == ("weak", 35, 60)
    assert caught["sentence_now"].startswith("Not kept, 35 of 50 points: “Kestrel” is in the title (30)")
    assert (lost["uid"], lost["sentence"]) == ("review", "Held back: “Review” is in the title.")
    told = work("rules", "try", "--add-word", "stocktake", "--hold", "Review")
    assert "Words of a review added: “stocktake”" in told
    assert "Kestrel stocktake  (Work)" in told
    assert CANARY not in told
    assert files(work.home) == before
    assert work.json("rules", "show")["review_words_shipped"]


def files(home: Path) -> dict[Path, bytes]:
    found = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {path: path.read_bytes() for path in found}


def test_a_customer_is_tried_with_domains_and_names(work: Cli) -> None:
    found = work.json("rules", "try", "--customer", "kestrel", "--drop-domain", "kestrel.example",
                      "--drop-alias", "Kestrel")  # fmt: skip
    assert [item["uid"] for item in found["lost"]] == ["review"]
    fresh = work.json("rules", "try", "--customer", "Lunch Club", "--alias", "Lunch", "--threshold", "30")
    assert {item["uid"] for item in fresh["caught"]} == {"series", "weak"}
    assert {item["customer"] for item in fresh["caught"]} == {"Lunch Club", "Kestrel Plumbing Supply"}


def test_rules_are_saved_and_the_next_sync_reads_again(work: Cli) -> None:
    assert work.json("sync")["accounts"][0]["kept"] == 1
    told = work("rules", "set", "--add-word", "stocktake", "--drop-word", "QBR", "--threshold", "55")
    assert "Words of a review added: “stocktake”" in told
    assert "Words of a review taken out: “qbr”" in told
    assert "55 points are needed" in told
    found = work.json("rules", "show")
    assert "stocktake" in found["review_words"]
    assert "qbr" not in found["review_words"]
    assert (found["threshold"], found["level"]) == (55, "own")
    assert work.json("sync")["accounts"][0]["kept"] == 2
    assert "Nothing changes." in work("rules", "set", "--add-word", "Stocktake")
    done = work.json("rules", "set", "--shipped", "--customer", "Marea Boats", "--domain", "@marea.example",
                     "--domain", "ana@mail.example")  # fmt: skip
    assert len(done["id"]) == 1
    found = work.json("rules", "show")
    assert found["review_words_shipped"]
    marea = next(customer for customer in found["customers"] if customer["name"] == "Marea Boats")
    assert (marea["domains"], marea["addresses"]) == (["marea.example"], ["ana@mail.example"])


def test_no_words_at_all_is_a_choice(ferro: Cli) -> None:
    ferro("rules", "set", *(part for word in hold_words_of(()) for part in ("--unhold", word)))
    found = ferro.json("rules", "show")
    assert (found["hold_words"], found["hold_words_shipped"]) == ([], False)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--threshold", "0"), "0 is no number of points from 1 to 125."),
        (("--threshold", "1000"), "1000 is no number of points from 1 to 125."),
        (("--add-word", " "), "A word has no letters."),
        (("--hold", "-"), "A word has no letters."),
        (("--add-word", "x" * 81), "“xxxxxxxxxxxxxxxxxxxx…” is longer than 80 letters."),
        (("--drop-word", "never"), "“never” is not on the list"),
        (("--unhold", "never"), "“never” is not on the list"),
        (("--domain", "x.example"), "Domains and other names belong to a customer."),
        (("--customer", " "), "Domains and other names belong to a customer."),
        (("--customer", "Kestrel", "--domain", "ferro.example"), "ferro.example is our own domain"),
        (("--customer", "Kestrel", "--domain", "eu.ferro.example"), "eu.ferro.example is our own domain"),
        (("--customer", "Kestrel", "--domain", "gmail.com"), "Everybody can have an address at gmail.com."),
        (("--customer", "Kestrel", "--domain", "two words"), "two words is not a mail domain."),
        (("--customer", "Kestrel", "--domain", "dana@ferro.example"), "dana@ferro.example is an address of one of our"),
        (("--customer", "New", "--domain", "kestrel.example"), "kestrel.example already belongs to Kestrel Plumbing"),
        (("--customer", "New", "--alias", "KESTREL"), "kestrel already belongs to Kestrel Plumbing Supply."),
        (("--customer", "Kestrel", "--drop-domain", "x.example"), "Kestrel Plumbing Supply is not known by x.example"),
    ],
)
@pytest.mark.parametrize("verb", ["try", "set"])
def test_what_cannot_be_is_told_in_a_sentence(ferro: Cli, verb: str, options: tuple[str, ...], told: str) -> None:
    before = ferro.json("rules", "show")
    ferro("rules", verb, *options, code=1)
    assert told in ferro.said
    assert ferro.json("rules", "show") == before


def test_ten_thousand_words_are_too_many(ferro: Cli) -> None:
    ferro("rules", "set", *(part for at in range(10_000) for part in ("--add-word", f"word {at}")), code=1)
    assert "words are too many; 500 can be kept." in ferro.said


def test_without_a_calendar_there_is_nothing_to_try(ferro: Cli) -> None:
    assert "No calendar is connected yet." in ferro("rules", "try", "--threshold", "30")


def test_a_calendar_that_cannot_be_read_is_told(work: Cli, tmp_path: Path) -> None:
    gone = tmp_path / "gone.ics"
    gone.write_bytes(calendar(event("x", stamp(-5))))
    work("accounts", "add", "ics", "Gone", str(gone))
    gone.unlink()
    assert work.json("rules", "try")["now"] == 1
    assert "gone.ics" in work.said
    (tmp_path / "work.ics").unlink()
    assert work.json("rules", "try", code=1)["problems"][0]["account"] == "Gone"


def test_one_entry_is_explained(work: Cli, tmp_path: Path) -> None:
    path = str(tmp_path / "work.ics")
    told = "Not kept, 35 of 50 points: “Kestrel” is in the title (30), it takes 90 minutes (5); "
    assert work("rules", "explain", path, "weak").startswith(told)
    assert work("rules", "explain", "weak", "--account", "Work").startswith(told)
    assert work("rules", "explain", "--account", "Work", "secret").strip() == "Private: it is dropped unread."
    assert CANARY not in work("rules", "explain", "--account", "Work", "secret", "--json")
    both = work.json("rules", "explain", path, "series")
    assert len(both) == 2
    assert work("rules", "explain", path, "series") == "Not kept: no customer is on the list or in the title.\n"
    (one,) = work.json("rules", "explain", path, "series", "--recurrence", both[1]["recurrence_id"])
    assert one["day"] == both[1]["day"]
    work("rules", "explain", path, "nobody", code=1)
    assert "work.ics holds no entry with the UID nobody in these days." in work.said
    work("rules", "explain", "weak", code=1)
    assert "Say where the entry stands" in work.said
    work("rules", "explain", "weak", "--account", "Nope", code=1)


def test_the_older_command_checks_the_same(ferro: Cli) -> None:
    ferro("programme", "--threshold", "0", code=1)
    assert "0 is no number of points from 1 to 125." in ferro.said
    ferro("programme", "--review-words", "-; review", code=1)
    assert "A word has no letters." in ferro.said
    ferro("programme", "--review-words", "review; stocktake", "--threshold", "45")
    found = ferro.json("rules", "show")
    assert (found["review_words"], found["threshold"]) == (["review", "stocktake"], 45)
