"""What a host says on Home of who sat in."""

from collections.abc import Sequence

from companion.basics.changes import Changes
from companion.desktop.frame import Frame, Page
from companion.programme import own_word, seats
from companion.programme.model import House
from companion.words.language import t

SAID = Changes.ATTENDANCE | Changes.MEETINGS


class Hosting:
    """The host's word, written away from the window."""

    def __init__(self, page: Page, frame: Frame) -> None:
        self._page = page
        self._frame = frame

    def sat(self, meeting_id: str, person_id: str, state: str, to: str = "") -> None:
        """Of one who was to come. The others are asked of apart."""
        self._frame.tasks.write(
            lambda house, _ticket: seats.set_state(house, meeting_id, person_id, state, "host", to=to), rooms=SAID
        )

    def somebody(self, meeting_id: str, person_id: str) -> None:
        """Somebody else came; `person_id`: instead of whom, "" where nobody was to come."""

        def chosen(key: str) -> None:
            if person_id:
                self.sat(meeting_id, person_id, "delegated", key)
            else:
                self.sat(meeting_id, key, "attended")

        def ask(found: list[tuple[str, str]]) -> None:
            self._frame.ask.choose(t("Who sat in?"), "", [one for one in found if one[0] != person_id], chosen)

        self._frame.tasks.read(lambda house, _ticket: colleagues(house), ask, owner=self._page)

    def nobody(self, meeting_id: str, people: Sequence[str]) -> None:
        """Nobody of ours sat in."""

        def told(sent: bool) -> None:
            if not sent:
                self._frame.say(t("Kept on this computer; it will be sent once the workspace answers."))

        self._frame.tasks.write(lambda house, _ticket: own_word.nobody_sat(house, meeting_id, people), told, rooms=SAID)


def colleagues(house: House) -> list[tuple[str, str]]:
    """Everyone of ours but me, as (id, name and team)."""
    with house.workspace(write=False) as tx:
        here = [person for person in tx.people.all() if person.end is None and person.kind != "group"]
    found = [person for person in here if house.me not in person.addresses]
    return [(p.id, f"{p.name}, {p.team}" if p.team else p.name) for p in sorted(found, key=lambda p: p.name)]
