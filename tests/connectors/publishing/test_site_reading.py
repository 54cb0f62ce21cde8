"""A site of several months in a real browser: every page checked, searched, walked, enlarged, printed."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from connectors.publishing.reader import Open

pytestmark = pytest.mark.browser

PAGES = ("index.html", "m/2026-11.html", "t/t-1.html", "t/t-2.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_axe_has_nothing_to_say(many: Path, opened: Open, scheme: str, width: int) -> None:
    axe = Axe()
    for name in PAGES:
        reader = opened(many / name, width, bypass_csp=True, color_scheme=scheme)
        if name == "index.html":
            reader.search("tell")
        found = axe.run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_all_months_are_searched_and_shown_in_steps(many: Path, opened: Open) -> None:
    reader = opened(many / "index.html")
    assert len(reader.shown()) == 30
    assert reader.page.get_by_role("status").inner_text() == "The newest 30 of 98 takeaways"
    assert reader.search("tell us") == [f"Story {n}" for n in range(3, 33)]
    assert reader.page.get_by_role("status").inner_text() == "97 of 98 takeaways"
    more = reader.page.get_by_role("button", name="Show more")
    more.click()
    assert len(reader.shown()) == 60
    assert reader.page.evaluate("document.activeElement.textContent") == "Story 33"
    more.click()
    more.click()
    assert len(reader.shown()) == 97
    assert not more.is_visible()
    for words, count in (("lodz orly", 48), ("orsta da", 49), ("ØRSTA đÁ", 49), ("lodz legal", 19)):
        reader.search(words)
        assert reader.page.get_by_role("status").inner_text() == f"{count} of 98 takeaways"
    assert reader.complaints == []
    assert reader.violations() == 0


def test_over_http_it_is_the_same_and_nothing_else_is_asked(many: Path, opened: Open) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(many))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            reader = opened(f"http://127.0.0.1:{server.server_port}/index.html#team=Legal")
            assert reader.found()[0] == "Story 61"
            assert reader.page.get_by_role("status").inner_text() == "39 of 98 takeaways"
            reader.page.get_by_role("link", name="Story 61").click()
            reader.page.get_by_role("heading", level=1, name="Story 61").wait_for()
            assert all(url.startswith(f"http://127.0.0.1:{server.server_port}/") for url in reader.requests)
            assert reader.complaints == []
            reader.page.goto("about:blank")  # lets go of its connections
        finally:
            server.shutdown()
            thread.join()


def test_only_unread_ones_also_of_months_before(many: Path, opened: Open) -> None:
    reader = opened(many / "index.html")
    reader.page.get_by_role("link", name="Only unread").click()
    assert reader.found() == ["They plan by the tide", *(f"Story {n}" for n in range(3, 26))]
    reader.page.get_by_role("link", name="Story 3", exact=True).click()
    reader.page.get_by_role("heading", level=1, name="Story 3").wait_for()
    reader.page.goto((many / "index.html").as_uri() + "#unread=1")
    assert "Story 3" not in reader.found()
    reader.page.get_by_role("button", name="Mark all as read").click()
    assert reader.found() == []
    assert reader.page.get_by_text("You have read everything that is here.").is_visible()
    assert not reader.page.get_by_role("button", name="Mark all as read").is_visible()
    reader.page.get_by_role("link", name="Show all").click()
    assert len(reader.shown()) == 30
    assert reader.unread() == []


def test_where_nothing_can_be_remembered_it_still_works(many: Path, opened: Open) -> None:
    reader = opened(many / "index.html")
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    reader.page.reload()
    assert reader.search("tell us")[0] == "Story 3"
    reader.page.get_by_role("button", name="Mark all as read").click()
    reader.page.get_by_role("link", name="Story 3", exact=True).click()
    reader.page.get_by_role("heading", level=1, name="Story 3").wait_for()
    assert reader.complaints == []


def test_a_month_that_cannot_be_loaded_is_said(many: Path, opened: Open) -> None:
    (many / "s" / "2026-10.js").unlink()
    reader = opened(many / "index.html")
    reader.search("tell us")
    assert reader.page.get_by_role("status").inner_text() == "66 takeaways; some months could not be searched."


def test_j_and_k_walk_through_takeaways_on_every_list(many: Path, opened: Open) -> None:
    for name in ("index.html", "m/2026-11.html"):
        page = opened(many / name).page
        focused = "document.activeElement.textContent"
        page.keyboard.press("j")
        assert page.evaluate(focused) == "They plan by the tide"
        page.keyboard.press("j")
        assert page.evaluate(focused) == "Story 3"
        outline = "getComputedStyle(document.activeElement, '::after').outlineStyle"
        assert page.evaluate(outline) == "solid"  # where one stands can be seen
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="They plan by the tide").wait_for()
    page = opened(many / "index.html").page
    page.keyboard.press("/")
    page.keyboard.type("jkj")  # letters are letters in the search box
    assert page.input_value("#q") == "jkj"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_enlarged_to_twice_the_size_nothing_is_cut_off(many: Path, opened: Open) -> None:
    for name in PAGES:
        page = opened(many / name, 600, 400, device_scale_factor=2).page  # 1200 x 800 at 200 %
        assert page.evaluate("document.documentElement.scrollWidth") <= 600
        cut = """[...document.querySelectorAll('main a, main button, main h1, main h2, main p')].filter((one) =>
            one.offsetParent && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden')
            .length"""
        assert page.evaluate(cut) == 0


def test_a_print_is_one_clean_page_with_its_links_spelled_out(many: Path, opened: Open) -> None:
    page = opened(many / "t" / "t-1.html").page
    page.emulate_media(media="print")
    for gone in (".back", ".answer", ".skip", ".more"):
        assert not any(one.is_visible() for one in page.locator(gone).all())
    assert page.get_by_text("For everyone in the company, and for nobody outside it.").is_visible()
    after = "getComputedStyle(document.querySelector('article a[rel]'), '::after').content"
    assert "https://tides.ferro.example/table" in page.evaluate(after) or "attr(href)" in page.evaluate(after)
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_nothing_moves(many: Path, opened: Open) -> None:
    for name in PAGES:
        page = opened(many / name, reduced_motion="reduce").page
        moving = """[...document.querySelectorAll('*')].filter((one) => {
            const look = getComputedStyle(one);
            return look.animationName !== 'none' || look.transitionDuration !== '0s';
        }).length"""
        assert page.evaluate(moving) == 0


def test_answers_open_a_mail_with_or_without_ones_name(many: Path, opened: Open) -> None:
    page = opened(many / "t" / "t-1.html").page
    question = page.get_by_role("link", name="A question", exact=True).get_attribute("href")
    alone = page.get_by_role("link", name="A question, only to the author").get_attribute("href")
    assert question
    assert alone
    assert unquote(question).endswith(" question]")
    assert unquote(alone).endswith(" question-only]")


def test_what_was_withdrawn_says_when_and_is_found_nowhere(many: Path, opened: Open) -> None:
    reader = opened(many / "t" / "t-2.html")
    assert reader.page.locator("main").inner_text() == "This takeaway was withdrawn on 12 November 2026."
    reader.page.get_by_role("link", name="All takeaways").click()
    assert "They plan by the tide" in reader.search("half a day")
    assert reader.page.locator("[data-id='t-2']").count() == 0
