"""The opening card's page in a real browser: readable for everyone, on a phone, and on one sheet of paper."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from companion.connectors.card import render_card
from connectors.publishing.made import a_parcel
from connectors.publishing.reader import HARBOUR, Open

pytestmark = pytest.mark.browser


@pytest.fixture
def page(tmp_path: Path) -> Path:
    parcel = replace(a_parcel(1, scene=HARBOUR, headline="<img src=x onerror=alert(1)> by the tide"),
                     answer_to="insights@ferro.example")  # fmt: skip
    path = tmp_path / "card.html"
    path.write_text(render_card(parcel, "a boat yard & more", "Finance", date(2026, 11, 16)).html, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_everybody_can_read_it(page: Path, opened: Open, scheme: str, width: int) -> None:
    reader = opened(page, width, bypass_csp=True, color_scheme=scheme)
    found = Axe().run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_runs_nothing_and_asks_for_nothing(page: Path, opened: Open) -> None:
    reader = opened(page)
    assert reader.requests == [page.as_uri()]
    assert reader.complaints == []
    assert reader.page.get_by_role("heading", level=1).inner_text() == "<img src=x onerror=alert(1)> by the tide"
    answer = reader.page.get_by_role("link", name="A question", exact=True)
    assert (answer.get_attribute("href") or "").startswith("mailto:insights@ferro.example?subject=Re%3A")


def test_it_is_one_sheet_of_paper(page: Path, opened: Open) -> None:
    reader = opened(page)
    printed = reader.page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    reader.page.emulate_media(media="print")
    assert not reader.page.get_by_role("link", name="A question", exact=True).is_visible()
    assert reader.page.get_by_text("insights@ferro.example").is_visible()
