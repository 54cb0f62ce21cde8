"""What the programme's letters say, in the language that is being spoken."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from companion.words.dates import day_month, weekday
from companion.words.language import mark, t, tn

REASONS = {
    "nda": mark("The customer is under a confidentiality agreement, so nothing of theirs is told without a yes."),
    "ask": mark("Whoever is quoted wants to be asked before it is told."),
    "untold": mark("The customer's host could not be told beforehand: no mail reaches them."),
    "kept_back": mark("Since it was told, words that stand in it are to stay in the room."),
    "review": mark("The author asks that somebody looks at it before it is told."),
}
KINDS = {
    "changes": mark("it changes my work"),
    "question": mark("a question"),
    "already": mark("we already do this"),
    "differently": mark("I see it differently"),
    "more": mark("I know more about this customer"),
}
QUESTIONS = {  # after a meeting; the keys of their answers in a note
    "said": mark("One sentence they said"),
    "scene": mark("One scene you would retell"),
    "surprise": mark("One thing that surprised you"),
}


@dataclass(frozen=True)
class Passage:
    """Somebody's words under who said them."""

    who: str
    text: str


@dataclass(frozen=True)
class Words:
    """Everything a letter says beside the takeaways in it."""

    subject: str
    lead: tuple[str, ...]
    why: str  # why you get this
    said: tuple[Passage, ...] = ()
    after: tuple[str, ...] = ()
    greeting: str = ""


@dataclass(frozen=True)
class About:
    """What the words of a letter are made of; texts cleaned for one line where they must be."""

    headline: str
    customer: str
    author: str
    who: str  # the author with the team
    audience: str  # "for Safety"
    programme: str
    name: str
    out_at: datetime | None = None
    zone: str = "UTC"
    why: tuple[str, ...] = ()
    held_by: str = ""
    held_why: str = ""
    held_address: str = ""  # where to write to who holds it, "" where nobody knows
    said: tuple[Passage, ...] = ()  # what readers answered
    private: int = 0  # how many of the answers are only for the author
    reply: str = ""
    did: str = ""
    role: str = ""
    team: str = ""
    count: int = 0  # of takeaways in a digest
    by_mail: bool = True  # whether a mail in return is read
    answer_to: str = ""  # where
    start: datetime | None = None  # of the meeting a letter is about
    day: date | None = None  # the programme's
    all_day: bool = False
    guest: str = ""  # who listens there
    moved: bool = False  # its time changed since the last one
    questions: tuple[str, ...] = ()  # the three, where ops put them otherwise
    again: bool = False  # time, place or host changed since the last one
    quiet_name: bool = False  # the customer's name is for nobody who only sees the subject


def words_of(kind: str, about: About) -> Words:
    """What a letter of this kind says."""
    makers = {
        "host_copy": _copy, "host_notice": _notice, "host_yes": _yes, "held": _held, "answers": _answers,
        "replied": _replied, "did": _did, "digest": _digest, "brief": _brief, "after": _after,
    }  # fmt: skip
    return makers[kind](about)


def moment(at: datetime, zone: str) -> str:
    """Tuesday, 24 November at 10:15, in the programme's zone."""
    local = at.astimezone(ZoneInfo(zone))
    day = day_month(local.date())
    return t("{weekday}, {day} at {time}", weekday=weekday(local.date()), day=day, time=f"{local:%H:%M}")


def _sender(about: About) -> str:
    return t("{name}'s programme", name=about.programme) if about.programme else t("The programme")


def _customer(about: About) -> str:
    return about.customer or t("a customer")


def _as_host(about: About) -> str:
    return t(
        "{sender} sends you this because you are the host of {customer}.",
        sender=_sender(about), customer=about.customer or t("this customer"),
    )  # fmt: skip


def _in_the_app(about: About) -> tuple[str, ...]:
    """What to do where no mail in return is read."""
    if about.by_mail:
        return ()
    return (t("To decide about it, open Companion, or ask whoever looks after the programme."),)


def _copy(about: About) -> Words:
    customer = about.customer or t("your customer")
    return Words(
        t("For you as the host: {headline}", headline=about.headline),
        (
            t("{who} tells what {customer} said, {audience}. This is your copy; it goes out now.",
              who=about.who, customer=customer, audience=about.audience),
            t("Is there something in it that should not be passed on? Hold it: nobody is shown it from then on."),
        ),
        _as_host(about),
        after=_in_the_app(about),
    )  # fmt: skip


