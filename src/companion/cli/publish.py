"""takeaways publish, tell, correct, withdraw, prolong, agree, hold, let-go."""

import argparse
from dataclasses import replace

from companion.basics.clock import day_of, read_day
from companion.basics.errors import Problem
from companion.cli.asking import Commands, house_of, verb
from companion.cli.composing import add_choices, add_text, advise, corrected, look, written
from companion.cli.delivered import deliver, delivery_json, delivery_line, failures
from companion.cli.out import say, say_json, warn
from companion.programme import holding
from companion.programme import publishing as verbs
from companion.programme.model import House
from companion.programme.views.where import where_it_went
from companion.takeaways.model import Takeaway
from companion.takeaways.state import state_of
from companion.words.language import t, tn
from companion.words.releasing import release_sentence, stands, unchanged


def add(takeaways: Commands) -> None:
    """The verbs by which a takeaway goes out, is changed and comes back."""
    out = verb(takeaways, "publish", _publish, t("publish a note's takeaway"))
    out.add_argument("note", metavar="NOTE")
    add_text(out, headline=True)
    out.add_argument("--audience", required=True, metavar="A", help="company | team:T | listeners | me")
    out.add_argument("--channel", action="append", default=[], metavar="NAME")
    out.add_argument("--to", action="append", default=[], metavar="ADDRESS")
    out.add_argument("--outside-ok", action="store_true", help=t("addresses of other firms are meant"))
    out.add_argument("--correction", default="", metavar="TEXT", help=t("what this version puts right, for readers"))
    _review(out)
    add_choices(out)
    told = verb(takeaways, "tell", _tell, t("told in a team meeting"))
    told.add_argument("note", metavar="NOTE")
    told.add_argument("--on", required=True, metavar="DAY")
    told.add_argument("--headline", default="", metavar="H")
    told.add_argument("--quote", default="", metavar="Q")
    right = verb(takeaways, "correct", _correct, t("put right what was published, everywhere it went"))
    right.add_argument("id", metavar="ID")
    add_text(right, headline=False)
    right.add_argument("--correction", required=True, metavar="TEXT", help=t("what was put right, for readers"))
    _review(right)
    add_choices(right)
    back = verb(takeaways, "withdraw", _withdraw, t("take a takeaway back"))
    back.add_argument("id", metavar="ID")
    back.add_argument("--why", default="", metavar="TEXT")
    longer = verb(takeaways, "prolong", _prolong, t("show it until another day"))
    longer.add_argument("id", metavar="ID")
    longer.add_argument("--until", required=True, metavar="DAY")
    stop = verb(takeaways, "hold", _hold, t("stop one at once, as its host or ops"))
    stop.add_argument("id", metavar="ID")
    stop.add_argument("--why", default="", metavar="TEXT")
    verb(takeaways, "let-go", _let_go, t("let one go on that was held")).add_argument("id", metavar="ID")
    verb(takeaways, "agree", _agree, t("say yes to one that waits for it")).add_argument("id", metavar="ID")


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--review", action="store_true", help=t("let the host look at it before it goes out"))


def _publish(options: argparse.Namespace) -> int:
    order = verbs.Order(tuple(options.channel), tuple(options.to), options.outside_ok)
    with house_of(options) as house:
        wanted = replace(written(house, options), correction=options.correction.strip())
        _advise(house, wanted, options)
        coming = verbs.foreseen(house, wanted, review=options.review)
        if wanted.correction and coming.takeaway.revision == 1:
            raise Problem("correction_of_nothing")
        made = verbs.send(house, wanted, order, review=options.review, note_id=options.note)
        said = release_sentence(coming, made.out_at, _zone(house))
        return _told(
            house, options, made, t("Published: {headline} ({id})", headline=made.headline, id=made.id[:8]), said
        )


def _advise(house: House, takeaway: Takeaway, options: argparse.Namespace) -> None:
    """What to look at; what holds it back is said by the refusal, unless a review lets it pass."""
    found = look(house, takeaway, getattr(options, "note", ""))
    advise(house, takeaway, tuple(item for item in found if options.review or not item.blocks))


