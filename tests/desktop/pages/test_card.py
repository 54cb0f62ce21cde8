"""The opening card as a picture: its size, its edges, light and dark, whatever the text."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtGui import QColor, QImage

from companion.desktop.card.picture import paint, write_picture
from companion.programme.card import Card
from companion.takeaways.model import Takeaway


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_holds_any_text_within_its_edges(qapp, tmp_path, dark):
    long = Takeaway("a", 1, "p", "m", "c", "company", "Ngược dòng thủy triều, łódź źdźbło " * 12,
                    quote="Forty minutes. " * 200,
                    question="W" * 400, customer_name="Marea Boats",
                    published=datetime(2026, 11, 2, 9, tzinfo=UTC))  # fmt: skip
    made = Card(long, "Finance", "a boat yard", "Ines", date(2026, 11, 16))
    path = tmp_path / "card.png"
    assert write_picture(made, path, dark=dark)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1920, 1080)
    ground = image.pixelColor(1900, 1070)
    assert ground == QColor("#17191b" if dark else "#ffffff")
    for y in range(0, 1080, 3):
        assert image.pixelColor(1860, y) == ground, "text beyond the right edge"
    for x in range(100, 1900, 3):
        assert image.pixelColor(x, 1060) == ground, "text beyond the lower edge"
    assert paint(made, dark=dark) == paint(made, dark=dark)
