"""The loop by command: a calendar in, a board, a note, a takeaway on a site, and back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.commands import Cli
from fakes.ics import calendar, event


def stamp(days: int, hour: int = 13) -> str:
    """A moment some days from now, as calendars write it."""
    day = datetime.now(UTC).replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return f"{day:%Y%m%dT%H%M%SZ}"


def test_from_a_calendar_to_a_published_takeaway_and_back(ferro: Cli, tmp_path: Path) -> None:
    past, ahead = event("past", stamp(-5), answer="ACCEPTED"), event("ahead", stamp(20), answer="ACCEPTED")
    path = ferro.file("work.ics", calendar(past, ahead, event("x", stamp(3), title="Lunch", guests=())))
    looked = ferro.json("inspect", path)
    assert looked["seen"] == 3
    assert [item["decision"] for item in looked["items"]] == ["kept", "not_customer", "kept"]
    assert ferro.json("meetings") == []
    shown = {item["id"] for item in looked["items"]}

    assert "id" in ferro.json("accounts", "add", "ics", "Work", path)
    done = ferro.json("sync")["accounts"][0]
    assert (done["name"], done["seen"], done["not_customer"], done["kept"], done["added"]) == ("Work", 3, 1, 2, 2)
    first, second = ferro.json("meetings")
    assert first["customer"] == "Kestrel Plumbing Supply"
    assert {first["id"], second["id"]} <= shown, "what inspect shows can be named before it is known"
    assert first["recurrence_id"] is None
    assert first["start"].endswith(("+01:00", "+02:00"))
    assert [(seat["email"], seat["state"]) for seat in first["seats"]] == [("dana@ferro.example", "unknown")]
    assert [seat["state"] for seat in second["seats"]] == ["accepted"]

    ferro("seats", "set", first["id"], "dana@ferro.example", "attended", "--by", "host", "--reason", "sat by the door")
    row = next(row for row in ferro.json("board")["rows"] if row["email"] == "dana@ferro.example")
    assert (row["done"], row["completed"]) == (1, 0)

    lines = ferro.file(
        "lines.md", "q We lose a crew day when a pallet is late.\nf 14 crews\n! went quiet\nplain line\n"
    )
    note = ferro.json("notes", "new", first["id"], "--file", lines)["id"]
    shown = ferro.json("notes", "show", note)
    assert [line["mark"] for line in shown["lines"]] == ["q", "f", "!", ""]

    site = tmp_path / "site"
    ferro("channels", "add", "site", "Intranet", str(site), "--audience", "company")
    made = ferro.json("takeaways", "publish", note, "--headline", "The pallet that idled a crew", "--audience",
                      "company", "--channel", "Intranet")  # fmt: skip
    assert [item["state"] for item in made["deliveries"]] == ["sent"]
    page = (site / "t" / f"{made['id']}.html").read_text("utf-8")
    assert "We lose a crew day when a pallet is late." in page
    assert "went quiet" not in page, "feelings never leave the note"
    row = next(row for row in ferro.json("board")["rows"] if row["email"] == "dana@ferro.example")
    assert (row["done"], row["completed"]) == (1, 1)

    ferro("answers", "add", made["id"], "--kind", "changes", "--text", "I will call before Easter.")
    assert "I will call before Easter." in (site / "t" / f"{made['id']}.html").read_text("utf-8")
    ferro("takeaways", "withdraw", made["id"])
    assert "idled a crew" not in (site / "index.html").read_text("utf-8")
    assert made["id"] not in (site / "feed.xml").read_text("utf-8")
    assert ferro.json("outbox")[0]["state"] == "withdrawn"


def test_a_telling_completes_a_seat_as_well(ferro: Cli) -> None:
    path = ferro.file("work.ics", calendar(event("past", stamp(-3), answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    meeting = ferro.json("meetings")[0]["id"]
    ferro("seats", "set", meeting, "Dana Okafor", "attended")
    note = ferro.json("notes", "new", meeting, "--file", ferro.file("n.md", "q My foreman has three numbers."))["id"]
    ferro("takeaways", "tell", note, "--on", f"{datetime.now(UTC):%Y-%m-%d}", "--headline", "Three numbers")
    row = next(row for row in ferro.json("board")["rows"] if row["email"] == "dana@ferro.example")
    assert (row["done"], row["completed"]) == (1, 1)


def test_board_as_csv_and_xlsx_without_formulas(ferro: Cli, tmp_path: Path) -> None:
    people = "name,email,team,role,target\n=HYPERLINK(1),evil@ferro.example,Finance,leader,2\n"
    ferro("people", "import", ferro.file("p.csv", people))
    ferro("board", "--csv", str(tmp_path / "b.csv"), "--xlsx", str(tmp_path / "b.xlsx"))
    assert "'=HYPERLINK(1)" in (tmp_path / "b.csv").read_text("utf-8-sig")
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "b.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in kinds


def test_backup_and_restore_bring_a_note_back(ferro: Cli, tmp_path: Path) -> None:
    path = ferro.file("work.ics", calendar(event("past", stamp(-3), answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", path)
    ferro("sync")
    meeting = ferro.json("meetings")[0]["id"]
    ferro("notes", "new", meeting, "--file", ferro.file("n.md", "q One sentence."))
    copy = tmp_path / "copy.zip"
    ferro("backup", str(copy))
    ferro("meetings", "forget", meeting)
    ferro("restore", str(copy))
    assert ferro.json("meetings")[0]["id"] == meeting
    assert ferro.json("notes", "list")[0]["lines"][0]["text"] == "One sentence."


def test_doctor_says_that_nothing_is_wrong(ferro: Cli) -> None:
    found = ferro.json("doctor")
    assert (found["problems"], found["me"], found["people"]) == ([], "dana@ferro.example", 4)


def test_customers_are_proposed_from_memory(ferro: Cli) -> None:
    guests = ("a@marea.example", "ann@gmail.com")
    events = [event(str(at), stamp(-at - 1), title="Talk", guests=guests) for at in range(3)]
    secret = event("s", stamp(-2), "CLASS:PRIVATE", title="Doctor", guests=("dr@clinic.example",))
    ferro("accounts", "add", "ics", "Work", ferro.file("w.ics", calendar(*events, secret)))
    found = ferro.json("customers", "propose", "--accept", "marea.example")
    assert [(item["domain"], item["entries"]) for item in found["proposals"]] == [("marea.example", 3)]
    assert "Marea" in [customer["name"] for customer in ferro.json("customers", "list")]


def test_an_invitation_says_who_i_am(ferro: Cli) -> None:
    from companion.programme.invitation import Invitation, write_invitation

    path = ferro.file("invitation.json", write_invitation(Invitation("Ferro", "lev@ferro.example")))
    assert ferro.json("me", "--invitation", path)["name"] == "Lev Brandt"
    ferro("me", "--invitation", ferro.file("other.json", '{"me": 3}'), code=1)
    assert "not an invitation" in ferro.said


def test_ops_edit_the_words_of_a_review(ferro: Cli) -> None:
    path = ferro.file("w.ics", calendar(event("a", stamp(4), title="Kestrel stocktake", guests=(), organiser="")))
    assert ferro.json("inspect", path)["items"][0]["decision"] == "not_customer"
    ferro("programme", "--review-words", "stocktake; inventory")
    assert ferro.json("inspect", path)["items"][0]["decision"] == "kept"
    ferro("programme", "--hold-words", "stocktake")
    assert ferro.json("inspect", path)["items"][0]["decision"] == "held_back"
    ferro("programme", "--hold-words", "", "--review-words", "")
    assert ferro.json("inspect", path)["items"][0]["decision"] == "not_customer"
