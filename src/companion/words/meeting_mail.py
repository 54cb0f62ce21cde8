"""What the mails about a meeting say: the brief before it, three questions after it."""

from datetime import date

from companion.words.dates import day_month
from companion.words.language import mark, t
from companion.words.mail import About, Passage, Words, customer_of, greeting_of, sender_of, when_is

QUESTIONS = {  # after a meeting; the keys of their answers in a note
    "said": mark("One sentence they said"),
    "scene": mark("One scene you would retell"),
    "surprise": mark("One thing that surprised you"),
}


def brief(about: About) -> Words:
    """Two days before: to whoever listens, and to the host."""
    when, customer = when_is(about), customer_of(about)
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
            t("{sender} sends you this, once for each meeting, because you are its host.", sender=sender_of(about)),
        )  # fmt: skip
    return Words(
        _brief_subject(about, shown),
        (
            *(changed if about.again else ()),
            t("You listen to {customer}: {when}. The first lines take thirty seconds.", customer=customer, when=when),
        ),
        t("{sender} sends you this because you are coming to this meeting.", sender=sender_of(about)),
        greeting=greeting_of(about),
    )  # fmt: skip


def _brief_subject(about: About, shown: str) -> str:
    if about.moved:
        return t("New time: {what}", what=shown)
    return t("Changed: {what}", what=shown) if about.again else t("Brief: {what}", what=shown)


def after(about: About) -> Words:
    """Ten minutes after: three questions."""
    customer, when = customer_of(about), when_is(about)
    shown = when if about.quiet_name else customer
    lead = (
        t("You were with {customer}: {when}. Three lines now are worth a page next week.",
          customer=customer, when=when),
    )  # fmt: skip
    asked = tuple(Passage(f"{number}. {text}", "") for number, text in enumerate(three(about.questions), 1))
    return Words(
        t("Three lines while it is fresh: {what}", what=shown),
        (*lead, _how_to_answer(about)),
        t("{sender} sends you this because you were coming to this meeting.", sender=sender_of(about)),
        asked,
        _where_it_goes(about),
        greeting=greeting_of(about),
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


def paper_name(customer: str, day: date) -> str:
    """What the file of a brief is called: Brief Kestrel 26 November.pdf."""
    if customer:
        return t("Brief {customer} {day}", customer=customer, day=day_month(day)) + ".pdf"
    return t("Brief {day}", day=day_month(day)) + ".pdf"
