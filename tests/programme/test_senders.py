"""Channels under somebody's own name: signed in once, sent from their account, waiting where they are not."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.basics.ids import new_id
from companion.basics.progress import Ticket
from companion.bootstrap import build
from companion.calendars.model import Account
from companion.programme import accounts, channels, senders, signing, trying
from companion.programme.model import House
from companion.takeaways.model import Channel
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from fakes.ics import NOW
from servers.microsoft import Microsoft365, User
from servers.microsoft.fixtures import microsoft

__all__ = ["microsoft"]
pytestmark = pytest.mark.server
TEAM, CHANNEL = "0c5f2a6e-1111-4a2b-9c3d-5e6f7a8b9c0d", "19:ab12@thread.tacv2"
Show = Callable[[str], None]


@pytest.fixture
def dana(microsoft: Microsoft365) -> User:
    return microsoft.user("dana@ferro.example", "Dana Okafor")


@pytest.fixture
def house(laid_out: Path, tmp_path: Path, microsoft: Microsoft365, dana: User) -> Iterator[House]:
    shutil.copytree(laid_out, tmp_path / "home")
    microsoft.ahead(0)
    plain = build(tmp_path / "home", secrets_mode="passphrase", prompt=lambda: "correct horse")
    registered = plain.registered(plain, microsoft.registration())
    yield replace(registered, me=dana.address)
    plain.close()


@pytest.fixture
def show(microsoft: Microsoft365) -> Show:
    def browse(url: str) -> None:
        threading.Thread(target=microsoft.browse, args=(url,), daemon=True).start()

    return browse


def never(_url: str) -> None:
    raise AssertionError("nobody had to sign in")


def test_a_mailbox_is_signed_in_once_and_sends_what_smtp_would(
    house: House, show: Show, microsoft: Microsoft365
) -> None:
    made = senders.add_graph_mail(house, "Dana's mail", "", Ticket(), show)
    assert (made.kind, made.config) == ("graph_mail", {"user": "dana@ferro.example"})
    senders.add_graph_mail(house, "Again", "dana@ferro.example", Ticket(), never)
    house.open_channel(made).send(a_parcel(recipient="agnes@ferro.example"))
    [sent] = microsoft.sent_mails
    assert sent.sender == "dana@ferro.example"
    assert sent.mime is not None
    assert sent.mime["To"] == "agnes@ferro.example"
    assert sent.mime["From"] == "Ines Prado <dana@ferro.example>"
    assert sent.mime["X-Companion-Id"] == f"{a_parcel().takeaway.id}/1"
    assert {part.get_content_type() for part in sent.mime.iter_parts()} == {"text/plain", "text/html"}
    told = sentence(channels.warnings(made)[0]) if channels.warnings(made) else ""
    assert not [secret for secret in microsoft.secrets if secret in repr(made) + told]


def test_a_channel_is_posted_in_under_one_s_own_name(house: House, show: Show, microsoft: Microsoft365) -> None:
    microsoft.at_graph.channels.add(TEAM, CHANNEL, microsoft.users["dana@ferro.example"])
    link = f"https://teams.microsoft.com/l/channel/19%3Aab12%40thread.tacv2/General?groupId={TEAM}"
    made = senders.add_graph_channel(house, "Finance", "", "", link, Ticket(), show, audience="team:Finance")
    assert made.audience == "team:Finance"
    house.open_channel(made).send(a_parcel(headline="They <b>plan</b> by the tide"))
    [posted] = microsoft.at_graph.channels.posted
    assert (posted.author, posted.team, posted.channel) == ("dana@ferro.example", TEAM, CHANNEL)
    assert "They &lt;b&gt;plan&lt;/b&gt; by the tide" in posted.content


def test_ten_messages_in_ten_seconds_and_the_next_waits(house: House, show: Show, microsoft: Microsoft365) -> None:
    posts = microsoft.at_graph.channels
    posts.add(TEAM, CHANNEL, microsoft.users["dana@ferro.example"])
    posts.seconds = 40.0  # longer than the line sits out
    driver = house.open_channel(senders.add_graph_channel(house, "Finance", "", TEAM, CHANNEL, Ticket(), show))
    for _ in range(posts.most):
        driver.send(a_parcel())
    with pytest.raises(Problem, match="channel_busy") as caught:
        driver.send(a_parcel())
    assert 20 < caught.value.facts["after"] <= 40
    assert len(posts.posted) == posts.most


@pytest.mark.parametrize(("members", "code"), [(None, "teams_channel_gone"), ((), "teams_not_member")])
def test_a_channel_that_is_gone_or_closed_is_told(
    house: House, show: Show, microsoft: Microsoft365, members: tuple[User, ...] | None, code: str
) -> None:
    if members is not None:
        microsoft.at_graph.channels.add(TEAM, CHANNEL, *members)
    made = senders.add_graph_channel(house, "Finance", "", TEAM, CHANNEL, Ticket(), show)
    with pytest.raises(Problem, match=code) as caught:
        house.open_channel(made).send(a_parcel())
    assert caught.value.facts["final"] == "1"
    assert "went wrong" not in sentence(caught.value)


def test_somebody_else_in_the_browser_is_not_kept(house: House, show: Show, microsoft: Microsoft365) -> None:
    microsoft.signin.who = microsoft.user("rosa@ferro.example", "Rosa Vidal")
    with pytest.raises(Problem, match="ms_other_person"):
        senders.add_graph_mail(house, "Mail", "dana@ferro.example", Ticket(), show)
    assert house.identity.people() == []
    assert channels.all_of(house) == []


def test_where_its_sender_is_not_signed_in_a_channel_waits_and_still_shows(house: House) -> None:
    channel = Channel(new_id(), "Rosa's mail", "graph_mail", {"user": "rosa@ferro.example"})
    channels.keep(house, channel)
    for changed in (house, house.registered(house, replace(house.registration, client_id=""))):
        with pytest.raises(Problem, match="channel_elsewhere") as caught:
            changed.open_channel(channel).send(a_parcel(recipient="agnes@ferro.example"))
        assert "companion channels signin Rosa's mail" in sentence(caught.value)
        assert "They plan by the tide" in changed.open_channel(channel).preview(a_parcel()).text


def test_a_sender_without_a_calendar_stays_signed_in_until_the_channel_goes(house: House, show: Show) -> None:
    senders.add_graph_mail(house, "Mail", "", Ticket(), show)
    [person] = house.identity.people()
    signing.connect(house, Ticket(), show, name="Work")
    accounts.remove(house, "Work")
    assert house.identity.people() == [person]
    senders.remove(house, "Mail")
    assert house.identity.people() == []


def test_a_reader_of_calendars_is_asked_only_for_what_is_missing(
    house: House, show: Show, microsoft: Microsoft365
) -> None:
    signing.connect(house, Ticket(), show, name="Work")
    before = len(microsoft.signin_server.asked)
    senders.add_graph_mail(house, "Mail", "", Ticket(), show)
    asked = [one.query.get("scope", "") for one in microsoft.signin_server.asked[before:] if "authorize" in one.path]
    assert len(asked) == 1
    assert "Mail.Send" in asked[0]
    assert "ChannelMessage" not in asked[0]
    senders.remove(house, "Mail")
    assert len(house.identity.people()) == 1  # the calendar still needs it


def test_a_revoked_sign_in_is_asked_for_again(
    house: House, show: Show, microsoft: Microsoft365, dana: User
) -> None:  # fmt: skip
    made = senders.add_graph_mail(house, "Mail", "", Ticket(), show)
    microsoft.revoke(dana)
    with pytest.raises(Problem, match="channel_signin"):
        house.open_channel(made).send(a_parcel(recipient="agnes@ferro.example"))
    microsoft.welcome(dana)
    senders.sign_in(house, "Mail", Ticket(), show)
    house.open_channel(made).send(a_parcel(recipient="agnes@ferro.example"))
    assert len(microsoft.sent_mails) == 1


def test_a_test_message_goes_to_oneself(house: House, show: Show, microsoft: Microsoft365) -> None:
    senders.add_graph_mail(house, "Mail", "", Ticket(), show)
    assert trying.send_test(house, "Mail") == "dana@ferro.example"
    [sent] = microsoft.sent_mails
    assert sent.mime is not None
    assert sent.mime["To"] == "dana@ferro.example"
    assert "A test of this channel" in sent.mime["Subject"]


def test_the_accounts_of_others_are_no_senders(house: House) -> None:
    url = f"{house.registration.graph_url}/v1.0/me"
    with house.device() as device:
        device.accounts.put(Account("a", "Rosa", "microsoft365", url, "nobody", "rosa@ferro.example", False, NOW))
    channel = Channel(new_id(), "Mail", "graph_mail", {"user": "rosa@ferro.example"})
    with pytest.raises(Problem, match="channel_elsewhere"):
        house.open_channel(channel).test()
