"""The pages of the window, in the order of the list; each is imported when it is shown first."""

from companion.desktop.frame import PageInfo

PAGES: tuple[PageInfo, ...] = ()
