"""Whether a meeting is in person, by video or by phone, as its link and its place tell; pure."""

from typing import Literal

Form = Literal["in_person", "video", "phone", ""]
FORMS: tuple[Form, ...] = ("in_person", "video", "phone")


def form_of(link: str, place: str) -> Form:
    """The form of a meeting; "" where neither its link nor its place tells."""
    return "video" if link else "in_person" if place else ""
