"""What stands in the list of meetings where people are not named."""

from companion.words.language import tn


def not_named(number: int, *, past: bool) -> str:
    """That so many of ours sat in a meeting, or will; "" for nobody."""
    if number == 0:
        return ""
    if past:
        return tn("Somebody of ours sat in.", "{count} of ours sat in.", number)
    return tn("A seat is taken.", "{count} seats are taken.", number)
