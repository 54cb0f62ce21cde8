"""What is remembered as tables: out and in again, and nothing is lost; two customers become one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.basics.errors import Problem
from companion.connectors.spreadsheets import read_text, write_csv
from companion.customers.contacts_table import CONTACT_COLUMNS
from companion.customers.facts_table import FACT_COLUMNS, Around, fact_rows, read_facts
from companion.customers.memory import Fact
from companion.customers.model import Contact, Customer
from companion.programme import memory, memory_tables
from companion.programme import people as people_verbs
from companion.programme.merging import merge
from fakes.house import DANA, KESTREL, Made

STORY = "Keeps fourteen crews supplied.\n\nAt half past six the vans leave.\n=not a formula"
KEN = Contact("k1", "kestrel", "ken@kestrel.example", "Ken Doyle", "owner", None, "ask", "Dry; likes it short.")
DAY = date(2026, 11, 21)


def facts_of(made: Made) -> list[Fact]:
    with made.house.workspace(write=False) as tx:
        return sorted(tx.facts.all(), key=lambda fact: fact.id)


def fill(made: Made) -> None:
    with made.house.workspace() as tx:
        tx.customers.put(replace(KESTREL, story=STORY))
        tx.customers.put_contact(KEN)
    house = made.house
    first = Fact("", "kestrel", "goal", "One.\n\nTwo.", contact_id="k1", heard_on=date(2026, 5, 1))
    goal = memory.remember(house, first)
    memory.remember(house, Fact("", "kestrel", "goal", "+3 crews", follows=goal.id, source="@Rosa", may_quote="no"))
    promise = Fact("", "kestrel", "promise", "=SUM(A1)", owner_id="dana", due=date(2026, 12, 1), meeting_id="m")
    memory.end(house, memory.remember(house, promise).id, "kept", "-5 days,\nand in one go", date(2026, 11, 2))
    memory.remember(house, Fact("", "kestrel", "who", "'=quoted", topic="mood", takeaway_id="t"))


def test_a_round_trip_changes_nothing_and_fills_an_empty_workspace(made: Made, tmp_path: Path) -> None:
    fill(made)
    before = facts_of(made)
    path = tmp_path / "facts.csv"
    write_csv(path, FACT_COLUMNS, memory_tables.export_facts(made.house))
    assert not [cell for cell in path.read_text("utf-8-sig").split(",") if cell[:1] and cell[0] in "=+@"]  # no formulas
    text = read_text(path)
    done = memory_tables.import_facts(made.house, text)
    assert (done.added, done.changed, done.same, done.problems) == ((), (), 4, ())
    with made.house.workspace() as tx:
        for fact in before:
            tx.facts.remove(fact.id)
    assert len(memory_tables.import_facts(made.house, text, dry_run=True).added) == 4
    assert facts_of(made) == []
    memory_tables.import_facts(made.house, text)
    plain = [replace(fact, revision=1, changed=None) for fact in before]
    assert [replace(fact, revision=1, changed=None) for fact in facts_of(made)] == plain


TAB_AND_HARD_SPACE = "a\tb, 14\u00a0crews"


def test_signs_that_no_table_keeps_are_no_change(made: Made, tmp_path: Path) -> None:
    """A tab, a hard space, a letter and its accent apart: only who really changes a cell makes a revision."""
    text = f"{TAB_AND_HARD_SPACE}\n\nGdan\u0301sk"
    told = memory.remember(made.house, Fact("", "kestrel", "quote", text, source=TAB_AND_HARD_SPACE))
    memory.end(made.house, told.id, "dropped", TAB_AND_HARD_SPACE)
    with made.house.workspace() as tx:
        tx.customers.put_contact(replace(KEN, line=TAB_AND_HARD_SPACE))
    facts, contacts = tmp_path / "facts.csv", tmp_path / "contacts.csv"
    write_csv(facts, FACT_COLUMNS, memory_tables.export_facts(made.house))
    write_csv(contacts, CONTACT_COLUMNS, memory_tables.export_contacts(made.house))
    assert memory_tables.import_facts(made.house, read_text(facts)).changed == ()
    assert memory_tables.import_contacts(made.house, read_text(contacts)).changed == ()
    assert len(memory_tables.import_facts(made.house, read_text(facts).replace("crews", "vans")).changed) == 1
    assert facts_of(made)[0].text == "a\tb, 14 vans\n\nGda\u0144sk"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n'=+-@|%;,\""), min_size=1))
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    around = Around((KESTREL,), (), (DANA,), {})
    path = tmp_path / "facts.csv"
    write_csv(path, FACT_COLUMNS, fact_rows([Fact("f", "kestrel", "goal", text)], around))
    facts, problems = read_facts(read_text(path), around, DAY)
    write_csv(path, ("customer", "kind", "text"), [("Kestrel", "goal", f"x{text}x")])
    as_kept = read_facts(read_text(path), around, DAY)[0]
    expected = as_kept[0].text[1:-1].strip() if as_kept else ""  # letters composed, spaces of one kind, as all tables
    assert [fact.text for fact in facts] == ([expected] if expected else []), problems


def test_good_rows_come_in_and_bad_ones_are_told_one_by_one(made: Made) -> None:
    rows = "customer,kind,text,state,contact,owner,may_quote,topic,due,heard_on\n"
    rows += "Kestrel,goal,Fine,,,,,,\nNobody,goal,x,,,,,,\nKestrel,rumour,x,,,,,,\nKestrel,goal,,,,,,,\n"
    rows += "Kestrel,goal,y,kept,,,,,\nKestrel,quote,z,,no@one.example,,,,\nKestrel,promise,p,,,no@one.example,,,\n"
    rows += "Kestrel,quote,q,,,,perhaps,,\nKestrel,who,w,,,,,hats,\nKestrel,promise,d,,,,,,soon\n"
    rows += "Kestrel,goal,fine,,,,,,\nKestrel,who,w,,,,,,\nKestrel,touch,w,,,,,,\nKestrel,goal,l,,,,,,,2027-11-10\n"
    done = memory_tables.import_facts(made.house, rows)
    assert [problem.code for problem in done.problems] == [
        "row_customer_unknown", "row_kind_unknown", "row_cell_missing", "row_fact_state_unknown", "row_contact_unknown",
        "row_person_unknown", "row_quote_wrong", "row_topic_unknown", "row_date_wrong", "row_twice",
        "row_topic_missing", "row_team_missing", "row_ahead",
    ]  # fmt: skip
    assert [problem.facts["row"] for problem in done.problems] == list(range(3, 16))
    assert [fact.text for fact in facts_of(made)] == ["Fine"]


def test_contacts_go_out_and_come_in_with_a_word_of_caution(made: Made, tmp_path: Path) -> None:
    fill(made)
    path = tmp_path / "contacts.csv"
    write_csv(path, CONTACT_COLUMNS, memory_tables.export_contacts(made.house, "Kestrel"))
    assert memory_tables.import_contacts(made.house, read_text(path)).same == 1
    table = "customer,address,line\nKestrel,ken@kestrel.example,His wife runs the yard\nKestrel,x,\n"
    done = memory_tables.import_contacts(made.house, table)
    assert [problem.code for problem in done.problems] == ["row_address_wrong", "contact_line_personal"]
    with made.house.workspace(write=False) as tx:
        (ken,) = tx.customers.contacts("kestrel")
    assert ken == replace(KEN, line="His wife runs the yard")  # said, not refused; the rest stays


def test_a_story_keeps_its_paragraphs(made: Made, tmp_path: Path) -> None:
    fill(made)
    path = tmp_path / "customers.csv"
    write_csv(path, memory_tables.CUSTOMER_COLUMNS, memory_tables.export_customers(made.house))
    done = people_verbs.import_customers(made.house, read_text(path))
    assert (done.added, done.changed, done.same, done.problems) == ((), (), 1, ())


def test_two_customers_become_one_and_nothing_is_doubled(made: Made) -> None:
    fill(made)
    with made.house.workspace() as tx:
        tx.customers.put(Customer("uk", "Kestrel UK"))
        tx.customers.put_contact(Contact("k9", "uk", "ken@kestrel.example", "", "the boss"))
        tx.customers.put_contact(Contact("k8", "uk", "eva@kestrel.example", "Eva"))
    house = made.house
    twin = Fact("", "uk", "goal", "One. Two.", contact_id="k9", heard_on=date(2026, 5, 1))
    first = memory.remember(house, twin)
    follows = memory.remember(house, Fact("", "uk", "goal", "And then four.", follows=""))
    memory.change(house, replace(follows, follows=first.id), 1)
    told = memory.remember(house, replace(twin, source="Eva, who was there"))  # has more to tell: it stays
    trial = merge(house, "Kestrel", "Kestrel UK", dry_run=True)
    assert (trial.facts, trial.doubled, trial.contacts, trial.known) == (3, 1, 2, 1)
    with house.workspace(write=False) as tx:
        assert len(tx.customers.all()) == 2
        assert len(tx.facts.of("uk")) == 3
    done = merge(house, "Kestrel", "Kestrel UK")
    assert (done.doubled, "Kestrel UK" in done.kept.aliases) == (1, True)
    facts = {fact.id: fact for fact in facts_of(made)}
    kept = next(fact for fact in facts.values() if fact.text == "One.\n\nTwo.")
    assert first.id not in facts
    assert facts[follows.id].follows == kept.id
    assert (facts[told.id].customer_id, facts[told.id].contact_id) == ("kestrel", "k1")
    with pytest.raises(Problem, match="customer_same"):
        merge(house, "Kestrel", "Kestrel UK")
