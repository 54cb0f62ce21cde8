"""notes, templates and retention on the command line."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion.basics.clock import now
from companion.bootstrap import build
from companion.takeaways.model import Takeaway
from fakes.commands import Cli
from fakes.ics import calendar, event

MEETING = "2026-11-10"


@pytest.fixture
def note(ferro: Cli) -> str:
    """The id of a note with two lines."""
    work = ferro.file("work.ics", calendar(event("a", "20261110T130000Z", answer="ACCEPTED")))
    ferro("accounts", "add", "ics", "Work", work)
    ferro("sync", "--from", "2026-11-01", "--to", "2026-11-30")
    meeting = ferro.json("meetings", "--from", "2026-11-01", "--to", "2026-11-30")[0]["id"]
    lines = ferro.file("n.md", "q We lose a crew day.\nf Forty lorries.")
    return str(ferro.json("notes", "new", meeting, "--file", lines)["id"])


def test_lines_and_answers_are_changed_and_come_back(ferro: Cli, note: str) -> None:
    ferro("notes", "answer", note, "goal", "Keep the slip busy")
    ferro("notes", "answer", note, "--said", "We wait.")
    ferro("notes", "edit", note, "2", "f Fifty lorries.")
    shown = ferro.json("notes", "show", note)
    assert [line["text"] for line in shown["lines"]] == ["We lose a crew day.", "Fifty lorries."]
    assert shown["answers"] == {"goal": "Keep the slip busy", "said": "We wait."}
    text = ferro("notes", "show", note)
    assert "## Their goal, in their words\n\nKeep the slip busy" in text
    ferro("notes", "edit", note, shown["lines"][0]["id"], "")
    assert [line["text"] for line in ferro.json("notes", "show", note)["lines"]] == ["Fifty lorries."]
    for bad, said in (
        (("answer", note, "colour", "red"), "It has said, scene"),
        (("answer", note, "goal"), "Nothing was said for goal"),
        (("edit", note, "9", "x"), "has no line 9"),
        (("back", note, "nothing"), f"Note {note[:8]} has no version nothing"),
        (("settle", "nothing", "--keep", "here"), "nothing to settle under nothing"),
    ):
        ferro("notes", *bad, code=1)
        assert said in ferro.said


def test_versions_come_back_and_nothing_is_lost(ferro: Cli, note: str) -> None:
    house = build(ferro.home, secrets_mode="session")
    try:
        from companion.programme import listening

        listening.mark_revision(house, note, "left")
    finally:
        house.close()
    ferro("notes", "edit", note, "1", "")
    (kept,) = ferro.json("notes", "revisions", note)
    assert (kept["why"], kept["lines"]) == ("left", 2)
    assert "when the page was left" in ferro("notes", "revisions", note)
    ferro("notes", "back", note, kept["id"][:8])
    assert len(ferro.json("notes", "show", note)["lines"]) == 2
    assert [one["why"] for one in ferro.json("notes", "revisions", note)] == ["before_back", "left"]


def test_what_a_command_replaces_or_takes_out_stays_a_version(ferro: Cli, note: str) -> None:
    scene = "Luca stood in the yard and counted."
    for text in (scene, "Luca counted.", ""):
        ferro("notes", "answer", note, "scene", text)
    ferro("notes", "answer", note, "--scene", "Nobody came.")
    ferro("notes", "edit", note, "1", "f We lose two.")
    kept = ferro.json("notes", "revisions", note)
    assert [one["why"] for one in kept] == ["before_edit"] * 5
    assert "before a command changed it" in ferro("notes", "revisions", note)
    ferro("notes", "back", note, kept[3]["id"])
    assert ferro.json("notes", "show", note)["answers"] == {"scene": scene}


def test_a_choice_is_one_of_its_choices_and_a_pillar_one_of_six(ferro: Cli, note: str) -> None:
    for key, bad, said in (("confidence", "huge", "low, medium, high"), ("pillars", "foo+", "integrity, expectations")):
        ferro("notes", "answer", note, key, bad, code=1)
        assert said in ferro.said
    assert ferro.json("notes", "revisions", note) == []
    ferro("notes", "answer", note, "confidence", "High")
    ferro("notes", "answer", note, "pillars", "empathy- Putting things right+, time-")
    answers = ferro.json("notes", "show", note)["answers"]
    assert answers == {"confidence": "high", "pillars": "resolution+ time- empathy-"}
    ferro("notes", "answer", note, "confidence", "")
    assert "confidence" not in ferro.json("notes", "show", note)["answers"]


def test_times_are_those_of_the_programme_as_in_the_window(ferro: Cli, note: str, tmp_path: Path) -> None:
    from companion.programme import listening
    from companion.programme.listening import Edit

    house = build(ferro.home, secrets_mode="session")
    try:
        with house.workspace() as tx:
            tx.programme.put(replace(tx.programme.get(), zone="Asia/Ho_Chi_Minh"))
        at = datetime(2026, 11, 10, 18, 30, tzinfo=UTC)
        listening.write_lines(house, note, [Edit("late", 9, "", "It was late.", at)])
        listening.mark_revision(house, note, "left")
        (kept,) = listening.revisions(house, note)
    finally:
        house.close()
    assert "- 01:30 It was late." in ferro("notes", "show", note)
    ferro("notes", "export", note, str(tmp_path / "n.md"))
    assert "- 01:30 It was late." in (tmp_path / "n.md").read_text()
    told = ferro("notes", "revisions", note)
    assert "Of (Asia/Ho_Chi_Minh)" in told
    assert f"{kept.at.astimezone(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d %H:%M}" in told


def test_two_texts_are_shown_with_what_differs_and_settled(ferro: Cli, note: str) -> None:
    house = build(ferro.home, secrets_mode="session")
    try:
        from companion.programme import listening
        from companion.programme.listening import Edit

        line = listening.get(house, note).lines[0]
        edit = Edit(line.id, 0, "q", "We lose two crew days.", now(), "what nobody wrote")
        listening.write_lines(house, note, [edit])
    finally:
        house.close()
    (found,) = ferro.json("notes", "conflicts")
    assert (found["here"], found["other"]) == ("We lose a crew day.", "We lose two crew days.")
    assert "We lose [-a-] {+two+} crew [-day.-] {+days.+}" in ferro("notes", "conflicts")
    ferro("notes", "settle", found["id"], "--keep", "both")
    text = ferro.json("notes", "show", note)["lines"][0]["text"]
    assert text == "We lose a crew day.\nWe lose two crew days."
    assert "Nothing to settle." in ferro("notes", "conflicts")


def test_the_copy_is_begun_shown_once_and_ended(ferro: Cli, note: str, tmp_path: Path) -> None:
    folder = tmp_path / "synced"
    ferro("notes", "copy", "on", str(folder), code=1)
    assert "There is no folder" in ferro.said
    assert "waits" not in ferro.said
    for verb in ("run", "off"):
        ferro("notes", "copy", verb, code=1)
        assert "companion notes copy on" in ferro.said
    folder.mkdir()
    assert "only on this computer" in ferro("notes", "copy", "status")
    made = ferro.json("notes", "copy", "on", str(folder))
    assert len(made["words"]) == 24
    (file,) = folder.iterdir()
    assert b"crew" not in file.read_bytes()
    state = ferro.json("notes", "copy", "status")
    assert (state["on"], state["folder"], bool(state["written"])) == (True, str(folder), True)
    state = ferro.json("notes", "copy", "run")  # this profile keeps secrets for the length of a command
    assert [problem["code"] for problem in state["problems"]] == ["copy_key_missing"]
    ferro("notes", "copy", "words", code=1)
    assert not any(word in ferro.said for word in made["words"] if len(word) > 7)
    ferro("notes", "copy", "off")
    assert list(folder.iterdir()) == []


def test_the_words_come_on_standard_input(
    ferro: Cli, note: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    folder = tmp_path / "synced"
    folder.mkdir()
    words = ferro.json("notes", "copy", "on", str(folder))["words"]
    other = Cli(tmp_path / "other", ferro.capsys, tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("zoo " * 24))
    other("notes", "copy", "join", str(folder), code=1)
    assert "do not go together" in other.said
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(words)))
    other("notes", "copy", "join", str(folder))
    assert [line["text"] for line in other.json("notes", "show", note)["lines"]] == [
        "We lose a crew day.", "Forty lorries.",
    ]  # fmt: skip


def test_ops_edit_the_questions_and_an_old_note_keeps_its_own(ferro: Cli, note: str) -> None:
    file = Path(ferro.file("t.json", ""))
    ferro("templates", "export", str(file))
    body = json.loads(file.read_text())
    body["questions"] = [*body["questions"][:3], {"key": "mood", "text": {"en": "Their mood", "pl": "Nastrój"}}]
    file.write_text(json.dumps(body))
    assert ferro.json("templates", "import", str(file), "--dry-run")["saved"] is False
    assert len(ferro.json("templates", "list")) == 1
    assert ferro.json("templates", "import", str(file))["version"] == 2
    assert [(one["version"], one["counts"]) for one in ferro.json("templates", "list")] == [(1, False), (2, True)]
    assert "Their mood" in ferro("templates", "show")
    ferro("notes", "answer", note, "mood", "good", code=1)
    ferro("notes", "answer", note, "goal", "Still asked here")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda body: body["questions"][3].pop("text"), "question goal"),
        (lambda body: body["questions"][4]["text"].update(de="Nein"), "Question hard"),
        (lambda body: body["questions"][5].update(colour="red"), "Question bought has a colour"),
        (lambda body: body["questions"][0].update(kind="video"), "Question said has a kind"),
        (lambda body: body["questions"][1].update(key="said"), "the key said"),
        (lambda body: body["questions"][2]["text"].pop("en"), "Question surprise has no English"),
        (lambda body: body["questions"][7].update(choices=[["one", {"en": "One"}]]), "Question surprise_kind"),
        (lambda body: body["questions"][1].update(most_words="sixty"), "most_words of question scene"),
        (lambda body: body.pop("name"), "for name"),
    ],
)
def test_a_bad_template_says_which_question_and_field(ferro: Cli, change, said: str) -> None:  # type: ignore[no-untyped-def]
    file = Path(ferro.file("t.json", ""))
    ferro("templates", "export", str(file))
    body = json.loads(file.read_text())
    change(body)
    file.write_text(json.dumps(body))
    ferro("templates", "import", str(file), code=1)
    assert said in ferro.said
    assert len(ferro.json("templates", "list")) == 1


def test_a_template_that_is_no_json_says_where(ferro: Cli) -> None:
    ferro("templates", "import", ferro.file("t.json", '{\n"id": nonsense}'), code=1)
    assert "Line 2 of the file" in ferro.said
    ferro("templates", "import", ferro.file("t.json", '["said"]'), code=1)
    assert "no list of questions" in ferro.said
    assert "templates export" in ferro.said


def test_notes_end_only_with_a_yes(ferro: Cli, note: str) -> None:
    assert "No note has come to its end." in ferro("retention")
    house = build(ferro.home, secrets_mode="session")
    long_ago = datetime.now(UTC) - timedelta(days=100)
    try:
        with house.device() as device:
            found = device.notes.get(note)
            assert found
            device.notes.put(type(found)(**{**vars(found), "made": long_ago}))
        with house.workspace() as tx:
            tx.takeaways.put(
                Takeaway("t1", 1, "dana", found.meeting_id, "kestrel", "company", "They wait", published=long_ago)
            )
    finally:
        house.close()
    assert [one["id"] for one in ferro.json("retention", "--dry-run")["notes"]] == [note]
    assert ferro.json("retention")["gone"] == 0
    assert "Nothing was deleted." in ferro("retention")
    ferro("retention", "--keep", note)
    assert ferro.json("retention", "--yes") == {"notes": [], "gone": 0}
    house = build(ferro.home, secrets_mode="session")
    with house.device() as device:
        device.notes.put(type(found)(**{**vars(found), "made": long_ago}))
    house.close()
    assert ferro.json("retention", "--yes")["gone"] == 1
    assert ferro.json("notes", "list") == []


def test_what_was_mailed_is_fetched(ferro: Cli, note: str) -> None:
    assert ferro.json("notes", "fetch") == {"fetched": 0}
    assert "No mail was waiting." in ferro("notes", "fetch")


def test_what_was_written_after_a_backup_comes_in_from_the_store_a_restore_kept(
    ferro: Cli, note: str, tmp_path: Path
) -> None:
    ferro("backup", str(tmp_path / "b.zip"))
    ferro("notes", "edit", note, "1", "q We lose a crew day each month.")
    ferro("notes", "answer", note, "goal", "Keep the slip busy")
    (old,) = (path for path in ferro.json("restore", str(tmp_path / "b.zip"))["kept"] if "device.before-" in path)
    ferro("notes", "edit", note, "2", "f Fifty lorries.")
    assert ferro.json("notes", "show", note)["answers"] == {}
    before = Path(old).read_bytes()
    assert ferro.json("notes", "take-from", old)["taken_in"] == 1
    shown = ferro.json("notes", "show", note)
    assert [line["text"] for line in shown["lines"]] == ["We lose a crew day each month.", "Fifty lorries."]
    assert shown["answers"] == {"goal": "Keep the slip busy"}
    assert [one["why"] for one in ferro.json("notes", "revisions", note)] == ["taken_in", "before_edit"]
    assert ferro.json("notes", "take-from", old)["taken_in"] == 0
    assert Path(old).read_bytes() == before, "what was kept stays as it is"


def test_the_restore_names_the_file_and_no_other_file_is_taken_for_notes(ferro: Cli, note: str, tmp_path: Path) -> None:
    ferro("backup", str(tmp_path / "b.zip"))
    said = ferro("restore", str(tmp_path / "b.zip"))
    (old,) = ferro.home.glob("device.before-*.db")
    assert f"companion notes take-from {old}" in said
    (tmp_path / "a.db").write_bytes(b"not a store at all, of whatever length it may be")
    for wrong in (tmp_path / "none.db", tmp_path / "a.db", next(ferro.home.glob("workspace.before-*.db"))):
        ferro("notes", "take-from", str(wrong), code=1)
        assert wrong.name in ferro.said
    assert len(ferro.json("notes", "show", note)["lines"]) == 2
