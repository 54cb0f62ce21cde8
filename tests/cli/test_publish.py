"""From a note to readers by command: what holds it back is said, and what is to stay here stays here."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes.commands import Cli
from fakes.ics import calendar, event
from servers.chat import Chat, slack_hook, teams_flow
from servers.mail import Mailbox, mail_server

FEELING = "she had long given up on ever hearing from us"
PROMISE, ASKED, PLAIN = "quillwort on Monday", "whether marjoram is meant", "sorrel on the desk"
WORD, OPS = "Nightjar", "Project Heron"
LINES = f"q We lose a crew day when a pallet is late.\nf 14 crews\n! {FEELING}\np {PROMISE}\n? {ASKED}\n{PLAIN}\n"
TEXT = """# The pallet that idled a crew

{scene}

> We lose a crew day …
> — the owner

## Why it matters

{matters}

## Question

{question}

---

Pillars: time-
Where it comes from: Scene: as seen
"""
CLEAN = {"scene": "Fourteen crews wait at six.", "matters": "We book by route.", "question": "Who else waits?"}


def days(count: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=count):%Y%m%dT120000Z}"


@pytest.fixture
def desk(ferro: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Kestrel keeps a word back, the firm another; Dana sat there and wrote."""
    monkeypatch.setenv("COMPANION_SECRETS", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE_FILE", ferro.file("passphrase", "a passphrase"))
    table = f"name,domains,host_email,off_limits\nKestrel Plumbing Supply,kestrel.example,rosa@ferro.example,{WORD}\n"
    ferro("customers", "import", ferro.file("c.csv", table))
    ferro("programme", "set", "--ops-words", ferro.file("ops.txt", f"# of the board\n\n{OPS}\n"))
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("past", days(-5), answer="ACCEPTED"))))
    ferro("sync")
    return ferro


@pytest.fixture
def note(desk: Cli) -> str:
    meeting = desk.json("meetings")[0]["id"]
    return str(desk.json("notes", "new", meeting, "--file", desk.file("lines.md", LINES))["id"])


def text(desk: Cli, **changes: str) -> str:
    return desk.file("text.md", TEXT.format(**{**CLEAN, **changes}))


def publish(desk: Cli, note: str, *more: str, code: int = 0, **changes: str) -> str:
    return desk(
        "takeaways", "publish", note, "--headline", "The pallet that idled a crew", "--audience", "company",
        "--file", text(desk, **changes), *more, code=code,
    )  # fmt: skip


@pytest.mark.parametrize(
    "planted", [f"They call it {WORD}.", f"It is part of {OPS[:5]}\n{OPS[5:]}.", f"The owner said {FEELING}."]
)
@pytest.mark.parametrize("field", ["scene", "matters", "question"])
def test_what_is_kept_back_holds_it_back_and_is_not_said_again(desk: Cli, note: str, planted: str, field: str) -> None:
    out = publish(desk, note, code=1, **{field: planted})
    names = {"scene": "Scene", "matters": "Why it matters", "question": "Question"}
    assert "This cannot go out as it stands" in desk.said
    assert f"{names[field]}, character" in desk.said
    for secret in (WORD, OPS, FEELING, "Heron"):
        assert secret.lower() not in (out + desk.said).lower()
    assert desk.json("takeaways", "list") == []
    shown = desk.json("takeaways", "check", note, "--file", text(desk, **{field: planted}), code=1)
    assert shown["blocks"] is True
    assert all(secret not in json.dumps(shown) for secret in (WORD, "Heron", FEELING))


def test_a_review_lets_it_pass_to_the_host(desk: Cli, note: str) -> None:
    made = json.loads(publish(desk, note, "--review", "--json", scene=f"They call it {WORD}."))
    assert made["state"] == "asked"
    assert "It goes out after a yes: you asked for it to be looked at. Nobody was told" in made["sentence"]
    assert desk.json("takeaways", "agree", made["id"])["state"] == "out"


