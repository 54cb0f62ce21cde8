"""The six things customers judge by, each heard to be well kept or badly: `integrity+`, `resolution-`."""

from collections.abc import Iterable

from companion.basics.errors import Problem
from companion.words.language import mark, t

PILLARS = {
    "personalisation": mark("Personal"),
    "integrity": mark("Trust"),
    "expectations": mark("Expectations"),
    "resolution": mark("Putting things right"),
    "time": mark("Time and effort"),
    "empathy": mark("Empathy"),
}
MEANING = {
    "personalisation": mark("they are treated as who they are"),
    "integrity": mark("we do what we said"),
    "expectations": mark("they know what they will get"),
    "resolution": mark("what went wrong is put right"),
    "time": mark("it costs them little time and effort"),
    "empathy": mark("we understand how it is for them"),
}
_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-"}


def parse(text: str) -> str:
    """`integrity+` or `resolution-` from what somebody wrote; Problem `pillar_unknown` otherwise."""
    words = text.strip()
    sign = _SIGNS.get(words[-1:], "")
    name = words[:-1].strip().casefold() if sign else words.casefold()
    known = {key: key for key in PILLARS} | {t(said).casefold(): key for key, said in PILLARS.items()}
    hits = {key for word, key in known.items() if word == name or (len(name) >= 3 and word.startswith(name))}
    if not sign or len(hits) != 1:
        raise Problem("pillar_unknown", value=text, known=", ".join(PILLARS))
    return hits.pop() + sign


def parse_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Several, each once, in the order of `PILLARS`."""
    found = {parse(part) for text in texts for part in text.replace(";", ",").split(",") if part.strip()}
    return tuple(sorted(found, key=lambda one: (list(PILLARS).index(one[:-1]), one)))


def say(pillar: str) -> str:
    """A pillar for readers: "Trust: well kept"; what nobody knows is said as it stands."""
    name, sign = pillar[:-1], pillar[-1:]
    if name not in PILLARS or sign not in ("+", "-"):
        return pillar
    said = t(PILLARS[name])
    return t("{pillar}: well kept", pillar=said) if sign == "+" else t("{pillar}: badly kept", pillar=said)
