"""From a channel's settings to its driver."""

from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors.channels import open_channel
from companion.takeaways.model import Channel
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from servers.mail import mail_server


def test_places_open_where_their_settings_say(tmp_path: Path) -> None:
    for kind in ("site", "folder"):
        where = tmp_path / kind
        open_channel(Channel("c", kind, kind, {"dir": str(where)}, "company"), None).publish([a_parcel(1)])  # type: ignore[arg-type]
        assert list(where.iterdir())


@pytest.mark.server
def test_mail_opens_where_its_settings_say() -> None:
    with mail_server(None) as box:
        config = {"host": "127.0.0.1", "port": str(box.port), "security": "none", "from": "programme@ferro.example"}
        channel = Channel("c1", "Mail", "smtp", config)
        open_channel(channel).send(a_parcel(recipient="agnes@ferro.example"))
        assert box.envelopes[0].rcpt_tos == ["agnes@ferro.example"]


@pytest.mark.parametrize(
    ("kind", "config", "setting"),
    [
        ("site", {}, "dir"),
        ("smtp", {"host": "h", "from": "a@b.example"}, "port"),
        ("smtp", {"host": "h", "from": "a@b.example", "port": "99999"}, "port"),
        ("smtp", {"host": "h", "from": "a@b.example", "port": "25", "security": "ssl"}, "security"),
        ("smtp", {"port": "25", "from": "a@b.example"}, "host"),
    ],
)
def test_a_setting_that_lacks_is_named(kind: str, config: dict[str, str], setting: str) -> None:
    with pytest.raises(Problem, match="channel_unusable") as caught:
        open_channel(Channel("c", "Intranet", kind, config))  # type: ignore[arg-type]
    assert sentence(caught.value) == f"Channel Intranet lacks a usable {setting}. Remove it and add it again."
