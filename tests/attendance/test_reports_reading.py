"""Join reports of each maker, language and encoding, read into one form."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.made import meeting
from companion.attendance.report import Report
from companion.attendance.reports_moments import seconds, written
from companion.attendance.reports_reading import read
from companion.basics.errors import Problem
from companion.connectors.spreadsheets import decode, read_text
from companion.words.problems import sentence

REPORTS = Path(__file__).parent / "reports"
REVIEW = meeting(datetime(2026, 11, 10, 13, tzinfo=UTC), "kestrel")
ZONES = ("Europe/Amsterdam",)
ROSA, DANA, LEV, ANNA = (
    "rosa@ferro.example",
    "d.okafor@ferro.example",
    "lev@ferro.example",
    "anna.kowal@kestrel.example",
)
EXACT = {ROSA: 3750, DANA: 3305, LEV: 185, ANNA: 3595, "Ken Abe (Guest)": 3420}
TEAMS = sorted(path.name for path in REPORTS.glob("teams-??.csv"))


def golden(name: str) -> str:
    return read_text(REPORTS / name)


def joined(report: Report) -> dict[str, int]:
    """Seconds by address, else by name."""
    found: dict[str, int] = {}
    for row in report.rows:
        key = row.address or row.name
        length = sum((end - start).total_seconds() for start, end in row.spans) if row.spans else row.seconds
        found[key] = found.get(key, 0) + int(length)
    return found


def refused(text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        read(text, REVIEW, ZONES)
    assert "Something went wrong" not in sentence(caught.value)
    return caught.value


@pytest.mark.parametrize("name", [*TEAMS, "teams-en-comma.csv", "teams-old-en.csv"])
def test_teams_in_every_language_and_form_tells_the_same(name: str) -> None:
    report = read(golden(name), REVIEW, ZONES)
    assert joined(report) == EXACT
    assert report.system == "teams"
    assert report.start == datetime(2026, 11, 10, 12, 58, 30 if name != "teams-sv.csv" else 40, tzinfo=UTC)
    assert all(row.kind == "person" for row in report.rows)


def test_there_are_ten_languages() -> None:
    assert len(TEAMS) == 10  # one of them nobody told the app: it is read by what stands in its columns


def test_the_oldest_form_of_teams_is_a_row_for_each_step() -> None:
    report = read(golden("teams-oldest-en.csv"), REVIEW, ZONES)
    found = joined(report)
    assert (found["Dana Okafor"], found["Lev Brandt"]) == (3305, 185)
    assert found["Rosa Vidal"] == 3685  # who never left stays until the last one goes


@pytest.mark.parametrize("name", ["zoom-usage-en.csv", "zoom-usage-de.csv"])
def test_zoom_with_the_meetings_head(name: str) -> None:
    report = read(golden(name), REVIEW, ZONES)
    assert (report.system, report.title) == ("zoom", "Kestrel review")
    assert joined(report) == {**{key: EXACT[key] for key in (ROSA, DANA, LEV, ANNA)}, "Ken Abe": 3420}
    assert report.start == datetime(2026, 11, 10, 12, 58, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "begins", "undated"),
    [
        ("11/10/26, 1:02:00 PM", (11, 10), False),  # American
        ("10/11/26, 1:02:00 PM", (11, 10), True),  # Australian, or American and of October: who knows
        ("10/11/26, 13:02:00", (11, 10), False),  # French
        ("11/10/26, 13:02:00", (11, 10), True),
        ("10.11.26, 13:02:00", (11, 10), False),
        ("11.10.26, 13:02:00", (10, 11), False),  # a month before, in any language
        ("12/10/26, 1:02:00 PM", (12, 10), False),
    ],
)
def test_what_comes_first_in_a_date(written: str, begins: tuple[int, int], undated: bool) -> None:
    gone = written.replace("02:00", "58:00")
    report = read(f"Full Name\tJoin Time\tLeave Time\nDana Okafor\t{written}\t{gone}\n", REVIEW, ZONES)
    assert report.start is not None
    assert (report.start.month, report.start.day) == begins
    if begins == (11, 10):
        assert report.undated is undated


@pytest.mark.parametrize(("name", "undated"), [("meet-en.csv", True), ("zoom-participants-en.csv", True),
                                               ("teams-en.csv", False), ("zoom-usage-en.csv", False),
                                               ("teams-oldest-en.csv", False)])  # fmt: skip
def test_a_report_without_a_date_says_so(name: str, undated: bool) -> None:
    assert read(golden(name), REVIEW, ZONES).undated is undated


def test_zooms_list_of_people_tells_minutes_and_no_times() -> None:
    report = read(golden("zoom-participants-en.csv"), REVIEW, ZONES)
    assert joined(report) == {ROSA: 63 * 60, DANA: 56 * 60, LEV: 240, ANNA: 3600, "Ken Abe": 3420}
    assert (report.system, report.start) == ("zoom", None)


@pytest.mark.parametrize("name", ["meet-en.csv", "meet-it.csv"])
def test_google_meet_tells_times_without_their_day(name: str) -> None:
    report = read(golden(name), REVIEW, ZONES)
    assert report.system == "meet"
    assert joined(report) == {ROSA: 3780, DANA: 3300, LEV: 180, ANNA: 3600,
                              "Ken Abe": 3420}  # fmt: skip
    assert report.start == datetime(2026, 11, 10, 12, 58, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["teams-vi.csv", "teams-pl.csv", "zoom-usage-de.csv"])
def test_every_encoding_reads_alike(name: str, encoding: str) -> None:
    text = golden(name)
    assert read(decode(text.removeprefix("\ufeff").encode(encoding)), REVIEW, ZONES) == read(text, REVIEW, ZONES)


def test_a_workbook_reads_as_its_csv(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in golden("zoom-usage-de.csv").removeprefix("\ufeff").splitlines():
        book.active.append(line.split(","))  # type: ignore[union-attr]
    book.save(tmp_path / "zoom.xlsx")
    assert read(read_text(tmp_path / "zoom.xlsx"), REVIEW, ZONES) == read(golden("zoom-usage-de.csv"), REVIEW, ZONES)


def test_a_report_that_excel_saved_again_reads_as_before() -> None:
    lines = [line.split("\t") for line in golden("teams-de.csv").removeprefix("\ufeff").splitlines()]
    text = "\r\n".join(";".join([*cells, *[""] * (7 - len(cells))]) for cells in lines)
    assert joined(read(decode(text.encode("cp1252")), REVIEW, ZONES)) == EXACT


def test_who_signs_in_with_another_address_is_found_by_it() -> None:
    text = golden("teams-en.csv")
    lines = [line.replace("lev@ferro.example\tlev@", "l.brandt@ferro.example\tlev@") for line in text.splitlines()]
    text = "\n".join(lines[:16]) + "\n"
    assert "l.brandt@ferro.example" in joined(read(text, REVIEW, ZONES))
    assert LEV in joined(read(text, REVIEW, ZONES, {LEV}))


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Sa. 10.11.26, 12:30:00", 12), ("12:30:00 SA, 10/11/2026", 0), ("10/11/2026 1:30 CH", 13),
        ("12:05 AM", 0), ("12:05 p. m.", 12), ("13:05 PM", 13), ("10/11/2026 à 9h30", 9),
    ],
)  # fmt: skip
def test_the_half_of_the_day(text: str, hour: int) -> None:
    told = written(text)
    assert told is not None
    assert told.clock.hour == hour


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nov 10, 2026 01:02:13 PM", (2026, 11, 10)), ("10 de nov. de 2026, 13:02", (2026, 11, 10)),
        ("10. März 2026 13:02", (2026, 3, 10)), ("10 listopada 2026 13:02", (2026, 11, 10)),
        ("10 thg 11, 2026 13:02", (2026, 11, 10)), ("2026-11-10T13:02:13.123Z", (2026, 11, 10)),
        ("10 août 2026 13:02", (2026, 8, 10)), ("13.02.13, 10.11.2026", (2026, 11, 10)),
        ("10.11.26, 1:02:13 PM", (2026, 11, 10)), ("10/11/2026 13:02", (10, 11, 2026)), ("13:02", ()),
    ],
)  # fmt: skip
def test_days_with_and_without_names(text: str, day: tuple[int, ...]) -> None:
    told = written(text)
    assert told is not None
    assert told.day == day


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1h 2m 3s", 3723), ("1 Std. 2 Min. 3 Sek.", 3723), ("1 hr 2 min", 3720), ("1 godz. 2 min 3 s", 3723),
        ("1 giờ 2 phút 3 giây", 3723), ("1 u 2 min", 3720), ("00:45:12", 2712), ("58s", 58), ("45", None),
        ("a while", None), ("400 h", None), ("18/11/2026 13:02", None),
    ],
)  # fmt: skip
def test_lengths(text: str, length: int | None) -> None:
    assert seconds(text) == length


def test_the_meetings_own_day_tells_whether_day_or_month_comes_first() -> None:
    text = golden("teams-en.csv")
    assert read(text, REVIEW, ZONES).start == datetime(2026, 11, 10, 12, 58, 30, tzinfo=UTC)
    october = meeting(datetime(2026, 10, 11, 12, tzinfo=UTC))
    assert read(text, october, ZONES).start == datetime(2026, 10, 11, 11, 58, 30, tzinfo=UTC)


def test_a_file_of_another_clock_is_read_by_the_meetings() -> None:
    text = golden("teams-de.csv").replace(" 13:", " 07:").replace(" 14:", " 08:").replace(" 15:", " 09:")
    assert read(text, REVIEW, ("Europe/Amsterdam", "America/New_York")).start == datetime(
        2026, 11, 10, 12, 58, 30, tzinfo=UTC
    )


HEAD = "Name,Join Time,Leave Time,Duration,Email\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("+31 20 555 01 00", "phone"), ("312***12", "phone"), ("Guest", "anonymous"), ("Teilnehmer 4", "anonymous"),
        ("D*** O***", "anonymous"), ("", "anonymous"), ("Boardroom North", "room"), ("Salle Émeraude", "room"),
        ("Konferenzraum 3", "room"), ("Dana Okafor", "person"),
    ],
)  # fmt: skip
def test_what_hides_people_is_known(name: str, kind: str) -> None:
    text = f"{HEAD}{name},2026-11-10 14:00,2026-11-10 14:50,50 min,\n"
    assert [row.kind for row in read(text, REVIEW, ZONES).rows] == [kind]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "report_empty"),
        ("\n\n", "report_empty"),
        (HEAD, "report_empty"),
        (HEAD.strip(), "report_cut"),
        ("<!doctype html><p>Sign in</p>", "report_unknown"),
        ("name,email,team\nDana,dana@ferro.example,Finance\n", "report_unknown"),  # says nothing of who joined
        ("Dear Rosa,\nplease find attached\n", "report_unknown"),
        (HEAD + "Dana,2026-11-10 14:00,soon 3,50 min,d@ferro.example\n", "report_time_wrong"),
        (HEAD + "Dana,2026-13-40 14:00,2026-13-40 15:00,50 min,d@ferro.example\n", "report_time_wrong"),
        (HEAD + "Dana,2026-11-10 14:00,2026-11-10 15:00,a while,d@ferro.example\n", "report_time_wrong"),
        (HEAD + "Dana,2026-11-10 14:00", "report_cut"),
        (HEAD + 'Dana,2026-11-10 14:00,2026-11-10 15:00,50 min,"d@ferro', "report_cut"),
    ],
)
def test_what_is_no_whole_report_is_refused_in_words(text: str, code: str) -> None:
    assert refused(text).code == code


def test_the_row_that_is_wrong_is_named_whatever_comes_first() -> None:
    text = golden("teams-en.csv").replace("11/10/26", "11/18/26").replace("11/18/26, 2:40:00 PM", "14 o'clock", 1)
    problem = refused(text)
    assert (problem.code, problem.facts) == ("report_time_wrong", {"row": 13, "value": "14 o'clock"})


def test_a_file_that_ends_early_is_told() -> None:
    lines = golden("teams-en.csv").splitlines(keepends=True)
    assert refused("".join(lines[:12])).code == "report_short"
    assert refused("".join(lines[:17])).code == "report_cut", "the activities were announced and are not there"
    assert refused("".join(lines)[:-60]).code == "report_cut"


def test_activities_that_break_off_shorten_nobody() -> None:
    lines = golden("teams-en.csv").splitlines(keepends=True)
    assert joined(read("".join(lines[:20]), REVIEW, ZONES)) == EXACT, "Dana's second coming is cut off"


def test_a_table_of_something_else_adds_nobody() -> None:
    hands = "\r\n4. Raised hands\r\nName\tTime\tEmail\r\nMira Holt\t11/10/26, 2:10:00 PM\tm@kestrel.example\r\n"
    assert joined(read(golden("teams-en.csv") + hands, REVIEW, ZONES)) == EXACT


def test_a_head_that_names_the_host_seats_nobody() -> None:
    lines = golden("zoom-usage-en.csv").splitlines()
    head = [
        "Topic,ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants",
        "Kestrel review,8123,Mei Tan,mei@ferro.example,11/10/2026 01:58:30 PM,11/10/2026 03:01:30 PM,63,7",
    ]
    found = read("\n".join([*head, *lines[2:]]), REVIEW, ZONES)
    assert (found.title, "mei@ferro.example" in joined(found)) == ("Kestrel review", False)


@given(st.permutations(range(7)), st.permutations(range(5)), st.sampled_from(["teams-de.csv", "teams-en.csv"]))
def test_the_order_of_columns_and_rows_does_not_matter(columns: list[int], rows: list[int], name: str) -> None:
    lines = golden(name).removeprefix("\ufeff").splitlines()
    header = next(at for at, line in enumerate(lines) if line.count("\t") == 6)
    table = [[line.split("\t")[at] for at in columns] for line in lines[header : header + 6]]
    body = [table[0], *(table[at + 1] for at in rows)]
    text = "\n".join([*lines[:header], *("\t".join(row) for row in body), ""])
    assert joined(read(text, REVIEW, ZONES)) == EXACT


PIECES = [
    "Name", "Email", "Join Time", "Leave Time", "Duration", ",", "\t", "\n", '"', "1:02 PM", "11/10/26, 1:00 PM",
    "5 min", "2. Participants", "Topic", "Start time", "Dana", "dana@ferro.example", "99/99/9999 99:99",
]  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_in_the_file_it_is_read_or_refused(text: str) -> None:
    told = ""
    try:
        rows: Any = read(text, REVIEW, ZONES).rows
    except Problem as problem:
        rows, told = None, problem.code
    assert rows or told.startswith("report_")
