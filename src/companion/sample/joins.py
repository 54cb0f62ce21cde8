"""Join reports of past reviews, as Microsoft Teams and Zoom give them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from companion.sample.firm import Firm
from companion.sample.model import SampleReport
from companion.sample.reviews import EXTRA, Occurrence, Review


@dataclass(frozen=True)
class Guest:
    """Somebody in the meeting; without an address where the system did not tell one. Times are local."""

    name: str
    address: str
    came: datetime
    left: datetime
    ours: bool


def reports(firm: Firm, reviews: dict[str, Review]) -> tuple[SampleReport, ...]:
    """Two that the demo takes in, one of them with a name that has no address, and one to be tried by hand."""
    santpau, polnoc, vanrijn = (reviews[key] for key in ("santpau", "polnoc", "vanrijn"))
    teams = _teams(santpau.at(0), _there(firm, santpau, 0), _GERMAN)
    nobody = frozenset({"dana-okafor"})  # joined without signing in: her name, and no address
    zoom = _zoom(polnoc.at(0), _there(firm, polnoc, 0, nobody))
    by_hand = _teams(vanrijn.at(EXTRA), _there(firm, vanrijn, EXTRA), _ENGLISH)
    return (
        _file(santpau, 0, "santpau-teams.csv", _utf_16(teams), taken=True),
        _file(polnoc, 0, "polnoc-zoom.csv", zoom.encode("utf-8-sig"), taken=True),
        _file(vanrijn, EXTRA, "vanrijn-teams.csv", _utf_16(by_hand), taken=False),
    )


def _file(review: Review, k: int, name: str, content: bytes, *, taken: bool) -> SampleReport:
    file = f"{review.at(k).start.date().isoformat()}-{name}"  # where to take it in
    return SampleReport(review.uid, review.instance(k), file, content, taken)


def _utf_16(text: str) -> bytes:
    """As Teams writes its files, on any machine."""
    return f"\ufeff{text}".encode("utf-16-le")


def _there(firm: Firm, review: Review, k: int, nameless: frozenset[str] = frozenset()) -> list[Guest]:
    """The host, the customer's people, and the leaders who had a seat."""
    met, customer = review.at(k), firm.customers[review.customer]
    host = next(member for member in firm.people if member.email == customer["host"])
    people = [(host.name, host.email, True)]
    people += [(name, address, False) for name, address, _does in customer["contacts"][:2]]
    for seat in met.seats:
        member = firm.person(seat.who)
        people.append((member.name, "" if seat.who in nameless else member.address(seat.alias), True))
    return [
        Guest(
            name, address, met.start + timedelta(minutes=at - 1, seconds=7 * at), met.end - timedelta(minutes=at), ours
        )
        for at, (name, address, ours) in enumerate(people)
    ]


@dataclass(frozen=True)
class Language:
    """How Teams writes a report in one language."""

    moment: str  # as strftime wants it
    length: str
    summary: tuple[str, str, str, str, str]  # heading, title, people, start, end
    people: tuple[str, ...]  # heading, then the columns
    roles: tuple[str, str]  # who organised it, everybody else


_GERMAN = Language(
    "%d.%m.%y, %H:%M:%S", "{} Std. {} Min. {} Sek.",
    ("1. Zusammenfassung", "Besprechungstitel", "Teilnehmer", "Startzeit", "Endzeit"),
    ("2. Teilnehmer", "Name", "Erster Beitritt", "Letztes Verlassen", "Dauer in Besprechung", "E-Mail",
     "Teilnehmer-ID (UPN)", "Rolle"),
    ("Organisator", "Teilnehmer"),
)  # fmt: skip
_ENGLISH = Language(
    "%m/%d/%y, %I:%M:%S %p", "{}h {}m {}s",
    ("1. Summary", "Meeting title", "Attended participants", "Start time", "End time"),
    ("2. Participants", "Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)",
     "Role"),
    ("Organizer", "Attendee"),
)  # fmt: skip


def _teams(met: Occurrence, people: Sequence[Guest], words: Language) -> str:
    first, last = min(one.came for one in people), max(one.left for one in people)
    heading, title, count, start, end = words.summary
    lines = [
        [heading], [title, met.title], [count, str(len(people))], [start, first.strftime(words.moment)],
        [end, last.strftime(words.moment)], [], [words.people[0]], list(words.people[1:]),
    ]  # fmt: skip
    for at, one in enumerate(people):
        seconds = int((one.left - one.came).total_seconds())
        length = words.length.format(seconds // 3600, seconds // 60 % 60, seconds % 60)
        both = (one.came.strftime(words.moment), one.left.strftime(words.moment))
        lines.append([one.name, *both, length, one.address, one.address, words.roles[min(at, 1)]])
    return "".join("\t".join(line) + "\r\n" for line in lines)


def _zoom(met: Occurrence, people: Sequence[Guest]) -> str:
    def moment(at: datetime) -> str:
        return at.strftime("%m/%d/%Y %I:%M:%S %p")

    def minutes(start: datetime, end: datetime) -> str:
        return str(-int((start - end).total_seconds() // 60))

    first, last = min(one.came for one in people), max(one.left for one in people)
    lines = [
        ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
        ["812 3456 7890", met.title, moment(first), moment(last), people[1].address, minutes(first, last),
         str(len(people))],
        [],
        ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"],
    ]  # fmt: skip
    for one in people:
        guest = "Yes" if one.ours else "No"  # the customer's meeting, in which we are guests
        lines.append([one.name, one.address, moment(one.came), moment(one.left), minutes(one.came, one.left), guest])
    return "".join(",".join(line) + "\r\n" for line in lines)
