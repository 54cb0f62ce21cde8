"""How a calendar account stands, in words: one sentence on top, then its runs and what was set aside."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from companion.basics.clock import day_of
from companion.words.dates import ago, clock_time, day_month, weekday
from companion.words.language import mark, t, tn
from companion.words.problems import from_code, times

TAGS: dict[str, str] = {
    "signed_out": mark("signed out"),
    "failing": mark("not reached"),
    "demo_over": mark("demo is over"),
    "doubted": mark("to be looked at"),
    "set_aside": mark("set aside"),
    "not_read_lately": mark("not read lately"),
    "never_read": mark("not read yet"),
    "in_order": "",
}
_SIGN_IN: dict[str, str] = {
    "signin_refused": mark("Signed out since {day}: the server refuses the user name or the password."),
    "password_missing": mark("Signed out since {day}: its password is not at hand on this computer."),
    "address_missing": mark("Signed out since {day}: its secret address is not at hand on this computer."),
    "signin_other": mark("Signed out since {day}: the server wants another way of signing in."),
    "not_signed_in": mark("Signed out since {day}: the server does not know who asks."),
    "ms_signin_needed": mark("Signed out since {day}: Microsoft wants you to sign in once more."),
    "ms_mfa_needed": mark("Signed out since {day}: Microsoft wants you to confirm once more that it is you."),
    "ms_consent_needed": mark("Signed out since {day}: a permission to read the calendar is missing."),
    "ms_consent_refused": mark("Signed out since {day}: the permission to read the calendar was refused."),
    "ms_admin_consent": mark("Signed out since {day}: only your IT can permit that the calendar is read."),
    "ms_device_refused": mark("Signed out since {day}: your firm does not let this computer in."),
    "ms_password_changed": mark("Signed out since {day}: the password was changed, or IT ended all sign-ins."),
    "ms_account_gone": mark("Signed out since {day}: Microsoft does not know this person any more."),
    "ms_not_assigned": mark("Signed out since {day}: your firm lets only chosen people use this app."),
    "ms_app_unknown": mark("Signed out since {day}: your firm's Microsoft does not know this app."),
    "ms_tenant_unknown": mark("Signed out since {day}: Microsoft does not know the firm that is set."),
    "ms_not_set_up": mark("Signed out since {day}: Microsoft 365 is not set up on this computer."),
    "ms_public_client_off": mark("Signed out since {day}: your firm's Microsoft lets no app on a computer sign in."),
}
UNREACHED = {
    "server_silent", "server_unknown", "server_unreachable", "server_busy", "server_busy_for", "server_error"
}  # fmt: skip


class Stand(Protocol):
    """Where the sync of one account stands."""

    @property
    def last_ok(self) -> datetime | None: ...
    @property
    def failures(self) -> int: ...
    @property
    def trouble(self) -> str: ...
    @property
    def retry_at(self) -> datetime | None: ...
    @property
    def signed_out(self) -> datetime | None: ...


class Aside(Protocol):
    """One thing that could not be read."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> dict[str, Any]: ...
    @property
    def since(self) -> datetime: ...
    @property
    def tries(self) -> int: ...


class Kind(Protocol):
    """What kind of account it is."""

    @property
    def kind(self) -> str: ...


class Item(Protocol):
    """What is told of one account."""

    @property
    def account(self) -> Kind: ...
    @property
    def state(self) -> Stand: ...
    @property
    def condition(self) -> str: ...
    @property
    def collected(self) -> bool: ...
    @property
    def kept(self) -> int: ...
    @property
    def aside(self) -> tuple[Any, ...]: ...


def tag(item: Item) -> str:
    """One or two words for a list; "" where all is well."""
    if item.condition == "failing" and item.state.trouble == "server_busy_for":
        return t("asked to wait")
    if item.condition == "failing" and item.state.trouble not in UNREACHED:
        return t("not read")
    return t(TAGS[item.condition]) if TAGS[item.condition] else ""