def _notice(about: About) -> Words:
    customer = about.customer or t("your customer")
    when = moment(about.out_at, about.zone) if about.out_at else ""
    out = t("It goes out on {when}, unless you hold it.", when=when) if when else t("It goes out, unless you hold it.")
    return Words(
        t("Before everyone reads it: {headline}", headline=about.headline),
        (
            t("{who} wants to tell the whole company what {customer} said. You see it first.",
              who=about.who, customer=customer),
            out,
            t("If it may be told you need do nothing."),
        ),
        _as_host(about),
        after=_in_the_app(about),
    )  # fmt: skip


def _yes(about: About) -> Words:
    reasons = tuple(t(REASONS[word]) for word in about.why if word in REASONS)
    return Words(
        t("It waits for your yes: {headline}", headline=about.headline),
        (
            t("{who} wants to tell what {customer} said, {audience}.",
              who=about.who, customer=_customer(about), audience=about.audience),
            *reasons,
            t("Nobody else reads it until you say yes."),
        ),
        t("{sender} sends you this because you are the customer's host, or look after the programme.",
          sender=_sender(about)),
        after=_in_the_app(about),
    )  # fmt: skip


def _held(about: About) -> Words:
    by = about.held_by or t("the host")
    why = t("{name} holds your takeaway back.", name=by)
    if about.held_why:
        why = t("{name} holds your takeaway back: {why}", name=by, why=about.held_why)
    return Words(
        t("Held back: {headline}", headline=about.headline),
        (
            why,
            t("Nobody is shown it, and it goes to nobody, until it is let go."),
            t("Talk to {name} ({address}).", name=by, address=about.held_address)
            if about.held_address
            else t("Talk to {name}.", name=by),
            t("Then correct it or withdraw it: in Companion, under Read, where it stands among what you wrote."),
        ),
        t("{sender} sends you this because you wrote it.", sender=_sender(about)),
    )


def _answers(about: About) -> Words:
    return Words(
        tn("{count} answer to: {headline}", "{count} answers to: {headline}", len(about.said), headline=about.headline),
        (t("This is what readers answered to what you told of {customer}.", customer=_customer(about)),),
        t("{sender} sends you this, at most once a day, because you wrote it.", sender=_sender(about)),
        about.said,
        (_what_an_answer_does(about), *_in_the_app(about)),
    )


def _what_an_answer_does(about: About) -> str:
    """Who reads what the author writes back."""
    if about.private == len(about.said):
        return tn(
            "What you write back goes only to who wrote this.",
            "Answer all of them at once: what you write goes to each of them, and to nobody else.",
            len(about.said),
        )
    if about.private:
        return t(
            "Answer all of them at once: what you write goes to each of them, and colleagues see it under the takeaway,"
            " below the answers that were not only for you."
        )
    return tn(
        "What you write back goes to who wrote this, and colleagues see it under the takeaway.",
        "Answer all of them at once: what you write goes to each of them, and colleagues see it under the takeaway.",
        len(about.said),
    )


def _replied(about: About) -> Words:
    return Words(
        t("{author} answers you: {headline}", author=about.author or t("The author"), headline=about.headline),
        (t("You answered to what {who} told of {customer}.", who=about.who, customer=_customer(about)),),
        t("{sender} sends you this because you answered.", sender=_sender(about)),
        (*about.said, Passage(about.author, about.reply)),
    )


def _did(about: About) -> Words:
    customer = about.customer or t("the customer")
    said = (*about.said, Passage(t("What we did"), about.did))
    if about.role == "host":
        return Words(
            t("You said, we did, for {customer}: {headline}", customer=customer, headline=about.headline),
            (t("Something came of what {customer} said. They may like to hear it from you.", customer=customer),),
            _as_host(about),
            said,
        )
    return Words(
        t("You said, we did: {headline}", headline=about.headline),
        (t("Something came of what you answered to what {who} told of {customer}.", who=about.who, customer=customer),),
        t("{sender} sends you this because you answered.", sender=_sender(about)),
        said,
    )


