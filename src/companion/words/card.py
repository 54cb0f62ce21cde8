"""What stands on the opening card besides what its author wrote."""

from datetime import date

from companion.words.dates import full_day
from companion.words.language import t


def question_to(team: str) -> str:
    """Whom the question on the card is for."""
    return t("A question to {team}", team=team) if team else t("A question to all of us")


def usual_question() -> str:
    """What is asked where the author asks nothing."""
    return t("What would have made this easier for them?")


def of_week(monday: date) -> str:
    """Which week the card is for."""
    return t("Card of the week of {day}", day=full_day(monday))


def answer_line(address: str, code: str) -> str:
    """Where an answer goes; "" where nobody takes one."""
    return t("Answer to {address} with {code} in the subject.", address=address, code=code) if address else ""


def which(number: int, of: int) -> str:
    """Which story of how many is shown; the first is that of the week."""
    if number == 1:
        return t("Open your meeting with this week's story.")
    return t("Open your meeting with story {number} of {of}.", number=number, of=of)
