"""What is printed of a brief: whole, and where a letter has no font the page says so."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QPageSize

from briefs.cases import MUCH, NOW, fact
from companion.briefs.assemble import assemble
from companion.connectors.brief import render_brief
from companion.desktop.brief.paper import laid_out, room_of
from companion.words.brief import lacking
from companion.words.language import LANGUAGES, speaking

RARE = fact("r", "goal", "To ring \U0002a6d6 first.", heard_on=NOW.date())  # the rarest of Chinese letters
ROOM = room_of(QPageSize(QPageSize.PageSizeId.A4))


def drawn(known: object, language: str) -> str:
    """What stands on the sheet of a brief."""
    sheet, share = laid_out(render_brief(assemble(known), language).paper, ROOM.size())
    assert sheet.size().height() * share <= ROOM.height()
    return sheet.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_without_a_font_is_a_box_and_the_page_says_so(qapp: object, language: str) -> None:
    with speaking(language):
        said = lacking()
    rare = drawn(replace(MUCH, facts=(*MUCH.facts, RARE)), language)
    assert said in rare
    assert "Sixteen crews by summer." in rare
    assert said not in drawn(MUCH, language)
