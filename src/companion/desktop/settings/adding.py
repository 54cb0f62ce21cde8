"""What Settings asks for a channel that talks to a service: Teams, Slack, or somebody's own mailbox."""

from companion.basics.changes import Changes
from companion.basics.progress import Ticket
from companion.desktop.ask import Choice, Field
from companion.desktop.frame import Frame
from companion.desktop.settings.sharing import teams_of
from companion.desktop.signin import Show, send_as
from companion.programme import channels, senders
from companion.programme.model import House
from companion.takeaways.audience import say
from companion.takeaways.model import Channel
from companion.words.language import t
from companion.words.problems import sentence


class AddingChannels:
    """Adds channels that post or send, gives them new addresses, and signs in who they go out as."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def add(self, kind: str) -> None:
        """Ask for what a channel of that kind needs."""
        ways = {
            "teams": self._teams, "slack": self._slack, "graph_channel": self._own_channel, "graph_mail": self._mailbox,
        }  # fmt: skip
        self._frame.tasks.read(lambda house, _ticket: _audiences(house), ways[kind])

    def address(self, name: str) -> None:
        """Ask for a webhook's new address."""

        def asked(got: dict[str, str]) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: channels.set_address(house, name, got["address"]),
                self._added,
                rooms=Changes.TAKEAWAYS,
            )

        self._frame.ask.form(
            t("New address for {name}", name=name),
            t("The address is a secret: whoever knows it can post in your name. It is kept like a password."),
            [Field("address", t("Address"), "secret")], t("Keep"), asked,
        )  # fmt: skip

    def password(self, channel: Channel) -> None:
        """Ask for a mail server's new password."""

        def asked(got: dict[str, str]) -> None:
            self._frame.tasks.write(
                lambda house, _ticket: channels.set_password(house, channel.name, got["password"], got["user"]),
                lambda _kept: self._frame.say(t("Kept. What waits goes out with it.")),
                rooms=Changes.TAKEAWAYS,
            )

        self._frame.ask.form(
            t("New password for {name}", name=channel.name), "",
            [
                Field("user", t("User name"), start=channel.config.get("user", "")),
                Field("password", t("Password"), "secret"),
            ],
            t("Keep"), asked,
        )  # fmt: skip

    def sign_in(self, channel: Channel) -> None:
        """Sign in here who a channel goes out as."""

        def work(house: House, ticket: Ticket, show: Show) -> Channel:
            return senders.sign_in(house, channel.name, ticket, show)

        send_as(self._frame, channel.kind, work, self._signed_in)

    def _teams(self, audiences: tuple[Choice, ...]) -> None:
        text = t(
            "In Teams choose Workflows on the channel, then the template that posts to a channel when a webhook "
            "request is received, and copy the address it shows. Anyone must be allowed to trigger the flow."
        )
        self._webhook("teams", t("Add a Teams channel"), text, audiences)

    def _slack(self, audiences: tuple[Choice, ...]) -> None:
        text = t("In Slack add the app Incoming Webhooks to the channel, and copy the address it shows.")
        self._webhook("slack", t("Add a Slack channel"), text, audiences)

    def _webhook(self, kind: str, title: str, text: str, audiences: tuple[Choice, ...]) -> None:
        def asked(got: dict[str, str]) -> None:
            adding = channels.add_teams if kind == "teams" else channels.add_slack
            self._frame.tasks.write(
                lambda house, _ticket: adding(house, got["name"], got["address"], got["audience"]),
                self._added,
                rooms=Changes.TAKEAWAYS,
            )

        fields = [
            Field("name", t("What it is called here")),
            Field("address", t("Address (a secret)"), "secret"),
            Field("audience", t("For whom"), "choice", choices=audiences),
        ]
        self._frame.ask.form(title, text, fields, t("Add"), asked)

    def _own_channel(self, audiences: tuple[Choice, ...]) -> None:
        def asked(got: dict[str, str]) -> None:
            def work(house: House, ticket: Ticket, show: Show) -> Channel:
                return senders.add_graph_channel(
                    house, got["name"], "", "", got["link"], ticket, show, audience=got["audience"]
                )

            send_as(self._frame, "graph_channel", work, self._signed_in)

        fields = [
            Field("name", t("What it is called here")),
            Field("link", t("Link of the channel"), hint="https://teams.microsoft.com/l/channel/…"),
            Field("audience", t("For whom"), "choice", choices=audiences),
        ]
        text = t("Takeaways are posted under your own name. In Teams choose Get link to channel, and copy the link.")
        self._frame.ask.form(t("Add a Teams channel"), text, fields, t("Sign in…"), asked)

    def _mailbox(self, _audiences: tuple[Choice, ...]) -> None:
        def asked(got: dict[str, str]) -> None:
            def work(house: House, ticket: Ticket, show: Show) -> Channel:
                return senders.add_graph_mail(house, got["name"], got["user"], ticket, show)

            send_as(self._frame, "graph_mail", work, self._signed_in)

        fields = [
            Field("name", t("What it is called here"), start=t("My mailbox")),
            Field("user", t("Address of the mailbox"), hint=t("empty: your own")),
        ]
        text = t("Takeaways go out as whole mails from a mailbox at Microsoft 365, without a password here.")
        self._frame.ask.form(t("Add a mailbox"), text, fields, t("Sign in…"), asked)

    def _added(self, channel: Channel) -> None:
        for warning in channels.warnings(channel):
            self._frame.say(sentence(warning, "window"), "warning")
            return
        self._frame.say(t("{name} added.", name=channel.name))

    def _signed_in(self, channel: Channel) -> None:
        self._frame.say(t("{name} works: it goes out as {user}.", name=channel.name, user=channel.config["user"]))


def _audiences(house: House) -> tuple[Choice, ...]:
    return tuple((key, say(key)) for key in ("company", *(f"team:{team}" for team in teams_of(house))))
