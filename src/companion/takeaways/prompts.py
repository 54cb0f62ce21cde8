"""What to ask oneself before writing why it matters to a team: questions by department, kept as data."""

from companion.takeaways.gate_text import fold
from companion.words.language import mark, t

PROMPTS: dict[str, tuple[str, ...]] = {
    "finance": (
        mark("Which of our invoices or reminders did they have to work out?"),
        mark("What do they pay for in waiting, checking or asking us?"),
    ),
    "legal": (
        mark("How long did a contract or a change of one take them?"),
        mark("Which of our words did they have to explain to their own people?"),
    ),
    "hr": (
        mark("Whom of ours did they praise, and for what?"),
        mark("What should a new colleague know about them before the first call?"),
    ),
    "supply": (
        mark("Which of our promises of a day did they plan their own people by?"),
        mark("What did a late or early delivery set off at their end?"),
    ),
    "safety": (
        mark("Which of our rules on site make their work safer, and which only slower?"),
        mark("What did they see that could hurt somebody?"),
    ),
    "it": (
        mark("Where did they type the same thing twice because of us?"),
        mark("What do they do by hand that one of our systems knows?"),
    ),
    "production": (
        mark("What do they do with our product that we did not make it for?"),
        mark("Which fault do they mend themselves without telling us?"),
    ),
    "sales": (
        mark("What did they buy that they do not use?"),
        mark("What do they tell their own customers about us?"),
    ),
    "quality": (
        mark("Which of our tolerances do they notice, and which only we?"),
        mark("What do they check again that we have checked?"),
    ),
}
ANY = (
    mark("Whose work in this team would change if we believed them?"),
    mark("What could this team stop, start or make simpler for them?"),
)
_WORDS = {
    "finance": "finance accounting accounts invoicing billing controlling finanza contabilita finanse ksiegowosc "
    "taichinh ketoan",
    "legal": "legal compliance contracts legale prawny phapche phapluat",
    "hr": "hr people personnel humanresources personale risorseumane kadry nhansu",
    "supply": "supply logistics purchasing procurement warehouse dispatch logistica acquisti logistyka zakupy khovan "
    "cungung muahang",
    "safety": "safety hse ehs sicurezza bhp antoan",
    "it": "it informationtechnology systems digital informatica informatyka congnghe",
    "production": "production manufacturing operations plant engineering produzione produkcja sanxuat",
    "sales": "sales marketing vendite commerciale sprzedaz banhang kinhdoanh",
    "quality": "quality qa qualita jakosc chatluong",
}


def prompts_for(team: str) -> tuple[str, ...]:
    """The questions for a team, by what its name says; those for any team where it says nothing known."""
    return tuple(t(one) for one in PROMPTS.get(department_of(team), ANY))


def department_of(team: str) -> str:
    """The department (a key of PROMPTS) that a team's name tells of, "" where it says nothing known."""
    folded = fold(team)
    said = {folded.letters, *(fold(part).letters for part in team.replace("/", " ").replace("-", " ").split())}
    return next((department for department, names in _WORDS.items() if said & set(names.split())), "")
