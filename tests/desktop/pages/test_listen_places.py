"""Places: wherever lines are put in, what is stored sorts as what stands on the sheet."""

from hypothesis import given
from hypothesis import strategies as st

from companion.desktop.listen.places import Places


@given(st.lists(st.integers(0, 1000), max_size=40), st.integers(0, 12), st.sampled_from([1, 1024]))
def test_stored_lines_stand_in_the_order_of_the_sheet(rows, begun, step):
    places = Places((f"old{at}", at * step) for at in range(begun))
    stored = {f"old{at}": at * step for at in range(begun)}
    for number, wish in enumerate(rows):
        row = wish % (len(places.ids) + 1)
        assert places.splice(row, 0, [f"new{number}"]) == set()
        place, moved = places.place(row)
        stored[f"new{number}"] = place
        stored.update((places.ids[at], places.placed(at)) for at in moved)
        assert sorted(stored, key=stored.__getitem__) == places.ids
        assert len(set(stored.values())) == len(stored)


def test_what_goes_is_told_and_what_stays_keeps_its_place():
    places = Places([("a", 0), ("b", 1024), ("c", 2048)])
    assert places.splice(0, 2, ["b"]) == {"a"}
    assert places.ids == ["b", "c"]
    assert places.place(0) == (1024, [])
    assert places.where({"c", "a"}) == {"c": 1}
