"""What Settings does about ways out: sites, mail servers, invitations."""

from pathlib import Path

from companion.basics.changes import Changes
from companion.basics.paths import write_whole
from companion.basics.settings import read_settings
from companion.desktop.ask import Field
from companion.desktop.frame import Frame
from companion.programme import channels, senders
from companion.programme.invitation import Invitation, write_invitation
from companion.programme.model import House
from companion.programme.views.settings import SettingsView
from companion.takeaways.audience import say
from companion.words.channels import tested
from companion.words.language import t


class Sharing:
    """Adds, tests and removes channels; writes invitations."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def add_site(self) -> None:
        """Ask for a site and its folder."""

        def asked(answers: dict[str, str]) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: channels.add_place(
                    house, "site", answers["name"], answers["folder"], answers["audience"]
                ),
                rooms=Changes.TAKEAWAYS,
            )

        def ask(teams: list[str]) -> None:
            audiences = tuple((key, say(key)) for key in ["company", *(f"team:{team}" for team in teams)])
            self._frame.ask.form(
                t("Add a site"),
                t("A folder of plain pages that any browser opens. Choose an empty folder, for instance on a share."),
                [
                    Field("name", t("What it is called here"), start=t("Our site")),
                    Field("folder", t("Folder"), "folder"),
                    Field("audience", t("For whom"), "choice", choices=audiences),
                ],
                t("Add"),
                asked,
            )

        self._frame.tasks.read(lambda house, _ticket: teams_of(house), ask)

    def add_mail(self) -> None:
        """Ask for a mail server."""

        def asked(got: dict[str, str]) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: channels.add_smtp(
                    house, got["name"], got["server"], got["security"], got["user"], got["sender"], got["password"]
                ),
                rooms=Changes.TAKEAWAYS,
            )

        self._frame.ask.form(
            t("Add a mail server"),
            t("Takeaways go out as whole mails; readers need nothing but their mail."),
            [
                Field("name", t("What it is called here"), start=t("Mail")),
                Field("server", t("Server and port"), hint="mail.ferro.example:465"),
                Field("security", t("Encryption"), "choice", choices=(("tls", "TLS"), ("starttls", "STARTTLS"))),
                Field("sender", t("From which address")),
                Field("user", t("User name")),
                Field("password", t("Password"), "secret"),
            ],
            t("Add"),
            asked,
        )

    def test(self, name: str) -> None:
        """Try a channel without sending anything to readers."""
        self._frame.tasks.fetch(
            lambda house, _ticket: channels.test(house, name),
            lambda kind: self._frame.say(tested(kind, name)),
        )

    def set_post(self, name: str) -> None:
        """Let the programme write its letters through a mail channel; "" for none any more."""
        self._frame.tasks.write(lambda house, _ticket: channels.set_post(house, name), rooms=Changes.PROGRAMME)

    def remove(self, name: str) -> None:
        """Forget a channel, after a question."""

        def sure(yes: bool) -> None:
            if yes:
                self._frame.tasks.write(lambda house, _ticket: senders.remove(house, name), rooms=Changes.TAKEAWAYS)

        self._frame.ask.yes(
            t("Remove {name}?", name=name), t("What it delivered stays where it is."), t("Remove"), sure
        )

    def invite(self, view: SettingsView) -> None:
        """Ask whom to invite and where to write the file."""
        people = [(person.email, f"{person.name}, {person.team}") for person in view.people if person.kind == "leader"]
        if not people:
            self._frame.say(t("Import people first; leaders can then be invited."), "warning")
            return

        def chosen(email: str) -> None:
            name = f"{email.partition('@')[0]}.invitation.json"
            self._frame.ask.save_file(t("Write the invitation"), name, lambda path: write(email, path))

        def write(email: str, path: Path) -> None:
            def work(house: House) -> Path:
                settings, _ = read_settings(house.paths.settings)
                text = write_invitation(Invitation(view.programme.name, email, settings.workspace_url))
                write_whole(path, text.encode())
                return path

            self._frame.tasks.write(
                lambda house, _ticket: work(house),
                lambda made: self._frame.say(t("Written to {path}. Send it by mail; it holds no password.", path=made)),
            )

        self._frame.ask.choose(t("Whom do you invite?"), "", people, chosen)


def teams_of(house: House) -> list[str]:
    """The teams of our people, by name."""
    with house.workspace(write=False) as tx:
        return sorted({person.team for person in tx.people.all() if person.team})
