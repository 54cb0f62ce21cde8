"""What who works here finds, and what nobody does: in a real house, on real stores."""

from dataclasses import replace
from datetime import timedelta

import pytest

from companion.attendance.model import Evidence
from companion.basics.errors import Problem
from companion.customers.memory import Fact
from companion.customers.model import Contact
from companion.notes.merge import Version
from companion.notes.model import Note
from companion.people.model import Person
from companion.programme import assisting
from companion.programme.search import Results, search
from companion.takeaways.model import Takeaway
from fakes.house import Made
from fakes.ics import NOW

STORY = Takeaway(
    "t1", 1, "lev", "m1", "kestrel", "company", "Pallets before money", "At six in the morning", "I count the pallets",
    customer_name="A wholesaler", published=NOW - timedelta(days=1),
)  # fmt: skip
FACT = Fact("f1", "kestrel", "goal", "Never count pallets twice", heard_on=NOW.date())


def kept(made: Made, *things: Takeaway | Fact | Contact) -> None:
    """Put things into the workspace."""
    with made.house.workspace() as tx:
        for one in things:
            if isinstance(one, Takeaway):
                tx.takeaways.put(one)
            elif isinstance(one, Fact):
                tx.facts.put(one)
            else:
                tx.customers.put_contact(one)


def noted(made: Made, key: str, *lines: str, **answers: str) -> None:
    """A note with lines and answers."""
    with made.house.device() as device:
        device.notes.put(Note(key, f"m-{key}", "kestrel", "Spring review", NOW, NOW))
        for at, text in enumerate(lines):
            device.versions.put(key, f"line:{key}-{at}", (Version(text, (), "", NOW, at),), NOW)
        for name, text in answers.items():
            device.versions.put(key, f"answer:{name}", (Version(text),), NOW)


def found(made: Made, text: str, me: str, *, shared: bool = True) -> list[str]:
    """Ids of the hits of somebody in a shared workspace."""
    return [hit.id for hit in search(replace(made.house, me=me, workspace_shared=shared), text).hits]


def test_each_finds_what_they_may_see(made: Made) -> None:
    kept(made, STORY, FACT, Contact("c1", "kestrel", "quoc@kestrel.example", "Quốc Đặng"))
    assert found(made, "pallets", "dana@ferro.example") == ["f1", "t1"], "a leader, facts too"
    assert found(made, "pallets", "agnes@ferro.example") == ["t1"], "staff read takeaways only"
    assert found(made, "dang", "dana@ferro.example") == ["c1"]
    assert found(made, "dang", "agnes@ferro.example") == []
    assert found(made, "pallets", "agnes@ferro.example", shared=False) == ["f1", "t1"], "nobody else works here"
    assert found(made, "kestrel", "agnes@ferro.example") == [], "an alias is no way to the name"
    assert found(made, "wholesaler", "agnes@ferro.example") == ["t1"]


@pytest.mark.parametrize(
    "news",
    [
        {"withdrawn": NOW},
        {"held": NOW},
        {"needs_yes": True},
        {"unannounced": True},
        {"out_at": NOW + timedelta(hours=1)},
        {"expires": NOW.date() - timedelta(days=1)},
        {"audience": "team:People"},
        {"audience": "listeners"},
        {"audience": "me"},
        {"audience": "nonsense"},
        {"published": None},
        {"told_on": NOW.date()},
    ],
    ids=lambda news: next(iter(news)),
)
def test_what_is_not_for_somebody_is_not_found_and_not_counted(made: Made, news: dict[str, object]) -> None:
    kept(made, replace(STORY, **news))  # type: ignore[arg-type]
    house = replace(made.house, me="agnes@ferro.example", workspace_shared=True)
    assert search(house, "pallets", most=1) == Results(zone="Europe/Amsterdam")
    gone = {"withdrawn", "published", "told_on"} & news.keys()
    assert found(made, "pallets", "lev@ferro.example") == ([] if gone else ["t1"]), "one's own, unless it is gone"


def test_a_later_revision_is_found_by_its_own_words_only(made: Made) -> None:
    kept(made, STORY)
    kept(made, replace(STORY, revision=2, headline="Lorries", quote="I wait", scene=""))
    assert (found(made, "pallets", "dana@ferro.example"), found(made, "lorries", "dana@ferro.example")) == ([], ["t1"])


def test_listeners_find_what_is_for_them(made: Made) -> None:
    kept(made, replace(STORY, audience="listeners"))
    assert found(made, "pallets", "rosa@ferro.example") == ["t1"], "its account owner"
    assert found(made, "pallets", "dana@ferro.example") == []


def test_notes_are_found_line_by_line_and_private_answers_never(made: Made) -> None:
    noted(made, "n1", "They count pallets by hand", "Rosa calls on Friday", goal="Fewer crates", off_record="Pelican")
    noted(made, "n2", "Nothing new", said="We count on you")
    assert found(made, "pallets friday", "dana@ferro.example") == ["n1"], "words of two lines of one note"
    assert found(made, '"count on"', "dana@ferro.example") == ["n2"]
    assert found(made, "crates", "dana@ferro.example") == ["n1"]
    assert found(made, "pelican", "dana@ferro.example") == []
    assert search(made.house, "friday").hits[0].excerpt.text == "Rosa calls on Friday"
    assert search(made.house, "friday").hits[0].excerpt.marks == ((14, 20),)


