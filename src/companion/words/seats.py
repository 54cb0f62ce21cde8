"""What the mails about seats say: the host is asked, then the leader, both are told; and the entry that goes along."""

from collections.abc import Callable
from datetime import date

from companion.words.dates import day_month, long_day
from companion.words.language import mark, t
from companion.words.mail import About, Passage, Words, greeting_of, moment, sender_of
from companion.words.offers import NO_REASONS

WHY_THEM: dict[str, str] = {
    "ask": mark("They asked for it themselves."),
    "swap": mark("{giver} cannot come, and would give them the seat."),
    "first": mark("It would be their first customer meeting."),
    "new": mark("They have never heard this customer."),
    "team": mark("Nobody of {team} has heard this customer yet."),
}
WHY_YOU: dict[str, str] = {
    "swap": mark("{giver} cannot come, and would give you the seat."),
    "first": mark("It would be your first customer meeting."),
    "new": mark("You have never heard this customer."),
    "team": mark("Nobody of {team} has heard this customer yet."),
}


def host(about: About) -> Words:
    """To the host: may somebody sit in?"""
    name, again = _guest(about), int(about.facts.get("number", 0)) > 0
    subject = t("Still open: may {name} sit in? {what}", name=_name(about), what=_what(about))
    if not again:
        subject = t("May {name} sit in? {what}", name=_name(about), what=_what(about))
    asked = t("May {name} sit in on your meeting with {customer}? {when}.", name=name, customer=_customer(about),
              when=_when(about))  # fmt: skip
    if not about.facts.get("as_host"):
        asked = t("May {name} sit in on the meeting with {customer}? {when}. Its host cannot be asked, so you are.",
                  name=name, customer=_customer(about), when=_when(about))  # fmt: skip
    return Words(
        subject,
        (
            asked,
            *_why(about, WHY_THEM),
            t("They only listen, and ask at most two questions."),
            t("A no needs no reason, and nobody asks for one."),
        ),
        _to_host(about),
        after=() if about.by_mail else (t("To answer, open Companion, or tell whoever looks after the programme."),),
        greeting=greeting_of(about),
    )


def offer(about: About) -> Words:
    """To a leader: a seat, that it is theirs, or that its meeting moved."""
    says, customer, when = str(about.facts.get("says")), _customer(about), _when(about)
    own = t("The entry attached is for your own calendar. It invites nobody, and is taken back once the invitation of "
            "the host holds you.")  # fmt: skip
    if says == "moved":
        return Words(
            t("New time: {what}", what=_what(about)),
            (
                t("The meeting with {customer} has changed: {when}.", customer=customer, when=when),
                t("The entry attached takes the place of the one you have."),
            ),
            t("{sender} sends you this because you have a seat there.", sender=sender_of(about)),
            greeting=greeting_of(about),
        )
    if says == "agreed":
        return Words(
            t("You are coming: {what}", what=_what(about)),
            (
                t("You have a seat with {customer}: {when}.", customer=customer, when=when),
                t("You only listen. The host, {host}, adds you to the invitation.", host=_line(about, "host"))
                if _line(about, "host") else t("You only listen."),
                own,
            ),
            t("{sender} sends you this because you have a seat there.", sender=sender_of(about)),
            greeting=greeting_of(about),
        )  # fmt: skip
    until = _line(about, "until")
    return Words(
        t("A seat for you: {what}", what=_what(about)),
        (
            t("There is a seat for you with {customer}: {when}.", customer=customer, when=when),
            *((t("{host}, the host, has agreed.", host=_line(about, "host")),) if _line(about, "host") else ()),
            *_why(about, WHY_YOU),
            t("You only listen, and ask at most two questions."),
            *((t("Please answer by {day}; after that the seat is open to others.",
                 day=long_day(date.fromisoformat(until))),) if until else ()),
            own,
        ),
        t("{sender} sends you this because a seat is offered to you.", sender=sender_of(about)),
        after=() if about.by_mail else (t("To answer, open Companion: it stands on Home."),),
        greeting=greeting_of(about),
    )  # fmt: skip


