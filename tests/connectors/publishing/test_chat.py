"""Teams flows and Slack webhooks: the exact shape, nobody called, each refusal by its name, the address never told."""

import json
import logging
import socket
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.basics.errors import Problem
from companion.connectors.line import Limits, Network
from companion.connectors.posting import Reply, Webhook
from companion.connectors.slack import BLOCKS, MOST, SECTION, SlackChannel
from companion.connectors.teams import MOST as CARD_MOST
from companion.connectors.teams import TeamsChannel
from companion.takeaways.model import Unsure
from companion.words.language import PSEUDO
from companion.words.problems import sentence
from connectors.publishing.made import a_parcel
from servers.chat import SECRET, Chat, deleted_flow, slack_hook, stopped_flow, teams_flow, tenant_only
from servers.hostile import Answer, hostile_server, own_authority

pytestmark = pytest.mark.server
LIMITS = Limits(connect=2.0, read=2.0, total=5.0)


def teams(chat: Chat, **more: object) -> TeamsChannel:
    return TeamsChannel("Finance", Webhook("Finance", "teams", chat.address, limits=LIMITS, **more))  # type: ignore[arg-type]


def slack(chat: Chat) -> SlackChannel:
    return SlackChannel("Finance", Webhook("Finance", "slack", chat.address, limits=LIMITS))


def refused(send: Callable[[], object]) -> Problem:
    """The problem of a send: its sentence is whole, and the address is nowhere in it."""
    with pytest.raises(Problem) as caught:
        send()
    said = sentence(caught.value)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + said
    assert SECRET not in told
    assert "/workflows/" not in told
    assert "{" not in said
    assert "went wrong" not in said
    return caught.value


def test_a_card_stands_in_the_envelope_that_flows_want() -> None:
    with teams_flow() as chat:
        teams(chat).send(a_parcel())
        [told], [asked] = chat.posted, chat.asked
    assert told["type"] == "message"
    [attachment] = told["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["contentUrl"] is None
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert asked.headers["content-type"] == "application/json"
    urls = [action["url"] for action in card["actions"] if action["type"] == "Action.OpenUrl"]
    assert len(urls) == 5
    assert all(url.startswith("mailto:answers@ferro.example?subject=") for url in urls)
    [hidden] = [action["card"]["actions"] for action in card["actions"] if action["type"] == "Action.ShowCard"]
    assert len(hidden) == 5
    assert all("-only" in action["url"] for action in hidden)


def test_no_text_of_ours_is_read_as_markup_in_teams() -> None:
    with teams_flow() as chat:
        teams(chat).send(a_parcel(scene="[click](https://elsewhere.example) **bold** <at>Everyone</at>"))
        body = chat.posted[0]["attachments"][0]["content"]["body"]
    assert {block["type"] for block in body} == {"RichTextBlock"}  # a TextBlock would make a link of it


@pytest.mark.parametrize(
    "attack", ["<!channel>", "<!here|x>", "<@U0123>", "<#C01>", "&lt;!channel&gt;", "<https://x|y>"]
)
def test_nobody_is_called_in_slack(attack: str) -> None:
    with slack_hook() as chat:
        slack(chat).send(a_parcel(headline=f"They {attack} plan", scene=attack, quote=attack, question=attack))
        assert chat.called == []
        texts = [block["text"]["text"] for block in chat.posted[0]["blocks"]]
        assert "<https://x|y>" not in "".join(texts)
        assert all(block["text"]["verbatim"] for block in chat.posted[0]["blocks"])


def test_too_long_a_card_leads_to_the_rest() -> None:
    parcel = a_parcel(scene="They plan by the tide. " * 4_000)
    with teams_flow() as chat:
        teams(chat).send(parcel)
        teams(chat).send(type(parcel)(**{**parcel.__dict__, "link": "https://intranet.ferro.example/t/1.html"}))
        without, with_link = (json.dumps(told, ensure_ascii=False) for told in chat.posted)
        assert all(len(asked.body) <= CARD_MOST for asked in chat.asked)
    assert "Write to the author for the rest." in without
    assert "https://intranet.ferro.example/t/1.html" in with_link
    assert "tide. …" in without  # after a sentence


@pytest.mark.parametrize("language", ["en", "vi", PSEUDO])
def test_slack_s_limits_hold_whatever_is_said(language: str) -> None:
    parcel = a_parcel(scene="<&>" * 9_000, quote="a\n" * 3_000, matters="\n\n".join(["Kurz & gut."] * 400))
    with slack_hook() as chat:
        slack(chat).send(type(parcel)(**{**parcel.__dict__, "language": language}))
        assert chat.refused == []
        [told], [asked] = chat.posted, chat.asked
    assert len(asked.body) <= MOST
    assert len(told["blocks"]) <= BLOCKS
    assert all(len(block["text"]["text"]) <= SECTION + 50 for block in told["blocks"])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (deleted_flow(), "teams_flow_gone"),
        (stopped_flow(), "teams_flow_off"),
        (tenant_only(), "teams_tenant_only"),
        (Answer(403, b"no"), "teams_tenant_only"),
        (Answer(400, b"{}"), "teams_card_refused"),
        (Answer(400, b'{"error": {"code": "x\\u202e <b>"}}'), "teams_card_refused"),
        (Answer(413), "channel_too_big"),
    ],
)
def test_each_refusal_of_a_flow_has_its_sentence(answer: Answer, code: str) -> None:
    with teams_flow() as chat:
        chat.waiting.append(answer)
        problem = refused(lambda: teams(chat).send(a_parcel()))
        assert (problem.code, problem.facts["final"]) == (code, "1")
        assert "<b>" not in str(problem.facts)


