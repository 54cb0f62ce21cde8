"""A takeaway as a reader sees it."""

from companion.desktop.widgets.column import ReadingColumn
from companion.desktop.widgets.quote import Quote
from companion.desktop.widgets.text import PlainLabel, Reading
from companion.takeaways.audience import team_of
from companion.takeaways.model import Takeaway
from companion.words.language import t


class Article(ReadingColumn):
    """Where it comes from, the headline, the scene, the quote, why it matters, the question."""

    def __init__(self, takeaway: Takeaway, origin: str, team: str, *, panel: int = 0) -> None:
        super().__init__(spacing=12, panel=panel)
        self.add(PlainLabel(origin, "small"))
        self.add(PlainLabel(takeaway.headline or t("No headline yet"), "title"))
        if takeaway.scene.strip():
            self.add(Reading(takeaway.scene))
        as_heard = dict(takeaway.origins).get("quote", "verbatim") != "verbatim"
        if takeaway.quote.strip() and as_heard:  # in the author's words: no quotation marks
            role = takeaway.quote_role.strip()
            self.add(Reading(takeaway.quote, t("As heard from {role}.", role=role) if role else t("As heard.")))
        elif takeaway.quote.strip():
            self.add(Quote(takeaway.quote, takeaway.quote_role))
        if takeaway.goal.strip():
            self.add(Reading(takeaway.goal, t("What they are trying to do.")))
        if takeaway.matters.strip():
            other = team_of(takeaway.audience)
            lead = t("Why it matters to us in {team}.", team=team) if team else t("Why it matters to us.")
            if other and other != team:
                lead = t("Why it matters to {team}.", team=other)
            self.add(Reading(takeaway.matters, lead))
        self.add(Reading(takeaway.will_do.strip() or t("Nothing yet."), t("What we will do.")))
        self.setAccessibleName(takeaway.headline)


def origin(takeaway: Takeaway, author: str, audience: str, day: str) -> str:
    """Marea Boats · for Safety · heard by Ines Prado · 12 November."""
    heard = t("heard by {name}", name=author) if author else ""
    return " · ".join(part for part in (takeaway.customer_name, audience, heard, day) if part)
