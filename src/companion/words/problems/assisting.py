"""Acting for a leader."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "assistant_self": mark("You are yourself. Name somebody else who may act for you."),
    "assistant_unknown": mark(
        "{address} may not act for you, so there is nothing to take back. See companion me assistants."
    ),
    "assistant_not_allowed": mark(
        "{name} has not let you act for them, or no more. They can: companion me assistants add and your address."
    ),
    "me_words": mark("Not understood: {words}. Say companion me {form}."),
}
