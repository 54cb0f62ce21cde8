"""When an account is asked again: every so often while it answers, ever more rarely while it does not. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from companion.basics.errors import Problem
from companion.calendars.store import SyncState

FIRST, LONGEST = timedelta(minutes=15), timedelta(hours=12)
A_PERSON = timedelta(hours=24)  # only a person can mend a sign-in; the clock looks once a day all the same
SIGNED_OUT_MYSELF = "ms_signed_out"  # the state of an account after one's own "Sign out"; no server says it
SIGNED_OUT = frozenset({
    SIGNED_OUT_MYSELF,
    "signin_refused", "signin_other", "not_signed_in", "password_missing", "address_missing",
    "ms_signin_needed", "ms_mfa_needed", "ms_consent_needed", "ms_consent_refused", "ms_admin_consent",
    "ms_device_refused", "ms_password_changed", "ms_account_gone", "ms_app_unknown", "ms_tenant_unknown",
    "ms_not_set_up", "ms_public_client_off", "ms_not_assigned", "ms_redirect_unknown",
})  # fmt: skip
# What a person alone cannot mend: IT has to allow it, or to correct it.
FOR_IT = frozenset({
    "ms_consent_needed", "ms_consent_refused", "ms_admin_consent", "ms_device_refused", "ms_app_unknown",
    "ms_tenant_unknown", "ms_not_set_up", "ms_public_client_off", "ms_not_assigned", "ms_redirect_unknown",
})  # fmt: skip
_JITTER = 0.1  # of the wait, so that thirty accounts of one server do not come back in one moment


def after_failure(state: SyncState, account_id: str, problem: Problem, now: datetime) -> SyncState:
    """The state after a round that brought nothing: when to ask again, and since when the sign-in is refused."""
    failures = state.failures + 1
    if problem.code in SIGNED_OUT:
        # Who signed out is not told by Microsoft's answer why the calendar is not read.
        mine = state.trouble == SIGNED_OUT_MYSELF and problem.code == "ms_signin_needed"
        return replace(
            state, failures=failures, trouble=state.trouble if mine else problem.code, retry_at=now + A_PERSON,
            signed_out=state.signed_out or now,
        )  # fmt: skip
    wait = min(FIRST * 2 ** min(failures - 1, 16), LONGEST) * (1 + _JITTER * (crc32(account_id.encode()) % 100) / 100)
    told = timedelta(seconds=int(problem.facts.get("after") or 0))
    return replace(state, failures=failures, trouble=problem.code, retry_at=now + max(wait, told))


def after_success(state: SyncState, now: datetime, *, full: bool) -> SyncState:
    """The state after a round that came to its end; `full`: everything was listed in it."""
    return replace(
        state, failures=0, trouble="", last_ok=now, retry_at=None, signed_out=None,
        last_full=now if full else state.last_full,
    )  # fmt: skip


def is_due(state: SyncState, tried: datetime | None, at: datetime, every: timedelta) -> bool:
    """Whether the clock may ask an account; `tried`: the last attempt, None for never."""
    # What lies further ahead than any wait was written by a clock that has been put back since.
    if state.retry_at and at < state.retry_at <= at + 2 * A_PERSON:
        return False
    if state.retry_at and state.retry_at <= at:
        return True
    return tried is None or tried > at or at - tried >= every
