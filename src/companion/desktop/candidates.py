"""A candidate for a seat in one line."""

from companion.programme.views.candidates import Candidate, Candidates
from companion.words.dates import day_month
from companion.words.language import mark, t, tn
from companion.words.offers import burden

WORDS: dict[str, str] = {
    "free": mark("free then"), "busy": mark("busy then"), "away": mark("away then"), "": "",
}  # fmt: skip


def line(one: Candidate) -> str:
    """Lev Brandt, People · needs 1 · has never heard them · free then."""
    name = t("{name}, {team}", name=one.name, team=one.team) if one.team else one.name
    parts = [name]
    if one.needs is not None:
        parts.append(t("needs {count}", count=one.needs) if one.needs else t("needs none"))
        if one.new:
            parts.append(t("has never heard them"))
        if WORDS[one.word]:
            parts.append(t(WORDS[one.word]))
        if one.last:
            parts.append(t("last heard somebody on {day}", day=day_month(one.last)))
    return " · ".join(parts)


def lead(found: Candidates) -> str:
    """What stands above the candidates: that the host is asked, what the customer has borne, how many cannot."""
    said = t("The host is asked first; then they are.")
    if found.burden and found.burden.full:
        said = f"{said} {burden(found.burden.customer, found.burden.listeners, found.burden.bears)}"
    count = sum(number for _code, number in found.unable)
    cannot = tn("{count} more cannot: on leave, elsewhere, seated already, or not wanted there.",
                "{count} more cannot: on leave, elsewhere, seated already, or not wanted there.", count)  # fmt: skip
    return f"{said} {cannot}" if count else said
