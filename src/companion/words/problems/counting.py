"""Problems of counting: targets, leave, what is carried, closed years."""

from companion.words.language import mark

SENTENCES: dict[str, str] = {
    "only_ops": mark("Only ops decide this for the programme. Ask them."),
    "names_not_shown": mark("Others' figures show by name only to ops, and once the agreement behind it is recorded."),
    "reason_missing": mark("Somebody will ask why. Give a reason."),
    "leave_wrong": mark("{value} is not a kind of leave. Use one of: {known}."),
    "leave_unknown": mark("{name} has no leave that begins on {day}. See companion people leaves."),
    "leave_overlaps": mark(
        "{name} is on leave from {start} to {end} already. Drop that one first, or choose other days."
    ),
    "period_rolling": mark("The last twelve months go on and on, so they are never closed. Name a year."),
    "year_closed": mark("{label} was closed on {day}, and a year is closed once. What changed since is beside it."),
    "year_overlaps": mark(
        "{label} shares days with {known}, which was closed on {day}. A day is closed once. Choose days after it, "
        "or before."
    ),
    "year_runs": mark("{label} ends on {last}. To close it before, say --early, with the reason."),
    "year_ahead": mark("{label} has not begun, so there is nothing to close."),
    "year_not_closed": mark("{label} is not closed. See companion years list."),
    "carry_none": mark("{name} is short of nothing in {label}, so nothing is carried."),
    "carry_much": mark("{name} is short of {short} in {label}. Carry at most that."),
    "carry_twice": mark(
        "For {name} something was carried into the year from {day} already. Once in five years is the most."
    ),
    "carry_span": mark(
        "{label} is not a year of the programme. What is carried goes from one of its years into the next."
    ),
    "carry_self": mark("Somebody else than {name} has to agree to it. Name who does."),
    "carry_runs": mark("{label} is not over, and {name} can still make it. Carry what is missing at its end."),
    "year_wrong": mark("{value} is no year of a programme. Say calendar, the number of its first month, or rolling."),
    "visits_wrong": mark("{value} is not a number of visits a year. Use 0 to {most}."),
    "share_wrong": mark("{value} is not a part of full time. Use 1 to 100 percent."),
    "cell_unknown": mark("{value} is not a figure of the board. Use one of: {known}."),
    "board_team_unknown": mark("No team of the board is called {value}. Its teams: {known}."),
    "flag_unknown": mark("{value} is not a state on the board. Use one of: {known}."),
}
