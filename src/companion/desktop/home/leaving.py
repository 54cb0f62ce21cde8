"""What somebody who leaves does with notes that are theirs alone: take them along, or delete them."""

from pathlib import Path

from companion.basics.changes import Changes
from companion.desktop.frame import Frame
from companion.programme import listening
from companion.programme.taking_along import take_along
from companion.words.language import t, tn


class Leaving:
    """Both ways, asked for before anything is gone."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def export(self) -> None:
        """Write every note into a folder."""

        def chosen(folder: Path) -> None:
            self._frame.tasks.fetch(
                lambda house, ticket: take_along(house, folder, ticket),
                lambda count: self._frame.say(
                    tn("{count} note is written to {path}.", "{count} notes are written to {path}.", count,
                       path=str(folder))
                ),
            )  # fmt: skip

        self._frame.ask.folder(t("Where your notes go"), chosen)

    def delete(self) -> None:
        """Delete every note, once that is sure."""

        def told(sure: bool) -> None:
            if sure:
                self._frame.tasks.write(
                    lambda house, _ticket: listening.let_go(house, [one.id for one in listening.listed(house)]),
                    lambda count: self._frame.say(
                        tn("{count} note is deleted.", "{count} notes are deleted.", count)
                    ), rooms=Changes.NOTES,
                )  # fmt: skip

        self._frame.ask.yes(
            t("Delete all your notes?"),
            t("Every line and every answer of yours is gone from this computer and from its copy. "
              "Your takeaways stay."), t("Delete them"), told,
        )  # fmt: skip
