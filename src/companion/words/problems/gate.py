"""Publishing: what the gate holds back, holding, letting go; and what belongs to composing since then."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "gate_blocks": mark(
        "This cannot go out as it stands: {fields}. Put it another way, or let the host look at it first (--review)."
    ),
    "words_kept_back": mark("Readers would see what is to stay in the room: {fields} Then try again."),
    "row_nda_wrong": mark("Row {row} says {value} where yes or no belongs (nda). Write yes or no."),
    "host_hours_wrong": mark("{value} is not a number of hours from 0 to 720 (--host-hours). 24 is a day."),
    "expiry_months_wrong": mark("{value} is not a number of months from 0 to 120 (--expiry-months). 0 means no end."),
    "contact_unknown": mark("{customer} has nobody known by {address}. People come from the guests of meetings."),
    "check_what": mark("Say what to check: a note, or a text with --file."),
    "pillar_unknown": mark("{value} is not a pillar. Use one of {known}, each with + or - behind it."),
    "may_quote_wrong": mark("{value} does not say whether they may be quoted. Use yes, ask or no."),
    "origin_wrong": mark("Line {line} of {file} says {value}, which is no origin. Use one of: {known}."),
    "quote_not_allowed": mark(
        "The speaker does not want to be quoted. Leave the quote out and say it in your own words."
    ),
    "only_me_goes_nowhere": mark(
        "What is only for you goes through no channel. Choose another audience, or no channel."
    ),
    "recipients_outside": mark(
        "Nobody of your firm is known by these addresses: {addresses}. Leave them out, or say that they are meant"
        " (--outside-ok)."
    ),
    "recipients_beyond": mark(
        "It is not for {addresses}. Leave them out, or publish it for an audience that they belong to."
    ),
    "publish_not_yours": mark("Only its author publishes a takeaway. Answer it, or write one of your own."),
    "expiry_past": mark("{day} is over. Give a day that is still to come, as 2027-03-31."),
    "expiry_too_long": mark(
        "Takeaways are shown until {last} at the latest, and {day} is after that. Choose a day before."
    ),
    "undo_too_late": mark("It has gone out and cannot be undone any more. You can withdraw it."),
    "correction_missing": mark("Say in one line what you put right: readers of the first version see it."),
    "nothing_changed": mark("Nothing is different from what was published. Change it first."),
    "correction_other_audience": mark(
        "A correction goes to whom the first version went. For other readers, publish it anew and withdraw this one."
    ),
    "takeaway_withdrawn": mark("“{headline}” was withdrawn, so there is nothing to decide about it any more."),
    "hold_not_yours": mark("Only the host, ops or its author can hold this takeaway. Write to one of them."),
    "let_go_not_yours": mark("{who} holds this takeaway, so the host or ops have to let it go. Write to one of them."),
    "agree_not_yours": mark("The yes to this takeaway is for the host or ops to give. Write to one of them."),
    "agree_other_revision": mark("“{headline}” was changed since you saw it. Read it again, then say yes."),
    "withdraw_not_yours": mark("Only its author, the host or ops can withdraw this takeaway. Write to one of them."),
    "prolong_not_yours": mark("Only its author or ops can say how long this takeaway is shown. Write to one of them."),
    "where_not_yours": mark("Where it went is told to its author, the host and ops. Ask one of them."),
}
