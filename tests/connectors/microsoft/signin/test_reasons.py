"""Every reason for a no becomes a sentence, and none of Microsoft's own words about people goes into it."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.calendars.signin import Registration
from companion.connectors.microsoft.signin import reasons
from companion.connectors.microsoft.signin.skew import Times, check_clock, times
from companion.connectors.microsoft.signin.transport import quiet
from companion.words.problems import SENTENCES, sentence

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FERRO = Registration(client_id="an-id", authority="https://login.microsoftonline.com/ferro.example")
NUMBERS = sorted({number for numbers in reasons._BY_NUMBER.values() for number in numbers})


# What may go wrong before anybody is known, besides what Microsoft itself says.
BEFORE = (
    "ms_answer_wrong", "ms_code_expired", "ms_code_refused", "ms_link_foreign", "ms_other_person", "ms_proxy",
    "server_silent", "server_unknown", "server_unreachable", "certificate_bad", "server_busy", "server_busy_for",
    "server_error", "answer_is_page",
)  # fmt: skip


def problem(result: dict[str, object] | None, account: str = "Work") -> Problem:
    return reasons.problem_of(result, FERRO, account, ("Calendars.Read",), times(NOW, ""))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_has_a_sentence(number: int) -> None:
    told = problem({"error": "invalid_grant", "error_description": f"AADSTS{number}: words", "error_codes": [number]})
    assert told.code == next(code for code, numbers in reasons._BY_NUMBER.items() if number in numbers)
    assert "Something went wrong" not in sentence(told)
    assert problem({"error": "access_denied", "error_description": f"AADSTS{number}: words"}).code == told.code


CODES = {*reasons._BY_NUMBER, *reasons._BY_SUBERROR.values(), *reasons._BY_ERROR.values(), "ms_signin_failed", *BEFORE}


@pytest.mark.parametrize("code", sorted(code for code in CODES if "{account}" in SENTENCES[code]))
@pytest.mark.parametrize("where", ["", "window"])
def test_nobody_is_called_by_a_name_before_they_are_known(code: str, where: str) -> None:
    facts = {name: name.upper() for name in ("host", "reason", "number", "here", "there", "client", "tenant", "other")}
    told = sentence(Problem(code, account="", **facts, seconds=1, after=2, status=500), where)
    assert "Something went wrong" not in told
    for gap in ("  ", " .", " ,", "account )", "account :", " 's", "  "):
        assert gap not in told
    named = sentence(Problem(code, account="dana@ferro.example", **facts, seconds=1, after=2, status=500), where)
    assert "dana@ferro.example" in named


def test_no_number_means_two_things() -> None:
    assert len(NUMBERS) == sum(len(numbers) for numbers in reasons._BY_NUMBER.values())


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (None, "ms_signin_needed"),
        ({"error": "invalid_grant"}, "ms_signin_needed"),
        ({"error": "interaction_required"}, "ms_signin_needed"),
        ({"error": "interaction_required", "suberror": "consent_required"}, "ms_consent_needed"),
        ({"error": "interaction_required", "suberror": "basic_action"}, "ms_mfa_needed"),
        ({"error": "interaction_required", "suberror": "message_only"}, "ms_device_refused"),
        ({"error": "invalid_grant", "suberror": "user_password_expired"}, "ms_password_changed"),
        ({"error": "invalid_grant", "error_codes": [530099]}, "ms_device_refused"),
        ({"error": "access_denied"}, "ms_consent_refused"),
        ({"error": "unauthorized_client"}, "ms_app_unknown"),
        ({"error": "temporarily_unavailable"}, "server_busy"),
        ({"error": "of a kind nobody knew"}, "ms_signin_failed"),
        ({"error": None, "error_codes": "no list of numbers", "error_description": None}, "ms_signin_failed"),
        ({}, "ms_signin_needed"),
    ],
)
def test_without_a_number_that_is_known(result: dict[str, object] | None, code: str) -> None:
    assert problem(result).code == code


@pytest.mark.parametrize("error", ["invalid_grant", "dana@ferro.example", "x" * 99, "<b>"])
def test_microsofts_words_stay_out(error: str) -> None:
    told = problem(
        {"error": error, "error_description": "AADSTS999999: User dana@ferro.example of Kestrel. Trace ID 1"}
    )
    assert "dana" not in str(told)
    assert "Kestrel" not in str(told)
    assert told.facts["number"] == "AADSTS999999"
    assert problem({"error": error}).facts["number"] in ("invalid_grant", "-")


@pytest.mark.parametrize("minutes", [-61, -6, 6, 61])
def test_clocks_that_differ_by_more_than_minutes(minutes: int) -> None:
    there = NOW + timedelta(minutes=minutes)
    with pytest.raises(Problem, match="ms_clock_wrong") as refused:
        check_clock("dana@ferro.example", NOW, {"iat": there.timestamp()}, "")
    assert f"{there:%H:%M} UTC" in sentence(refused.value)
    with pytest.raises(Problem, match="ms_clock_wrong"):
        check_clock("dana@ferro.example", NOW, {}, f"{there:%a, %d %b %Y %H:%M:%S} GMT")


@pytest.mark.parametrize(
    ("claims", "date"),
    [
        ({}, ""),
        ({"iat": NOW.timestamp(), "nbf": NOW.timestamp() + 60, "exp": NOW.timestamp() + 3600}, ""),
        ({"iat": "no number"}, "no date"),
        ({"iat": 1e99}, ""),
        ({"iat": None}, f"{NOW:%a, %d %b %Y %H:%M:%S} GMT"),
    ],
)
def test_clocks_that_agree_or_say_nothing(claims: dict[str, object], date: str) -> None:
    check_clock("dana@ferro.example", NOW, claims, date)


def test_a_token_that_is_over_tells_of_a_clock() -> None:
    with pytest.raises(Problem, match="ms_clock_wrong"):
        check_clock("Work", NOW, {"iat": NOW.timestamp(), "exp": NOW.timestamp() - 1}, "")


def test_both_clocks_are_said() -> None:
    assert times(NOW, "Sun, 22 Nov 2026 10:30:00 +0100") == Times("2026-11-22 09:00 UTC", "2026-11-22 09:30 UTC")
    assert times(NOW, "") == Times("2026-11-22 09:00 UTC", "-")


def test_msal_says_nothing_even_where_everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    quiet()
    for name in ("msal.application", "msal.token_cache", "msal.oauth2cli.oauth2"):
        logging.getLogger(name).error("a token")
    assert caplog.text == ""
