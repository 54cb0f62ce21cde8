"""rules: what counts as a customer meeting; show, try, set, explain."""

import argparse
from dataclasses import asdict

from companion.basics.errors import Problem
from companion.cli.asking import Commands, add_days, group, house_of, verb
from companion.cli.out import end_progress, progress, say, say_json, storing_nothing, tell_all
from companion.cli.passwords import add_password_stdin, give_missing
from companion.cli.trial import explain_entry, say_trial, trial_json
from companion.meetings.recognise import plain
from companion.programme.proposal import (
    CustomerEdit,
    Draft,
    Edit,
    Proposal,
    applied,
    check_drops,
    current,
    difference,
    is_shipped,
    level,
    save,
    shipped,
)
from companion.programme.trial import compare
from companion.words.language import t
from companion.words.rules import changes, meaning, points


def add(commands: Commands) -> None:
    """The commands of this file."""
    rules = group(commands, "rules", t("what counts as a customer meeting"))
    verb(rules, "show", _show, t("the words, points and customers that decide"))
    text = t("what others would catch and lose of the past twelve months; saves nothing")
    trying = verb(rules, "try", storing_nothing(_try), text)
    setting = verb(rules, "set", _set, t("save other rules; the next sync reads the calendars again"))
    for parser in (trying, setting):
        _add_changes(parser)
    add_password_stdin(trying)
    text = t("why one entry is kept or not, in one sentence; stores nothing")
    one = verb(rules, "explain", storing_nothing(explain_entry), text)
    one.add_argument("path", nargs="?", default="", metavar="PATH_OR_URL")
    one.add_argument("uid", metavar="UID")
    one.add_argument("--account", default="", metavar="NAME", help=t("look through a connected calendar instead"))
    one.add_argument("--recurrence", default="", metavar="R", help=t("one occurrence of a series, as inspect names it"))
    add_password_stdin(one)
    add_days(one)


def _add_changes(parser: argparse.ArgumentParser) -> None:
    for flag, name, text in (
        ("--add-word", "W", t("a word that tells a review")),
        ("--drop-word", "W", t("no longer a word of a review")),
        ("--hold", "W", t("a word that keeps an entry out")),
        ("--unhold", "W", t("no longer a word that keeps out")),
        ("--domain", "D", t("the customer writes from there; whole addresses allowed")),
        ("--drop-domain", "D", t("the customer no longer writes from there")),
        ("--alias", "A", t("another name of the customer in titles")),
        ("--drop-alias", "A", t("no longer a name of the customer")),
    ):
        parser.add_argument(flag, action="append", default=[], metavar=name, help=text)
    parser.add_argument("--shipped", action="store_true", help=t("begin with the words that ship with the app"))
    parser.add_argument("--threshold", type=int, metavar="N", help=t("points that an entry needs; 50 is usual"))
    parser.add_argument("--customer", default="", metavar="NAME", help=t("whose domains and names; a new one is added"))


def _wished(options: argparse.Namespace, draft: Draft) -> Proposal:
    """What the options change of the rules that hold; Problem `rule_…` where it cannot be."""
    begin = shipped(draft) if options.shipped else draft
    asked = Proposal(
        Edit(tuple(options.add_word), tuple(options.drop_word)), Edit(tuple(options.hold), tuple(options.unhold)),
        options.threshold, _customer(options, draft),
    )  # fmt: skip
    check_drops(begin, asked)
    return difference(draft, applied(begin, asked))


def _customer(options: argparse.Namespace, draft: Draft) -> tuple[CustomerEdit, ...]:
    parts = (options.domain, options.drop_domain, options.alias, options.drop_alias)
    if not options.customer.strip():
        if any(parts) or options.customer:
            raise Problem("rule_customer_unnamed")
        return ()
    wanted = plain(options.customer.strip())
    known = next((c for c in draft.customers if wanted in {plain(name) for name in (c.name, *c.aliases)}), None)
    domains, dropped = (_by_kind(items) for items in (options.domain, options.drop_domain))
    return (
        CustomerEdit(
            known.id if known else "", known.name if known else options.customer, known is None,
            Edit(domains[0], dropped[0]), Edit(domains[1], dropped[1]),
            Edit(tuple(options.alias), tuple(options.drop_alias)),
        ),
    )  # fmt: skip


def _by_kind(items: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Domains and whole addresses apart; `@firm.example` is a domain."""
    whole = tuple(item for item in items if "@" in item.strip().lstrip("@"))
    return tuple(item for item in items if item not in whole), whole


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        draft = current(house)
    words, hold = is_shipped(draft)
    if options.json:
        say_json({
            "threshold": draft.threshold, "level": level(draft.threshold), "review_words": draft.words,
            "review_words_shipped": words, "hold_words": draft.hold, "hold_words_shipped": hold,
            "customers": [asdict(customer) for customer in draft.customers],
        })  # fmt: skip
        return 0
    code = level(draft.threshold)
    say(f"{points(code, draft.threshold)}: {meaning(code)}")
    for title, items, ours in (
        (t("Words of a review"), draft.words, words), (t("Words that hold an entry back"), draft.hold, hold),
    ):  # fmt: skip
        say("")
        say(t("{title}, as they ship with the app", title=title) if ours else title)
        say("  " + (", ".join(items) or t("none")))
    say("")
    say(t("Customers"))
    for customer in sorted(draft.customers, key=lambda item: item.name.casefold()):
        known = "; ".join((*customer.domains, *customer.addresses, *(f"“{name}”" for name in customer.aliases)))
        say(f"  {customer.name}: {known}" if known else f"  {customer.name}")
    if not draft.customers:
        say("  " + t("none yet, so nothing can be kept. Next: companion customers import"))
    return 0


def _try(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        proposal = _wished(options, current(house))
        give_missing(house, options)
        trial = compare(house, proposal, progress())
    end_progress()
    tell_all((problem for _name, problem in trial.problems), "look")
    if options.json:
        say_json(trial_json(trial, proposal))
    elif not trial.read and not trial.problems:
        say(t("No calendar is connected yet. Next: companion accounts add"))
    elif trial.read:
        say_trial(trial, proposal)
    return 1 if trial.problems and not trial.read else 0


def _set(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        done = save(house, _wished(options, current(house)))
    if options.json:
        say_json({"id": [customer.id for customer in done.customers], "changes": changes(done)})
        return 0
    for line in changes(done):
        say(line)
    say(t("Saved. The next sync reads the calendars again: companion sync") if done else t("Nothing changes."))
    return 0
