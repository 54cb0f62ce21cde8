"""People from tables, good and bad."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.basics.table import difference
from companion.people.model import Person
from companion.people.table import person_id, read_people
from companion.words.problems import sentence

HEADER = "name,email,aliases,team,role,target,start,end"
ANNA = Person(
    "1", "anna@us.example", "Anna", ("a.rossi@us.example",), "Finance", "leader", 3, date(2026, 1, 1), None, "it"
)


def read(*rows: str, header: str = HEADER, existing: tuple[Person, ...] = ()) -> tuple[list[Person], list[Problem]]:
    return read_people("\n".join((header, *rows)), existing)


def told(problems: list[Problem]) -> list[str]:
    return [sentence(problem) for problem in problems]


def test_a_good_row() -> None:
    people, problems = read(
        "Anna Rossi,Anna@US.example,a@us.example;b@us.example;a@us.example,Finance,leader,3,2026-02-01,"
    )
    assert problems == []
    assert people == [
        Person(person_id("anna@us.example"), "anna@us.example", "Anna Rossi", ("a@us.example", "b@us.example"),
               "Finance", "leader", 3, date(2026, 2, 1), None),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_line_ends_and_marks(separator: str, line_end: str, mark: str) -> None:
    rows = [HEADER.split(","), ["Rossi, Anna; Dr", "anna@us.example", "", "IT", "", "", "", ""]]
    text = mark + line_end.join(separator.join(f'"{cell}"' for cell in row) for row in rows) + line_end
    people, problems = read_people(text, [])
    assert (people[0].name, people[0].team, problems) == ("Rossi, Anna; Dr", "IT", [])


def test_a_header_in_any_order_and_case_and_a_separator_that_is_told() -> None:
    people, problems = read_people("sep=;\nE-Mail;x;NAME\n", [])
    assert (people, problems[0].facts["missing"]) == ([], "email")
    people, problems = read_people("sep=;\nEmail;x;NAME\nanna@us.example;1;Anna\n;;\nben@us;;Ben\n", [])
    assert [person.name for person in people] == ["Anna"]
    assert problems[-1].facts["row"] == 5


def test_a_missing_column_lets_nothing_in() -> None:
    people, problems = read_people("name,team\nAnna,IT\n", [])
    assert people == []
    assert told(problems)[0].startswith("The column email is missing, so nothing could come in.")


def test_a_missing_usual_column_is_told_and_leaves_what_is_known() -> None:
    people, problems = read_people("name,email\nAnna R,anna@us.example\n", [ANNA])
    assert (people[0].team, people[0].target, people[0].aliases) == ("Finance", 3, ("a.rossi@us.example",))
    assert told(problems)[0].startswith("There is no column aliases, team, role, target, start, end;")


@pytest.mark.case(64)
def test_an_empty_cell_clears_and_an_alias_is_the_same_person() -> None:
    people, _ = read("Anna,a.rossi@us.example,,,leader,,,", existing=(ANNA,))
    assert people == [Person("1", "a.rossi@us.example", "Anna", (), "", "leader", None, None, None, "it")]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Anna,anna,,,,,,", "Row 2: anna is not a mail address for email. Write it as name@firm.example."),
        (",anna@us.example,,,,,,", "Row 2: name is empty. Fill it in."),
        ("Anna,anna@us.example,b,,,,,", "Row 2: b is not a mail address for aliases. Write it as name@firm.example."),
        ("Anna,anna@us.example,,,,two,,", "Row 2: two is not a whole number from 0 to 99 for target."),
        ("Anna,anna@us.example,,,,-1,,", "Row 2: -1 is not a whole number from 0 to 99 for target."),
        ("Anna,anna@us.example,,,,,31/12/2026,", "Row 2: 31/12/2026 is not a date for start. Write it as 2026-11-21."),
        ("Anna,anna@us.example,,,,,2026-02-30,", "Row 2: 2026-02-30 is not a date for start. Write it as 2026-11-21."),
        ("Anna,anna@us.example,,,,,2026-03-01,2026-02-01",
         "Row 2: the end, 2026-02-01, is before the start, 2026-03-01. Exchange or mend them."),
        ("Rossi, Anna,anna@us.example,,,,,,",
         "Row 2 has 9 cells, but there are 8 columns. Put quotes round text that holds the separator."),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_and_the_rest_comes_in(row: str, says: str) -> None:
    if row.startswith("Rossi"):
        row += "x"
    people, problems = read(row, "Ben,ben@us.example,,,,,,")
    assert [person.name for person in people] == ["Ben"]
    assert told(problems) == [says]


def test_an_unknown_language_is_told() -> None:
    _, problems = read_people("name,email,language\nA,a@us.example,tlh\n", [])
    assert "tlh is not a language" in told(problems)[-1]


def test_an_address_twice_in_the_file() -> None:
    people, problems = read("A,a@us.example,,,,,,", "B,b@us.example,A@us.example,,,,,", "C,c@us.example,,,,,,")
    assert [person.name for person in people] == ["A", "C"]
    assert told(problems) == ["Row 3: a@us.example is already in row 2. Keep it in one of them."]


def test_an_address_of_somebody_else() -> None:
    people, problems = read("Ben,ben@us.example,anna@us.example,,,,,", existing=(ANNA,))
    assert people == []
    assert told(problems) == ["Row 2: anna@us.example already belongs to Anna. Take it from one of them."]


def test_an_address_may_pass_to_somebody_else_in_one_file_in_any_order() -> None:
    rows = ["Ben,ben@us.example,a.rossi@us.example,,,,,", "Anna,anna@us.example,,,leader,,,"]
    for turn in (rows, rows[::-1]):
        people, problems = read(*turn, existing=(ANNA,))
        assert (len(people), problems) == (2, [])


def test_a_dropped_row_keeps_its_address() -> None:
    rows = ["Ben,ben@us.example,a.rossi@us.example,,,,,", "Anna,anna@us.example,,,leader,x,,"]
    people, problems = read(*rows, existing=(ANNA,))
    assert people == []
    assert {problem.code for problem in problems} == {"row_number_wrong", "row_taken"}


def test_a_given_id_stays_and_nobody_inherits_one() -> None:
    people, _ = read_people("id,name,email\n1,Anna,new@us.example\n", [ANNA])
    assert (people[0].id, people[0].email, people[0].team) == ("1", "new@us.example", "Finance")
    moved = Person(person_id("x@us.example"), "y@us.example", "Was X")
    people, _ = read_people("name,email\nNew,x@us.example\n", [moved])
    assert people[0].id != moved.id


def test_no_rows_and_a_web_page() -> None:
    for text in ("", "\n\n", HEADER, HEADER + "\n,,,\n"):
        assert [problem.code for problem in read_people(text, [])[1]] == ["table_empty"]
    assert read_people("<!DOCTYPE html><html></html>", [])[1][0].code == "table_is_page"


def test_a_quote_that_is_never_closed_takes_only_its_own_row() -> None:
    people, problems = read("A,a@us.example,,,,,,", '"B,b@us.example,,,,,,', "C,c@us.example,,,,,,", "D,d@us,,,,,,")
    assert [person.name for person in people] == ["A", "C"]
    assert told(problems)[0] == "Row 3 opens a quotation mark and never closes it. Close it, or write it twice."
    assert problems[1].facts["row"] == 5


def test_a_cell_may_hold_lines_and_marks() -> None:
    people, problems = read('"A\n""B""",a@us.example,,"IT\n",,,,', '5" pipe,b@us.example,,,,,,')
    assert ([person.name for person in people], people[0].team, problems) == (['A "B"', '5" pipe'], "IT", [])


