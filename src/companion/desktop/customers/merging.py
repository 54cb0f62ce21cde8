"""Two names for one customer: which one stays is chosen, and what moves is shown, before anything is done."""

from collections.abc import Callable

from companion.basics.changes import Changes
from companion.desktop.ask import Choice
from companion.desktop.frame import Frame
from companion.programme.merging import Merged, merge
from companion.programme.views.customer_list import CustomerList
from companion.words.language import t, tn

MERGED = Changes.CUSTOMERS | Changes.MEETINGS | Changes.TAKEAWAYS


class Merging:
    """Asks which two, and which name stays."""

    def __init__(self, frame: Frame, listed: Callable[[], CustomerList | None]) -> None:
        self._frame = frame
        self._listed = listed

    def begin(self, one: str) -> None:
        """Merge a customer with another one of the list."""
        view = self._listed()
        names = {line.customer.id: line.customer.name for line in view.lines} if view else {}
        if one not in names or len(names) < 2:
            self._frame.say(t("There are no two customers to merge."))
            return
        others: list[Choice] = [(key, name) for key, name in names.items() if key != one]
        self._frame.ask.choose(
            t("Merge {name} with", name=names[one]), t("Which other name is the same customer?"), others,
            lambda other: self._which(names, one, other),
        )  # fmt: skip

    def _which(self, names: dict[str, str], one: str, other: str) -> None:
        stays: list[Choice] = [
            (one, t("{name} stays", name=names[one])), (other, t("{name} stays", name=names[other])),
        ]  # fmt: skip
        self._frame.ask.choose(
            t("Which name stays?"), t("The other one becomes another name of it."), stays,
            lambda kept: self._sure(names, kept, other if kept == one else one),
        )  # fmt: skip

    def _sure(self, names: dict[str, str], kept: str, gone: str) -> None:
        """Show what moves; it is done after a yes."""

        def shown(would: Merged) -> None:
            self._frame.ask.yes(
                t("{gone} becomes {kept}?", gone=names[gone], kept=names[kept]),
                t("{moves} This cannot be taken back.", moves=moves(would)), t("Merge them"), answered,
            )  # fmt: skip

        def answered(yes: bool) -> None:
            if yes:
                self._frame.tasks.write(
                    lambda house, _ticket: merge(house, kept, gone),
                    lambda done: self._frame.say(t("{gone} is {kept} now.", gone=names[gone], kept=done.kept.name)),
                    rooms=MERGED,
                )  # fmt: skip

        self._frame.tasks.write(lambda house, _ticket: merge(house, kept, gone, dry_run=True), shown)


def moves(would: Merged) -> str:
    """What goes from one to the other; what both know is there once afterwards."""
    parts = (
        (would.meetings, tn("{count} meeting", "{count} meetings", would.meetings)),
        (would.takeaways, tn("{count} takeaway", "{count} takeaways", would.takeaways)),
        (would.facts, tn("{count} thing known of them", "{count} things known of them", would.facts)),
        (would.contacts, tn("{count} of their people", "{count} of their people", would.contacts)),
    )
    told = ", ".join(said for count, said in parts if count)
    names = t("{gone} becomes another name of {kept}.", gone=would.gone.name, kept=would.kept.name)
    said = t("{what} move with it.", what=told) if told else t("Nothing else stands with it.")
    doubled = would.doubled + would.known
    twice = tn("{count} of them is known to both, and is there once.",
               "{count} of them are known to both, and are there once.", doubled)  # fmt: skip
    return " ".join([names, said, *([twice] if doubled else [])])
