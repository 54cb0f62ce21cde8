"""The planner."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "plan_needs_names": mark(
        "A plan names people, and here only ops may see names, once the agreement behind it is recorded. "
        "See companion privacy agree."
    ),
    "plan_needs_agreement": mark(
        "A plan names people, and that waits until the agreement behind it is recorded, under What is held."
    ),
    "plan_until_past": mark("{day} is over. Plan until a day that is still to come."),
    "plan_rule_unknown": mark("No rule, or more than one, begins with {rule}. See companion plan --rules."),
}
HERE: dict[str, str] = {  # in the window
    "plan_needs_names_window": mark(
        "A plan names people, and here only ops may see names, once the agreement behind it is recorded. "
        "Ask who runs the programme."
    ),
}
