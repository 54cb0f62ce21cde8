"""A Teams channel under somebody's own name: a message that Graph posts for who signed in."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from urllib.parse import quote

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.cutting import Said, fitted, withdrawal
from companion.connectors.microsoft.graph.line import GraphError, GraphLine
from companion.connectors.microsoft.sending import opened
from companion.connectors.microsoft.signin.scopes import CHANNEL_MESSAGE, SIGN_IN
from companion.connectors.rendering import render
from companion.takeaways.letters import LetterParcel
from companion.takeaways.model import Channel, Parcel, Shown
from companion.words.language import speaking

MOST = 20_000  # bytes: Teams takes messages of some 28 kB


class GraphChannel:
    """The Teams channel `config["channel"]` of the team `config["team"]`, posted in by `config["user"]`.

    Problems of signing in (`ms_*`), of the line, and `teams_*`; `channel_elsewhere` where that person is not signed in
    here; `Unsure` where nobody can know whether a message arrived.
    """

    def __init__(self, channel: Channel, line: Callable[[], GraphLine]) -> None:
        self._channel, self._line = channel, line

    def send(self, parcel: Parcel) -> None:
        """Post the takeaway, cut to its size."""
        self._post(_fitted(parcel), parcel.language)

    def publish(self, parcels: Iterable[Parcel]) -> None:
        """Post each."""
        for parcel in parcels:
            self.send(parcel)

    def retract(self, parcel: Parcel) -> None:
        """Post that it was withdrawn."""
        self._post(withdrawal(parcel), parcel.language)

    def write(self, parcel: LetterParcel) -> None:
        """Never: a letter is for one person."""
        raise Problem("channel_writes_no_letters", name=self._channel.name, letter=parcel.letter.kind)

    def preview(self, parcel: Parcel) -> Shown:
        """What the message would say, as text and as the HTML that is posted."""
        told = withdrawal(parcel) if parcel.takeaway.withdrawn else _fitted(parcel)
        return Shown(told.text, _html(told, parcel.language))

    def test(self) -> None:
        """Ask for a token that may post, and who it is for; nothing is posted."""
        with self._opened() as line:
            line.get("/me", Ticket(), scopes=(*SIGN_IN, *CHANNEL_MESSAGE), params={"$select": "id"})

    def _post(self, told: Said, language: str) -> None:
        team, channel = (quote(self._channel.config.get(key, ""), safe="") for key in ("team", "channel"))
        body = {"body": {"contentType": "html", "content": _html(told, language)}}
        data = json.dumps(body, ensure_ascii=False).encode()
        with self._opened() as line:
            try:
                line.hand_over(f"/teams/{team}/channels/{channel}/messages", data, Ticket(), scopes=CHANNEL_MESSAGE)
            except GraphError as error:
                raise self._refused(error, line.host) from error

    def _opened(self) -> AbstractContextManager[GraphLine]:
        return opened(self._line, self._channel)

    def _refused(self, error: GraphError, host: str) -> Problem:
        name, user = self._channel.name, self._channel.config.get("user", "")
        if error.status == 404:
            return Problem("teams_channel_gone", name=name, final="1")
        if error.status == 403:
            return Problem("teams_not_member", name=name, user=user, final="1")
        if error.status == 413:
            return Problem("channel_too_big", name=name, host=host, final="1")
        if error.status < 500:
            return Problem("teams_card_refused", name=name, status=error.status, reason=error.error, final="1")
        return Problem("channel_error", name=name, host=host, status=error.status)


def _html(told: Said, language: str) -> str:
    with speaking(language):
        return render("channel/message.html", s=told)


def _fitted(parcel: Parcel) -> Said:
    return fitted(parcel, lambda told: len(_html(told, parcel.language).encode()) <= MOST)
