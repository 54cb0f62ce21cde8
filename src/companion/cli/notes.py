"""notes: your own, on this computer."""

import argparse
from pathlib import Path
from typing import Any

from companion.basics.errors import Problem
from companion.basics.paths import write_whole
from companion.cli import note_versions, notes_copy
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.out import say, say_json, table
from companion.notes.model import Listed, Note
from companion.notes.text import split_mark
from companion.programme import listening as verbs
from companion.programme import mailed, templates
from companion.programme.listening import Edit
from companion.programme.note_answers import checked
from companion.programme.taking_along import take_along
from companion.words.language import t, tn


def add(commands: Commands) -> None:
    """The commands of this file."""
    notes = group(commands, "notes", t("your listening notes; they stay on this computer"))
    verb(notes, "list", _list, t("all notes"))
    verb(notes, "show", _show, t("one note")).add_argument("id", metavar="ID")
    out = verb(notes, "export", _export, t("one note as Markdown, or all of them"))
    out.add_argument("id", metavar="ID", nargs="?")
    out.add_argument("file", metavar="F.md", nargs="?")
    out.add_argument("--all", metavar="DIR", help=t("every note of yours, each as a file of its own"))
    new = verb(notes, "new", _new, t("begin a note, or add lines to it"))
    new.add_argument("meeting", metavar="MEETING")
    new.add_argument("--file", metavar="F.md", help=t("one line each: q|f|!|?|p text, or text alone; - reads on"))
    after = verb(notes, "answer", _answer, t("answer one of the note's questions, or the three afterwards"))
    after.add_argument("id", metavar="ID")
    after.add_argument("key", metavar="KEY", nargs="?", help=t("as companion templates show names it"))
    after.add_argument("text", metavar="TEXT", nargs="?", help=t('"" takes the answer out'))
    for name in ("said", "scene", "surprise"):
        after.add_argument(f"--{name}", metavar="TEXT")
    edit = verb(notes, "edit", _edit, t("change one line"))
    edit.add_argument("id", metavar="ID")
    edit.add_argument("line", metavar="LINE", help=t("which one, counted from 1, or its id"))
    edit.add_argument("text", metavar="TEXT", help=t('as in a file: a mark, a space, the words; "" takes it out'))
    verb(notes, "fetch", _fetch, t("take what you mailed to the programme into your notes"))
    note_versions.add(notes)
    notes_copy.add(notes)


def note_json(note: Note) -> dict[str, Any]:
    """A note as the command answers it."""
    return {
        "id": note.id, "meeting": note.meeting_id, "title": note.title, "changed": note.changed,
        "lines": [{"at": line.at, "mark": line.mark, "text": line.text, "id": line.id} for line in note.lines],
        "said": note.said, "scene": note.scene, "surprise": note.surprise,
        "answers": dict(note.answers), "expected": note.expected,
        "template": note.template, "template_version": note.template_version, "keep": note.keep,
    }  # fmt: skip


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.json:
            say_json([note_json(note) for note in verbs.all_of(house)])
            return 0
        notes = verbs.listed(house)
    say_notes(notes)
    return 0


def say_notes(notes: list[Listed]) -> None:
    """Notes without their words, as a table."""
    rows = [
        (note.id[:8], f"{note.changed:%Y-%m-%d}", tn("{count} line", "{count} lines", note.lines), note.title)
        for note in notes
    ]
    table(rows, (t("Id"), t("Changed"), t("Lines"), t("Meeting")))


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.get(house, options.id)
        text = "" if options.json else verbs.export(house, note.id)
    say_json(note_json(note)) if options.json else say(text)
    return 0


def _export(options: argparse.Namespace) -> int:
    if options.all:
        folder = folder_for(options.all)
        with house_of(options) as house:
            count = take_along(house, folder)
        words = tn("{count} note is written to {path}.", "{count} notes are written to {path}.", count, path=folder)
        say_json({"id": str(folder), "count": count}) if options.json else say(words)
        return 0
    if not options.id or not options.file:
        raise Problem("export_what")
    with house_of(options) as house:
        note = verbs.get(house, options.id)
        target = Path(options.file)
        write_whole(target, verbs.export(house, note.id).encode())
    say_json({"id": note.id, "file": str(target)}) if options.json else say(str(target))
    return 0


def folder_for(path: str) -> Path:
    """The folder of that name, made where there is none; Problem `file_not_written`."""
    folder = Path(path).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem("file_not_written", path=str(folder), reason=error.strerror or type(error).__name__) from error
    return folder


def _new(options: argparse.Namespace) -> int:
    text = text_of(options.file) if options.file else ""
    with house_of(options) as house:
        note = verbs.take_text(house, options.meeting, text) if text else verbs.open_note(house, options.meeting)
        alone = verbs.only_here(house)
    say_json({"id": note.id}) if options.json else say(note.id)
    if alone and not options.json:
        say(t("This note exists only on this computer. A copy for your other one: companion notes copy on DIR."))
    return 0


def _answer(options: argparse.Namespace) -> int:
    if options.key is not None and options.text is None:
        raise Problem("answer_missing", key=options.key)
    with house_of(options) as house:
        note = verbs.get(house, options.id)
        text = ""
        if options.key is not None:
            asked = {question.key: question for question in templates.of_note(house, note).questions}
            if options.key not in asked and options.key not in note.answers:
                raise Problem("question_unknown", key=options.key, known=", ".join(asked))
            text = checked(asked[options.key], options.text) if options.key in asked else options.text
        verbs.mark_revision(house, note.id, "before_edit")
        if options.key is not None:
            verbs.write_answer(house, note.id, options.key, text)
        verbs.answer(house, note.id, options.said, options.scene, options.surprise)
    say_json({"id": note.id}) if options.json else say(t("Saved on this computer."))
    return 0


def _edit(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.get(house, options.id)
        named = dict(enumerate(note.lines, 1))
        found = named.get(int(options.line)) if options.line.isdecimal() else None
        found = found or next((line for line in note.lines if line.id == options.line), None)
        if found is None:
            raise Problem("line_unknown", line=options.line, note=options.id)
        mark, text = split_mark(options.text)
        verbs.mark_revision(house, note.id, "before_edit")
        place = verbs.place_of(house, note.id, found.id)
        verbs.write_lines(house, note.id, [Edit(found.id, place, mark or found.mark, text, found.at, found.text)])
    say_json({"id": note.id, "line": found.id}) if options.json else say(t("Saved on this computer."))
    return 0


def _fetch(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        count = mailed.fetch(house)
    if options.json:
        say_json({"fetched": count})
    elif count:
        say(tn("{count} mail came into your notes.", "{count} mails came into your notes.", count))
    else:
        say(t("No mail was waiting."))
    return 0