def test_a_line_that_changed_or_went_is_found_no_more(made: Made) -> None:
    noted(made, "n1", "They count pallets", "They wait")
    with made.house.device() as device:
        device.versions.put("n1", "line:n1-0", (Version("They count crates", (), "", NOW),), NOW)
        device.versions.put("n1", "line:n1-1", (Version("", (), "", NOW, 1, gone=True),), NOW)
    assert (found(made, "pallets", ""), found(made, "crates", ""), found(made, "wait", "")) == ([], ["n1"], [])


def test_what_cannot_be_made_findable_is_written_all_the_same(made: Made) -> None:
    noted(made, "n1", "They count pallets")
    with made.house.device() as device:
        assert device.search.behind() == 0
        device.search._connection.exec_driver_sql("DROP TABLE search_text")  # type: ignore[attr-defined]
    with made.house.device() as device:
        device.versions.put("n1", "line:n1-1", (Version("They wait", (), "", NOW, 1),), NOW)
    with made.house.device(write=False) as device:
        assert [line.text for line in device.notes.all()[0].lines] == ["They count pallets", "They wait"]


def test_without_the_workspace_the_notes_are_found(made: Made) -> None:
    noted(made, "n1", "They count pallets")

    def away(*, write: bool = True) -> object:
        raise Problem("workspace_unreachable", path="…")

    results = search(replace(made.house, workspace=away), "pallets")  # type: ignore[arg-type]
    assert ([hit.id for hit in results.hits], results.away) == (["n1"], True)


def test_rebuilding_finds_the_same(made: Made) -> None:
    kept(made, STORY, FACT)
    noted(made, "n1", "They count pallets")
    before = found(made, "pallets", "dana@ferro.example")
    with made.house.workspace() as tx:
        assert (tx.search.rebuild(), tx.search.behind()) == (3, 0)
    with made.house.device() as device:
        assert (device.search.rebuild(), device.search.behind()) == (2, 0)
    assert found(made, "pallets", "dana@ferro.example") == before
    assert sorted(before) == ["f1", "n1", "t1"]


def test_there_is_more_is_said_of_what_may_be_seen_only(made: Made) -> None:
    kept(made, *(replace(STORY, id=f"t{at}", published=NOW - timedelta(hours=at + 1)) for at in range(3)))
    house = replace(made.house, me="agnes@ferro.example", workspace_shared=True)
    results = search(house, "pallets", most=2)
    assert ([hit.id for hit in results.hits], results.more) == (["t0", "t1"], True)
    assert not search(house, "pallets", most=3).more


def test_who_sat_there_finds_what_is_for_listeners(made: Made) -> None:
    source = made.account("Hosts", "rosa@ferro.example", hosts=True)
    assert source is not None
    from storage.made import meeting

    met = replace(
        meeting(), customer_id="kestrel", start=NOW - timedelta(days=2), end=NOW - timedelta(days=2, hours=-1)
    )
    with made.house.workspace() as tx:
        tx.meetings.put(met)
        tx.seats.add(Evidence("e1", met.id, "dana", "self", "attended", "dana@ferro.example", NOW))
    kept(made, replace(STORY, audience="listeners", meeting_id=met.id))
    assert found(made, "pallets", "dana@ferro.example") == ["t1"]


def test_ops_find_what_is_on_pages_and_no_more_takeaways_than_staff(made: Made) -> None:
    with made.house.workspace() as tx:
        tx.people.put(Person("ola", "ola@ferro.example", "Ola Nowak", (), "Office", "ops"))
    kept(made, STORY, FACT, replace(STORY, id="t2", audience="team:People"), replace(STORY, id="t3", held=NOW))
    assert found(made, "pallets", "ola@ferro.example") == ["f1", "t1"]
    with made.house.workspace() as tx:
        tx.people.put(Person("ola", "ola@ferro.example", "Ola Nowak", (), "Office", "ops", end=NOW.date()))
    made.time[0] += timedelta(days=2)
    assert found(made, "pallets", "ola@ferro.example") == ["t1"], "who left the role sees no pages"


def test_an_assistant_finds_nothing_of_what_their_leader_may_see(made: Made) -> None:
    assisting.allow(made.house, "agnes@ferro.example")
    kept(made, STORY, FACT, replace(STORY, id="t2", author_id="dana", audience="me"))
    kept(made, replace(STORY, id="t3", audience="listeners", customer_id="other"))
    assert found(made, "pallets", "dana@ferro.example") == ["f1", "t2", "t1"]
    assert found(made, "pallets", "agnes@ferro.example") == ["t1"]


def test_what_waits_is_its_authors_alone_in_the_words_too(made: Made) -> None:
    kept(made, replace(STORY, held=NOW))
    with made.house.workspace(write=False) as tx:
        connection = tx.search._connection  # type: ignore[attr-defined]
        (scope,) = connection.exec_driver_sql("SELECT scope FROM search_text WHERE words LIKE '%%pallets%%'").scalars()
    assert len(scope.split()) == 2, "who wrote it, and until when"
