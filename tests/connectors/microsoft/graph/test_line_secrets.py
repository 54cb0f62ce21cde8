"""What a token, a demand or a link may look like: nothing of it ends in a traceback or in a sentence."""

import json

import httpx
import pytest

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.answers import trouble
from companion.connectors.microsoft.signin.scopes import OWN_CALENDAR
from companion.words.problems import sentence
from connectors.microsoft.graph.mirrored import NOW, Mirrored, mirrored
from servers.microsoft import Microsoft365
from servers.microsoft.serving import Answer, Asked

pytestmark = pytest.mark.server


@pytest.fixture
def box(microsoft: Microsoft365) -> Mirrored:
    dana = microsoft.user("dana@ferro.example", "Dana Okafor")
    dana.calendar.add("Review", NOW)
    return mirrored(microsoft, dana)


@pytest.mark.parametrize("odd", ["two\nlines", "tail\n", "caf\u00e9", "two words", "", "half \ud83d"])
def test_a_token_that_no_header_can_hold_is_told_without_it(
    box: Mirrored, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.setattr(box.tokens, "token", lambda *_args: odd and f"secret-{odd}")
    with pytest.raises(Problem) as caught:
        box.sync()
    assert caught.value.code == "ms_answer_wrong"
    assert "secret" not in sentence(caught.value) + repr(caught.value.facts)
    assert not box.asked


@pytest.mark.parametrize("error", [httpx.LocalProtocolError, httpx.RemoteProtocolError])
@pytest.mark.parametrize("quoted", ["b'Bearer secret'", 'b"Bearer secret"', "bytearray(b'x: secret\\n')"])
def test_what_an_error_quotes_of_a_request_is_not_repeated(error: type[Exception], quoted: str) -> None:
    problem = trouble(error(f"Illegal header value {quoted}"), "Work", "graph.example", 10)
    assert "secret" not in sentence(problem)
    assert problem.facts["reason"]


@pytest.mark.parametrize(
    "demand", ["null", "[]", "3", '"x"', "no json", '{"access_token": 3}', '{"access_token": null}', "[" * 100_000]
)
def test_a_demand_that_is_none_is_a_plain_renewal(microsoft: Microsoft365, box: Mirrored, demand: str) -> None:
    microsoft.faults.next("claims", claims=demand[:4000])
    box.sync()
    assert box.titles == ["Review"]
    assert "{}" in [claims for _, _, claims in box.tokens.asked]


def test_a_demand_is_passed_on_as_it_is(microsoft: Microsoft365, box: Mirrored) -> None:
    demand = '{"access_token": {"acrs": {"essential": true, "value": "c1"}}}'
    microsoft.faults.next("claims", claims=demand)
    box.sync()
    assert demand in [claims for _, _, claims in box.tokens.asked]


HALF = "\ud83d"


@pytest.mark.parametrize("name", ["id", "seriesMasterId", "subject", "iCalUId"])
def test_half_a_character_spoils_no_round(
    microsoft: Microsoft365, box: Mirrored, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    whole = microsoft.graph_server._reply

    def bent(asked: Asked) -> Answer:
        told = whole(asked)
        if told.status == 200 and "calendarView" in asked.path:
            page = json.loads(told.body)
            for item in page["value"]:
                item[name] = f"x{HALF}y"
            told.body = json.dumps(page).encode()
        return told

    monkeypatch.setattr(microsoft.graph_server, "_reply", bent)
    for number in range(3):
        box.sync()
        assert box.starts
        microsoft.users["dana@ferro.example"].calendar.add(f"Other {number}", NOW)


@pytest.mark.parametrize("tail", ["\r\nHost: evil", "half" + HALF, "\x00", "\u200b"])
def test_a_link_with_what_no_link_holds_is_foreign(microsoft: Microsoft365, box: Mirrored, tail: str) -> None:
    line = box.line()
    with pytest.raises(Problem) as caught:
        line.get(f"{microsoft.graph}/v1.0/me{tail}", Ticket(), scopes=OWN_CALENDAR)
    line.close()
    assert caught.value.code == "ms_link_foreign"
    assert not microsoft.asked


@pytest.mark.parametrize("kind", ["nextLink", "deltaLink"])
def test_a_link_with_half_a_character_ends_in_no_traceback(
    microsoft: Microsoft365, box: Mirrored, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    box.sync()
    whole, left = microsoft.graph_server._reply, [1]

    def bent(asked: Asked) -> Answer:
        told = whole(asked)
        if left and "delta" in asked.path:
            left.clear()
            page = {"value": [], f"@odata.{kind}": f"{microsoft.graph}/v1.0/me/{HALF}"}
            told.body = json.dumps(page).encode()
        return told

    monkeypatch.setattr(microsoft.graph_server, "_reply", bent)
    for _ in range(3):
        box.sync()
        assert box.titles == ["Review"]
    assert not left
