"""The programme's settings of publishing, and whom of a customer one may quote, by command."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from companion.basics.errors import Problem
from companion.bootstrap import build
from companion.cli import programme
from companion.cli.main import parser
from fakes.commands import Cli
from fakes.ics import calendar, event


def test_settings_are_kept_one_by_one_and_shown(ferro: Cli) -> None:
    words = ferro.file("ops.txt", "# of the board\nProject  Heron\n\nFalcon\nFalcon\n")
    ferro("programme", "set", "--ops-words", words, "--answers-to", "Heard@Ferro.example", "--host-hours", "48")
    ferro("programme", "set", "--digest", "MON 09:00", "--expiry-months", "6")
    shown = ferro.json("programme", "show")
    assert shown["ops_words"] == ["Project Heron", "Falcon"]
    assert (shown["answers_to"], shown["host_hours"], shown["expiry_months"]) == ("heard@ferro.example", 48, 6)
    assert (shown["digest"], shown["post"], shown["post_name"]) == ("mon 09:00", "", "")
    said = ferro("programme", "show")
    assert "Answers go to heard@ferro.example" in said
    assert "The host sees it 48 hours before everyone else" in said
    assert "2 words are kept back everywhere" in said
    ferro("programme", "set", "--ops-words", "", "--answers-to", "", "--digest", "", "--expiry-months", "0")
    said = ferro("programme", "set", "--digest", "tue 10:00", "--answers-to", "heard@ferro.example")
    assert "Weekly digest: tue 10:00" in said
    assert "Answers go to heard@ferro.example" in said
    assert "kept back" not in said, "only what was set"
    ferro("programme", "set", "--digest", "", "--answers-to", "")
    said = ferro("programme", "show")
    assert "Answers go to each author" in said
    assert "A takeaway is shown without an end" in said


def test_the_post_is_named_by_its_channel(ferro: Cli) -> None:
    ferro("channels", "add", "smtp", "Mail", "127.0.0.1:9", "--security", "none", "--from", "p@ferro.example")
    ferro("programme", "set", "--post", "Mail")
    assert ferro.json("programme", "show")["post_name"] == "Mail"
    assert "goes through Mail" in ferro("programme", "show")
    ferro("programme", "set", "--post", "")
    assert ferro.json("programme", "show")["post"] == ""


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--answers-to", "nobody", "nobody"),
        ("--post", "Nothing", "There is no channel called Nothing."),
        ("--host-hours", "-1", "-1 is not a number of hours from 0 to 720"),
        ("--host-hours", "day", "day is not a number of hours"),
        ("--expiry-months", "121", "121 is not a number of months from 0 to 120"),
        ("--digest", "daily", "daily is not a weekly slot."),
        ("--ops-words", "nowhere.txt", "nowhere.txt"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(ferro: Cli, option: str, value: str, said: str) -> None:
    before = ferro.json("programme", "show")
    ferro("programme", "set", "--name", "Another", option, value, code=1)
    assert said in ferro.said
    assert ferro.json("programme", "show") == before


def test_a_contact_may_be_quoted_or_not(ferro: Cli) -> None:
    day = f"{datetime.now(UTC) - timedelta(days=4):%Y%m%dT120000Z}"
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(event("past", day, answer="ACCEPTED"))))
    ferro("sync")
    guest = "ken@kestrel.example"
    assert ferro.json("customers", "may-quote", "kestrel", guest, "no")["may_quote"] == "no"
    assert "ask" in ferro("customers", "may-quote", "Kestrel Plumbing Supply", guest, "hỏi")
    ferro("customers", "may-quote", "Kestrel", guest, "perhaps", code=1)
    assert "Use yes, ask or no." in ferro.said
    ferro("customers", "may-quote", "Kestrel", "nobody@kestrel.example", "no", code=1)
    assert "has nobody known by nobody@kestrel.example" in ferro.said
    ferro("customers", "may-quote", "Nobody", guest, "no", code=1)


def test_each_setting_that_is_typed_stands_in_the_audit(ferro: Cli) -> None:
    ferro("programme", "set", "--digest", "fri 09:00", "--quiet", "20:00-06:00", "--hold-words", "hold off")
    told = {line["what"] for line in ferro.json("audit")["lines"]}
    assert {"programme.digest", "programme.quiet", "programme.hold_words"} <= told


@pytest.mark.parametrize("words", [["--threshold", "60"], ["--digest", "mon 09:00"], ["--start", "2026-02-01"]])
def test_where_several_write_only_ops_set_it(ferro: Cli, words: list[str]) -> None:
    """Dana leads and is no ops; what a programme begins with anybody may say, for nobody is ops yet."""
    house = build(ferro.home, secrets_mode="session")
    shared = replace(house, me="dana@ferro.example", workspace_shared=True)
    options = parser().parse_args(["programme", "set", *words])
    with pytest.raises(Problem, match="only_ops"):
        programme.write(shared, options)
    with shared.workspace() as tx:
        tx.programme.put(replace(tx.programme.get(), our_domains=()))
    programme.write(shared, options)
    house.close()
