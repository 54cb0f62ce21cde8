"""What Home leads to of the own year: why it stands so, and the reviews that are open."""

from companion.attendance.explain import Cell
from companion.desktop.frame import OPEN_SEATS, Frame, Page
from companion.desktop.home.why import why_content
from companion.programme.model import House
from companion.programme.views.why import Why, why_of
from companion.words.language import t


class MyYear:
    """Shows what the figures rest on."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self._page = page
        self._frame = frame

    def open_reviews(self) -> None:
        """The list of open reviews."""
        self._frame.go("meetings", OPEN_SEATS)

    def why(self, person_id: str) -> None:
        """What the figures of the year rest on."""

        def show(found: tuple[list[Why], str]) -> None:
            self._frame.ask.show(t("Why your year stands so"), why_content(*found))

        self._frame.tasks.read(lambda house, _ticket: my_year(house, person_id), show, owner=self._page)


def my_year(house: House, person_id: str) -> tuple[list[Why], str]:
    """What my figures rest on, and the programme's zone."""
    cells: tuple[Cell, ...] = ("heard", "coming", "needs")
    found = [why_of(house, person_id, cell=cell) for cell in cells]
    with house.workspace(write=False) as tx:
        return found, tx.programme.get().zone
