"""Microsoft 365: how the firm's app is known there. What the policy file says holds, whatever the settings say."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.basics.policy import Policy, policy_file
from companion.basics.settings import Settings, read_settings, write_settings
from companion.calendars.model import Account
from companion.calendars.signin import APP, Registration
from companion.programme.model import House
from companion.programme.refused import forget

# Chosen by a person, where no policy decides.
CHOSEN = ("client_id", "authority", "graph_url", "proxy", "ca_bundle", "collector_id", "certificate")
_SHOWN = 40  # letters of a name that nobody knows
_UNKNOWN = frozenset({"Request_ResourceNotFound", "ResourceNotFound", "ErrorInvalidUser"})
_REFUSED = frozenset({"ms_not_shared", "ms_consent_needed", "ms_admin_consent"})


def registration_of(settings: Settings, policy: Policy) -> Registration:
    """The registration that holds: what the policy file says, else the settings, else Microsoft's own.

    A policy file that is there and cannot be used leaves it `unclear`: nobody gets to Microsoft past it.
    """
    wrong = _wrong(policy)
    good = {name: value for name, value in policy.values.items() if name in _kinds() and name not in wrong}
    told = {name: getattr(settings, name) for name in CHOSEN if name not in good} | good
    said: dict[str, Any] = {name: _cleaned(name, value) if isinstance(value, str) else value
                            for name, value in told.items()}  # fmt: skip
    unclear = policy.problem
    if wrong:
        unclear = Problem("policy_wrong", path=str(policy_file()), keys=", ".join(sorted(wrong)))
    return Registration(
        **{name: value for name, value in said.items() if value != ""}, fixed=frozenset(good), unclear=unclear
    )


def policy_notices(registration: Registration, policy: Policy) -> tuple[Problem, ...]:
    """What every start must say of the policy file until it is mended."""
    told = [registration.unclear] if registration.unclear else []
    for name in policy.values:
        if name not in _kinds():
            meant = get_close_matches(_plain(name), {_plain(known): known for known in _kinds()}, 1, 0.7)
            known = next((known for known in _kinds() if meant and _plain(known) == meant[0]), "")
            code = "policy_unknown_near" if known else "policy_unknown"
            told.append(Problem(code, path=str(policy_file()), key=name[:_SHOWN], meant=known))
    return tuple(told)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _kinds() -> dict[str, type]:
    """Names that a policy file may decide, and the kind of their values."""
    return {item.name: bool if isinstance(item.default, bool) else str for item in fields(Registration)
            if item.name not in ("fixed", "unclear")}  # fmt: skip


def _wrong(policy: Policy) -> set[str]:
    kinds = _kinds()
    return {name for name, value in policy.values.items() if name in kinds and not isinstance(value, kinds[name])}


def set_registration(house: House, **chosen: str) -> House:
    """Choose how the firm's Microsoft is reached, as in `with_registration`, and keep it. The house to go on with."""
    found, wanted = _with(house, chosen)
    if wanted:
        settings, _ = read_settings(house.paths.settings)
        kept: dict[str, Any] = {**wanted}
        write_settings(house.paths.settings, replace(settings, **kept))
        forget(house)  # what was refused was another app, or another way to it
    return found


def with_registration(house: House, **chosen: str) -> House:
    """The house that reaches the firm's Microsoft by these names of `CHOSEN`; "" means the usual. Nothing is kept.

    Problem `ms_policy_decides` for what the policy file fixes otherwise, `policy_*` where nobody knows what it
    decides, `ms_*_wrong` for what cannot be used.
    """
    return _with(house, chosen)[0]


def _with(house: House, chosen: dict[str, str]) -> tuple[House, dict[str, str]]:
    """The house as chosen, and what of it is new."""
    unknown = set(chosen) - set(CHOSEN)
    if unknown:
        raise TypeError(f"not of a registration: {unknown}")
    now, plain = house.registration, Registration()
    wanted = {name: _cleaned(name, value) for name, value in chosen.items()}
    wanted = {name: value for name, value in wanted.items() if (value or getattr(plain, name)) != getattr(now, name)}
    decided = sorted(set(wanted) & now.fixed)
    if decided:
        raise Problem("ms_policy_decides", keys=", ".join(decided), path=str(policy_file()))
    if not wanted:
        return house, {}
    if now.unclear:
        raise now.unclear
    values: dict[str, Any] = {name: value or getattr(plain, name) for name, value in wanted.items()}
    new = replace(now, **values)
    for problem in _faults(new, wanted):
        raise problem
    return house.registered(house, new), wanted


def _cleaned(name: str, value: str) -> str:
    text = value.strip()
    if name in ("ca_bundle", "certificate") and text:
        return str(Path(text).expanduser().absolute())
    return text.rstrip("/") if name in ("authority", "graph_url") else text


def faults(registration: Registration) -> list[Problem]:
    """What of a registration cannot be used by whoever signs in; [] where all can."""
    if registration.unclear:
        return [registration.unclear]
    # The collector's certificate is for the desk's user alone: that others cannot read it is right.
    return list(_faults(registration, (name for name in CHOSEN if name != "certificate")))


def _faults(registration: Registration, names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        value = getattr(registration, name)
        if name == "authority" and not (_is_secure(value) and urlsplit(value).path.strip("/")):
            yield Problem("ms_authority_wrong", authority=_shown(value))
        elif name == "graph_url" and not _is_secure(value):
            yield Problem("ms_graph_wrong", value=_shown(value))
        elif name == "proxy" and "@" in value:  # a name and a password, which would stand there for all to read
            yield Problem("ms_proxy_secret", host=_shown(value).rpartition("://")[2])
        elif name == "proxy" and value and not _is_proxy(value):
            yield Problem("ms_proxy_wrong", value=_shown(value))
        elif name == "certificate" and value and not Path(value).exists():
            yield Problem("file_missing", path=value)
        elif name == "ca_bundle" and value:
            yield from _ca_faults(value)


def _is_secure(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def shown(registration: Registration, name: str) -> str:
    """A choice as people may read it: a proxy that was set by hand may have a password in it."""
    value = str(getattr(registration, name))
    return _shown(value) if "://" in value else value


def _shown(url: str) -> str:
    """The address without a name and a password that may stand in it."""
    scheme, mark, rest = url.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _ca_faults(path: str) -> Iterator[Problem]:
    try:
        text = Path(path).read_text("ascii", errors="replace")
    except OSError as error:
        yield Problem("ms_ca_unreadable", path=path, reason=error.strerror or str(error))
        return
    import ssl  # late: most starts talk to nobody

    try:
        # As the connection will read it: every certificate of the file, or none.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=text)
        good = bool(context.get_ca_certs()) or bool(context.cert_store_stats()["x509"])
    except (ssl.SSLError, ValueError):
        good = False
    if not good:
        yield Problem("ms_ca_empty", path=path)


def as_collected(account: Account, problem: Problem, mailbox: str) -> Problem:
    """A problem of a mailbox as it is for the collector: a refusal is Exchange's word to the app, and IT mends it."""
    if account.user != APP:
        return problem
    if getattr(problem, "error", "") in _UNKNOWN:  # Graph's own word, which says more than a 404
        return Problem("ms_collector_unknown", mailbox=mailbox)
    return Problem("ms_collector_refused", mailbox=mailbox) if problem.code in _REFUSED else problem
