"""digest: the weekly mails looked at and sent, and who wants them."""

import argparse
from dataclasses import replace
from typing import Any

from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.out import end_progress, progress, say, say_json
from companion.people.addresses import normal
from companion.programme import digest
from companion.programme.digest import Mail, Week, draw
from companion.programme.model import House
from companion.words.desk import holds, letter_line, no_mail, week_stands
from companion.words.language import t, tn

WORDS = ("on", "off", "out", "in")


def add(commands: Commands) -> None:
    """The command of this file."""
    text = t("the weekly mails: look at them, send them, say who wants them")
    weekly = verb(commands, "digest", _digest, text)
    weekly.add_argument(
        "what", metavar="preview|send|wait|EMAIL",
        help=t("preview [EMAIL]: this week's mails, or one as it reads; send: send them now; wait on|off: whether they "
               "wait for that"),
    )  # fmt: skip
    weekly.add_argument(
        "word", nargs="?", metavar="on|off|out|in|EMAIL",
        help=t("on, off: whether EMAIL wants them; out, in: leave EMAIL out this week"),
    )  # fmt: skip
    weekly.add_argument("--text", action="store_true", help=t("preview: each of them as it reads"))


def _digest(options: argparse.Namespace) -> int:
    word = options.word or ""
    allowed = {"preview": not word or "@" in word, "send": not word, "wait": word in WORDS[:2]}
    if not allowed.get(options.what, word in WORDS) or (options.text and options.what != "preview"):
        raise Problem("digest_words", what=options.what)
    verb = {"preview": _preview, "send": _send, "wait": _wait}.get(options.what, _want if word in WORDS[:2] else _leave)
    with house_of(options) as house:
        return verb(house, options)


def _preview(house: House, options: argparse.Namespace) -> int:
    week = digest.preview(house, progress())
    end_progress()
    if options.word:
        week = _only(house, week, options.word)
    text = bool(options.text or options.word)
    if options.json:
        say_json(_week_json(house, week, text=text))
        return 0
    for mail in week.mails:
        say(_mail_text(house, mail) if text else _mail_line(mail))
    for one in week.none:
        say(f"{one.name}: {no_mail(one.why)}")
    if week.slot is None:
        raise Problem("weekly_off")
    if options.word:
        return 0
    say(
        week_stands(
            len(week.going), len(week.none), week.slot.at, week.zone,
            waits=week.waits, late=week.late, post=week.post, left=week.left,
        )
    )  # fmt: skip
    if not week.post:
        raise Problem("weekly_without_post")
    return 0


def _only(house: House, week: Week, address: str) -> Week:
    """One person's part of the week. Problem `person_unknown`."""
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(normal(address))
    mails = tuple(one for one in week.mails if one.to == normal(address) or (person and one.person_id == person.id))
    none = tuple(one for one in week.none if person and one.person_id == person.id)
    if person is None and not mails:
        raise Problem("person_unknown", address=address)
    if person and week.slot and not mails and not none:
        raise Problem("weekly_not_for", name=person.name)
    return replace(week, mails=mails, none=none)


def _mail_line(mail: Mail) -> str:
    """To whom, and what became of it or what it holds."""
    if mail.letter:
        return f"{mail.name}: {letter_line(mail.letter)}"
    return f"{mail.name} <{mail.to}>: {_for_them() if mail.hidden else holds(mail.todo, mail.told)}"


def _for_them() -> str:
    return t("(What it says is for whom it goes to.)")


def _mail_text(house: House, mail: Mail) -> str:
    head = [
        t("To: {address}", address=mail.to), t("Subject: {subject}", subject=mail.subject),
        letter_line(mail.letter) if mail.letter else holds(mail.todo, mail.told),
    ]  # fmt: skip
    told = _for_them() if mail.hidden else draw(house, mail).text.rstrip()
    return "\n".join([*head, "", told, "", "=" * 72])


def _week_json(house: House, week: Week, *, text: bool) -> dict[str, Any]:
    return {
        "week": week.slot.week if week.slot else "", "slot": week.slot.at if week.slot else None,
        "waits": week.waits, "open": week.open, "post": week.post,
        "mails": [
            {"to": m.to, "name": m.name, "subject": m.subject, "todo": m.todo, "told": m.told, "hidden": m.hidden,
             "state": m.letter.state if m.letter else "", **({"text": draw(house, m).text} if text else {})}
            for m in week.mails
        ],
        "none": [{"name": one.name, "why": one.why, "sentence": no_mail(one.why)} for one in week.none],
    }  # fmt: skip


def _send(house: House, options: argparse.Namespace) -> int:
    sent = digest.send_now(house, progress())
    end_progress()
    if options.json:
        say_json({"mails": [{"to": one.recipient, "state": one.state, "trouble": one.trouble} for one in sent]})
        return 0
    for one in sent:
        if one.state != "sent":
            say(letter_line(one))
    gone = sum(one.state == "sent" for one in sent)
    say(tn("{count} weekly mail went out.", "{count} weekly mails went out.", gone))
    return 1 if sent and not gone else 0


def _wait(house: House, options: argparse.Namespace) -> int:
    programme = digest.wait_for_yes(house, wait=options.word == "on")
    if options.json:
        say_json({"weekly_yes": programme.weekly_yes})
    elif programme.weekly_yes:
        say(t("The weekly mails wait until somebody sends them: companion digest send."))
    else:
        say(t("The weekly mails go by themselves."))
    return 0


def _leave(house: House, options: argparse.Namespace) -> int:
    out = options.word == "out"
    with house.workspace(write=False) as tx:
        person = tx.people.by_address(normal(options.what))
    if person is None:
        raise Problem("person_unknown", address=options.what)
    digest.leave_out(house, person.id, out=out)
    if options.json:
        say_json({"email": person.email, "left_out": out})
    elif out:
        say(t("{name} gets no weekly mail this week.", name=person.name))
    else:
        say(t("{name} gets this week's mail.", name=person.name))
    return 0


def _want(house: House, options: argparse.Namespace) -> int:
    wanted = options.word == "on"
    person = digest.wanted(house, options.what, wanted=wanted)
    if options.json:
        say_json({"email": person.email, "digest": person.digest})
    elif wanted:
        say(t("{name} gets the weekly mail.", name=person.name))
    else:
        say(t("{name} gets no weekly mail.", name=person.name))
    return 0
