"""What can be wrong with an opening card."""

from companion.words.language import mark

SENTENCES = {
    "card_no_more": mark("There is no story {number} after this week's. Give --next a number from 0 to {last}."),
    "card_none": mark(
        "Nothing that {team} may read has been published yet, so there is no card. Publish a takeaway for {team} or "
        "for everyone."
    ),
}
