"""Printing a brief: the same sheet as its PDF, on a printer that is chosen."""

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from companion.desktop.brief.paper import INCH, paint_on


def print_paper(window: QWidget, html: str) -> None:
    """Ask for a printer, and print on it: a page, and its ruled back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    dialog = QPrintDialog(printer, window)
    dialog.finished.connect(lambda result: _print(printer, html) if result == QDialog.DialogCode.Accepted else None)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # the dialog has an own `open` that wants a slot by name


def _print(printer: QPrinter, html: str) -> None:
    painter = QPainter(printer)
    scale = printer.resolution() / INCH
    painter.scale(scale, scale)
    paint_on(painter, printer, html)
    painter.end()
