"""notes revisions, back, conflicts, settle; retention."""

import argparse
import sys
from pathlib import Path

from companion.basics.clock import zone
from companion.basics.errors import Problem
from companion.basics.paths import find_home
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import say, say_json, table
from companion.programme import listening as verbs
from companion.programme.note_times import zone_of
from companion.programme.notes_copy import take_in
from companion.words.language import t, tn
from companion.words.notes import between, why


def add(notes: Commands) -> None:
    """The verbs that go with a note."""
    verb(notes, "revisions", _revisions, t("a note as it was")).add_argument("id", metavar="ID")
    back = verb(notes, "back", _back, t("bring a note back as it was; as it is now stays a version"))
    back.add_argument("id", metavar="ID")
    back.add_argument("revision", metavar="REV")
    verb(notes, "conflicts", _conflicts, t("texts of which two windows or computers wrote two"))
    text = t("take in what the notes of another device store say more, such as the one a restore kept")
    verb(notes, "take-from", _take_from, text).add_argument("file", metavar="FILE")
    settle = verb(notes, "settle", _settle, t("say what stays of two texts"))
    settle.add_argument("id", metavar="ID")
    which = settle.add_mutually_exclusive_group(required=True)
    which.add_argument("--keep", choices=("here", "other", "both"))
    which.add_argument("--text", metavar="T")


def add_retention(commands: Commands) -> None:
    """What has come to its end."""
    text = t("notes 90 days after their takeaway: let go of them, if you say so")
    retention = verb(commands, "retention", _retention, text)
    retention.add_argument("--dry-run", action="store_true", help=t("only say which"))
    retention.add_argument("--yes", action="store_true", help=t("do not ask"))
    retention.add_argument("--keep", metavar="ID", nargs="+", default=[], help=t("never ask about these again"))


def _revisions(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.get(house, options.id)
        found, zone_name = verbs.revisions(house, note.id), zone_of(house, note)
    if options.json:
        say_json([{"id": one.id, "at": one.at, "why": one.why, "lines": len(one.note.lines)} for one in found])
    else:
        there = zone(zone_name)
        days = [f"{one.at.astimezone(there):%Y-%m-%d %H:%M}" for one in found]
        rows = [(one.id[:8], day, why(one.why), str(len(one.note.lines))) for one, day in zip(found, days, strict=True)]
        table(rows, (t("Version"), t("Of ({zone})", zone=zone_name), t("Kept"), t("Lines")))
    return 0


def _back(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        note = verbs.bring_back(house, verbs.get(house, options.id).id, options.revision)
    say_json({"id": note.id}) if options.json else say(t("Brought back. As it was just now is a version of its own."))
    return 0


def _take_from(options: argparse.Namespace) -> int:
    from companion.bootstrap import notes_of

    found = notes_of(find_home(options.home), Path(options.file).expanduser().absolute())
    with house_of(options) as house:
        count = take_in(house, found)
    if options.json:
        say_json({"id": options.file, "taken_in": count})
    else:
        say(tn("{count} note changed here.", "{count} notes changed here.", count))
        say(t("What each said before is one of its versions: companion notes revisions ID."))
    return 0


def _conflicts(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.conflicts(house)
    if options.json:
        say_json(found)
        return 0
    for one in found:
        whose = one.other_from or t("another window")
        say(f"{one.id[:8]}  {one.note_id[:8]}")
        say(f"    {t('here')}: {one.here}")
        say(f"    {whose}: {one.other}")
        say(f"    {between(one.here, one.other)}")
    if not found:
        say(t("Nothing to settle."))
    return 0


def _settle(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        hits = [one for one in verbs.conflicts(house) if one.id.startswith(options.id)]
        if len(hits) != 1:
            raise Problem("conflict_unknown", conflict=options.id)
        (one,) = hits
        texts = {"here": one.here, "other": one.other, "both": f"{one.here}\n{one.other}"}
        note = verbs.settle(house, one.id, texts[options.keep] if options.keep else options.text, one.here)
    say_json({"id": note.id}) if options.json else say(t("Settled. Both texts stay in the note's versions."))
    return 0


def _retention(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        for name in options.keep:
            verbs.keep(house, verbs.get(house, name).id)
        found = verbs.expiring(house)
        gone = 0
        if not options.json:
            rows = [(one.id[:8], f"{one.made:%Y-%m-%d}", one.title) for one in found]
            table(rows, (t("Id"), t("Begun"), t("Meeting"))) if rows else say(t("No note has come to its end."))
        if found and not options.dry_run and (options.yes or (not options.json and _yes(len(found)))):
            gone = verbs.let_go(house, [one.id for one in found])
    if options.json:
        notes = [{"id": one.id, "meeting": one.meeting_id, "title": one.title} for one in found]
        say_json({"notes": notes, "gone": gone})
    elif gone:
        say(tn("{count} note is gone.", "{count} notes are gone.", gone))
    elif found:
        say(t("Nothing was deleted. With --yes these go; with --keep ID you are not asked again."))
    return 0


def _yes(count: int) -> bool:
    """What is answered on a terminal; nobody there is no yes."""
    if not sys.stdin.isatty():
        return False
    asked = tn("Delete the words of {count} note? [y/N] ", "Delete the words of {count} notes? [y/N] ", count)
    return input(asked).strip().casefold() in ("y", "yes")