def taken(about: About) -> Words:
    """To the host: who is coming, and two texts to use."""
    name, giver = _name(about), _line(about, "giver")
    coming = t("{name} comes to the meeting with {customer} and only listens: {when}.", name=_guest(about),
               customer=_customer(about), when=_when(about))  # fmt: skip
    add = t("Please add them to the invitation: {address}.", address=_line(about, "email"))
    if giver:
        add = t("They come in the place of {giver}. Please change the invitation: {address}.", giver=giver,
                address=_line(about, "email"))  # fmt: skip
    return Words(
        t("{name} is coming: {what}", name=name, what=_what(about)),
        (coming, add),
        _to_host(about),
        (
            Passage(t("A line for the invitation"), invitation_line(name, _line(about, "role"))),
            Passage(t("A paragraph for the customer"),
                    paragraph(name, _line(about, "role"), _day(about), about.programme)),
        ),
        greeting=greeting_of(about),
    )  # fmt: skip


def over(about: About) -> Words:
    """To a leader: the seat is not to be, or stands in the host's invitation now."""
    because = str(about.facts.get("because"))
    subject, lead = _OVER.get(because, _taken_back)(about)
    if about.facts.get("entry"):
        lead = (*lead, t("The file attached takes our entry out of your calendar. Where it stays, you may delete it."))
    why = t("{sender} sends you this because you had a seat there, or asked for one.", sender=sender_of(about))
    return Words(subject, lead, why, greeting=greeting_of(about))


def _by_invitation(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("Invited: {what}", what=_what(about)),
        (t("The invitation of the host holds you now: {customer}, {when}.", customer=_customer(about),
           when=_when(about)),),
    )  # fmt: skip


def _vetoed(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("Not this time: {what}", what=_what(about)),
        (
            t("A seat with {customer}, {when}, is not possible this time. A host owes no reason, and it says nothing "
              "of you.", customer=_customer(about), when=_when(about)),
            t("Other reviews are open: they stand in Companion, on Home."),
        ),
    )  # fmt: skip


def _unanswered(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("The seat is open again: {what}", what=_what(about)),
        (t("There was no answer from you, so the seat with {customer}, {when}, is open to others.",
           customer=_customer(about), when=_when(about)),),
    )  # fmt: skip


def _off(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("Does not take place: {what}", what=_what(about)),
        (t("The meeting with {customer}, {when}, does not take place, or is no longer one to listen to.",
           customer=_customer(about), when=_when(about)),),
    )  # fmt: skip


def _swapped(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("Somebody takes your seat: {what}", what=_what(about)),
        (t("Your seat with {customer}, {when}, is taken over. You need do nothing more, and it is no refusal of yours.",
           customer=_customer(about), when=_when(about)),),
    )  # fmt: skip


def _not_taken(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("The seat stays yours: {what}", what=_what(about)),
        (t("Nobody has taken your seat with {customer}, {when}: it is still yours. If you cannot come, say so in "
           "Companion, or to the host.", customer=_customer(about), when=_when(about)),),
    )  # fmt: skip


def _declined(about: About) -> tuple[str, tuple[str, ...]]:
    return (
        t("Out of your calendar: {what}", what=_what(about)),
        (t("You cannot come to {customer}, {when}. That is noted.", customer=_customer(about), when=_when(about)),),
    )


def _taken_back(about: About) -> tuple[str, tuple[str, ...]]:
    reason = _line(about, "reason")
    told = reason if reason not in NO_REASONS else ""
    return (
        t("The seat is taken back: {what}", what=_what(about)),
        (
            t("The seat with {customer}, {when}, is taken back.", customer=_customer(about), when=_when(about)),
            *((t("The reason: {reason}", reason=told),) if told else ()),
        ),
    )


_OVER: dict[str, Callable[[About], tuple[str, tuple[str, ...]]]] = {
    "invitation": _by_invitation,
    "vetoed": _vetoed,
    "too_late": _vetoed,
    "unanswered": _unanswered,
    "off": _off,
    "swapped": _swapped,
    "declined": _declined,
    "not_taken": _not_taken,
}
MAKERS: dict[str, Callable[[About], Words]] = {
    "seat_host": host,
    "seat_offer": offer,
    "seat_taken": taken,
    "seat_over": over,
}
BUTTONS: dict[str, tuple[tuple[str, str], ...]] = {  # acts with their labels, by what a letter says
    "seat_host": (("may", mark("Yes, they may")), ("maynot", mark("No"))),
    "offer": (("take", mark("I take it")), ("cannot", mark("I cannot")), ("swap", mark("Let somebody else have it"))),
    "agreed": (("cannot", mark("I cannot come after all")), ("swap", mark("Let somebody else have it"))),
    "moved": (("cannot", mark("I cannot come after all")), ("swap", mark("Let somebody else have it"))),
}