def test_odd_letters_are_cleaned() -> None:
    people, _ = read('"An\u202ena\u00a0R\nossi",anna@us.example,,,,,,', "'=Ben,ben@us.example,,,,,,")
    assert [person.name for person in people] == ["Anna R ossi", "=Ben"]


def test_what_would_change() -> None:
    people, _ = read(
        "Anna,anna@us.example,a.rossi@us.example,IT,leader,3,2026-01-01,", "B,b@us.example,,,,,,", existing=(ANNA,)
    )
    found = difference([ANNA], people, lambda person: person.name)
    assert [(item.what, item.label, item.changes) for item in found] == [
        ("changed", "Anna", (("team", "Finance", "IT"),)),
        ("added", "B", ()),
    ]
    assert difference(people, people, lambda person: person.name)[0].what == "same"


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    people, problems = read_people(text, [ANNA])
    assert people or problems
    assert all(sentence(problem) for problem in problems)


CELLS = st.lists(
    st.sampled_from(["a@us.example", "b@us.example", "anna@us.example", "a.rossi@us.example", "x", ""]),
    min_size=2,
    max_size=2,
)


@given(st.lists(CELLS, max_size=5))
def test_no_address_ever_has_two_owners(rows: list[list[str]]) -> None:
    people, _ = read(*(f"N,{email},{alias},,,,," for email, alias in rows), existing=(ANNA,))
    store = {ANNA.id: ANNA} | {person.id: person for person in people}
    owned = [address for person in store.values() for address in person.addresses]
    assert len(owned) == len(set(owned))


@pytest.mark.case(63)
def test_a_group_is_kept_by_its_addresses_and_has_no_target() -> None:
    (sales,), problems = read("Sales,sales@us.example,all-sales@us.example,Sales,Group,,,")
    assert (sales.kind, sales.addresses, problems) == ("group", ("sales@us.example", "all-sales@us.example"), [])
    for target in ("1", "0"):
        people, problems = read(f"Sales,sales@us.example,,Sales,group,{target},,")
        assert [person.name for person in people] == (["Sales"] if target == "0" else [])
    _, problems = read("Sales,sales@us.example,,,group,2,,", existing=(ANNA,))
    assert told(problems) == [
        "Row 2: Sales is a group, and only a person has a target. Empty its target, or change its role."
    ]
