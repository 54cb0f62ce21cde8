"""Problems of the rules that tell a customer meeting."""

from companion.words.language import mark

SENTENCES = {
    "rule_word_empty": mark("A word has no letters. Write one that stands in titles, such as “review”."),
    "rule_word_long": mark("“{word}…” is longer than {most} letters. Give the few words that stand in the title."),
    "rule_words_many": mark("{count} words are too many; {most} can be kept. Keep those that tell a review."),
    "rule_word_unknown": mark("“{word}” is not on the list, so it cannot be taken out. See: companion rules show."),
    "rule_threshold_wrong": mark(
        "{value} is no number of points from 1 to {most}. 50 is usual: a guest of the customer is enough."
    ),
    "rule_customer_nameless": mark("A customer needs a name, as it stands in titles."),
    "rule_customer_unnamed": mark("Domains and other names belong to a customer. Say which: --customer NAME."),
    "rule_domain_wrong": mark("{value} is not a mail domain. Write it as firm.example, or a whole address."),
    "rule_domain_ours": mark("{value} is our own domain, so its guests are our people. Leave it out."),
    "rule_domain_public": mark(
        "Everybody can have an address at {value}. Give the customer's whole addresses instead."
    ),
    "rule_address_ours": mark("{value} is an address of one of our people. Leave it out."),
    "rule_taken": mark("{value} already belongs to {owner}. Take it from one of them first."),
    "rule_item_unknown": mark("{name} is not known by {value}, so it cannot be taken out. See: companion rules show."),
    "entry_nowhere": mark("Say where the entry stands: a file or an address before the UID, or --account NAME."),
    "entry_unknown": mark("{name} holds no entry with the UID {uid} in these days. Check the UID, or widen the days."),
}
