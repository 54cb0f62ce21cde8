"""What is said of who was there: the mail to the host, the three links in a listener's, and how replies read."""

from collections.abc import Mapping, Sequence

from companion.words.language import mark, t
from companion.words.mail import About, Passage, Words, customer_of, greeting_of, sender_of, when_is

# How people write it, in the app's languages; compared without accents and case.
YES = (
    "yes", "y", "yep", "yeah", "was there", "were there", "present", "attended", "came", "sat in",
    "sì", "presente", "c'era", "era presente", "ha partecipato",
    "tak", "był", "była", "był obecny", "była obecna", "obecny", "obecna",
    "có", "có mặt", "có tham dự", "đã tham dự", "có, đã tham dự",
)  # fmt: skip
NO = (
    "no", "n", "nope", "was not there", "wasn't there", "not there", "absent", "did not come", "didn't come",
    "non c'era", "assente", "non è venuto", "non è venuta", "non ha partecipato",
    "nie", "nie był", "nie była", "nie było", "nieobecny", "nieobecna", "nie przyszedł", "nie przyszła",
    "không", "vắng", "vắng mặt", "không có mặt", "không tham dự", "không đến",
)  # fmt: skip
ALL = (
    "all", "all of them", "everyone", "everybody", "both", "both of them", "all were there", "all of them were there",
    "everybody was there", "everyone was there", "both were there", "they were all there",
    "tutti", "tutte", "entrambi", "entrambe", "c'erano tutti", "tutti presenti",
    "wszyscy", "wszystkie", "oboje", "obaj", "obie", "wszyscy byli", "byli wszyscy",
    "tất cả", "cả hai", "mọi người", "tất cả đều có mặt", "tất cả mọi người",
)  # fmt: skip
NOBODY = (
    "nobody", "none", "no one", "noone", "nobody of us", "none of them", "none of us", "nobody sat in",
    "nobody of us sat in", "nobody was there", "nessuno", "nessuno di noi", "nessuno dei nostri", "non c'era nessuno",
    "nikt", "nikt z nas", "nikogo", "nikogo nie było", "nikogo z nas", "nikogo z nas nie było",
    "không ai", "không có ai", "chẳng ai", "không ai trong chúng tôi", "không ai tham dự",
)  # fmt: skip
ELSE = (
    "somebody else", "someone else", "another", "somebody else went", "someone else went", "somebody else came",
    "qualcun altro", "un altro", "un'altra", "un'altra persona", "ktoś inny", "inna osoba", "người khác",
)  # fmt: skip
WENT = (  # around the name of who went instead
    "instead", "went", "went instead", "came", "came instead", "was there", "was there instead", "sat in",
    "sat in instead", "al suo posto", "è venuto", "è venuta", "c'era", "zamiast niej", "zamiast niego", "zastępstwo",
    "był", "była", "poszedł", "poszła", "đi thay", "đến thay", "thay", "tham dự thay", "đã đi thay",
)  # fmt: skip
DOUBT = (
    "not sure", "unsure", "don't know", "do not know", "maybe", "perhaps", "probably", "i think", "no idea",
    "can't remember", "cannot remember", "forse", "non so", "non lo so", "non ricordo", "non sono sicur", "credo",
    "penso", "probabilmente", "może", "nie wiem", "nie pamiętam", "chyba", "nie jestem pew", "prawdopodobnie",
    "có lẽ", "không biết", "không rõ", "không nhớ", "không chắc", "hình như",
)  # fmt: skip
NOT_IN = {"pl": ("no",)}  # there it is a word of agreeing
HOW = (  # what to do with the mails that the buttons of the three questions open: with those of one's seat, and without
    mark(
        "Each opens a mail to {address}. Write below the three questions; the others are sent as they are. To the "
        "last, add who went."
    ),
    mark("It opens a mail to {address} with the three questions in it. Write below each and send it."),
)
LABELS: dict[str, str] = {
    "there": mark("I was there"),
    "missed": mark("I was not there"),
    "instead": mark("Someone went for me"),
}


def who_sat(about: About) -> Words:
    """The next day, to the host: who of ours sat in?"""
    listeners = names_of(about.facts)
    customer, when = customer_of(about), when_is(about)
    asks = t("Your meeting with {customer} was on {when}. Who of our people sat in to listen?",
             customer=customer, when=when)  # fmt: skip
    seated = t("These were to come:") if listeners else t("Nobody is noted for it; perhaps somebody came all the same.")
    return Words(
        t(
            "Who sat in? {what}",
            what=when if about.quiet_name else t("{customer}, {when}", customer=customer, when=when),
        ),
        (asks, seated),
        t("{sender} sends you this, once for each meeting, because you are its host.", sender=sender_of(about)),
        tuple(Passage(name, "") for name in listeners),
        _how(about, listeners),
        greeting=greeting_of(about),
    )


def _how(about: About, listeners: Sequence[str]) -> tuple[str, ...]:
    quiet = t("If you do not know, leave it: what nobody says counts for nobody, and against nobody.")
    if not about.by_mail:
        return (t("Say it in Companion, on its first page, or to whoever looks after the programme."), quiet)
    if listeners:
        how = t("Reply with a line for each of them: {name}: {yes}, or {no}, or the name of who came instead.",
                name=listeners[0], yes=t("yes"), no=t("no"))  # fmt: skip
    else:
        how = t("Reply with the name of each who came, one on a line.")
    return (how, quiet)


def buttons(listeners: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What the host may send as it is, or changed: each button's label, and the text of its mail."""
    yes = _lines(listeners, t("yes"))
    nobody = (t("Nobody of us sat in"), _lines(listeners, t("no")) if listeners else f"{t('nobody')}\r\n")
    if not listeners:
        return (nobody, (t("Somebody did"), ""))
    all_there = t("{name} was there", name=listeners[0]) if len(listeners) == 1 else t("All of them were there")
    return ((all_there, yes), nobody, (t("It was otherwise"), yes))


def _lines(listeners: Sequence[str], word: str) -> str:
    return "".join(f"{name}: {word}\r\n" for name in listeners)


def about_me() -> tuple[tuple[str, str], ...]:
    """What a listener may say of their own seat: (act, label)."""
    return tuple((act, t(label)) for act, label in LABELS.items())


def names_of(facts: Mapping[str, object]) -> list[str]:
    """The listeners that the host is asked about, by name, as they stand in a letter's facts."""
    found = facts.get("listeners", ())
    return [str(one["name"]) for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []
