"""programme."""

import argparse
from dataclasses import asdict, replace
from typing import Any

from companion.basics.clock import read_day, zone
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, text_of, verb
from companion.cli.out import say, say_json
from companion.people.addresses import normal
from companion.programme import start
from companion.programme.audits import programme_changed
from companion.programme.channels import set_post
from companion.programme.model import House, Programme
from companion.programme.moments import read_quiet
from companion.programme.ops import only_ops
from companion.programme.policy import Change, read_days, read_year, set_policy
from companion.programme.proposal import Draft, Edit, Proposal, applied
from companion.programme.slots import read_slot
from companion.words.language import t, tn
from companion.words.years import year_name


def add(commands: Commands) -> None:
    """The commands of this file."""
    programme = verb(commands, "programme", _programme, t("the programme's name, zone, start and mail domains"))
    programme.add_argument("verb", nargs="?", choices=("set", "show"), default="set", help=t("show: change nothing"))
    programme.add_argument("--name")
    programme.add_argument("--zone", metavar="IANA")
    programme.add_argument("--start", metavar="DAY")
    programme.add_argument("--domain", action="append", default=[], metavar="DOMAIN")
    programme.add_argument(
        "--review-words", metavar="W;W", help=t('words of a review in titles; "" for the shipped ones')
    )
    programme.add_argument(
        "--hold-words", metavar="W;W", help=t('words that hold a meeting back; "" for the shipped ones')
    )
    programme.add_argument("--threshold", type=int, metavar="N", help=t("points from which an entry is kept (50)"))
    programme.add_argument("--answers-to", metavar="ADDRESS", help=t('where answers go; "" for each author'))
    programme.add_argument("--post", metavar="CHANNEL", help=t('the mail channel of the programme; "" writes no mail'))
    programme.add_argument("--host-hours", metavar="N", help=t("how long before everyone the host sees it (24)"))
    programme.add_argument("--expiry-months", metavar="N", help=t("how long a takeaway is shown (12); 0 for no end"))
    programme.add_argument("--digest", metavar="SLOT", help=t('the weekly digest, as "mon 09:00"; "" sends none'))
    programme.add_argument(
        "--quiet", metavar="HOURS", help=t('when no brief and no question is mailed, as "19:00-07:00"; "" for never')
    )
    programme.add_argument("--year", metavar="Y", help=t("calendar, the number of its first month, or rolling"))
    programme.add_argument("--part-time", choices=("on", "off"), help=t("less is expected of who works part time"))
    programme.add_argument("--holidays", metavar="DAY;DAY", help=t('days on which nobody works; "" for none'))
    programme.add_argument("--visits", type=int, metavar="N", help=t("listeners a year that a customer is to bear (2)"))
    programme.add_argument("--who-sat", choices=("on", "off"), help=t("hosts are asked the next day who sat in"))
    programme.add_argument("--weekly-yes", choices=("on", "off"), help=t("weekly mails wait until ops send them"))
    programme.add_argument("--ops-words", metavar="FILE", help=t("words kept back, one a line; - for standard input"))


