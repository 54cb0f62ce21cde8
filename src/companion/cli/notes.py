"""notes."""

import argparse
from pathlib import Path
from typing import Any

from companion.basics.paths import write_whole
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.out import say, say_json, table
from companion.notes.model import Note
from companion.notes.text import to_markdown
from companion.programme import listening as verbs
from companion.words.language import t, tn


def add(commands: Commands) -> None:
    """The commands of this file."""
    notes = group(commands, "notes", t("your listening notes; they stay on this computer"))
    verb(notes, "list", _list, t("all notes"))
    verb(notes, "show", _show, t("one note")).add_argument("id", metavar="ID")
    out = verb(notes, "export", _export, t("one note as Markdown"))
    out.add_argument("id", metavar="ID")
    out.add_argument("file", metavar="F.md")
    new = verb(notes, "new", _new, t("begin a note, or add lines to it"))
    new.add_argument("meeting", metavar="MEETING")
    new.add_argument("--file", metavar="F.md", help=t("one line each: q|f|!|?|p text, or text alone; - reads on"))
    after = verb(notes, "answer", _answer, t("the three questions afterwards"))
    after.add_argument("id", metavar="ID")
    for name in ("said", "scene", "surprise"):
        after.add_argument(f"--{name}", metavar="TEXT")


def note_json(note: Note) -> dict[str, Any]:
    """A note as the command answers it."""
    return {
        "id": note.id, "meeting": note.meeting_id, "title": note.title, "changed": note.changed,
        "lines": [{"at": line.at, "mark": line.mark, "text": line.text} for line in note.lines],
        "said": note.said, "scene": note.scene, "surprise": note.surprise,
    }  # fmt: skip


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        notes = verbs.all_of(house)
    if options.json:
        say_json([note_json(note) for note in notes])
    else:
        rows = [
            (note.id[:8], f"{note.changed:%Y-%m-%d}", tn("{count} line", "{count} lines", len(note.lines)), note.title)
            for note in notes
        ]
        table(rows, (t("Id"), t("Changed"), t("Lines"), t("Meeting")))
    return 0


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.get(house, options.id)
    say_json(note_json(note)) if options.json else say(to_markdown(note))
    return 0


def _export(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.get(house, options.id)
    target = Path(options.file)
    write_whole(target, to_markdown(note).encode())
    say_json({"id": note.id, "file": str(target)}) if options.json else say(str(target))
    return 0


def _new(options: argparse.Namespace) -> int:
    text = text_of(options.file) if options.file else ""
    with house_of(options) as house:
        note = verbs.take_text(house, options.meeting, text) if text else verbs.open_note(house, options.meeting)
    say_json({"id": note.id}) if options.json else say(note.id)
    return 0


def _answer(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.answer(house, verbs.get(house, options.id).id, options.said, options.scene, options.surprise)
    say_json({"id": note.id}) if options.json else say(t("Saved on this computer."))
    return 0
