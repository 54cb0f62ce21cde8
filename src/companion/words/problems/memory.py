"""Problems of what is remembered of customers, and of their people."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "fact_empty": mark("There is nothing to remember: the text is empty. Write one sentence."),
    "fact_too_long": mark(
        "That is {length} characters, and one fact has at most {most}. Tell it in several, each with its own source."
    ),
    "fact_kind_unknown": mark("{value} is no kind of fact. Use one of {known}."),
    "fact_state_unknown": mark("It cannot end as {value}. Use one of {known}."),
    "fact_unknown": mark("There is no fact {fact}. See companion customers show NAME for the ids."),
    "fact_customer_unknown": mark("There is no such customer any more. See companion customers list."),
    "who_topic_unknown": mark("{value} is none of the five lines of who they are. Use one of {known}."),
    "who_topic_missing": mark("Say which of the five lines of who they are this is (--topic). Use one of {known}."),
    "touch_team_missing": mark(
        "Say which of our teams touches them so (--topic TEAM): without it no brief can choose it."
    ),
    "fact_ahead": mark("{day} is still ahead, and nothing was heard on it yet. Look at the year."),
    "memory_not_yours": mark(
        "What is remembered of customers is written by leaders, hosts and ops. Tell the customer's host instead."
    ),
    "customer_not_shown": mark(
        "What is remembered of a customer is shown to leaders, hosts and ops. Its published takeaways are under Read."
    ),
    "contact_erased": mark("This person asked to be forgotten, so nothing is kept of them. Leave them out."),
    "contact_nowhere": mark(
        "Nobody of {customer} is known as {name}. Give the mail address, or the whole name as companion customers "
        "show NAME has it."
    ),
    "contact_nowhere_at_all": mark(
        "Nobody of any customer is known as {name}. Give the mail address, or the whole name as companion customers "
        "show NAME has it."
    ),
    "months_wrong": mark("{value} is no number of months from 1 to {most} (--months)."),
    "search_empty": mark("Say what to look for: a word has at least one letter or digit."),
    "search_most_wrong": mark("{value} is no number from 1 upwards (--most)."),
    "contact_line_personal": mark(
        "The line about {name} speaks of {about}. Keep what helps in the meeting, and leave out what is only theirs."
    ),
    "row_kind_unknown": mark("Row {row}: {value} is no kind of fact. Use one of {known}."),
    "row_topic_unknown": mark("Row {row}: {value} is none of the five lines of who they are. Use one of {known}."),
    "row_topic_missing": mark("Row {row}: its topic is empty. Name one of the five lines of who they are: {known}."),
    "row_team_missing": mark("Row {row}: its topic is empty. Name the team of ours that touches them so."),
    "row_ahead": mark("Row {row}: {day} is still ahead, and nothing was heard on it yet. Look at the year."),
    "row_fact_state_unknown": mark("Row {row}: a {kind} cannot end as {value}. Use one of {known}."),
    "row_quote_wrong": mark("Row {row}: {value} is no answer to whether they may be quoted. Use one of {known}."),
    "row_contact_unknown": mark("Row {row}: nobody of {customer} has the address {value}. Import the person first."),
    "row_contact_erased": mark("Row {row}: this person asked to be forgotten. Leave the row out."),
    "row_fact_elsewhere": mark("Row {row}: the fact {value} is of another customer. Empty its id to tell it anew."),
    "row_text_long": mark("Row {row}: the text has {length} characters, and one fact has at most {most}. Make it two."),
}
