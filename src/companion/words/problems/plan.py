"""The planner."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "plan_needs_names": mark(
        "A plan names people, and here only ops may see names, once the agreement behind it is recorded. "
        "See companion privacy agree."
    ),
    "plan_until_past": mark("{day} is over. Plan until a day that is still to come."),
    "plan_rule_unknown": mark("No rule, or more than one, begins with {rule}. See companion plan --rules."),
}
