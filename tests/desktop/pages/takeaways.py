"""A takeaway page on the small programme, a clock that can be put on, and seconds that are counted by hand."""

from dataclasses import dataclass, field

from PySide6.QtCore import QTimer

from companion.desktop.publishing.preview import Preview
from companion.desktop.takeaway.page import TakeawayPage
from desktop.seen import press


@dataclass
class Counting:
    """Stands in for the bar that counts down."""

    told: list[str] = field(default_factory=list)
    act: object = None
    ended: int = 0

    def __call__(self, seconds, tells, label, act):
        self.told.append(tells(seconds))
        self.act = act
        return self.end

    def end(self):
        self.ended += 1


def opened(told, qtbot, note):
    made = TakeawayPage(told)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.arrive(note.id)
    with qtbot.waitSignal(made.filled):
        made.reload()
    calm(told, qtbot)
    return made


def calm(told, qtbot):
    qtbot.waitUntil(lambda: told.tasks.busy == 0)


def write(page, **texts_):
    for name, text in texts_.items():
        field_ = page.form.fields[name]
        field_.setText(text) if hasattr(field_, "setText") else field_.setPlainText(text)
    page.flush()


def preview(page, told, qtbot) -> Preview:
    press(page.compose, "Preview as a reader…", qtbot)
    calm(told, qtbot)
    assert page.stack.currentWidget() is page.preview
    return page.preview


def publish(page, told, qtbot):
    press(preview(page, told, qtbot), "Publish", qtbot)
    calm(told, qtbot)
    page.reload()
    calm(told, qtbot)


def let_pass(told, qtbot):
    """The seconds are over."""
    timers = [timer for timer in told.tasks.findChildren(QTimer) if timer.isSingleShot()]
    assert timers
    for timer in timers:
        timer.stop()
        timer.timeout.emit()
    calm(told, qtbot)
