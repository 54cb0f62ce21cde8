"""Microsoft 365: how the firm's app is known there. What the policy file says holds, whatever the settings say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from companion.basics.errors import Problem
from companion.basics.policy import Policy, policy_file
from companion.basics.settings import Settings, read_settings, write_settings
from companion.calendars.model import Account
from companion.calendars.signin import APP, Registration
from companion.programme.model import House

# Chosen by a person, where no policy decides.
CHOSEN = ("client_id", "authority", "graph_url", "proxy", "ca_bundle", "collector_id", "certificate")
_REFUSED = frozenset({"ms_not_shared", "ms_consent_needed", "ms_admin_consent"})


def registration_of(settings: Settings, policy: Mapping[str, Any]) -> Registration:
    """The registration that holds: what the policy file says, else the settings, else Microsoft's own."""
    good = {name: value for name, value in policy.items() if name in _kinds() and name not in _wrong(policy)}
    told = {name: getattr(settings, name) for name in CHOSEN if name not in good} | good
    said: dict[str, Any] = {name: _cleaned(name, value) if isinstance(value, str) else value
                            for name, value in told.items()}  # fmt: skip
    return Registration(**{name: value for name, value in said.items() if value}, fixed=frozenset(good))


def policy_notices(policy: Policy) -> tuple[Problem, ...]:
    """What every start must say of the policy file until it is mended."""
    if policy.problem:
        return (policy.problem,)
    wrong = _wrong(policy.values)
    return (Problem("policy_wrong", path=str(policy_file()), keys=", ".join(sorted(wrong))),) if wrong else ()


def _kinds() -> dict[str, type]:
    """Names that a policy file may decide, and the kind of their values."""
    return {item.name: bool if item.name == "device_code" else str for item in fields(Registration)
            if item.name != "fixed"}  # fmt: skip


def _wrong(policy: Mapping[str, Any]) -> set[str]:
    kinds = _kinds()
    return {name for name, value in policy.items() if name in kinds and not isinstance(value, kinds[name])}


def set_registration(house: House, **chosen: str) -> House:
    """Choose how the firm's Microsoft is reached, by names of `CHOSEN`; "" means the usual. The house to go on with.

    Problem `ms_policy_decides` for what the policy file fixes otherwise, `ms_*_wrong` for what cannot be used.
    """
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
        return house
    values: dict[str, Any] = {name: value or getattr(plain, name) for name, value in wanted.items()}
    new = replace(now, **values)
    for problem in _faults(new, wanted):
        raise problem
    settings, _ = read_settings(house.paths.settings)
    kept: dict[str, Any] = {**wanted}
    write_settings(house.paths.settings, replace(settings, **kept))
    return house.registered(house, new)


def _cleaned(name: str, value: str) -> str:
    text = value.strip()
    if name in ("ca_bundle", "certificate") and text:
        return str(Path(text).expanduser().absolute())
    return text.rstrip("/") if name in ("authority", "graph_url") else text


def faults(registration: Registration) -> list[Problem]:
    """What of a registration cannot be used by whoever signs in; [] where all can."""
    # The collector's certificate is for the desk's user alone: that others cannot read it is right.
    return list(_faults(registration, (name for name in CHOSEN if name != "certificate")))


def _faults(registration: Registration, names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        value = getattr(registration, name)
        if name == "authority" and not (_is_secure(value) and urlsplit(value).path.strip("/")):
            yield Problem("ms_authority_wrong", authority=_shown(value))
        elif name == "graph_url" and not _is_secure(value):
            yield Problem("ms_graph_wrong", value=_shown(value))
        elif name == "proxy" and value and not _is_proxy(value):
            yield Problem("ms_proxy_wrong", value=_shown(value))
        elif name == "certificate" and value and not Path(value).exists():
            yield Problem("file_missing", path=value)
        elif name == "ca_bundle" and value:
            yield from _ca_faults(value)


def _is_secure(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        return False


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


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
    refused = account.user == APP and problem.code in _REFUSED
    return Problem("ms_collector_refused", mailbox=mailbox) if refused else problem
