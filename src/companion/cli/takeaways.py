"""takeaways, outbox."""

import argparse
from dataclasses import asdict
from typing import Any

from companion.basics.clock import read_day
from companion.cli.asking import Commands, group, house_of, text_of, verb
from companion.cli.out import end_progress, progress, say, say_json, table, warn
from companion.cli.passwords import give_missing_to_deliveries
from companion.programme import outbox
from companion.programme import publishing as verbs
from companion.takeaways.model import Channel, Delivery, Takeaway
from companion.takeaways.text import to_markdown
from companion.words.language import t, tn
from companion.words.publishing import delivery_sentence


def add(commands: Commands) -> None:
    """The commands of this file."""
    takeaways = group(commands, "takeaways", t("what was heard, told"))
    verb(takeaways, "list", _list, t("all takeaways"))
    verb(takeaways, "show", _show, t("one takeaway")).add_argument("id", metavar="ID")
    out = verb(takeaways, "publish", _publish, t("publish a note's takeaway"))
    out.add_argument("note", metavar="NOTE")
    out.add_argument("--headline", required=True, metavar="H")
    out.add_argument("--audience", required=True, metavar="A", help="company | team:T | listeners | me")
    out.add_argument("--channel", action="append", default=[], metavar="NAME")
    out.add_argument("--to", action="append", default=[], metavar="ADDRESS")
    out.add_argument("--file", metavar="TEXT.md", help=t("the text to publish in place of the note's lines"))
    told = verb(takeaways, "tell", _tell, t("told in a team meeting"))
    told.add_argument("note", metavar="NOTE")
    told.add_argument("--on", required=True, metavar="DAY")
    told.add_argument("--headline", default="", metavar="H")
    told.add_argument("--quote", default="", metavar="Q")
    verb(takeaways, "withdraw", _withdraw, t("take a takeaway back")).add_argument("id", metavar="ID")
    box = verb(commands, "outbox", _outbox, t("deliveries and what became of them"))
    box.add_argument("--retry", action="store_true", help=t("try what failed now, whatever its turn"))


def takeaway_json(takeaway: Takeaway) -> dict[str, Any]:
    """A takeaway as the command answers it."""
    return asdict(takeaway)


def _list(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.all_of(house)
    if options.json:
        say_json([takeaway_json(item) for item in found])
    else:
        rows = [
            (t_.id[:8], f"{t_.published:%Y-%m-%d}" if t_.published else "", t_.audience, t_.customer_name,
             t_.headline + (t(" (withdrawn)") if t_.withdrawn else ""))
            for t_ in found
        ]  # fmt: skip
        table(rows, (t("Id"), t("Published"), t("Audience"), t("Customer"), t("Headline")))
    return 0


def _show(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        found = verbs.find(house, options.id)
    say_json(takeaway_json(found)) if options.json else say(to_markdown(found))
    return 0


def _publish(options: argparse.Namespace) -> int:
    text = text_of(options.file) if options.file else ""
    order = verbs.Order(tuple(options.channel), tuple(options.to))
    with house_of(options) as house:
        made = verbs.publish(house, options.note, options.headline, options.audience, order, text)
        give_missing_to_deliveries(house)
        deliveries = [d for d in outbox.run(house, progress()) if d.takeaway_id == made.id]
        channels = {channel.id: channel for _, _, channel in outbox.all_of(house) if channel}
    end_progress()
    if options.json:
        rows = [delivery_json(item, channels.get(item.channel_id)) for item in deliveries]
        say_json({"id": made.id, "revision": made.revision, "deliveries": rows})
    else:
        say(t("Published: {headline} ({id})", headline=made.headline, id=made.id[:8]))
        for item in deliveries:
            if item.state != "failed":
                say("  " + _line(item, channels.get(item.channel_id)))
    return _failures(deliveries, channels)


def _failures(tried: list[Delivery], channels: dict[str, Channel]) -> int:
    """Say on standard error what was tried in vain; 1 where nothing went out."""
    failed = [item for item in tried if item.state == "failed"]
    for item in failed:
        warn(_line(item, channels.get(item.channel_id)))
    return 1 if failed and len(failed) == len(tried) else 0


def _line(delivery: Delivery, channel: Channel | None) -> str:
    to = f" → {delivery.recipient}" if delivery.recipient else ""
    return f"{channel.name if channel else '?'}{to}: {delivery_sentence(delivery)}"


def delivery_json(delivery: Delivery, channel: Channel | None) -> dict[str, Any]:
    """A delivery as the command answers it."""
    return {
        "takeaway": delivery.takeaway_id, "revision": delivery.revision, "channel": channel.name if channel else None,
        "recipient": delivery.recipient, "state": delivery.state, "since": delivery.since,
        "sentence": delivery_sentence(delivery),
    }  # fmt: skip


def _tell(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        made = verbs.tell(house, options.note, read_day(options.on, "--on"), options.headline, options.quote)
    say_json({"id": made.id}) if options.json else say(t("Told: {headline}", headline=made.headline))
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        gone = verbs.withdraw(house, options.id)
        tried = [d for d in outbox.run(house, progress()) if d.takeaway_id == gone.id]
        channels = {channel.id: channel for _, _, channel in outbox.all_of(house) if channel}
        left = [d for d, takeaway, _ in outbox.all_of(house) if takeaway and takeaway.id == gone.id and d.recipient]
    end_progress()
    if options.json:
        say_json({"id": gone.id, "cannot_be_taken_back": [d.recipient for d in left if d.state == "sent"]})
    else:
        say(t("Withdrawn: {headline}", headline=gone.headline))
        mails = sum(d.state == "sent" for d in left)
        if mails:
            say(tn("{count} mail has gone out and cannot be taken back.",
                   "{count} mails have gone out and cannot be taken back.", mails))  # fmt: skip
    return _failures(tried, channels)


def _outbox(options: argparse.Namespace) -> int:
    with house_of(options) as house:
        give_missing_to_deliveries(house)
        tried = outbox.run(house, progress(), retry=options.retry)
        rows = outbox.all_of(house)
    end_progress()
    if options.json:
        say_json([delivery_json(delivery, channel) for delivery, _, channel in rows])
    else:
        for delivery, takeaway, channel in rows:
            say(f"{takeaway.headline if takeaway else '?'} · {_line(delivery, channel)}")
        if not rows:
            say(t("Nothing has been sent yet."))
    return _failures(tried, {channel.id: channel for _, _, channel in rows if channel})