def standing(item: Item, now: datetime, zone: str) -> str:
    """Read 4 minutes ago, 3 meetings kept, nothing to do. Or what is wrong, since when, and what happens next."""
    said = {
        "signed_out": _signed_out,
        "failing": _failing,
        "demo_over": _demo_over,
        "doubted": _doubted,
        "set_aside": _set_aside,
        "not_read_lately": _not_lately,
        "never_read": _never,
        "in_order": _in_order,
    }
    return said[item.condition](item, now, zone)


def since(then: datetime, now: datetime, zone: str) -> str:
    """14:20, yesterday, Tuesday or 3 November: whatever tells the moment best."""
    today, day = day_of(now, zone), day_of(then, zone)
    days = (today - day).days
    if days == 0:
        return clock_time(then, zone)
    if days == 1:
        return t("yesterday")
    return weekday(day) if 1 < days < 7 else day_month(day, today)


def moment(then: datetime, now: datetime, zone: str) -> str:
    """at 14:20, tomorrow at 02:10, or on 3 November at 14:20."""
    today, day = day_of(now, zone), day_of(then, zone)
    time = clock_time(then, zone)
    if day == today:
        return t("at {time}", time=time)
    if day == today + timedelta(days=1):
        return t("tomorrow at {time}", time=time)
    return t("on {day} at {time}", day=day_month(day, today), time=time)


def stamp(then: datetime, now: datetime, zone: str) -> str:
    """Today, 14:20; yesterday, 14:20; or 3 November, 14:20."""
    today, day = day_of(now, zone), day_of(then, zone)
    time = clock_time(then, zone)
    if day == today:
        return t("today, {time}", time=time)
    if day == today - timedelta(days=1):
        return t("yesterday, {time}", time=time)
    return t("{day}, {time}", day=day_month(day, today), time=time)


def aside(tries: int, then: datetime, now: datetime, zone: str) -> str:
    """Since when something is set aside, and how often it was tried."""
    return tn("since {day}, tried once", "since {day}, tried {count} times", tries, day=since(then, now, zone))


def set_aside(found: Sequence[Aside], now: datetime, zone: str, where: str = "") -> list[tuple[str, str]]:
    """What is set aside, and since when; what is alike once, with its number."""
    alike: dict[tuple[str, str], list[Aside]] = {}
    for one in found:
        how = aside(one.tries, one.since, now, zone)
        alike.setdefault((from_code(one.code, one.facts, where), how), []).append(one)
    return [(times(group[0].code, group[0].facts, len(group), where), how) for (_said, how), group in alike.items()]


def took(length: timedelta) -> str:
    """How long a run took."""
    seconds = round(length.total_seconds())
    if seconds < 1:
        return t("less than a second")
    if seconds < 60:
        return tn("{count} second", "{count} seconds", seconds)
    return tn("{count} minute", "{count} minutes", round(seconds / 60))


def changes(added: int, changed: int, removed: int) -> str:
    """What a run changed, in meetings; "" for nothing."""
    first = [
        (added, tn("{count} meeting added", "{count} meetings added", added)),
        (changed, tn("{count} meeting changed", "{count} meetings changed", changed)),
        (removed, tn("{count} meeting removed", "{count} meetings removed", removed)),
    ]
    more = [
        (added, ""),
        (changed, tn("{count} changed", "{count} changed", changed)),
        (removed, tn("{count} removed", "{count} removed", removed)),
    ]
    begin = next((at for at, (count, _said) in enumerate(first) if count), len(first))
    return ", ".join([said for _count, said in first[begin : begin + 1]] + [s for n, s in more[begin + 1 :] if n])


def nothing(*, told: bool, seen: int) -> str:
    """What a run says that changed nothing: whether there was nothing new, or nothing to be had."""
    return t("nothing was taken in") if told and not seen else t("nothing new")


def quiet(then: datetime, now: datetime, zone: str) -> str:
    """The last round that had nothing to tell."""
    return begun(f"{stamp(then, now, zone)} · {nothing(told=False, seen=0)}")


