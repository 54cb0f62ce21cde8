"""Problems of tables that people bring, and of what is counted."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "period_wrong": mark("{value} is not a period. Write a year (2026), months (2026-04..2027-03) or rolling."),
}
