"""What can be wrong with a brief, and with making a PDF."""

from companion.words.language import mark

SENTENCES = {
    "brief_not_yours": mark(
        "The brief for {meeting} is for who has a seat in it, for its host and for ops. Ask the host for a seat."
    ),
    "brief_not_for_you": mark(
        "The brief of {name} is printed by {name}, by an assistant {name} names, by the meeting's host and by ops."
    ),
    "brief_none_ahead": mark("You have no seat in a customer meeting ahead. See companion meetings for the open ones."),
    "paper_unusable": mark(
        "The PDF could not be made, because Qt does not run here ({reason}). Take the brief as HTML or text, or run "
        "companion doctor."
    ),
    "paper_late": mark("The PDF was not done after {seconds} seconds and was given up. Take it as HTML or text."),
}
