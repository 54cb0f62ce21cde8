"""What the programme's letters say, in the language that is being spoken."""

from collections.abc import Callable

from companion.words import meeting_mail, presence, seats, weekly
from companion.words.language import mark, t, tn
from companion.words.mail import About, Passage, Words, customer_of, moment, sender_of

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


def _as_host(about: About) -> str:
    return t(
        "{sender} sends you this because you are the host of {customer}.",
        sender=sender_of(about), customer=about.customer or t("this customer"),
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
              who=about.who, customer=customer_of(about), audience=about.audience),
            *reasons,
            t("Nobody else reads it until you say yes."),
        ),
        t("{sender} sends you this because you are the customer's host, or look after the programme.",
          sender=sender_of(about)),
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
        t("{sender} sends you this because you wrote it.", sender=sender_of(about)),
    )


def _answers(about: About) -> Words:
    return Words(
        tn("{count} answer to: {headline}", "{count} answers to: {headline}", len(about.said), headline=about.headline),
        (t("This is what readers answered to what you told of {customer}.", customer=customer_of(about)),),
        t("{sender} sends you this, at most once a day, because you wrote it.", sender=sender_of(about)),
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
        (t("You answered to what {who} told of {customer}.", who=about.who, customer=customer_of(about)),),
        t("{sender} sends you this because you answered.", sender=sender_of(about)),
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
        t("{sender} sends you this because you answered.", sender=sender_of(about)),
        said,
    )


_MAKERS: dict[str, Callable[[About], Words]] = {
    "host_copy": _copy,
    "host_notice": _notice,
    "host_yes": _yes,
    "held": _held,
    "answers": _answers,
    "replied": _replied,
    "did": _did,
    "digest": weekly.digest,
    "brief": meeting_mail.brief,
    "after": meeting_mail.after,
    "who_sat": presence.who_sat,
    **seats.MAKERS,
    "leaving": seats.leaving,
}


def words_of(kind: str, about: About) -> Words:
    """What a letter of this kind says."""
    return _MAKERS[kind](about)
