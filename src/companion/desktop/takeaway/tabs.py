"""The takeaways of one note, by audience, and one more for another team."""

from collections.abc import Callable

from companion.desktop.takeaway.facts import Desk, audiences
from companion.desktop.widgets.buttons import Choices, menu_button
from companion.desktop.widgets.flow import Flow
from companion.takeaways.audience import say
from companion.words.language import t


def tabs(
    desk: Desk, shown: str, choose: Callable[[str], None], also: Callable[[str], None], taken: frozenset[str]
) -> Flow:
    """One for each audience, the shown one on; the last makes another. `taken`: audiences that have one."""
    line = Flow(spacing=8)
    if len(desk.takeaways) > 1:
        choices = Choices([(one.id, say(one.audience)) for one in desk.takeaways], choose, t("Which takeaway"))
        choices.show_choice(shown)
        line.add(choices)
    free = [one for one in audiences(desk) if one not in taken]
    if free:
        line.add(menu_button(t("Also for…"), [(say(one), lambda one=one: also(one)) for one in free]))  # type: ignore[misc]
    return line


def state_line(desk: Desk, takeaway_id: str, *, saving: bool) -> str:
    """Whether what is written is kept, and how what was published stands."""
    if saving:
        return t("Saving…")
    old = desk.published.get(takeaway_id)
    if old is None:
        return t("Kept on this computer; nothing has left it")
    return {
        "out": t("Published; changes are kept here until you publish again"),
        "waiting": t("Published; its host sees it first. Changes are kept here until you publish again"),
        "asked": t("It waits for a yes. Changes are kept here until you publish again"),
        "held": t("Held by {name}: {why}", name=old.held_by, why=old.held_why or t("no reason was given")),
        "withdrawn": t("Withdrawn"),
        "expired": t("Over: it is shown no more"),
    }[desk.states[takeaway_id]]