def _told(house: House, options: argparse.Namespace, made: Takeaway, line: str, said: str = "") -> int:
    """Deliver, and say how the takeaway stands and what became of its deliveries."""
    tried, channels = deliver(house, made.id)
    if options.json:
        rows = [delivery_json(item, channels.get(item.channel_id)) for item in tried]
        say_json({
            "id": made.id, "revision": made.revision, "deliveries": rows, "state": _state(house, made),
            "out_at": made.out_at, "expires": made.expires, "sentence": said,
        })  # fmt: skip
    else:
        say(line)
        for item in tried:
            if item.state != "failed":
                say("  " + delivery_line(item, channels.get(item.channel_id)))
        if said:
            warn(said)
    return failures(tried, channels)


def _state(house: House, takeaway: Takeaway) -> str:
    return state_of(takeaway, house.clock(), day_of(house.clock(), _zone(house)))


def _zone(house: House) -> str:
    with house.workspace(write=False) as tx:
        return tx.programme.get().zone


def _tell(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.tell(house, options.note, read_day(options.on, "--on"), options.headline, options.quote)
        advise_told = look(house, replace(made, scene=""), options.note)
        advise(house, replace(made, scene="-", question="-", quote_role=made.quote_role or "-"), advise_told)
    say_json({"id": made.id}) if options.json else say(t("Told: {headline}", headline=made.headline))
    return 0


def _correct(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        old = verbs.find(house, options.id)
        changes = corrected(old, options)
        wanted = replace(old, **changes, correction=options.correction.strip())
        _advise(house, wanted, options)
        coming = verbs.foreseen(house, wanted, review=options.review)
        made = verbs.correct(house, old.id, options.correction, changes, review=options.review)
        said = release_sentence(coming, made.out_at, _zone(house))
        line = t("Corrected: {headline} (version {revision})", headline=made.headline, revision=made.revision)
        return _told(house, options, made, line, said)


def _withdraw(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        before = _now(house, options.id)
        gone = verbs.withdraw(house, before.id, options.why)
        tried, channels = deliver(house, gone.id)
        went = where_it_went(house, gone.id)
    left = [row.recipient or row.channel for row in went.stays]
    if options.json:
        say_json({"id": gone.id, "cannot_be_taken_back": left, "customer_text": went.withdrawn_text})
    else:
        say(unchanged("withdraw") if before.withdrawn else t("Withdrawn: {headline}", headline=gone.headline))
        if left:
            say(tn("{count} message has gone out and cannot be taken back.",
                   "{count} messages have gone out and cannot be taken back.", len(left)))  # fmt: skip
            for row in went.stays:
                say("  " + (row.name or row.recipient or row.channel))
        if went.was_out or left:
            say("")
            say(t("For the customer, if they ask:"))
            say(went.withdrawn_text)
    return failures(tried, channels)


def _now(house: House, text: str) -> Takeaway:
    """The takeaway before it is decided about."""
    with house.workspace(write=False) as tx:
        known = tx.takeaways.get(text)
    return known or verbs.find(house, text)


def _prolong(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.prolong(house, options.id, read_day(options.until, "--until"))
        return _decided(
            house, options, made, t("Shown until {day}: {headline}", day=made.expires, headline=made.headline)
        )


def _hold(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        before = _now(house, options.id)
        made = holding.hold(house, before.id, options.why)
        said = t("Held: {headline}", headline=made.headline) if made.held != before.held else unchanged("hold")
        return _decided(house, options, made, said)


def _let_go(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        before = _now(house, options.id)
        made = holding.let_go(house, before.id)
        said = t("Let go: {headline}", headline=made.headline) if before.held else unchanged("let_go")
        return _decided(house, options, made, said)


def _agree(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        before = _now(house, options.id)
        made = holding.agree(house, before.id)
        said = t("Agreed: {headline}", headline=made.headline) if made != before else unchanged("agree")
        return _decided(house, options, made, said)


def _decided(house: House, options: argparse.Namespace, made: Takeaway, line: str) -> int:
    """Bring the decision to where the takeaway stands, and say how it stands now."""
    tried, channels = deliver(house, made.id)
    state = _state(house, made)
    if options.json:
        rows = [delivery_json(item, channels.get(item.channel_id)) for item in tried]
        say_json({"id": made.id, "state": state, "expires": made.expires, "deliveries": rows})
    else:
        say(f"{line} ({stands(state)})")
    return failures(tried, channels)
