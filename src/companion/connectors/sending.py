"""Troubles on the way to a service, said of a channel and not of a calendar."""

from companion.basics.errors import Problem

_WAY = {
    "server_silent": "channel_silent",
    "server_unreachable": "channel_unreachable",
    "server_unknown": "channel_host_unknown",
    "certificate_bad": "channel_certificate",
    "server_busy": "channel_busy",
    "server_busy_for": "channel_busy",
    "server_error": "channel_error",
    "ms_proxy": "channel_proxy",
    "answer_is_page": "channel_proxy",
}
_PERSON = frozenset({
    "ms_signin_needed", "ms_mfa_needed", "ms_consent_needed", "ms_consent_refused", "ms_password_changed",
})  # fmt: skip
_LATER = 60  # seconds, where a busy service does not say how long


def of_channel(problem: Problem, name: str, user: str = "") -> Problem:
    """The problem as it is for the channel of that name; others stay what they are. `user`: whose sign-in it needs."""
    if problem.code in _PERSON:
        return Problem("channel_signin", name=name, user=user)
    if problem.code not in _WAY:
        return problem
    facts = {key: value for key, value in problem.facts.items() if key != "account"}
    if problem.code in ("server_busy", "server_busy_for"):
        facts["after"] = facts.get("after") or _LATER
    return Problem(_WAY[problem.code], **{**facts, "name": name})
