"""Signing in with a code typed elsewhere."""

from collections.abc import Callable

import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Cancelled, Ticket
from companion.calendars.signin import Code
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from companion.programme.model import Secrets
from servers.microsoft import Microsoft365, User

Make = Callable[..., MicrosoftIdentity]


@pytest.fixture
def allowed(make: Make, microsoft: Microsoft365, dana: User) -> MicrosoftIdentity:
    return make(microsoft.registration(device_code=True))


def test_a_code_needs_leave(identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    with pytest.raises(Problem, match="ms_code_not_allowed"):
        identity.sign_in_by_code(Ticket(), lambda _code: None)
    assert microsoft.signin_server.asked == []


def test_a_code_typed_elsewhere_signs_in(allowed: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    shown: list[Code] = []

    def show(code: Code) -> None:
        shown.append(code)
        microsoft.signin.type_code(code.code)

    person = allowed.sign_in_by_code(Ticket(), show)
    assert person.id == dana.id
    assert shown[0].url.endswith("/devicelogin")
    assert allowed.token(person.id, ("Calendars.Read",), "Work")


def test_a_code_asks_for_what_it_is_needed_for(allowed: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    allowed.sign_in_by_code(Ticket(), lambda code: microsoft.signin.type_code(code.code), needs=("shared_calendar",))
    asked = next(one.form["scope"] for one in microsoft.signin_server.asked if one.path.endswith("/devicecode"))
    names = {scope.rpartition("/")[2] for scope in asked.split()}
    assert {"User.Read", "Calendars.Read.Shared"} <= names
    assert "Calendars.Read" not in names


def test_it_waits_until_the_code_is_typed(allowed: MicrosoftIdentity, microsoft: Microsoft365, dana: User) -> None:
    codes: list[Code] = []
    waited: list[int] = []

    def polled(_what: str, _done: int, _total: int) -> None:
        asked = sum(asked.path.endswith("/token") for asked in microsoft.signin_server.asked)
        if codes and asked and not waited:
            waited.append(asked)
            microsoft.signin.type_code(codes[0].code)

    assert allowed.sign_in_by_code(Ticket(polled), codes.append).id == dana.id
    assert waited == [1]


@pytest.mark.parametrize(
    ("error", "code"), [("authorization_declined", "ms_code_refused"), ("expired_token", "ms_code_expired")]
)
def test_a_code_that_is_no_good(
    allowed: MicrosoftIdentity, microsoft: Microsoft365, secrets: Secrets, error: str, code: str
) -> None:
    with pytest.raises(Problem, match=code):
        allowed.sign_in_by_code(Ticket(), lambda shown: microsoft.signin.type_code(shown.code, error=error))
    assert secrets.get("microsoft:tokens") is None


def test_a_policy_against_codes(allowed: MicrosoftIdentity, microsoft: Microsoft365) -> None:
    microsoft.signin.refuse("AADSTS53003", at="token")
    with pytest.raises(Problem, match="ms_device_refused"):
        allowed.sign_in_by_code(Ticket(), lambda shown: microsoft.signin.type_code(shown.code))
    microsoft.signin.refuse("AADSTS700016", at="device")
    with pytest.raises(Problem, match="ms_app_unknown"):
        allowed.sign_in_by_code(Ticket(), lambda _shown: None)


def test_a_cancel_ends_the_wait_for_a_code(allowed: MicrosoftIdentity, secrets: Secrets) -> None:
    ticket = Ticket()
    with pytest.raises(Cancelled):
        allowed.sign_in_by_code(ticket, lambda _code: ticket.cancel())
    assert secrets.get("microsoft:tokens") is None
