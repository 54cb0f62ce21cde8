"""A letter of the programme as mail: text before HTML, the whole in the body, nothing fetched from elsewhere."""

from datetime import date, datetime

from companion.connectors.inlined import inlined
from companion.connectors.mail_buttons import buttons_of, stop_of
from companion.connectors.markdown import clean, one_line
from companion.connectors.rendering import render, story, tidy
from companion.connectors.weekly_lines import todo_of
from companion.people.addresses import normal
from companion.takeaways.audience import say
from companion.takeaways.code import tag
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Answer, Parcel, Shown
from companion.words import weekly
from companion.words.language import speaking, t
from companion.words.letters import KINDS, words_of
from companion.words.mail import About, Passage, Words
from companion.words.presence import HOW

_WHOLE = {"host_copy", "host_notice", "host_yes", "held", "digest"}  # these show the takeaways themselves
# A reply to these is what they ask for, so their own subject carries the token; a yes takes its own link.
_REPLIED = {"answers": "reply", "after": "after", "who_sat": "sat"}


def render_letter(parcel: LetterParcel) -> tuple[str, Shown]:
    """The letter's subject, and what it says, in its reader's language."""
    with speaking(parcel.language):
        words = words_of(parcel.letter.kind, _about(parcel))
        to = normal(parcel.answer_to)
        stop = stop_of(parcel)
        shown = [story(item) for item in parcel.parcels] if parcel.letter.kind in _WHOLE else []
        buttons = buttons_of(parcel)
        facts = {
            "w": words, "stories": shown, "answering": parcel.letter.kind in ("host_copy", "digest"),
            "buttons": buttons, "answer_to": to, "how": _how(parcel.letter.kind, to, several=len(buttons) > 1),
            "stop": stop.address if stop else "", "stop_subject": stop.subject if stop else "",
            "todo": todo_of(parcel), "more": weekly.more(parcel.more), "todo_how": weekly.how(to),
            "page": parcel.page.text.strip() if parcel.page else "", "page_html": inlined(parcel.page),
        }  # fmt: skip
        text, html = tidy(render("mail/letter.txt", **facts)), render("mail/letter.html", **facts)
        return _subject(parcel, words), Shown(text, html)


def _subject(parcel: LetterParcel, words: Words) -> str:
    letter = parcel.letter
    if letter.kind in ("digest", "brief"):
        return words.subject
    answered = _REPLIED.get(letter.kind)
    code = tag(letter.about, answered, letter.facts["token"]) if answered else tag(letter.about)
    return f"{words.subject} {code}"


def _how(kind: str, to: str, *, several: bool = False) -> str:
    """What to do with the mails that the buttons open."""
    if kind == "after":
        return t(HOW[0 if several else 1], address=to)
    if kind == "who_sat":
        return t("Each opens a mail to {address}. Change what is not so, and send it.", address=to)
    if kind == "answers":
        return t("It opens a mail to {address}. Write your answer at its top and send it.", address=to)
    if kind == "host_copy":
        return t("It opens a mail to {address}. Send it as it is, or add why: the author reads it.", address=to)
    return t("Each opens a mail to {address}. Send it as it is, or add a line: the author reads it.", address=to)


def _about(parcel: LetterParcel) -> About:
    letter, facts = parcel.letter, parcel.letter.facts
    first = parcel.parcels[0] if parcel.parcels else None
    answers = _answers(parcel)
    out_at, start, day = facts.get("out_at"), facts.get("start"), facts.get("day")
    customer = first.takeaway.customer_name if first else str(facts.get("customer", ""))
    return About(
        headline=one_line(first.takeaway.headline) if first else "",
        customer=one_line(customer),
        author=one_line(first.author) if first else "",
        who=_who(first) if first else "",
        audience=one_line(say(first.takeaway.audience)) if first else "",
        programme=one_line(parcel.programme), name=one_line(parcel.name), zone=parcel.zone,
        out_at=datetime.fromisoformat(out_at) if out_at else None, why=tuple(facts.get("why", ())),
        held_by=one_line(first.takeaway.held_by) if first else "",
        held_address=normal(parcel.held_address),
        held_why=one_line(first.takeaway.held_why) if first else "",
        said=tuple(_said(answer, letter.recipient) for answer in answers),
        private=sum(answer.only_author for answer in answers),
        reply="\n\n".join(clean(answer.reply).strip() for answer in answers if answer.reply.strip()),
        did=clean(str(facts.get("did", ""))).strip(), role=str(facts.get("role", "")),
        team=one_line(facts.get("team", "")), count=len(parcel.parcels), todo=len(parcel.todo),
        by_mail=bool(normal(parcel.answer_to)), answer_to=normal(parcel.answer_to),
        start=datetime.fromisoformat(start) if start else None,
        day=date.fromisoformat(day) if letter.kind in ("brief", "after", "who_sat") and day else None,
        all_day=bool(facts.get("all_day")), guest=one_line(str(facts.get("guest", ""))),
        again=bool(facts.get("again")), moved=bool(facts.get("moved")), questions=parcel.questions,
        quiet_name=bool(facts.get("nda")), facts=facts,
    )  # fmt: skip


def _answers(parcel: LetterParcel) -> list[Answer]:
    """What readers said or pressed, as the letter shows it."""
    told = parcel.parcels[0].answers if parcel.parcels else ()
    return [answer for answer in told if answer.text.strip() or answer.kind]


def _who(parcel: Parcel) -> str:
    author, team = one_line(parcel.author), one_line(parcel.team)
    return f"{author} ({team})" if author and team else author or t("A colleague")


def _said(answer: Answer, recipient: str) -> Passage:
    kind = t(KINDS[answer.kind]) if answer.kind in KINDS else ""
    if answer.address == recipient:
        who = t("You wrote")
    else:
        who = ", ".join(part for part in (one_line(answer.name), one_line(answer.team)) if part) or t("A reader")
        if answer.only_author:
            who = t("{who}, only to you", who=who)
    return Passage(f"{who} · {kind}" if kind else who, clean(answer.text).strip())