def invitation_line(name: str, role: str) -> str:
    """Dana Wolff, Head of Finance, joins to listen."""
    if role:
        return t("{name}, {role}, joins to listen.", name=name, role=role)
    return t("{name} joins to listen.", name=name)


def paragraph(name: str, role: str, day: str, firm: str) -> str:
    """What the host may write to the customer."""
    who = t("{name}, {role}", name=name, role=role) if role else name
    ours = firm or t("our company")
    return t(
        "I would like to bring a colleague to our meeting on {day}: {who}. They would only listen. At {firm}, people "
        "from every department hear customers at first hand, because it makes their work better. If you would rather "
        "not, just tell me: that is quite all right.", day=day, who=who, firm=ours,
    )  # fmt: skip


def entry_title(customer: str) -> str:
    """What an entry in a leader's calendar is called."""
    return t("Listen: {customer}", customer=customer) if customer else t("Listen to a customer")


def entry_text(host_name: str) -> str:
    """What stands in such an entry."""
    own = t("You only listen. This entry is your own: it invites nobody, and nobody is told when you delete it.")
    return t("Host: {host}.", host=host_name) + " " + own if host_name else own


def file_name(*, gone: bool) -> str:
    """What the file of an entry is called."""
    return t("Seat taken back") + ".ics" if gone else t("Seat") + ".ics"


def feed_name(name: str) -> str:
    """What a calendar of somebody's seats is called."""
    return t("Customer meetings of {name}", name=name)


def _to_host(about: About) -> str:
    if about.facts.get("as_host"):
        return t("{sender} sends you this because you are the host of {customer}.", sender=sender_of(about),
                 customer=about.customer or t("this customer"))  # fmt: skip
    return t("{sender} sends you this because you look after the programme.", sender=sender_of(about))


def _why(about: About, texts: dict[str, str]) -> tuple[str, ...]:
    """One sentence: the strongest reason, or what ops wrote."""
    for code in about.why:
        if code in texts:
            return (t(texts[code], giver=_line(about, "giver"), team=_line(about, "team")),)
    reason = _line(about, "reason")
    return (reason,) if reason and reason not in NO_REASONS else ()


def _name(about: About) -> str:
    return _line(about, "guest")


def _guest(about: About) -> str:
    role = _line(about, "role")
    return t("{name} ({role})", name=_name(about), role=role) if role else _name(about)


def _customer(about: About) -> str:
    return about.customer or t("a customer")


def _what(about: About) -> str:
    """What a subject says: of a customer under an agreement only the time."""
    if about.quiet_name or not about.customer:
        return _when(about)
    return t("{customer}, {when}", customer=about.customer, when=_when(about))


def _when(about: About) -> str:
    if about.start is None:
        return ""
    return _day(about) if about.all_day else moment(about.start, about.zone)


def _day(about: About) -> str:
    text = _line(about, "day")
    return day_month(date.fromisoformat(text)) if text else ""


def _line(about: About, key: str) -> str:
    return " ".join(str(about.facts.get(key) or "").split())


def leaving(about: About) -> Words:
    """To somebody who leaves: what is theirs alone, and what stays."""
    day = _line(about, "day")
    return Words(
        t("Before you leave: your notes are yours"),
        (
            t("Your last day in the programme is {day}. Thank you for listening.",
              day=day_month(date.fromisoformat(day)) if day else ""),
            t("Your notes are yours alone: nobody else can ever open them. Take them with you, or delete them: "
              "Companion asks you on Home."),
            t("What you told stays, under your former role. Your seats ahead are offered to others."),
        ),
        t("{sender} sends you this once, because you are leaving.", sender=sender_of(about)),
        greeting=greeting_of(about),
    )  # fmt: skip
