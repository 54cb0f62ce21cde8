"""Text that every store and file can keep."""


def storable(text: str) -> str:
    """The text with U+FFFD in the place of half a character (a lone surrogate), which UTF-8 does not know."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
