"""Order, results, failure, cancelling and the end of work away from the window."""

import threading

import pytest
from PySide6.QtCore import QObject

from companion.basics.changes import Changes
from companion.basics.errors import Problem
from companion.desktop.tasks import Inline, Tasks

HOUSE = object()


def test_work_given_before_the_house_waits_for_it_in_order(tasks, qtbot):
    got = []
    gate = threading.Event()

    def build():
        gate.wait(5)
        return HOUSE

    tasks.open(build, lambda house: got.append(("open", house)), lambda _problem: None)
    tasks.read(lambda house, _ticket: house, lambda value: got.append(("first", value)))
    tasks.read(lambda _house, _ticket: "two", lambda value: got.append(("second", value)))
    assert tasks.busy == 3
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == [("open", HOUSE), ("first", HOUSE), ("second", "two")]
    assert tasks.busy == 0


def test_results_come_in_the_windows_thread_and_work_does_not(tasks, qtbot):
    threads = {}
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    tasks.write(
        lambda _house, _ticket: threads.setdefault("work", threading.get_ident()),
        lambda _value: threads.setdefault("done", threading.get_ident()),
    )
    qtbot.waitUntil(lambda: "done" in threads)
    assert threads["done"] == threading.get_ident() != threads["work"]


def test_reading_goes_on_while_a_fetch_waits(tasks, qtbot):
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    gate, got = threading.Event(), []
    tasks.fetch(lambda _house, _ticket: gate.wait(5), lambda _value: got.append("fetched"))
    tasks.read(lambda _house, _ticket: 1, got.append)
    qtbot.waitUntil(lambda: got == [1])
    gate.set()
    qtbot.waitUntil(lambda: got == [1, "fetched"])


@pytest.mark.parametrize("returned", [Changes.NOTES | Changes.MEETINGS, None])
def test_one_signal_tells_what_changed(tasks, qtbot, returned):
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    with qtbot.waitSignal(tasks.changed) as heard:
        tasks.write(lambda _house, _ticket: returned, rooms=Changes.PEOPLE)
    assert heard.args == [returned or Changes.PEOPLE]


def test_a_problem_is_told_and_other_errors_crash(tasks, qtbot):
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)

    def fail(error):
        def work(_house, _ticket):
            raise error

        return work

    with qtbot.waitSignal(tasks.problem) as told:
        tasks.write(fail(Problem("date_wrong", what="x", value="y")), lambda _value: pytest.fail("no result"))
    assert told.args[0].code == "date_wrong"
    with qtbot.waitSignal(tasks.crash) as crashed:
        tasks.read(fail(ZeroDivisionError()), lambda _value: pytest.fail("no result"))
    assert isinstance(crashed.args[0], ZeroDivisionError)
    heard = []
    tasks.read(fail(Problem("date_wrong")), lambda _value: None, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)


def test_what_was_cancelled_is_not_handed_over_but_its_commits_are_told(tasks, qtbot):
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    begun, gate = threading.Event(), threading.Event()

    def work(_house, ticket):
        begun.set()
        gate.wait(5)
        ticket.step("fetch", 1, 2)
        pytest.fail("a cancelled step raises")

    task = tasks.fetch(work, lambda _value: pytest.fail("cancelled"), rooms=Changes.MEETINGS)
    qtbot.waitUntil(begun.is_set)
    task.cancel()
    with qtbot.waitSignal(tasks.changed) as heard:
        gate.set()
    assert heard.args == [Changes.MEETINGS]
    assert task.finished


def test_results_for_a_page_that_is_gone_are_dropped(tasks, qtbot):
    owner, gate, ended = QObject(), threading.Event(), []
    tasks.ended.connect(ended.append)
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    tasks.read(lambda _house, _ticket: gate.wait(5), lambda _value: pytest.fail("owner is gone"), owner=owner)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: len(ended) == 2)


def test_progress_comes_as_steps_but_not_for_every_item(tasks, qtbot):
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    steps = []
    tasks.step.connect(steps.append)

    def work(_house, ticket):
        for at in range(10_000):
            ticket.step("read", at, 10_000)
        ticket.step("read", 10_000, 10_000)

    ended = []
    tasks.fetch(work, ended.append)
    qtbot.waitUntil(lambda: len(ended) == 1)
    assert (steps[-1].what, steps[-1].done, steps[-1].total) == ("read", 10_000, 10_000)
    assert len(steps) < 1_000


def test_shutting_down_cancels_then_joins_and_hands_nothing_over(qapp, qtbot):
    tasks = Tasks()
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    begun, stopped = threading.Event(), []

    def work(_house, ticket):
        begun.set()
        try:
            while True:
                ticket.step()
        finally:
            stopped.append(True)

    tasks.fetch(work, lambda _value: pytest.fail("closed"))
    tasks.read(lambda _house, _ticket: 1, lambda _value: pytest.fail("closed"))
    begun.wait(5)
    tasks.shut_down()
    assert stopped == [True]
    qapp.processEvents()
    late = tasks.read(lambda _house, _ticket: 1, lambda _value: pytest.fail("closed"))
    assert late.finished
    tasks.deleteLater()


def test_what_was_given_to_be_written_is_written_though_the_window_closes(qapp):
    tasks, written, gate = Tasks(), [], threading.Event()
    tasks.open(lambda: HOUSE, lambda _house: None, lambda _problem: None)
    tasks.read(lambda _house, _ticket: gate.wait(5), lambda _value: pytest.fail("closed"))
    for line in range(3):
        tasks.write(lambda _house, _ticket, line=line: written.append(line))
    tasks.read(lambda _house, _ticket: pytest.fail("nobody waits for it"), lambda _value: None)
    later = threading.Timer(0.05, gate.set)
    later.start()
    tasks.shut_down()
    later.join()
    assert written == [0, 1, 2]
    tasks.deleteLater()


def test_shutting_down_before_the_house_came_does_not_hang(qapp):
    tasks = Tasks()
    tasks.fetch(lambda _house, _ticket: pytest.fail("no house"))
    tasks.shut_down()
    tasks.deleteLater()


def test_a_house_that_cannot_be_built_is_told_and_can_be_tried_again(tasks, qtbot):
    def broken():
        raise Problem("home_unusable", path="/x", reason="full")

    told, got = [], []
    tasks.open(broken, lambda _house: pytest.fail("no house"), told.append)
    tasks.read(lambda _house, _ticket: 1, lambda _value: pytest.fail("no house"))
    qtbot.waitUntil(lambda: bool(told) and tasks.busy == 0)
    tasks.open(lambda: HOUSE, got.append, lambda _problem: pytest.fail("it works now"))
    tasks.read(lambda house, _ticket: house, got.append)
    qtbot.waitUntil(lambda: got == [HOUSE, HOUSE])


def test_inline_work_still_answers_by_the_queue(inline, qtbot):
    got = []
    inline.open(lambda: HOUSE, got.append, lambda _problem: None)
    inline.read(lambda _house, _ticket: 2, got.append)
    assert got == []
    qtbot.waitUntil(lambda: got == [HOUSE, 2])
    assert isinstance(Inline().submit(len, "abc").result(), int)
