"""One sentence in the message bar when a calendar needs somebody; it goes when that is mended, and is said once."""

from companion.desktop.chrome import Chrome
from companion.desktop.frame import Frame
from companion.programme.views.calendars import CalendarHealth
from companion.words.health import UNREACHED, standing
from companion.words.language import t

PATIENCE = 3  # tries in a row that may find no server: a laptop on a train mends by itself


class Banner:
    """Remembers of which trouble it spoke."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._told: set[tuple[str, str]] = set()  # (account id, condition)
        self._said = ""

    def show(self, chrome: Chrome) -> None:
        """Take the latest facts: speak of new trouble, and take back what is mended."""
        bad = [item for item in chrome.calendars if worth_a_word(item)]
        now: set[tuple[str, str]] = {(item.account.id, item.condition) for item in bad}
        new, mended = now - self._told, self._told - now
        self._told = now
        stood = bool(mended) and self._frame.unsay(self._said)
        if new or (stood and bad):
            self._say(bad, chrome)

    def _say(self, bad: list[CalendarHealth], chrome: Chrome) -> None:
        first = bad[0]
        if len(bad) == 1:
            said = t("{name}: {sentence}", name=first.account.name, sentence=standing(first, chrome.now, chrome.zone))
        else:
            names = ", ".join(item.account.name for item in bad)
            said = t("{count} calendars need somebody: {names}", count=len(bad), names=names)
        self._said = said
        self._frame.say(said, "bad", t("Show"), lambda: self._frame.go("calendars", first.account.id))


def worth_a_word(item: CalendarHealth) -> bool:
    """Whether a calendar will not mend by itself; a server that is away gets some tries first."""
    if item.condition == "failing":
        return item.state.trouble not in UNREACHED or item.state.failures >= PATIENCE
    return item.condition in ("signed_out", "doubted")
