"""The opening card: a takeaway as one slide, as text and as a page to show or print."""

from dataclasses import replace
from datetime import date

from companion.connectors.markdown import one_line, to_plain
from companion.connectors.rendering import Story, render, story, tidy
from companion.takeaways.model import Parcel
from companion.takeaways.slide import Slide
from companion.words.card import answer_line, of_week, question_to, usual_question
from companion.words.language import speaking, t


def render_card(parcel: Parcel, about: str, team: str, week: date) -> Slide:
    """The parcel's takeaway as a slide for a team; `about` says who the customer is, `week` is a Monday."""
    with speaking(parcel.language):
        told = story(parcel)
        said, role = _said(parcel, told)
        made = Slide(
            language=parcel.language,
            headline=told.headline,
            said=said,
            role=role,
            who=" · ".join(part for part in (told.customer, one_line(about)) if part),
            asked=question_to(one_line(team)),
            question=told.question or usual_question(),
            foot=" · ".join(part for part in (told.heard, told.corrected, told.label, of_week(week)) if part),
            answer=answer_line(told.answer_to, told.code),
        )
        return replace(
            made,
            text=tidy(render("card/card.txt", c=made)),
            html=render("card/card.html", c=made, links=told.links),
        )


def _said(parcel: Parcel, told: Story) -> tuple[str, str]:
    """What was said and by whom; only what is word for word stands in quotation marks."""
    if told.quote:
        return t("“{words}”", words=one_line(told.quote)), told.role
    for passage in told.passages:
        if parcel.takeaway.quote.strip():  # then the first passage tells it in the author's words
            return to_plain(parcel.takeaway.quote), " · ".join(filter(None, (passage.label, passage.reading)))
    return to_plain(parcel.takeaway.scene), told.scene.reading
