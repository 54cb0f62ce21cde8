"""What became of a delivery, as a sentence."""

from typing import Protocol

from companion.words.language import mark, t
from companion.words.problems import from_code

STATES = {
    "pending": mark("waiting to go out"),
    "sending": mark("going out"),
    "sent": mark("delivered"),
    "withdrawn": mark("taken back"),
    "unknown": mark("nobody can know whether it arrived; ask the recipient before you send it again"),
    "failed": mark("not delivered"),
}

NEVER_SENT = frozenset({
    "withdrawn_before", "superseded_before", "expired_before", "letter_over", "reader_left", "reader_elsewhere",
    "weekly_left_out", "weekly_let_in", "weekly_newer",
})  # fmt: skip


class Sent(Protocol):
    """What the sentence needs of a delivery."""

    @property
    def state(self) -> str: ...
    @property
    def trouble(self) -> str: ...
    @property
    def facts(self) -> dict[str, str]: ...


def delivery_sentence(delivery: Sent, where: str = "") -> str:
    """What became of it and, where it failed, why and what to do; `where` it is read as in `from_code`."""
    if not delivery.trouble:
        return t(STATES[delivery.state])
    why = from_code(delivery.trouble, dict(delivery.facts), where)
    if delivery.state == "pending":
        return f"{t(STATES['pending'])}. {why} {t('It goes out later by itself.')}"
    if delivery.state == "failed":
        last = t("It is not tried again by itself.") if delivery.facts.get("final") else ""
        return f"{t(STATES['failed'])}. {why} {last}".rstrip()
    if delivery.state == "withdrawn":
        gone = t("never sent") if delivery.trouble in NEVER_SENT else t(STATES["withdrawn"])
        return f"{gone}. {why}"
    return t(STATES[delivery.state])
