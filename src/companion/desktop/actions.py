"""What the keyboard can do everywhere, as data: the window makes shortcuts of it, F1 a list."""

from dataclasses import dataclass

from companion.words.language import mark, t


@dataclass(frozen=True)
class Action:
    """One thing the window does: the verb's name in Window, its keys and its words."""

    verb: str
    keys: tuple[str, ...]
    text: str


ACTIONS = (
    Action("sync", ("F5", "Ctrl+R"), mark("Read the calendars now")),
    Action("search", ("Ctrl+K",), mark("Search everything")),
    Action("look_up", ("Ctrl+F",), mark("Search on this page")),
    Action("settings", ("Ctrl+,",), mark("Settings")),
    Action("keys", ("F1",), mark("Show the keys")),
    Action("close_window", ("Ctrl+W", "Ctrl+Q"), mark("Close the window; everything is saved")),
)


def help_text() -> str:
    """The keys, one a line."""
    lines = [f"Ctrl+1 … Ctrl+9    {t('Go to a page of the list')}"]
    lines += [f"{' · '.join(action.keys)}    {t(action.text)}" for action in ACTIONS]
    lines.append(f"↑ ↓    {t('Walk the rows of a list; Enter opens one')}")
    return "\n".join(lines)
