"""answers, actions."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from companion.basics.clock import read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, group, house_of, verb
from companion.cli.out import problem_json, say, say_json, table, tell, tell_all
from companion.programme import actions, outbox
from companion.programme import answers as verbs
from companion.programme.answers import Imported, Swept
from companion.programme.views.answers import answers_of
from companion.takeaways.answering import KINDS
from companion.takeaways.model import Answer
from companion.words.answers import from_whom, kind_words, pace_sentence, taken_sentence
from companion.words.language import t


def add(commands: Commands) -> None:
    """The commands of this file."""
    answers = group(commands, "answers", t("what readers answered"))
    listing = verb(answers, "list", _list, t("all answers"))
    listing.add_argument("takeaway", metavar="TAKEAWAY", nargs="?", default="")
    listing.add_argument("--review", action="store_true", help=t("those whose sender nobody knows"))
    new = verb(answers, "add", _add, t("answer a takeaway"))
    new.add_argument("takeaway", metavar="TAKEAWAY")
    new.add_argument("--kind", default="question", choices=KINDS)
    new.add_argument("--text", required=True, metavar="TEXT")
    new.add_argument("--only-author", action="store_true", help=t("shown to the author alone"))
    files = verb(answers, "import", _import, t("take in answers from saved mails (.eml, .mbox)"))
    files.add_argument("mails", metavar="MAIL", nargs="+")
    files.add_argument("--takeaway", default="", metavar="ID", help=t("what mails without a code answer"))
    accept = verb(answers, "accept", _accept, t("take in an answer whose sender nobody knows"))
    accept.add_argument("id", metavar="ID")
    accept.add_argument("--as", dest="address", default="", metavar="EMAIL", help=t("whose answer it is"))
    verb(answers, "dismiss", _dismiss, t("leave an answer out; its words are deleted")).add_argument("id", metavar="ID")
    back = verb(answers, "reply", _reply, t("the author answers readers, once for all"))
    back.add_argument("takeaway", metavar="TAKEAWAY")
    back.add_argument("--text", required=True, metavar="TEXT")
    back.add_argument("--only", action="append", default=[], metavar="ID", help=t("only these answers"))
    _add_actions(commands)


def _add_actions(commands: Commands) -> None:
    doing = group(commands, "actions", t("what answers set going"))
    verb(doing, "list", _actions, t("all actions")).add_argument("takeaway", metavar="TAKEAWAY", nargs="?", default="")
    new = verb(doing, "add", _add_action, t("set something going"))
    new.add_argument("takeaway", metavar="TAKEAWAY")
    new.add_argument("--text", required=True, metavar="TEXT")
    new.add_argument("--owner", default="", metavar="EMAIL", help=t("who does it (else you)"))
    new.add_argument("--due", default="", metavar="DAY")
    new.add_argument("--answer", action="append", default=[], metavar="ID", help=t("an answer that asked for it"))
    done = verb(doing, "done", _done, t("say what was done; its readers and the host are told"))
    done.add_argument("id", metavar="ID")
    done.add_argument("--result", required=True, metavar="TEXT")


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        pace = ""
        if options.review:
            found = [one for one, _ in verbs.to_review(house)]
        elif options.takeaway:
            view = answers_of(house, options.takeaway)
            found, pace = [row.answer for row in view.rows], pace_sentence(view.pace)
        else:
            with house.workspace(write=False) as tx:
                found = tx.takeaways.answers()
    if options.json:
        say_json([answer_json(one, whose=options.review) for one in found])
        return 0
    rows = [(one.id[:8], one.takeaway_id[:8], kind_words(one.kind), from_whom(one), _short(one)) for one in found]
    table(rows, (t("Id"), t("Takeaway"), t("Kind"), t("From"), t("Answer")))
    if pace:
        say(pace)
    return 0


def _short(answer: Answer) -> str:
    said = " ".join(answer.text.split()) + (t(" (only to the author)") if answer.only_author else "")
    return said + (" → " + " ".join(answer.reply.split()) if answer.reply else "")


def answer_json(answer: Answer, *, whose: bool = False) -> dict[str, Any]:
    """An answer as the command answers it; its sender's address only where somebody has to say who that is."""
    hidden = {"external_id"} if whose else {"external_id", "address"}
    return {key: value for key, value in asdict(answer).items() if key not in hidden}


def _add(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.answer(house, options.takeaway, options.kind, options.text, named=not options.only_author)
        outbox.republish(house)
    say_json({"id": made.id}) if options.json else say(t("Answered."))
    return 0


def _import(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.import_mails(house, [Path(one) for one in options.mails], options.takeaway)
        if found.taken.ids:
            outbox.republish(house)
    say_taken(options, found)
    return 1 if found.problems and not (found.taken.count or found.left) else 0


def say_taken(options: argparse.Namespace, found: Imported | Swept) -> None:
    """What came of mails; what was wrong goes to standard error."""
    taken = found.taken
    tell_all(found.problems)
    if options.json:
        facts = {**vars(taken), "left": found.left, "problems": [problem_json(one) for one in found.problems]}
        say_json(facts)
    else:
        say(taken_sentence(
            len(taken.ids), len(taken.review), taken.acted, taken.known, taken.automatic, taken.strange, found.left
        ))  # fmt: skip


def _accept(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.accept(house, options.id, options.address)
        outbox.republish(house)
    say_json({"id": made.id}) if options.json else say(t("Taken in: {who}", who=from_whom(made)))
    return 0


def _dismiss(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.dismiss(house, options.id)
    say_json({"id": made.id}) if options.json else say(t("Left out."))
    return 0


def _reply(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.answer_all(house, options.takeaway, options.text, options.only)
        try:
            outbox.republish(house)
        except Problem as problem:  # it is answered; the places follow with the next run
            tell(problem)
    say_json({"ids": [one.id for one in made]}) if options.json else say(t("Answered."))
    return 0


def _actions(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = actions.all_of(house, options.takeaway)
        with house.workspace(write=False) as tx:
            people = {person.id: person.name for person in tx.people.all()}
    if options.json:
        say_json([asdict(one) for one in found])
        return 0
    rows = [
        (one.id[:8], people.get(one.owner_id, "?"), one.due.isoformat() if one.due else "",
         t("done") if one.done else "", one.text + (f" → {one.result}" if one.result else ""))
        for one in found
    ]  # fmt: skip
    table(rows, (t("Id"), t("Who"), t("Until"), "", t("What")))
    return 0


def _add_action(options: argparse.Namespace) -> int:
    due = read_day(options.due, "--due") if options.due else None
    with house_of(options) as house:
        made = actions.add(house, options.takeaway, options.text, options.owner, due, options.answer)
    say_json({"id": made.id}) if options.json else say(t("Noted: {text}", text=made.text))
    return 0


def _done(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = actions.finish(house, options.id, options.result)
    say_json({"id": made.id}) if options.json else say(t("Done: {text}", text=made.result))
    return 0
