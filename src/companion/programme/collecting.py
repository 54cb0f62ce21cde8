"""Join reports, collected from Teams while they are there: after a sync, from the accounts of who organised."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from companion.attendance.report import Look, Report, ReportSource
from companion.attendance.reports_uniting import EARLY, LATE, touches
from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.calendars.model import Account, is_microsoft, mailbox_of
from companion.calendars.signin import APP, SignedIn
from companion.meetings.model import Meeting
from companion.people.addresses import normal
from companion.programme.accounts import let_go, named
from companion.programme.joined import take
from companion.programme.looking import OLDEST, after_look, outcome_of, put_off, wanted
from companion.programme.model import House
from companion.programme.refused import remembering

MOST = 20  # meetings looked at in one sync of one account
NEED = "join_reports"  # what the sign-in is asked for, as in `signing.PERMISSIONS`
PAUSE, SHORT = timedelta(days=1), timedelta(hours=1)  # before an account that may not read reports, or is in trouble
_OFF = timedelta(days=36500)
_ENOUGH_REFUSALS = 3  # in a row: then it is the firm's rule, and not about one meeting
# About one meeting, or one answer: the next may go well. Whatever else goes wrong concerns the account.
_ELSEWHERE, _REFUSED = "ms_meeting_elsewhere", "ms_reports_not_allowed"
_ODD = frozenset(
    {"answer_unreadable", "answer_too_big", "pages_endless", "server_error", "meeting_unknown", "not_over_yet"}
)
_NOT_ON = frozenset({"ms_consent_needed", "ms_consent_refused", "ms_admin_consent"})  # nobody said yes: then it is off


@dataclass(frozen=True)
class Collected:
    """What looking for one account's reports did. A `problem` ended it early; that the feature is off is none."""

    account: str
    looked: int = 0
    taken: int = 0
    problem: Problem | None = None


def collect(house: House, accounts: Iterable[Account], ticket: Ticket) -> list[Collected]:
    """Look for the reports that are due, for each of these accounts that signs in at Microsoft.

    What Microsoft refuses is never raised: a report that cannot be had today is looked for later. Raises Cancelled,
    and Problem where a store is away; what was taken stays.
    """
    asking = _on(house, accounts)
    if not asking:
        return []
    now = house.clock()
    with house.workspace(write=False) as tx:
        past = [one for one in tx.meetings.during(now - OLDEST, now) if one.verdict != "no"]
        people = tx.people.all()
    found = []
    for account in asking:
        theirs = _addresses(house, account)
        theirs |= {address for person in people if theirs & set(person.addresses) for address in person.addresses}
        with house.device(write=False) as device:
            looks = {look.meeting_id: look for look in device.looks.all()}
        due = list(islice(wanted(past, looks, theirs, now), MOST))
        if due:
            found.append(_collect_from(house, account, due, looks, ticket))
    return found


def turn_on(house: House, name: str, ticket: Ticket, show: Callable[[str], None]) -> Collected:
    """Let an account read join reports: sign in once more for these permissions, then look at once.

    Problems: account_unknown, ms_reports_only_there, ms_other_person, and what a sign-in may end in.
    """
    account = _microsoft(house, name)
    if account.user != APP:
        before = _signed_in(house, account)
        with remembering(house, (NEED,), name, mailbox_of(account)):
            person = house.identity.sign_in(ticket, show, hint=before.address if before else "", needs=(NEED,))
        if person.id != account.user:
            let_go(house, person.id)
            raise Problem("ms_other_person", account=before.address if before else name, other=person.address)
    with house.device() as device:
        device.gates.put(_gate(account), house.clock())
    found = collect(house, [account], ticket)
    return found[0] if found else Collected(name)


def turn_off(house: House, name: str) -> None:
    """Look for no more reports by an account; what was taken stays. Problems as of `turn_on`."""
    account = _microsoft(house, name)
    with house.device() as device:
        device.gates.put(_gate(account), house.clock() + _OFF)


def _microsoft(house: House, name: str) -> Account:
    account = named(house, name)
    if not is_microsoft(account):
        raise Problem("ms_reports_only_there", name=name)
    return account


def _on(house: House, accounts: Iterable[Account]) -> list[Account]:
    """The accounts that may look now."""
    now, found = house.clock(), []
    with house.device(write=False) as device:
        for account in accounts:
            until = device.gates.until(_gate(account)) if is_microsoft(account) else now + _OFF
            if until is None or until <= now:
                found.append(account)
    return found


def _gate(account: Account) -> str:
    return f"join reports {account.id}"


def _addresses(house: House, account: Account) -> set[str]:
    """Whose meetings an account may read reports of."""
    known = {normal(account.owner), normal(mailbox_of(account))} - {""}
    if known or account.user == APP:
        return known
    person = _signed_in(house, account)
    return {normal(person.address)} if person else set()


def _signed_in(house: House, account: Account) -> SignedIn | None:
    return next((person for person in house.identity.people() if person.id == account.user), None)


def _collect_from(
    house: House, account: Account, due: Sequence[Meeting], looks: dict[str, Look], ticket: Ticket
) -> Collected:
    done, refusals = Collected(account.name), 0
    try:
        source = house.open_reports(account)
    except Problem as problem:
        return _paused(house, account, done, problem)
    try:
        for number, meeting in enumerate(due):
            ticket.step("joined", number, len(due))
            try:
                look, taken = _look(house, source, meeting, looks.get(meeting.id), ticket)
            except Problem as problem:
                return _paused(house, account, done, problem)
            done = replace(done, looked=done.looked + 1, taken=done.taken + taken)
            refusals = refusals + 1 if look.outcome == "not_allowed" else 0
            if refusals >= _ENOUGH_REFUSALS:
                return _paused(house, account, done, Problem(_REFUSED, account=account.name))
    finally:
        source.close()
    return done


def _paused(house: House, account: Account, done: Collected, problem: Problem) -> Collected:
    """The account rests for a while; without a word where nobody said yes to reading reports."""
    pause = PAUSE if problem.code in (*_NOT_ON, _REFUSED) else SHORT
    with house.device() as device:
        device.gates.put(_gate(account), house.clock() + pause)
    return done if problem.code in _NOT_ON else replace(done, problem=problem)


def _look(
    house: House, source: ReportSource, meeting: Meeting, before: Look | None, ticket: Ticket
) -> tuple[Look, bool]:
    """Look for one meeting's reports: what they say is stored first, that they were looked at second."""
    organiser = meeting.organiser.address if meeting.organiser else ""
    taken = False
    try:
        reports = source.reports(meeting.link, organiser, ticket, (meeting.start - EARLY, meeting.end + LATE))
        taken = _take(house, meeting, reports)
        outcome = outcome_of(len(reports), int(taken), meeting.end, house.clock())
        look = after_look(meeting, before, outcome, house.clock())
    except Problem as problem:
        look = _without(meeting, before, problem, house.clock())
    with house.device() as device:
        device.looks.put(look)
    return look, taken


def _take(house: House, meeting: Meeting, reports: Sequence[Report]) -> bool:
    fitting = [report for report in reports if touches(report, meeting)]
    return bool(fitting) and take(house, meeting.id, reports) is not None


def _without(meeting: Meeting, before: Look | None, problem: Problem, now: datetime) -> Look:
    if problem.code == _ELSEWHERE:
        return after_look(meeting, before, "elsewhere", now)
    if problem.code == _REFUSED:
        return after_look(meeting, before, "not_allowed", now)
    if problem.code in _ODD:
        return put_off(meeting, before, now)
    raise problem
