"""The two ways into a programme: an invitation, or a start of one's own; the first screen and Home offer both."""

from pathlib import Path

from companion.basics.changes import Changes
from companion.desktop.ask import Field
from companion.desktop.first.facts import begin
from companion.desktop.frame import Frame
from companion.programme import invitation
from companion.programme.model import House
from companion.words.language import t


def open_invitation(frame: Frame) -> None:
    """Ask for the invitation's file and take it: the programme is another one from then on."""

    def accept(house: House, path: Path) -> None:
        invitation.accept(house.paths, invitation.read_invitation(path.read_text("utf-8", "replace")))

    def opened(path: Path) -> None:
        frame.tasks.write(lambda house, _ticket: accept(house, path), lambda _none: frame.restart(True))

    frame.ask.open_file(t("Open the invitation"), t("Invitations (*.json)"), opened)


def start_programme(frame: Frame, firm: str = "", me: str = "") -> None:
    """Ask for the firm and who runs the programme, write it down, and go to the steps of a start."""

    def asked(answers: dict[str, str]) -> None:
        frame.tasks.write(
            lambda house, _ticket: begin(
                house, answers["firm"], answers["domains"], answers["name"], answers["address"]
            ),
            begun,
            rooms=Changes.EVERYTHING,
        )

    def begun(house: House) -> None:
        frame.tasks.adopt(house)
        frame.restart(False)
        frame.go("first", "")

    frame.ask.form(
        t("Start a programme"),
        t("Everything can be changed later."),
        [
            Field("firm", t("The firm's name"), start=firm),
            Field("domains", t("Our mail domains"), start=me.partition("@")[2], hint=t("ferro.example, ferro.pl")),
            Field("name", t("Your name")),
            Field("address", t("Your address at work"), start=me),
        ],
        t("Begin"),
        asked,
    )
