"""The colours of the house, light and dark."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Tokens:
    """One colour per duty, as #rrggbb."""

    window: str
    panel: str
    line: str
    edge: str  # the border of what can be typed into or ticked: 3:1 against the panel
    text: str
    soft: str
    accent: str
    accent_back: str
    on_accent: str
    accent_over: str  # the accent under the pointer
    warning: str
    warning_back: str
    bad: str
    bad_back: str
    quote: str
    over: str  # a quiet button under the pointer


LIGHT = Tokens(
    window="#f6f6f3",
    panel="#ffffff",
    line="#e4e3dd",
    edge="#8b8f89",
    text="#1d2329",
    soft="#5d666f",
    accent="#0b6e5f",
    accent_back="#e3f1ee",
    on_accent="#ffffff",
    accent_over="#095c50",
    warning="#9a5b00",
    warning_back="#fbf0dd",
    bad="#a3312b",
    bad_back="#fae7e5",
    quote="#f1efe8",
    over="#f1f1ed",
)
DARK = Tokens(
    window="#17191b",
    panel="#1f2224",
    line="#33383b",
    edge="#767e83",
    text="#eceeef",
    soft="#a8b0b6",
    accent="#5cc4b1",
    accent_back="#1d3732",
    on_accent="#10201d",
    accent_over="#78d1c0",
    warning="#e3b061",
    warning_back="#3a2f1b",
    bad="#ef8f88",
    bad_back="#3d2321",
    quote="#26292b",
    over="#282c2f",
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def named(tokens: Tokens) -> dict[str, str]:
    """The colours by name, for the style sheet."""
    return {item.name: getattr(tokens, item.name) for item in fields(tokens)}


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
