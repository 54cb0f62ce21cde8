"""What is published and the window dies; the bar that counts; what host and ops do to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from companion.desktop.chrome import read_chrome
from companion.desktop.clockwork import Clockwork
from companion.desktop.publishing import dialogs
from companion.desktop.tasks import Inline, Tasks
from companion.desktop.widgets.countdown import CountDownBar
from companion.programme import channels, listening, publishing
from companion.programme.views.reading import reading
from desktop.made import NOW, build, meeting
from desktop.pages.takeaways import Counting, calm, opened, publish, write


@pytest.fixture
def note(house):
    return listening.get(house, meeting(house, "Customer review", "<b>Hòa & Bình</b>"))


@pytest.fixture
def published(house, note):
    return publishing.publish(house, note.id, "Two trainers", "company")


def test_a_window_that_dies_within_the_seconds_loses_nothing(told, house, qtbot, note, tmp_path):
    object.__setattr__(told, "count_down", Counting())
    channels.add_place(house, "site", "Ours", str(tmp_path / "site"))
    page = opened(told, qtbot, note)
    write(page, headline="Two trainers, wrong lessons")
    publish(page, told, qtbot)
    assert "Two trainers, wrong lessons" not in [row.takeaway.headline for row in reading(house).rows]
    told.tasks.shut_down()  # the timer dies with the window

    later = replace(build(house.paths.home), clock=lambda: NOW + timedelta(minutes=3))
    tasks = Tasks(database=Inline(), network=Inline())
    tasks.open(lambda: later, lambda _house: None, lambda _problem: None)
    clockwork = Clockwork(lambda _sentence, _bad: None, lambda _names: None, tasks, later.clock)
    clockwork.show(read_chrome(later))  # the first tick of the next start
    qtbot.waitUntil(lambda: (tmp_path / "site" / "index.html").exists())
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert "Two trainers, wrong lessons" in [row.takeaway.headline for row in reading(later).rows]
    clockwork.stop()
    clockwork.deleteLater()
    tasks.shut_down()
    tasks.deleteLater()
    later.close()


@pytest.fixture
def bar(qtbot):
    made = CountDownBar()
    qtbot.addWidget(made)
    return made


def tells(left):
    return f"{left} left"


def test_the_bar_counts_and_ends(bar, qtbot):
    done = []
    bar.begin(2, tells, "Undo", lambda: done.append("undone"))
    assert (bar.sentence, bar.do.accessibleName()) == ("2 left", "Undo")
    assert QAccessible.queryAccessibleInterface(bar).text(QAccessible.Text.Name) == "2 left"
    bar._timer.timeout.emit()
    assert bar.sentence == "1 left"
    bar._timer.timeout.emit()
    assert bar.sentence == ""
    assert done == []


def test_ctrl_z_undoes_once(bar, qtbot):
    done = []
    bar.begin(10, tells, "Undo", lambda: done.append("undone"))
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    for _ in range(2):
        qtbot.keyClick(bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undone"]
    assert bar.sentence == ""


def test_a_newer_count_is_not_ended_by_the_older_one(bar):
    end = bar.begin(10, tells, "Undo", lambda: None)
    bar.begin(9, tells, "Undo", lambda: None)
    end()
    assert bar.sentence == "9 left"


def test_hold_says_why_and_let_go_brings_it_back(told, house, qtbot, answers, published):
    answers.texts = ["A name stood in it."]
    went_on = []
    dialogs.hold_dialog(told, published.id, lambda: went_on.append("on"))
    qtbot.waitUntil(lambda: went_on == ["on"])
    calm(told, qtbot)
    held = publishing.find(house, published.id)
    assert (held.held is not None, held.held_why) == (True, "A name stood in it.")
    assert told.said[-1] == "Held. Readers see it no more."  # one's own: nobody else has to be told
    dialogs.let_go_dialog(told, published.id)
    qtbot.waitUntil(lambda: told.said[-1] == "Let go. It is on its way.")
    calm(told, qtbot)
    assert publishing.find(house, published.id).held is None


@pytest.mark.parametrize("post", [False, True])
def test_who_holds_is_told_whether_the_author_is(told, house, qtbot, answers, published, post):
    if post:
        channels.add_smtp(house, "Mail", "mail.example:587", "starttls", "", "desk@ferro.example")
        channels.set_post(house, "Mail")
    with house.workspace() as tx:
        author = tx.people.get(published.author_id)
        other = next(one for one in tx.people.all() if one.id != author.id and one.kind != "group")
    ops = replace(house, me=other.email, workspace_shared=False)
    told.tasks.adopt(ops)
    said = []
    object.__setattr__(told, "say", lambda sentence, tone="", label="", act=None: said.append((sentence, label, act)))
    answers.texts = ["A name stood in it."]
    dialogs.hold_dialog(told, published.id)
    calm(told, qtbot)
    sentence, label, act = said[0]
    untold = f"The programme sends no mail: tell {author.name}, its author, yourself."
    known = f"{author.name}, its author, is told."
    assert sentence == f"Held. Readers see it no more. {known if post else untold}"
    assert label == "Let it go"
    act()
    calm(told, qtbot)
    assert publishing.find(ops, published.id).held is None


def test_a_no_changes_nothing(told, house, qtbot, answers, published):
    answers.yes_to_all = False
    dialogs.let_go_dialog(told, published.id)
    dialogs.agree_dialog(told, published.id)
    dialogs.hold_dialog(told, published.id)  # no text: backed out
    calm(told, qtbot)
    assert told.said == []
    assert publishing.find(house, published.id) == published
