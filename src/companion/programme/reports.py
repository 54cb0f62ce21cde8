"""The tables of the programme for spreadsheets: the board, seats with their evidence, customers; and what they mean."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from companion.attendance.board import Board
from companion.attendance.days import meeting_day
from companion.attendance.standing import Standing
from companion.programme.model import House
from companion.programme.report_rows import Coverage, Visible, coverage, in_period, said, visible
from companion.programme.views.board import asked_to, board
from companion.programme.views.ground import Ground, ground
from companion.words import reports as words
from companion.words.attendance import directors, standing_word, state, why
from companion.words.language import t, tn

Cell = str | int | bool | date | datetime | None


@dataclass(frozen=True)
class Chosen:
    """What of a board is wanted: these people's rows (None: all), and the filters as sentences."""

    people: frozenset[str] | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One table. Moments in it are of the programme's zone, without one: workbooks know none."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Tables:
    """A workbook: what was chosen and how it counts, and the tables; the first is the one a CSV file holds."""

    about: tuple[str, ...]
    sheets: tuple[Sheet, ...]


ALL = Chosen()


def board_tables(house: House, span: str = "", as_of: date | None = None, chosen: Chosen = ALL) -> Tables:
    """The board with its teams and customers, as who works here may see it."""
    facts, found = ground(house), board(house, span, as_of)
    seen = visible(house, facts, found)
    rows = [row for row in seen.rows if chosen.people is None or row.person.id in chosen.people]
    names = {one.id: one.name for one in facts.customers.values()}
    leaders = tuple(
        (
            row.person.name, row.person.email, row.person.team, row.standing.target, row.standing.expected,
            row.standing.heard, row.standing.completed, row.standing.coming, row.standing.needs,
            standing_word(row.standing, over=found.facts.over), row.standing.unknown,
            names.get(row.standing.last.customer_id, "") if row.standing.last else "",
            meeting_day(row.standing.last, facts.zone) if row.standing.last else None,
            *_next(row.standing, names, facts.zone),
            " ".join(why(reason.code, reason.facts, names) for reason in row.standing.why),
        )
        for row in rows
    )  # fmt: skip
    customers = tuple(_customer(one, facts) for one in coverage(facts, found))
    return Tables(
        about(facts, found, seen, house.me, len(leaders), chosen.said),
        (
            Sheet(t("Board"), words.board_header(), leaders),
            Sheet(t("Teams"), words.team_header(), _teams(seen)),
            Sheet(t("Customers"), words.customer_header(), customers),
        ),
    )


def seat_tables(house: House, span: str = "", as_of: date | None = None, chosen: Chosen = ALL) -> Tables:
    """Every seat of the period with the state it is in, and each statement behind it."""
    facts, found = ground(house), board(house, span, as_of)
    seen = visible(house, facts, found)
    mine = frozenset(row.person.id for row in seen.rows)
    pairs = in_period(facts, found, mine if chosen.people is None else mine & chosen.people)
    zone = ZoneInfo(facts.zone)
    seats, statements = [], []
    for meeting, seat in pairs:
        person = facts.person(seat.person_id)
        name, email, team = (person.name, person.email, person.team) if person else ("", "", "")
        customer, day = facts.customer(meeting.customer_id).name, meeting_day(meeting, facts.zone)
        shown = "; ".join(said(facts, item) for item in seat.evidence)
        seats.append((name, email, team, customer, day, meeting.title, seat.state, state(seat.state), seat.reason,
                      len(seat.evidence), shown, meeting.id))  # fmt: skip
        statements += [
            (name, email, customer, day, item.source, item.says, item.by, _local(item.at, zone), item.reason,
             _local(item.withdrawn, zone), meeting.id)
            for item in seat.evidence
        ]  # fmt: skip
    return Tables(
        about(facts, found, seen, house.me, len(seats), chosen.said),
        (
            Sheet(t("Seats"), words.seat_header(), tuple(seats)),
            Sheet(t("Evidence"), words.evidence_header(), tuple(statements)),
        ),
    )


def about(
    facts: Ground, found: Board, seen: Visible, by: str, count: int, filters: tuple[str, ...] = ()
) -> tuple[str, ...]:  # fmt: skip
    """What a reader of the tables has to know: period, day, by whom, filters, the rules, and n."""
    exported = words.moment(facts.now, facts.zone)
    return (
        words.programme_line(facts.programme.name),
        words.period_line(found.period.first, found.period.last, found.period.label),
        words.as_of_line(found.as_of, facts.zone),
        t("Exported by {address} on {moment}.", address=by or t("somebody"), moment=exported),
        tn("{count} row, of {leaders} leaders.", "{count} rows, of {leaders} leaders.", count, leaders=len(found.rows)),
        t("Filters: {filters}.", filters="; ".join(filters)) if filters else t("No filter: everybody is here."),
        directors(found.facts),
        *words.rules(facts.programme),
        *(() if seen.named else (words.unnamed(),)),
    )


def save(house: House, made: Tables, *, csv: str = "", xlsx: str = "") -> list[Path]:
    """Write the tables; the files that came of it. Beside a CSV file its *About* is written as a second one."""
    written = []
    if xlsx:
        sheets = [(sheet.title, sheet.header, sheet.rows) for sheet in made.sheets]
        house.write_xlsx(Path(xlsx), sheets, made.about, t("About"))
        written.append(Path(xlsx))
    if csv:
        path = Path(csv)
        first = made.sheets[0]
        house.write_csv(path, first.header, first.rows)
        beside = path.with_name(f"{path.stem}-about{path.suffix or '.csv'}")
        house.write_csv(beside, (t("About"),), [(line,) for line in made.about])
        written += [path, beside]
    return written


def _teams(seen: Visible) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (sums.team, seen.leaders.get(sums.team, 0), sums.leaders, sums.on_track, sums.expected, sums.heard,
         sums.completed, sums.coming, sums.needs)
        for sums in seen.teams
    )  # fmt: skip


def _customer(one: Coverage, facts: Ground) -> tuple[Cell, ...]:
    host = facts.person_at(one.customer.host_email)
    return (one.customer.name, one.customer.tier, one.customer.segment, host.name if host else one.customer.host_email,
            one.reviews, one.heard, one.listeners, one.last, one.ahead, one.most)  # fmt: skip


def _next(standing: Standing, names: dict[str, str], zone: str) -> tuple[str, date | None]:
    """The customer and the day of what is next: agreed, else asked."""
    if standing.next:
        return names.get(standing.next.customer_id, ""), meeting_day(standing.next, zone)
    asked = asked_to(standing)
    return (t("asked: {customer}", customer=names.get(asked[0]) or t("a customer")), asked[1]) if asked else ("", None)


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0) if at else None
