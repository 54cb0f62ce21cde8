"""templates: the questions of a note, and retention of notes."""

import argparse
from pathlib import Path

from companion.basics.paths import write_whole
from companion.cli import note_versions
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.out import say, say_json, table
from companion.notes.codec import template_to_json
from companion.notes.template import Template
from companion.notes.template_file import read, written
from companion.notes.text import in_words
from companion.programme import templates as verbs
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    made = group(commands, "templates", t("the questions a listener is asked after a meeting"))
    verb(made, "list", _list, t("every version; a note keeps the one it was begun with"))
    verb(made, "show", _show, t("the questions of the version that counts"))
    out = verb(made, "export", _export, t("the version that counts as a file to edit or translate"))
    out.add_argument("file", metavar="F.json")
    into = verb(made, "import", _import, t("a new version, for every note from now on"))
    into.add_argument("file", metavar="F.json")
    into.add_argument("--dry-run", action="store_true", help=t("only look the file over"))
    note_versions.add_retention(commands)


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        every, now = verbs.all_of(house), verbs.current(house)
    if options.json:
        say_json([{**_head(one), "counts": one == now} for one in every])
    else:
        rows = [
            (one.id, str(one.version), f"{one.made:%Y-%m-%d}" if one.made else t("with the app"), one.name,
             t("counts") if one == now else "")
            for one in every
        ]  # fmt: skip
        table(rows, (t("Id"), t("Version"), t("Made"), t("Name"), ""))
    return 0


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        template = verbs.current(house)
    if options.json:
        say_json(template_to_json(template))
    else:
        rows = [(one.key, one.part, in_words(one.text)) for one in template.questions]
        table(rows, (t("Key"), t("Part"), t("Question")))
    return 0


def _export(options: argparse.Namespace) -> int:
    target = Path(options.file)
    with house_of(options) as house:
        template = verbs.current(house)
    write_whole(target, written(template).encode())
    say_json({"id": template.id, "file": str(target)}) if options.json else say(str(target))
    return 0


def _import(options: argparse.Namespace) -> int:
    template = read(text_of(options.file))
    count = len(template.questions)
    if not options.dry_run:
        with house_of(options) as house:
            template = verbs.save(house, template)
    if options.json:
        say_json({**_head(template), "questions": count, "saved": not options.dry_run})
    elif options.dry_run:
        say(t("The file is as it should be: {count} questions. Nothing was saved.", count=count))
    else:
        number = template.version
        say(t("Version {number} counts from now on. Notes that were begun keep their questions.", number=number))
    return 0


def _head(template: Template) -> dict[str, object]:
    return {"id": template.id, "version": template.version, "name": template.name, "made": template.made}
