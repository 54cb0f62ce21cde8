"""What goes with a letter beside its words: the brief, as text and as a page to print; an entry for a calendar."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from companion.basics.errors import Problem
from companion.basics.faults import write_log
from companion.programme.model import House
from companion.programme.preparing import brief_for
from companion.programme.seat_facts import with_entry
from companion.programme.seat_letters import OF_SEATS
from companion.takeaways.letters import Attachment, LetterParcel
from companion.takeaways.model import Shown
from companion.words.language import speaking
from companion.words.meeting_mail import paper_name


def enclosed(house: House, parcel: LetterParcel, *, paper: bool = True) -> LetterParcel:
    """The letter with the brief it is about, without what its listener expects to hear, or with a seat's entry.

    `paper`: with the page to print. Where this computer cannot make one the brief goes without it: it is for a
    meeting that does not wait; the log says why.
    """
    letter = parcel.letter
    if letter.kind != "brief":
        return with_entry(house, parcel) if letter.kind in OF_SEATS else parcel
    # The host has the first guest's, with what both may read; whoever only looks at a run sees no more than that.
    seen = (letter.recipient,) if paper else (letter.recipient, house.me)
    brief = replace(brief_for(house, letter.about, str(letter.facts["person"]), beside=seen), expected="")
    page = house.render_brief(brief, parcel.language)
    shown = replace(parcel, page=Shown(page.text, page.html))
    if not paper:
        return shown
    try:
        printed = house.render_pdf(page.paper)
    except Problem as problem:
        with suppress(OSError):
            write_log(house.paths.log, f"brief without its page: {problem.code}")
        return shown
    name = _name(parcel)
    return replace(shown, attachments=(Attachment(name, "application/pdf", printed),))


def _name(parcel: LetterParcel) -> str:
    """The file's name in its reader's language; of a customer under an agreement only the day."""
    facts = parcel.letter.facts
    customer = "" if facts.get("nda") else str(facts.get("customer", ""))
    with speaking(parcel.language):
        return paper_name(customer, date.fromisoformat(facts["day"]))
