"""Whether a takeaway can go on to its preview, and what of it differs from what readers have."""

from companion.basics.errors import Problem
from companion.desktop.takeaway.facts import Desk
from companion.takeaways.model import Takeaway
from companion.takeaways.state import same_content
from companion.words.gate import field_name
from companion.words.language import mark, t
from companion.words.problems import sentence

COMPARED = ("headline", "customer_name", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question")
OTHERS = {"may_quote": mark("May we quote it"), "pillars": mark("What it says of us")}


def missing(takeaway: Takeaway, desk: Desk) -> tuple[str, str] | None:
    """The first field without which it cannot go out, and what to say."""
    if not takeaway.headline.strip():
        return "headline", sentence(Problem("headline_missing"))
    if not any(part.strip() for part in (takeaway.scene, takeaway.quote, takeaway.matters)):
        return "scene", sentence(Problem("takeaway_empty"))
    old = desk.published.get(takeaway.id)
    if old is not None and not same_content(old, takeaway) and not takeaway.correction.strip():
        return "correction", t("Say in one line what you put right; readers of the first version see it.")
    return None


def changed(old: Takeaway, takeaway: Takeaway) -> str:
    """Which fields differ, in one line."""
    named = {**{name: field_name(name) for name in COMPARED}, **{name: t(said) for name, said in OTHERS.items()}}
    found = ", ".join(said for name, said in named.items() if getattr(old, name) != getattr(takeaway, name))
    return t("Changed: {fields}", fields=found) if found else t("Nothing is changed yet.")
