"""Listen: thousands of lines that are pasted hold up neither the window nor what is typed next."""

import pytest
from PySide6.QtCore import QMimeData

from companion.desktop.listen.page import ListenPage
from companion.desktop.listen.places import Places
from companion.desktop.listen.saver import MOST
from companion.programme import listening
from desktop.made import NOW, meeting


@pytest.fixture
def page(told, qtbot, house):
    made = ListenPage(told, lambda: NOW)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.filled):
        made.arrive(meeting(house, "Annual review", "Kestrel Plumbing Supply"))
    return made


def test_what_is_typed_after_a_large_paste_is_written_before_the_rest_of_it(page, house, qtbot, monkeypatch):
    whole, calls = listening.write_lines, []

    def noted(house, note_id, edits):
        calls.append([edit.text for edit in edits])
        return whole(house, note_id, edits)

    monkeypatch.setattr(listening, "write_lines", noted)
    pasted = [f"line {at}" for at in range(5 * MOST)]
    mime = QMimeData()
    mime.setText("\n".join(pasted))
    page.sheet.editor.insertFromMimeData(mime)
    page.flush()
    qtbot.keyClicks(page.sheet.editor, " and more")
    page.flush()
    key = meeting(house, "Annual review", "Kestrel Plumbing Supply")
    expected = [*pasted[:-1], pasted[-1] + " and more"]
    qtbot.waitUntil(lambda: [line.text for line in listening.get(house, key).lines] == expected, timeout=20000)
    assert max(len(call) for call in calls) <= MOST
    assert pasted[-1] in calls[0]  # the newest first
    assert expected[-1] in calls[1]  # the key did not wait for the rest
    qtbot.waitUntil(lambda: page.settled)
    assert not listening.conflicts(house, listening.get(house, key).id)


def test_lines_pasted_between_two_others_move_each_of_those_below_once_at_most():
    places = Places((f"old{at}", at * 1024) for at in range(3000))
    new = [f"new{at}" for at in range(3000)]
    places.splice(1, 0, new)
    stored = {f"old{at}": at * 1024 for at in range(3000)}
    moves = 0
    for row, one in enumerate(new, 1):
        stored[one], moved = places.place(row)
        moves += len(moved)
        stored.update((places.ids[at], places.placed(at)) for at in moved)
    assert moves <= 3000
    assert sorted(stored, key=stored.__getitem__) == places.ids
    assert len(set(stored.values())) == len(stored)