def begun(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def days_read(first: date | None, last: date | None, today: date) -> str:
    """The days that are read; "" before the first round."""
    if first is None or last is None:
        return ""
    return t("Days from {first} to {last}", first=day_month(first, today), last=day_month(last, today))


def not_lately(name: str, then: datetime, now: datetime, zone: str) -> str:
    """One account that was not read for more than a day, for a line in passing."""
    return t("{name} not read since {day}", name=name, day=since(then, now, zone))


def _signed_out_of(item: Item) -> str:
    return _SIGN_IN["ms_signin_needed" if item.account.kind == "microsoft365" else "signin_refused"]


def _signed_out(item: Item, now: datetime, zone: str) -> str:
    then = item.state.signed_out or now
    if item.state.trouble == "ms_signed_out":
        return " ".join([_by_myself(then, now, zone), _as_of(item.state, now, zone, then)])
    cause = t(_SIGN_IN.get(item.state.trouble, _signed_out_of(item)), day=since(then, now, zone))
    return " ".join([cause, _as_of(item.state, now, zone, then)])


def _by_myself(then: datetime, now: datetime, zone: str) -> str:
    days = (day_of(now, zone) - day_of(then, zone)).days
    if days == 0:
        return t("You signed out at {time}.", time=clock_time(then, zone))
    return t("You signed out yesterday.") if days == 1 else t("You signed out on {day}.", day=since(then, now, zone))


def _failing(item: Item, now: datetime, zone: str) -> str:
    count = item.state.failures
    if item.state.trouble == "server_busy_for":
        who = item.account.kind == "microsoft365"
        said = t("Microsoft asked us to wait") if who else t("The server asked us to wait")
    elif item.state.trouble in UNREACHED:
        said = tn("Could not be reached at the last try", "Could not be reached {count} times", count)
    else:
        said = tn("Could not be read at the last try", "Could not be read {count} times", count)
    again = item.state.retry_at
    if item.collected:
        said = t("{what}; will be tried again at the next companion sync --collector.", what=said)
    elif again is not None and again > now:
        said = t("{what}; will be tried again {moment}.", what=said, moment=moment(again, now, zone))
    else:
        said = t("{what}; will be tried again in a moment.", what=said)
    return " ".join([said, _as_of(item.state, now, zone)])


def _as_of(state: Stand, now: datetime, zone: str, then: datetime | None = None) -> str:
    last = state.last_ok
    if last is None:
        return t("Nothing of it was ever read.")
    if then is not None and day_of(last, zone) == day_of(then, zone):
        return t("Meetings are as of that day.")
    if day_of(last, zone) == day_of(now, zone):
        return t("Meetings are as of {time} today.", time=clock_time(last, zone))
    return t("Meetings are as of {day}.", day=since(last, now, zone))


def _demo_over(_item: Item, _now: datetime, _zone: str) -> str:
    return t("The sample's own server is over, so this calendar is as it was. To read it again, run companion demo.")


def _doubted(item: Item, now: datetime, zone: str) -> str:
    return t("It suddenly holds far less than before, so nothing was taken away. {read}.",
             read=_read(item, now, zone))  # fmt: skip


def _set_aside(item: Item, now: datetime, zone: str) -> str:
    count = tn(
        "{count} entry could not be read and is set aside",
        "{count} entries could not be read and are set aside",
        len(item.aside),
    )
    return t("{read}; {aside}.", read=_read(item, now, zone), aside=count)


def _not_lately(item: Item, now: datetime, zone: str) -> str:
    then = item.state.last_ok or now
    return t("Not read since {day}; meetings are as of then.", day=since(then, now, zone))


def _never(_item: Item, _now: datetime, _zone: str) -> str:
    return t("Not read yet.")


def _in_order(item: Item, now: datetime, zone: str) -> str:
    return t("{read}, nothing to do.", read=_read(item, now, zone))


def _read(item: Item, now: datetime, zone: str) -> str:
    kept = tn("{count} meeting kept", "{count} meetings kept", item.kept)
    return t("Read {ago}, {kept}", ago=ago(item.state.last_ok or now, now, zone), kept=kept)
