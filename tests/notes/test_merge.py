"""Whatever the order and however often devices exchange, all end alike, and no text is lost unseen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from companion.notes.merge import Kept, Version, Versions, beside, change, follows, join, merge, settle, shows

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
A, B, C = "a", "b", "c"
State = dict[str, Kept]


def says(text: str) -> Version:
    return Version(text, gone=not text, at=NOON)


def written(device: str, *texts: str) -> Versions:
    """What one device wrote, text after text."""
    versions: Versions = ()
    for number, text in enumerate(texts):
        versions = change(versions, says(text), None, device, f"{device}~{number}")
    return versions


def texts(versions: Versions) -> set[str]:
    return {version.text for version in versions if shows(version)}


def test_what_follows_takes_the_place_of_what_was() -> None:
    first = written(A, "we lose")
    later = change(first, says("we lose a crew day"), "we lose", B, "b~1")
    assert join(first, later) == join(later, first) == later
    assert follows(later[0].stamps, first[0].stamps)
    assert beside(later) == []


def test_two_that_knew_nothing_of_each_other_are_both_kept_and_settled_once() -> None:
    first = written(A, "crew")
    here, there = change(first, says("crew day"), "crew", A, "a~1"), change(first, says("a crew"), "crew", B, "b~1")
    both = join(here, there)
    assert texts(both) == {"crew day", "a crew"}
    (other,) = beside(both)
    done = settle(both, other, "a crew day", B, "b~2")
    assert texts(done) == {"a crew day"}
    assert join(done, join(here, there)) == join(join(here, done), there) == done


def test_a_second_window_writes_beside_and_goes_on_in_its_own_text() -> None:
    stored = written(A, "crew")
    first = change(stored, says("crew day"), "crew", A, "a~1")
    second = change(first, says("crews"), "crew", A, "a~2")
    assert texts(second) == {"crew day", "crews"}
    for number, (text, base) in enumerate([("crews g", "crews"), ("crews go", "crews g"), ("crew day!", "crew day")]):
        second = change(second, says(text), base, A, f"a~x{number}")
    assert texts(second) == {"crews go", "crew day!"}
    assert second[0].text == "crew day!"
    assert len({name for one in second for name, _ in one.stamps}) == 2  # typing makes no new name at each key
    assert texts(join(second, first)) == texts(second)


def test_however_long_one_of_two_texts_is_typed_on_the_other_stays() -> None:
    both = change(written(A, "crew", "crew day"), says("crews"), "crew", A, "a~1")
    text = "crews"
    for number in range(9):
        both = change(both, says(text + "."), text, A, f"a~x{number}")
        text += "."
        assert texts(join(both, ())) == {"crew day", text}
    assert change(both, says(text), "what was there before", A, "a~y") == both, "the same text twice is one text"


def test_the_same_text_twice_is_no_conflict_and_an_edit_follows_from_both() -> None:
    both = join(written(A, "day"), written(B, "day"))
    assert beside(both) == []
    later = change(both, says("days"), "day", A, "a~1")
    assert texts(join(later, both)) == {"days"}


def test_an_edit_wins_over_a_removal_whichever_came_first() -> None:
    first = written(A, "crew")
    removed = change(first, says(""), "crew", A, "a~1")
    edited = change(first, says("crew day"), "crew", B, "b~1")
    for both in (join(removed, edited), join(edited, removed)):
        assert both[0].text == "crew day"
        assert beside(both) == []
    assert texts(change(edited, says(""), "crew", A, "a~2")) == {"crew day"}, "what was changed is not taken out"
    assert texts(change(removed, says("crew!"), "crew", A, "a~3")) == {"crew!"}, "nor is what is being written"


def test_words_come_back_after_they_were_taken_out() -> None:
    removed = written(A, "crew", "")
    assert texts(change(removed, says("crew"), "", A, "a~1")) == {"crew"}


def test_one_meeting_noted_on_two_devices_is_one_note() -> None:
    here = {"m1": Kept("m1", frozenset({"n2"}), NOON, NOON, "Review", "c1", units={"line:1": written(A, "crew")})}
    there = {"m1": Kept("m1", frozenset({"n1"}), NOON, NOON, "Review", "c1", units={"line:2": written(B, "tide")})}
    (both,) = merge(here, there).values()
    assert (both.id, both.ids) == ("n1", {"n1", "n2"})
    assert sorted(text for versions in both.units.values() for text in texts(versions)) == ["crew", "tide"]


def test_what_was_forgotten_is_not_remembered_by_another_device() -> None:
    known = {"m1": Kept("m1", frozenset({"n1"}), NOON, NOON + timedelta(1), "Kestrel, spring", "c1")}
    forgotten = {"m1": Kept("m1", frozenset({"n1"}), NOON, NOON, "2026-11-12", "")}
    for both in (merge(known, forgotten), merge(forgotten, known)):
        assert (both["m1"].title, both["m1"].customer_id) == ("2026-11-12", "")


def changed(state: State, device: str, step: tuple[str, str, str, str], number: int) -> State:
    """What a device has after its owner did something to one unit of one note."""
    meeting, unit, act, text = step
    kept = state.get(meeting) or Kept(meeting, frozenset({f"{device}{meeting}"}), NOON, NOON)
    versions = kept.units.get(unit, ())
    other = beside(versions)
    if act == "settle" and other:
        after = settle(versions, other[0], text, device, f"{device}~{number}")
    elif act == "blind":
        after = change(versions, says(text), "something else", device, f"{device}~{number}")
    else:
        base = versions[0].text if versions else ""
        after = change(versions, says(text), base, device, f"{device}~{number}")
    units: Mapping[str, Versions] = {**kept.units, unit: after} if after else kept.units
    return {**state, meeting: replace(kept, units=units, changed=NOON + timedelta(number))}


STEPS = st.lists(
    st.tuples(
        st.sampled_from([A, B, C]),
        st.one_of(
            st.sampled_from([A, B, C]),  # takes in what that one has
            st.tuples(
                st.sampled_from(["m1", "m2"]), st.sampled_from(["line:1", "answer:said"]),
                st.sampled_from(["write", "blind", "settle"]), st.sampled_from(["", "one", "two", "three"]),
            ),
        ),
    ),
    max_size=25,
)  # fmt: skip


def played(steps: list[tuple[str, str | tuple[str, str, str, str]]]) -> dict[str, State]:
    states: dict[str, State] = {A: {}, B: {}, C: {}}
    for number, (device, step) in enumerate(steps):
        if isinstance(step, str):
            states[device] = merge(states[device], states[step])
        else:
            states[device] = changed(states[device], device, step, number)
    return states


@given(STEPS)
def test_any_order_and_any_repetition_end_alike(steps: list[tuple[str, str | tuple[str, str, str, str]]]) -> None:
    a, b, c = played(steps).values()
    all_of_them = merge(merge(a, b), c)
    assert all_of_them == merge(a, merge(b, c)) == merge(c, merge(b, a)) == merge(merge(b, c), merge(a, c))
    assert merge(all_of_them, all_of_them) == all_of_them == merge(all_of_them, b)


@given(STEPS, st.sampled_from([A, B, C]))
def test_what_somebody_sees_is_there_for_all_or_was_seen_before_it_went(
    steps: list[tuple[str, str | tuple[str, str, str, str]]], device: str
) -> None:
    """A text that stands on one device after an exchange stands, or something written with it known does."""
    states = played(steps)
    every = merge(merge(states[A], states[B]), states[C])
    for meeting, kept in states[device].items():
        for unit, versions in kept.units.items():
            now = every[meeting].units[unit]
            for version in versions:
                assert version in now or any(follows(one.stamps, version.stamps) for one in now)


@given(STEPS)
def test_equal_stamps_are_equal_texts(steps: list[tuple[str, str | tuple[str, str, str, str]]]) -> None:
    """Two texts that say they hold the same changes are one text: otherwise one would hide the other."""
    known: dict[tuple[str, str, object], str] = {}
    states: dict[str, State] = {A: {}, B: {}, C: {}}
    for number, (device, step) in enumerate(steps):
        if isinstance(step, str):
            states[device] = merge(states[device], states[step])
        else:
            states[device] = changed(states[device], device, step, number)
        for meeting, kept in states[device].items():
            for unit, versions in kept.units.items():
                for one in versions:
                    assert known.setdefault((meeting, unit, one.stamps), one.text) == one.text
