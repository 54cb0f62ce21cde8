"""customers: what is remembered, tables, merging and forgetting, by command."""

import json

from fakes.commands import Cli
from fakes.ics import calendar, event

CONTACTS = "customer,address,name,role,may_quote,line\nKestrel,ken@kestrel.example,Ken Doyle,owner,ask,Short and dry\n"


def test_remember_change_end_and_history(ferro: Cli) -> None:
    ferro("customers", "contacts", "import", ferro.file("c.csv", CONTACTS))
    told = ferro.json(
        "customers", "remember", "Kestrel", "goal", "Two more crews.", "--role", "the owner", "--contact", "Ken Doyle",
        "--heard-on", "2026-11-10", "--source", "the review",
    )  # fmt: skip
    assert (told["revision"], told["waits"]) == (1, False)
    ferro("customers", "change", told["id"][:8], "Three more crews.")
    assert "reached" in ferro("customers", "end", told["id"], "reached", "--result", "They came.", "--on", "2026-11-20")
    past = ferro.json("customers", "history", told["id"])
    assert [(one["text"], one["state"]) for one in past] == [
        ("Two more crews.", "open"), ("Three more crews.", "open"), ("Three more crews.", "reached"),
    ]  # fmt: skip
    assert "Two more crews." in ferro("customers", "history", told["id"])
    ferro("customers", "end", told["id"], "kept", code=1)
    assert "It cannot end as kept" in ferro.said


def test_show_says_everything_and_what_is_not_known(ferro: Cli) -> None:
    ferro("customers", "contacts", "import", ferro.file("c.csv", CONTACTS))
    for kind, text, *more in (
        ("who", "Keeps crews supplied.", "--topic", "does"), ("promise", "One number.", "--due", "2199-12-12"),
        ("quote", "We count.", "--may-quote", "yes"), ("avoid", "The crane."),
        ("touch", "41 bills.", "--topic", "Finance"),
    ):  # fmt: skip
        ferro("customers", "remember", "Kestrel", kind, text, *more)
    said = ferro("customers", "show", "kestrel")
    for words in ("What they do: Keeps crews supplied.", "Mood last time: unknown", "Promised to them", "“We count.”",
                  "One number. · not noted from whom or when · due on 12 December 2199", "Avoid", "The crane.",
                  "Finance · 41 bills.", "Ken Doyle · owner · Short and dry"):  # fmt: skip
        assert words in said
    page = ferro.json("customers", "show", "Kestrel")
    assert page["who"]["does"]["fact"]["text"] == "Keeps crews supplied."
    assert page["who"]["mood"] is None
    assert [one["fact"]["due"] for one in page["promises"]] == ["2199-12-12"]
    assert [one["may_quote"] for one in page["quotes"]] == ["yes"]


def test_what_became_of_it_stands_with_the_promise_and_is_said_when_it_turns_round(ferro: Cli) -> None:
    told = ferro.json("customers", "remember", "Kestrel", "promise", "One number.", "--heard-on", "2026-11-10")["id"]
    ferro("customers", "change", told, "One number.", "--heard-on", "2026-11-11")
    assert "until now" not in ferro("customers", "end", told, "kept", "--result", "In the list.", "--on", "2026-11-20")
    said = ferro("customers", "show", "Kestrel")
    assert "2026-11-20  Promise kept: One number. — In the list." in said
    assert "2026-11-11  Promise: One number." in said
    assert "It was kept until now" in ferro("customers", "end", told, "broken")
    assert "until now" not in ferro("customers", "end", told, "broken")


def test_tables_go_out_and_come_back(ferro: Cli) -> None:
    ferro("customers", "remember", "Kestrel", "goal", "=One.\n\nTwo.")
    facts, people, firms = (str(ferro.folder / name) for name in ("f.csv", "p.csv", "c.csv"))
    assert ferro.json("customers", "facts", "export", facts, "--customer", "Kestrel")["rows"] == 1
    assert ferro.json("customers", "facts", "import", facts, "--dry-run")["same"] == 1
    ferro("customers", "contacts", "export", people)
    ferro("customers", "export", firms)
    assert ferro.json("customers", "import", firms)["changed"] == []
    wrong = ferro.file("wrong.csv", "customer,kind,text\nNobody,goal,x\n")
    assert ferro.json("customers", "facts", "import", wrong, code=1)["problems"][0]["code"] == "row_customer_unknown"
    assert "Row 2: there is no customer called Nobody" in ferro.said