def test_findings_that_do_not_hold_it_back_are_said_beside_it(desk: Cli, note: str) -> None:
    made = json.loads(publish(desk, note, "--json", scene="A pallet costs €400.", matters="We leverage it."))
    assert "Scene, character 16: “€400” speaks of money." in desk.said
    assert "“leverage” says little. Perhaps: use." in desk.said
    assert (made["revision"], made["state"], made["deliveries"]) == (1, "out", [])


def test_what_stands_beside_the_text_is_kept(desk: Cli, note: str) -> None:
    later = f"{datetime.now(UTC) + timedelta(days=40):%Y-%m-%d}"
    made = json.loads(publish(desk, note, "--json", "--expires", later, "--pillar", "integrity+", "--may-quote", "yes"))
    shown = desk.json("takeaways", "show", made["id"])
    assert (shown["expires"], shown["pillars"], shown["may_quote"]) == (later, ["integrity+"], "yes")
    assert ["scene", "observed"] in shown["origins"]
    assert ["quote", "verbatim"] in shown["origins"], "shortened with an ellipsis it is word for word"
    for wrong in (("--expires", "soon"), ("--pillar", "price+"), ("--may-quote", "maybe")):
        publish(desk, note, *wrong, code=1)
    publish(desk, note, "--may-quote", "no", code=1)
    assert "does not want to be quoted" in desk.said


def test_it_is_shown_before_it_goes_to_a_reader_of_a_team(desk: Cli, note: str) -> None:
    page = desk.folder / "preview.html"
    shown = desk("takeaways", "preview", note, "--as", "Finance", "--html", str(page))
    assert "We lose a crew day when a pallet is late." in shown
    assert "1 person would read this, for everyone:" in desk.said
    assert "crew day" in page.read_text("utf-8")
    desk("takeaways", "preview", note, "--as", "People", "--audience", "team:Finance")
    assert "Nobody in People would read this: it is for Finance." in desk.said
    desk("takeaways", "preview", note, "--as", "Nope", code=1)
    assert "Nope" in desk.said
    assert "would read this" not in desk.said
    assert FEELING not in shown + page.read_text("utf-8")
    said = desk("takeaways", "spoken", note)
    assert said.startswith("I want to tell you about Kestrel Plumbing Supply, heard on ")
    assert desk.json("takeaways", "spoken", note)["seconds"] < 120
    assert desk.json("takeaways", "list") == [], "looking stores nothing"
    desk("takeaways", "preview", "nothing", code=1)
    assert "nothing" in desk.said
    desk("takeaways", "check", code=1)
    assert "a note, or a text with --file" in desk.said


def test_a_file_alone_is_checked_too(desk: Cli) -> None:
    path = desk.file("t.md", f"# Head\n\nThey call it {OPS}, for €5.\n")
    assert "! Scene, character 14: a word your firm keeps back." in desk("takeaways", "check", "--file", path, code=1)
    assert "1 finding holds it back." in desk.said
    assert "Only names from calendars and tables are known here." in desk(
        "takeaways", "check", "--file", desk.file("n.md", "# Head\n\nThen Maria Keller of the crew waits.\n")
    )
    clean = desk.json("takeaways", "check", "--file", desk.file("t.md", "# Head\n\nThey wait.\n"))
    assert (clean["findings"], clean["blocks"]) == ([], False)


