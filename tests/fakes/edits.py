"""What people do to their calendars, one edit a function: (office, calendar's name, member's key, a number, a day)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from companion.basics.ids import canonical_uid
from fakes.calendars import Entry, spelled_otherwise
from fakes.ics import NOW
from fakes.office import ACCOUNTS, Office

Edit = Callable[[Office, str, str, int, int], None]
NAMES = tuple(account.name for account in ACCOUNTS)


def _master(office: Office, name: str, key: str, change: Callable[[Entry], Entry], *, newer: bool = False) -> None:
    first, *others = office.calendars[name].members[key]
    changed = change(first)
    if newer:
        changed = replace(changed, sequence=first.sequence + 1)
    office.put(name, key, [changed, *others])


def _again(office: Office, entry: Entry) -> str:
    """A new title for an entry, as secret as its old one."""
    title = office.title(entry.title.rpartition(" ")[0])
    if entry.private or entry.title in office.never:
        office.never.add(title)
    return title


def move(office: Office, name: str, key: str, n: int, day: int) -> None:
    """To another day; the changed occurrences of a series stay behind, as orphans."""
    office.moved.add(canonical_uid(office.calendars[name].members[key][0].uid))
    at = NOW + timedelta(days=day, hours=n % 5)
    _master(office, name, key, lambda entry: replace(entry, start=at), newer=True)


def retitle(office: Office, name: str, key: str, n: int, day: int) -> None:
    _master(office, name, key, lambda entry: replace(entry, title=_again(office, entry)), newer=True)


def cancel(office: Office, name: str, key: str, n: int, day: int) -> None:
    _master(office, name, key, lambda entry: replace(entry, cancelled=not entry.cancelled), newer=True)


def recall(office: Office, name: str, key: str, n: int, day: int) -> None:
    """Called off by the METHOD of the calendar, or on again."""
    _master(office, name, key, lambda entry: replace(entry, recalled=not entry.recalled), newer=True)


def invite(office: Office, name: str, key: str, n: int, day: int) -> None:
    """Somebody forwards the invitation: another guest, and no other word of it."""
    guest = ("lev@ferro.example", "agnes@ferro.example", "jo@kestrel.example", "sam@elsewhere.example")[n % 4]

    def invited(entry: Entry) -> Entry:
        # A customer who is invited makes a customer meeting of it: what is none of ours stays none.
        new = "agnes@ferro.example" if office.is_ours(entry) and "kestrel" in guest else guest
        return replace(entry, guests=tuple(dict.fromkeys((*entry.guests, new))))

    _master(office, name, key, invited)


def delete(office: Office, name: str, key: str, n: int, day: int) -> None:
    del office.calendars[name].members[key]
    office.calendars[name].log.append(key)


def answer(office: Office, name: str, key: str, n: int, day: int) -> None:
    says = ("ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION")[n % 4]
    _master(office, name, key, lambda entry: replace(entry, answer=says))


def tag(office: Office, name: str, key: str, n: int, day: int) -> None:
    """Another ETag, the same content."""
    calendar = office.calendars[name]
    calendar.tags[key] = calendar.tags.get(key, 0) + 1
    calendar.touch(key)


def break_(office: Office, name: str, key: str, n: int, day: int) -> None:
    _master(office, name, key, lambda entry: entry if entry.private else replace(entry, broken=True))


def mend(office: Office, name: str, key: str, n: int, day: int) -> None:
    _master(office, name, key, lambda entry: replace(entry, broken=False))


def private(office: Office, name: str, key: str, n: int, day: int) -> None:
    """Every member of the calendar with this UID."""
    uid = canonical_uid(office.calendars[name].members[key][0].uid)
    for other, entries in list(office.calendars[name].members.items()):
        if canonical_uid(entries[0].uid) == uid:
            office.close_uid(uid, [entry.title for entry in entries])
            office.put(name, other, [replace(entry, private=True, broken=False) for entry in entries])


def open_(office: Office, name: str, key: str, n: int, day: int) -> None:
    uid = canonical_uid(office.calendars[name].members[key][0].uid)
    for other, entries in list(office.calendars[name].members.items()):
        if canonical_uid(entries[0].uid) == uid:
            for entry in entries:
                if entry.private and (not office.is_ours(entry) or "yes" in office.verdicts.values()):
                    office.never.discard(entry.title)
            office.put(name, other, [replace(entry, private=False) for entry in entries])


def duplicate(office: Office, name: str, key: str, n: int, day: int) -> None:
    office.put(name, f"{'a' if n % 2 else 'z'}{office.next()}", list(office.calendars[name].members[key]))


def rename(office: Office, name: str, key: str, n: int, day: int) -> None:
    entries = office.calendars[name].members[key]
    office.renamed.update(entry.uid for entry in entries)
    delete(office, name, key, n, day)
    office.put(name, f"{'a' if n % 2 else 'z'}{office.next()}", entries)


def swap(office: Office, name: str, key: str, n: int, day: int) -> None:
    """Two members hold what the other one held."""
    members = office.calendars[name].members
    other = sorted(members)[n % len(members)]
    office.renamed.update(entry.uid for one in (key, other) for entry in members[one])
    mine, theirs = members[key], members[other]
    office.put(name, key, theirs)
    office.put(name, other, mine)


def _slot(office: Office, name: str, key: str, n: int) -> tuple[Entry, list[Entry], int] | None:
    first, *others = office.calendars[name].members[key]
    return (first, others, n % first.weeks) if first.weeks else None


def _one(office: Office, name: str, key: str, n: int, change: Callable[[Entry], Entry]) -> None:
    found = _slot(office, name, key, n)
    if found:
        first, others, at = found
        slot = first.slots[at]
        known = next((entry for entry in others if entry.rec == slot), None)
        base = known or replace(first, rec=slot, start=slot, weeks=0, added=(), taken=(), title=_again(office, first))
        rest = [entry for entry in others if entry is not known]
        new = change(base)
        # SEQUENCE alone is no news to the app: it moves with the content only.
        newer = new if new == known else replace(new, sequence=base.sequence + 1)
        office.put(name, key, [first, *rest, newer])


def move_one(office: Office, name: str, key: str, n: int, day: int) -> None:
    office.moved.add(canonical_uid(office.calendars[name].members[key][0].uid))
    _one(office, name, key, n, lambda entry: replace(entry, start=NOW + timedelta(days=day)))


def cancel_one(office: Office, name: str, key: str, n: int, day: int) -> None:
    _one(office, name, key, n, lambda entry: replace(entry, cancelled=True))


def hide_one(office: Office, name: str, key: str, n: int, day: int) -> None:
    def hide(entry: Entry) -> Entry:
        office.close_uid(canonical_uid(entry.uid), [entry.title])
        return replace(entry, private=True)

    _one(office, name, key, n, hide)


def take_one_out(office: Office, name: str, key: str, n: int, day: int) -> None:
    found = _slot(office, name, key, n)
    if found:
        first, others, at = found
        slot = first.slots[at]
        changed = replace(first, taken=(*first.taken, slot))
        office.put(name, key, [changed, *(entry for entry in others if entry.rec != slot)])


def add_one(office: Office, name: str, key: str, n: int, day: int) -> None:
    at = NOW + timedelta(days=day, hours=7)
    _master(office, name, key, lambda entry: replace(entry, added=(*entry.added, at)) if entry.weeks else entry)


def onward(office: Office, name: str, key: str, n: int, day: int) -> None:
    """This and following, within the series: RANGE=THISANDFUTURE."""
    office.moved.add(canonical_uid(office.calendars[name].members[key][0].uid))
    later = timedelta(days=day % 3, hours=0 if day % 2 else 1)
    _one(office, name, key, n, lambda entry: replace(entry, onward=True, start=entry.start + later))


def split(office: Office, name: str, key: str, n: int, day: int) -> None:
    """This and following: the rest of a series under a new UID."""
    found = _slot(office, name, key, n)
    if found and found[2] and not found[0].private:
        first, others, at = found
        slot = first.slots[at]
        uid = f"u{office.next()}@x"
        rest = replace(first, uid=uid, start=slot, weeks=first.weeks - at, title=_again(office, first))
        kept = [entry for entry in others if entry.rec and entry.rec < slot]
        office.put(name, key, [replace(first, weeks=at), *kept])
        office.put(name, f"m{office.serial}", [rest])


def copy(office: Office, name: str, key: str, n: int, day: int, *, spelled: bool = False) -> None:
    """The same meeting in somebody else's calendar, under another title."""
    entries = office.calendars[name].members[key]
    other = [item for item in NAMES if item != name][n % 2]
    says = ("ACCEPTED", "DECLINED", "NEEDS-ACTION")[n % 3]
    new = [
        replace(e, uid=spelled_otherwise(e.uid) if spelled and len(e.uid) < 40 else e.uid, title=_again(office, e),
                answer=says)
        for e in entries
    ]  # fmt: skip
    office.put(other, f"c{office.next()}", new)


def forward(office: Office, name: str, key: str, n: int, day: int) -> None:
    """A copy whose UID Exchange has wrapped."""
    copy(office, name, key, n, day, spelled=True)


EDITS: dict[str, Edit] = {
    "move": move, "retitle": retitle, "cancel": cancel, "delete": delete, "private": private, "open": open_,
    "break": break_, "mend": mend, "tag": tag, "answer": answer, "duplicate": duplicate, "rename": rename,
    "move one": move_one, "cancel one": cancel_one, "hide one": hide_one, "take one out": take_one_out,
    "add one": add_one, "split": split, "onward": onward, "copy": copy, "forward": forward, "recall": recall,
    "invite": invite, "swap": swap,
}  # fmt: skip