def test_set_changes_only_what_is_said(ferro: Cli) -> None:
    ferro("customers", "set", "Kestrel", "--segment", "Trade", "--nda", "yes", "--off-limits", "crane", "harbour lift")
    ferro("customers", "set", "Kestrel", "--public-name", "A supplier")
    known = next(one for one in ferro.json("customers", "list") if one["name"].startswith("Kestrel"))
    assert (known["segment"], known["nda"], known["off_limits"], known["public_name"]) == (
        "Trade", True, ["crane", "harbour lift"], "A supplier",
    )  # fmt: skip
    ferro("customers", "set", "Kestrel", "--host", "nonsense", code=1)
    assert "nonsense is not a mail address" in ferro.said


def test_a_merge_says_first_what_would_move(ferro: Cli) -> None:
    ferro("customers", "import", ferro.file("two.csv", "name,domains\nKestrel UK,uk-kestrel.example\n"))
    ferro("customers", "remember", "Kestrel UK", "goal", "Two more crews.")
    assert "Nothing was changed." in ferro("customers", "merge", "Kestrel", "Kestrel UK", "--dry-run")
    done = ferro.json("customers", "merge", "Kestrel", "Kestrel UK")
    assert (done["facts"], done["doubled"], done["dry_run"]) == (1, 0, False)
    assert [one["now"]["fact"]["text"] for one in ferro.json("customers", "show", "Kestrel UK")["goals"]] == [
        "Two more crews."
    ]


def test_held_about_and_erase(ferro: Cli) -> None:
    ferro("customers", "contacts", "import", ferro.file("c.csv", CONTACTS))
    ferro("customers", "remember", "Kestrel", "quote", "We count.", "--contact", "ken@kestrel.example")
    out = ferro.folder / "held.json"
    said = ferro("customers", "held-about", "Ken Doyle", "--out", str(out))
    for line in ("facts: 1", "Quote: We count.", "Among their people: Ken Doyle · ken@kestrel.example · owner"):
        assert line in said
    (at,) = json.loads(out.read_text("utf-8"))["at"]
    assert (at["contact"]["line"], [fact["text"] for fact in at["facts"]]) == ("Short and dry", ["We count."])
    assert "Nothing was changed." in ferro("customers", "erase", "ken@kestrel.example", "--dry-run")
    done = ferro.json("customers", "erase", "ken@kestrel.example")
    assert (done["counts"]["facts"], done["notes_left"], done["waits"]) == (1, 0, False)
    assert "Ken" not in ferro("customers", "show", "Kestrel")
    assert "We count." in ferro("customers", "show", "Kestrel")
    ferro("customers", "contacts", "import", ferro.file("c.csv", CONTACTS), code=1)
    assert "asked to be forgotten" in ferro.said
    ferro("customers", "held-about", "Nobody", code=1)
    assert "Nobody of any customer is known as Nobody" in ferro.said
    ferro("customers", "erase", "Nobody", "--customer", "Kestrel", code=1)
    assert "Nobody of Kestrel is known as Nobody" in ferro.said
    ferro("customers", "show", " ", code=1)
    assert "Say which customer" in ferro.said


def test_a_sync_from_the_same_file_brings_nobody_back(ferro: Cli) -> None:
    invited = "ATTENDEE;CN=Mara Lindqvist:mailto:mara@kestrel.example"
    title = "Kestrel quarterly review with Mara Lindqvist"
    review = calendar(event("a", "20261110T130000Z", invited, title=title, answer="ACCEPTED"))
    ferro("accounts", "add", "ics", "Work", ferro.file("work.ics", review))
    ferro("sync", "--from", "2026-11-01", "--to", "2026-12-01")
    assert [at["customer"] for at in ferro.json("customers", "held-about", "mara@kestrel.example")["at"]]
    ferro("customers", "erase", "mara@kestrel.example")
    for _round in range(2):
        (done,) = ferro.json("sync", "--from", "2026-11-01", "--to", "2026-12-01")["accounts"]
        assert (done["problems"], done["removed"]) == ([], 0)
    (meeting,) = ferro.json("meetings", "--from", "2026-11-01", "--to", "2026-12-01")
    assert meeting["title"] == "Kestrel quarterly review with somebody"
    left = [path for path in ferro.home.rglob("*") if path.is_file() and b"lindqvist" in path.read_bytes().lower()]
    assert left == []
    assert not [path for path in ferro.home.rglob("*") if path.is_file() and b"mara@" in path.read_bytes().lower()]