@pytest.mark.parametrize(
    ("status", "word", "code"),
    [
        (404, "no_service", "slack_gone"),
        (410, "channel_is_archived", "slack_archived"),
        (403, "action_prohibited", "slack_not_allowed"),
        (400, "invalid_payload", "slack_refused"),
        (404, "<html>something else", "slack_gone"),
    ],
)
def test_each_refusal_of_slack_has_its_sentence(status: int, word: str, code: str) -> None:
    with slack_hook() as chat:
        chat.waiting.append(Answer(status, word.encode()))
        problem = refused(lambda: slack(chat).send(a_parcel()))
        assert (problem.code, problem.facts["final"]) == (code, "1")
        assert "<html>" not in str(problem.facts)


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_names_its_time_is_believed(status: int) -> None:
    with slack_hook() as chat:
        chat.waiting.append(Answer(status, b"", {"Retry-After": "7"}))
        problem = refused(lambda: slack(chat).send(a_parcel()))
        assert problem.facts["after"] == 7
        assert "final" not in problem.facts


def test_an_answer_that_is_cut_after_its_status_has_said_enough() -> None:
    with teams_flow() as chat:
        chat.lost.append(Answer(raw=b"HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\n{"))
        teams(chat).send(a_parcel())
        chat.lost.append(Answer(raw=b"HTTP/1.1 2"))
        with pytest.raises(Unsure) as caught:
            teams(chat).send(a_parcel())
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None  # an error of the client would know the address
    assert len(chat.posted) == 2


def test_what_was_not_taken_in_whole_is_surely_not_sent() -> None:
    """The other side stops reading in the middle: the body is bigger than what lies between."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as connection:
                connection.recv(1000)
                over.wait(20)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/workflows/x?sig={SECRET}"
        webhook = Webhook("Finance", "teams", address, limits=Limits(connect=2.0, read=0.5, total=10.0))
        problem = refused(lambda: webhook.post(b" " * 64 * 1024 * 1024, _never))
        over.set()
        thread.join(20)
    assert problem.code == "channel_silent"


def _never(_reply: Reply) -> tuple[str, str]:
    raise AssertionError("nothing was answered")


def test_a_server_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    authority, context = own_authority(tmp_path)
    with teams_flow(context) as chat:
        problem = refused(lambda: teams(chat).send(a_parcel()))
        assert problem.code == "channel_certificate"
        assert refused(lambda: teams(chat).test()).code == "channel_certificate"
        assert chat.asked == []
        known = teams(chat, network=Network(ca_bundle=str(authority)))
        known.test()
        assert chat.asked == []
        known.send(a_parcel())
        assert len(chat.posted) == 1


def test_a_proxy_that_wants_a_sign_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile_server() as proxy:
        proxy.answer = lambda _asked: Answer(407)
        network = Network(proxy=proxy.url)
        address = f"https://prod-12.westeurope.logic.azure.com/workflows/x?sig={SECRET}"
        channel = TeamsChannel("Finance", Webhook("Finance", "teams", address, network=network, limits=LIMITS))
        assert refused(lambda: channel.send(a_parcel())).code == "channel_proxy"
        assert [asked.method for asked in proxy.asked] == ["CONNECT"]


def test_nothing_is_logged_of_an_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with teams_flow() as chat:
        teams(chat).send(a_parcel())
        chat.waiting.append(Answer(500))
        refused(lambda: teams(chat).send(a_parcel()))
        assert SECRET not in repr(teams(chat)) + repr(vars(teams(chat))["_webhook"])
    assert SECRET not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("companion")
    )
    assert SECRET not in "".join(record.getMessage() for record in caplog.records if "httpx" in record.name)


def test_a_webhook_without_its_address_waits_for_the_computer_that_has_it() -> None:
    channel = SlackChannel("Finance", Webhook("Finance", "slack", None))
    assert refused(lambda: channel.send(a_parcel())).code == "channel_elsewhere"
    assert "They plan by the tide" in channel.preview(a_parcel()).text  # which needs no address