def _digest(about: About) -> Words:
    who = t("you are in {team}", team=about.team) if about.team else t("you are one of its readers")
    return Words(
        tn("What a customer told us this week", "What customers told us this week: {count}", about.count),
        (tn("{count} takeaway was told since the last one.", "{count} takeaways were told since the last one.",
            about.count),),
        t("{sender} sends you this once a week, when there is something, because {who}.",
          sender=_sender(about), who=who),
    )  # fmt: skip


def _when(about: About) -> str:
    """When the meeting is: its day, and the time of one that has one."""
    if about.start is None or about.day is None:
        return ""
    if about.all_day:
        return t("{weekday}, {day}", weekday=weekday(about.day), day=day_month(about.day))
    return moment(about.start, about.zone)


def _brief(about: About) -> Words:
    when, customer = _when(about), _customer(about)
    named = t("{customer}, {when}", customer=customer, when=when)
    shown = when if about.quiet_name else named
    changed = (t("The time, the place or the host has changed. This takes the place of what you had."),)
    if about.moved:
        changed = (t("The meeting has moved to {when}. This takes the place of what you had.", when=when),)
    if about.role == "host":
        return Words(
            t("What your guest reads: {what}", what=shown),
            (
                *(changed if about.again else ()),
                t("{guest} comes to your meeting with {customer}: {when}.", guest=about.guest or t("A colleague"),
                  customer=customer, when=when),
                t("Your guest has a page like this one. They only listen, and ask at most two questions."),
            ),
            t("{sender} sends you this, once for each meeting, because you are its host.", sender=_sender(about)),
        )  # fmt: skip
    return Words(
        _brief_subject(about, shown),
        (
            *(changed if about.again else ()),
            t("You listen to {customer}: {when}. The first lines take thirty seconds.", customer=customer, when=when),
        ),
        t("{sender} sends you this because you are coming to this meeting.", sender=_sender(about)),
        greeting=_hello(about),
    )  # fmt: skip


def _brief_subject(about: About, shown: str) -> str:
    if about.moved:
        return t("New time: {what}", what=shown)
    return t("Changed: {what}", what=shown) if about.again else t("Brief: {what}", what=shown)


def _after(about: About) -> Words:
    customer, when = _customer(about), _when(about)
    shown = when if about.quiet_name else customer
    lead = (
        t("You were with {customer}: {when}. Three lines now are worth a page next week.",
          customer=customer, when=when),
    )  # fmt: skip
    asked = tuple(Passage(f"{number}. {text}", "") for number, text in enumerate(three(about.questions), 1))
    return Words(
        t("Three lines while it is fresh: {what}", what=shown),
        (*lead, _how_to_answer(about)),
        t("{sender} sends you this because you were coming to this meeting.", sender=_sender(about)),
        asked,
        _where_it_goes(about),
        greeting=_hello(about),
    )


def three(questions: tuple[str, ...]) -> tuple[str, ...]:
    """The three questions: as ops put them, else as they ship, in the language that is spoken."""
    return questions or tuple(t(text) for text in QUESTIONS.values())


def _how_to_answer(about: About) -> str:
    if about.by_mail:
        return t(
            "Answer by replying to this mail. One sentence for each is enough, and one answer is better than none."
        )
    return t("Open Companion, choose Listen, and write it up afterwards.")


def _where_it_goes(about: About) -> tuple[str, ...]:
    """What becomes of a reply, plainly: it is less private than a note."""
    if not about.by_mail:
        return ()
    return (
        t(
            "Your reply goes into your own note; Companion shows it to nobody else. On its way it passes through the "
            "mailbox {address}, where it stays, and it waits in the programme's workspace until your Companion "
            "fetches it. What nobody but you may read is better written in Companion.",
            address=about.answer_to,
        ),
    )


def _hello(about: About) -> str:
    return t("Hello {name},", name=about.name) if about.name else ""


def paper_name(customer: str, day: date) -> str:
    """What the file of a brief is called: Brief Kestrel 26 November.pdf."""
    if customer:
        return t("Brief {customer} {day}", customer=customer, day=day_month(day)) + ".pdf"
    return t("Brief {day}", day=day_month(day)) + ".pdf"
