"""Those of ours whose names are not for everybody."""

from companion.words.language import t


def some_of_us(count: int) -> str:
    """So many of ours, without their names."""
    return t("one of us") if count == 1 else t("{count} of us", count=count)
