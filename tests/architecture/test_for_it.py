"""The page for IT says what the code does."""

from dataclasses import fields

import pytest

from architecture.for_it import PAGE, page, why
from companion.basics.errors import Problem
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin.scopes import SCOPES, Scope, asked, graph_scopes
from companion.programme.collecting import NEED
from companion.programme.signing import PERMISSIONS
from companion.words.microsoft import request_for_it


def test_the_page_is_as_the_code_is() -> None:
    assert PAGE.read_text("utf-8") == page(), "stale: python -m architecture.for_it in tests/"


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_no_permission_writes_to_a_calendar(scope: Scope) -> None:
    for name in scope.graph:
        assert "Write" not in name
        assert name.endswith((".Read", ".Read.Shared", ".Read.All", ".Send"))


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_every_permission_has_a_reason_and_is_on_the_page(scope: Scope) -> None:
    for name in scope.graph:
        assert why(scope, name)
        assert f"| `{name}` |" in page()


def test_every_name_of_the_policy_file_is_on_the_page() -> None:
    for item in fields(Registration):
        assert item.name in ("fixed", "unclear") or f"| `{item.name}` |" in page()


def test_the_request_names_what_it_needs() -> None:
    known = Registration(client_id="an-id", authority="https://login.microsoftonline.com/ferro.example")
    text = request_for_it(known, graph_scopes(("own_calendar", "join_reports")), "dana@ferro.example")
    for part in ("an-id", "dana@ferro.example", "Calendars.Read", "OnlineMeetingArtifact.Read.All", "adminconsent"):
        assert part in text
    assert "docs/" not in text


@pytest.mark.parametrize(
    ("code", "said", "consent"),
    [
        ("ms_admin_consent", "Please allow what it needs", True),
        ("ms_not_set_up", "Please allow what it needs", True),
        ("ms_not_shared", "share the calendar of reviews@ferro.example with dana@ferro.example", False),
        ("ms_device_refused", "which rule of Conditional Access refused the sign-in (AADSTS53003)", False),
        ("ms_mfa_needed", "which rule wants it (AADSTS53003)", False),
        ("ms_not_assigned", "assign me to the app", False),
        ("ms_redirect_unknown", "http://localhost for Mobile", False),
        ("ms_no_mailbox", "look into what it says", False),
    ],
)
def test_the_request_asks_for_what_is_lacking(code: str, said: str, *, consent: bool) -> None:
    known = Registration(client_id="an-id", authority="https://login.microsoftonline.com/ferro.example")
    problem = Problem(code, account="Mine", number="AADSTS53003", client="an-id", scopes="", host="h", tenant="t")
    wanted = graph_scopes(("own_calendar",))
    text = request_for_it(known, wanted, "dana@ferro.example", problem, mailbox="reviews@ferro.example")
    assert said in text
    assert ("adminconsent" in text) == consent
    assert ("- Calendars.Read" in text) == (consent or code == "ms_redirect_unknown")


def test_without_an_app_it_asks_to_register_one() -> None:
    text = request_for_it(Registration(), graph_scopes(("own_calendar",)), "", Problem("ms_not_set_up"))
    for part in ("register the app", "http://localhost", "public client", "- Calendars.Read", "account at Microsoft"):
        assert part in text
    assert "…" not in text
    assert "adminconsent" not in text
    assert "It says" not in text


def test_another_cloud_has_its_root_before_each_permission() -> None:
    there = Registration(graph_url="https://graph.microsoft.us/")
    assert asked(there, ("Calendars.Read",)) == ["https://graph.microsoft.us/Calendars.Read"]
    assert asked(Registration(), ("Calendars.Read",)) == ["Calendars.Read"]


def test_the_verbs_speak_of_the_same_permissions() -> None:
    for purpose, permissions in PERMISSIONS.items():
        assert set(permissions) == set(graph_scopes(("sign_in", purpose)))
    assert NEED in {scope.name for scope in SCOPES}