def _programme(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        if options.verb == "set":
            write(house, options)
        with house.workspace(write=False) as tx:
            new = tx.programme.get()
            post = next((channel.name for channel in tx.takeaways.channels() if channel.id == new.post), "")
    if options.json:
        say_json({**asdict(new), "post_name": post})
    else:
        say(f"{new.name or '—'} · {new.zone} · {new.start or '—'} · {', '.join(new.our_domains) or '—'}")
        for option, line in _publishing_lines(new, post).items():
            if options.verb == "show" or getattr(options, option) is not None:
                say(line)
    return 0


def write(house: House, options: argparse.Namespace) -> None:
    """Set what the options say; Problem `only_ops`, and one for each value that is wrong."""
    with house.workspace(write=False) as tx:
        old = tx.programme.get()
    changes = _meetings(options, old) | _publishing(options)
    words = Edit(tuple(w for w in changes["review_words"] if w not in old.review_words))
    hold = Edit(tuple(w for w in changes["hold_words"] if w not in old.hold_words))
    applied(Draft(), Proposal(words, hold, changes["threshold"]))  # as the rules are checked wherever they are edited
    counted = _counted(options)
    since = read_day(options.start, "--start") if options.start else old.start
    is_news = options.domain or options.post is not None or replace(old, **changes, start=since) != old
    if is_news and old.our_domains:  # whoever begins it is nobody's ops yet
        with house.workspace(write=False) as tx:
            only_ops(house, tx)
    if options.domain:
        start.begin(house, "", options.domain)
    if options.post is not None:
        set_post(house, options.post)
    if counted != Change():
        set_policy(house, counted)
    if is_news:  # reading never waits
        with house.workspace() as tx:
            known = tx.programme.get()
            new = replace(known, **changes, start=since or known.start)
            tx.programme.put(new)
            programme_changed(tx, house, known, new)


def _meetings(options: argparse.Namespace, old: Programme) -> dict[str, Any]:
    """What the options say of the programme itself, and of how meetings are recognised."""
    if options.start:
        read_day(options.start, "--start")
    return {
        "name": options.name or old.name,
        "zone": zone(options.zone).key if options.zone else old.zone,
        "review_words": _words(options.review_words, old.review_words),
        "hold_words": _words(options.hold_words, old.hold_words),
        "threshold": old.threshold if options.threshold is None else options.threshold,
    }


def _publishing(options: argparse.Namespace) -> dict[str, Any]:
    """What the options say of publishing, each checked before anything is written."""
    changes: dict[str, Any] = {}
    if options.answers_to is not None:
        changes["answers_to"] = normal(options.answers_to) if options.answers_to.strip() else ""
        if options.answers_to.strip() and not changes["answers_to"]:
            raise Problem("address_wrong", value=options.answers_to)
    if options.host_hours is not None:
        changes["host_hours"] = _number(options.host_hours, 720, "host_hours_wrong")
    if options.expiry_months is not None:
        changes["expiry_months"] = _number(options.expiry_months, 120, "expiry_months_wrong")
    if options.digest is not None:
        changes["digest"] = options.digest.strip().lower()
        if changes["digest"]:
            read_slot(changes["digest"])
    if options.quiet is not None:
        read_quiet(options.quiet)
        changes["quiet"] = options.quiet.strip()
    if options.ops_words is not None:
        text = text_of(options.ops_words) if options.ops_words else ""
        lines = (" ".join(line.split()) for line in text.splitlines())
        changes["ops_words"] = tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    return changes


def _counted(options: argparse.Namespace) -> Change:
    """What the options say of counting and of the mails that ask."""
    days = None if options.holidays is None else options.holidays.replace(",", ";").split(";")
    holidays = None if days is None else read_days(day for day in days if day.strip())
    on = {"on": True, "off": False, None: None}
    return Change(
        None if options.year is None else read_year(options.year), on[options.part_time], holidays, options.visits,
        on[options.who_sat], on[options.weekly_yes],
    )  # fmt: skip


def _number(text: str, most: int, wrong: str) -> int:
    number = int(text) if text.strip().isdecimal() and len(text) < 6 else -1
    if not 0 <= number <= most:
        raise Problem(wrong, value=text)
    return number


def _publishing_lines(programme: Programme, post: str) -> dict[str, str]:
    """What is set of publishing, by the option that sets it."""
    shown = t("A takeaway is shown without an end")
    if programme.expiry_months:
        shown = tn("A takeaway is shown for {count} month", "A takeaway is shown for {count} months",
                   programme.expiry_months)  # fmt: skip
    return {
        "answers_to": t("Answers go to {address}", address=programme.answers_to or t("each author")),
        "post": t("Mail of the programme goes through {channel}", channel=post or t("nothing: none is written")),
        "host_hours": tn("The host sees it {count} hour before everyone else",
                         "The host sees it {count} hours before everyone else", programme.host_hours),
        "expiry_months": shown,
        "digest": t("Weekly digest: {slot}", slot=programme.digest or "—"),
        "quiet": t("Quiet hours: {hours}", hours=programme.quiet or "—"),
        "year": t("The year: {year}", year=year_name(programme.year)),
        "part_time": t("Part time counts") if programme.part_time else t("Part time does not count"),
        "holidays": t("Holidays: {days}", days=", ".join(programme.holidays) or "—"),
        "visits": tn("A customer bears {count} listener a year", "A customer bears {count} listeners a year",
                     programme.visits),
        "who_sat": t("Hosts are asked who sat in") if programme.who_sat else t("Hosts are not asked who sat in"),
        "weekly_yes": (t("Weekly mails wait until ops send them") if programme.weekly_yes
                       else t("Weekly mails go out by themselves")),
        "ops_words": tn("{count} word is kept back everywhere", "{count} words are kept back everywhere",
                        len(programme.ops_words)),
    }  # fmt: skip


def _words(text: str | None, old: tuple[str, ...]) -> tuple[str, ...]:
    if text is None:
        return old
    return tuple(sorted({word.strip() for word in text.replace(",", ";").split(";")} - {""}))
