"""PySide6 6.12.0 drops a reference to True at every emit on CPython 3.11 and aborts after some hundred."""

import sys

from PySide6.QtCore import QObject, Signal


class Caller(QObject):
    called = Signal(object)


def test_an_emit_keeps_every_reference_to_true(qapp):
    caller = Caller()
    before = sys.getrefcount(True)
    for _ in range(100):
        caller.called.emit(None)
    assert sys.getrefcount(True) > before - 50