def test_it_is_corrected_held_let_go_prolonged_and_withdrawn(desk: Cli, note: str) -> None:
    made = json.loads(publish(desk, note, "--json"))["id"]
    desk("takeaways", "correct", made[:8], "--correction", "Fifteen crews, not fourteen.", "--file",
         text(desk, scene="Fifteen crews wait at six."))  # fmt: skip
    shown = desk.json("takeaways", "show", made)
    assert (shown["revision"], shown["scene"]) == (2, "Fifteen crews wait at six.")
    assert shown["correction"] == "Fifteen crews, not fourteen."
    publish(desk, note, "--audience", "team:Finance", "--correction", "Fifteen.", code=1)
    assert "there is nothing to put right. Leave out --correction." in desk.said
    desk("takeaways", "correct", made, "--correction", "Nothing.", code=1)
    assert "Nothing is different" in desk.said
    assert "It waits for nothing, so" in desk("takeaways", "agree", made)
    assert "It is not held; nothing was changed. (out)" in desk("takeaways", "let-go", made)
    assert desk.json("takeaways", "hold", made, "--why", "ask Rosa")["state"] == "held"
    assert "It is held already; nothing was changed. (held)" in desk("takeaways", "hold", made)
    assert "(held)" in desk("takeaways", "list")
    assert "(out)" in desk("takeaways", "let-go", made)
    later = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"
    assert desk.json("takeaways", "prolong", made, "--until", later)["expires"] == later
    desk("takeaways", "prolong", made, "--until", "2020-01-01", code=1)
    where = desk.json("takeaways", "where", made)
    assert (where["state"], where["rows"], where["cannot_be_taken_back"]) == ("out", [], [])
    assert "It stands on the Read page. It was sent nowhere else." in desk("takeaways", "where", made)
    gone = desk.json("takeaways", "withdraw", made, "--why", "they asked")
    assert (gone["id"], gone["cannot_be_taken_back"]) == (made, [])
    assert "Colleagues could read it in our own app." in gone["customer_text"]
    assert "It stood on the Read page." in desk("takeaways", "where", made)
    assert desk("takeaways", "withdraw", made).startswith("It was withdrawn already; nothing was changed.")


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    with mail_server(None) as box:
        yield box


@pytest.fixture
def chats() -> Iterator[tuple[Chat, Chat]]:
    with teams_flow() as teams, slack_hook() as slack:
        yield teams, slack


@pytest.mark.server
def test_nothing_planted_leaves_by_any_way_out(
    desk: Cli, note: str, mail: Mailbox, chats: tuple[Chat, Chat], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Intranet", "Wiki", "Mail", "Teams", "Slack"]
    desk("channels", "add", "site", "Intranet", str(tmp_path / "site"), "--audience", "company")
    desk("channels", "add", "folder", "Wiki", str(tmp_path / "wiki"), "--audience", "company")
    desk("channels", "add", "smtp", "Mail", f"127.0.0.1:{mail.port}", "--security", "none", "--from", "p@ferro.example")
    for kind, chat in zip(("teams", "slack"), chats, strict=True):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{chat.address}\n"))
        desk("channels", "add", kind, kind.capitalize())
    ways = [part for name in names for part in ("--channel", name)]
    told = ""
    for planted in (WORD, OPS, f"the owner: {FEELING}"):
        told += publish(desk, note, *ways, code=1, scene=f"Then {planted}.") + desk.said
    assert not mail.envelopes
    told += publish(desk, note, *ways, "--json") + desk.said
    made = json.loads(desk("takeaways", "list", "--json"))[0]
    told += desk("takeaways", "where", made["id"]) + desk("takeaways", "spoken", made["id"]) + desk.said
    told += desk("takeaways", "show", made["id"]) + desk("outbox") + desk.said
    places = [tmp_path / "site", tmp_path / "wiki"]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    files += [path for path in desk.home.rglob("*") if path.is_file() and "device" not in path.name]
    out = {str(path): path.read_bytes().decode("utf-8", "replace") for path in files}
    out |= {f"mail {at}": str(message) for at, message in enumerate(mail.messages)}
    out |= {f"chat {chat.path}": json.dumps(chat.posted, ensure_ascii=False) for chat in chats}
    assert mail.messages
    assert all(chat.posted for chat in chats)
    everywhere = {"what was said": told, **out}
    assert sum("Fourteen crews" in text for text in everywhere.values()) >= 6, "it did go out"
    for canary in (FEELING, PROMISE, ASKED, PLAIN):
        assert [name for name, text in everywhere.items() if canary in text] == [], canary
    kept = [name for name in everywhere if "workspace" in Path(name).name]  # ops wrote the words down there
    for canary in (WORD, OPS):
        assert [name for name, text in everywhere.items() if canary in text and name not in kept] == [], canary
