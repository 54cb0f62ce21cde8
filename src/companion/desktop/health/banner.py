"""One sentence in the message bar when a calendar needs somebody; it goes when that is mended, and is said once."""

from companion.calendars.model import Account
from companion.desktop.chrome import Chrome
from companion.desktop.frame import Frame
from companion.desktop.rounds import signed_out, signing_in
from companion.desktop.signin import sign_in_again
from companion.programme.patience import SIGNED_OUT_MYSELF
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
        self._followed = False  # its button was pressed, and what came of that is not known yet

    def show(self, chrome: Chrome) -> None:
        """Take the latest facts: speak of new trouble, and take back what is mended."""
        bad = [item for item in chrome.calendars if worth_a_word(item)]
        now: set[tuple[str, str]] = {(item.account.id, item.condition) for item in bad}
        new, mended = now - self._told, self._told - now
        self._told = now
        stood = bool(mended) and (self._frame.unsay(self._said) or self._followed)
        self._followed = self._followed and not mended
        if new or (stood and bad):
            self._say(bad, chrome)

    def _say(self, bad: list[CalendarHealth], chrome: Chrome) -> None:
        first, names = bad[0], ", ".join(item.account.name for item in bad)
        if len(bad) == 1:
            said = t("{name}: {sentence}", name=first.account.name, sentence=standing(first, chrome.now, chrome.zone))
        elif _sign_ins(bad):
            said = signed_out(_sign_ins(bad), names)
        else:
            said = t("{count} calendars need somebody: {names}", count=len(bad), names=names)
        self._said = said
        if _sign_ins(bad):
            self._offer_sign_in(said, first.account)
        else:
            self._frame.say(said, "bad", t("Show"), lambda: self._frame.go("calendars", first.account.id))

    def _offer_sign_in(self, said: str, account: Account) -> None:
        """The sentence stands until it is mended: who backs out of the sign-in finds it there again."""

        def again() -> None:
            self._followed = False
            if said == self._said and self._told:
                self._offer_sign_in(said, account)

        def follow() -> None:
            self._followed = True
            sign_in_again(self._frame, account, given_up=again)

        self._frame.say(said, "bad", t("Sign in"), follow)


def _sign_ins(bad: list[CalendarHealth]) -> int:
    """How many people have to sign in to mend all of it; 0 where that would not."""
    return signing_in([item.account for item in bad]) if all(item.condition == "signed_out" for item in bad) else 0


def worth_a_word(item: CalendarHealth) -> bool:
    """Whether a calendar will not mend by itself; a server that is away gets some tries first.

    Who signed out knows of it.
    """
    if item.condition == "failing":
        return item.state.trouble not in UNREACHED or item.state.failures >= PATIENCE
    return item.condition in ("signed_out", "doubted") and item.state.trouble != SIGNED_OUT_MYSELF
