"""The site in a real browser, opened from a folder: what readers see and do, and what attackers cannot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from companion.connectors.site.channel import SiteChannel
from companion.takeaways.model import Answer, Parcel
from connectors.publishing.made import AGNES, a_parcel
from takeaways.made import NOON

pytestmark = pytest.mark.browser
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
TODAY = NOON + timedelta(days=5)
HARBOUR = "Nineteen people work in a harbour that empties twice a day, and all of them wait for the same water. " * 6


@dataclass
class Reader:
    """A browser window of its own, and everything it asked for or complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def violations(self) -> int:
        """How often the page's policy had to step in."""
        count = self.page.evaluate("window.violations.length")
        assert isinstance(count, int)
        return count

    def shown(self) -> list[str]:
        """The headlines that can be seen."""
        return [link.inner_text() for link in self.page.locator(".takeaways > li:visible h2 a").all()]

    def search(self, words: str) -> list[str]:
        """The headlines found for some words."""
        self.page.fill("#q", words)
        return self.found()

    def found(self) -> list[str]:
        """What can be seen once everything that is searched has come in."""
        self.page.wait_for_function("""() => document.getElementById("list").hidden
            && !document.getElementById("count").textContent.startsWith("Looking")""")
        return self.shown()

    def unread(self) -> list[str]:
        """The headlines marked as unread."""
        return [row.locator("h2").inner_text() for row in self.page.locator("li:has(.unread:visible)").all()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        yield chromium
        chromium.close()


Open = Callable[..., Reader]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def make(path: Path | str, width: int = 1200, height: int = 800, **options: object) -> Reader:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.clock.set_fixed_time(TODAY)
        context.add_init_script(
            "window.violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.blockedURI))"
        )
        reader = Reader(context.new_page())
        reader.page.on("console", lambda message: reader.complaints.append(message.text))
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        reader.page.on("dialog", lambda dialog: (reader.complaints.append(dialog.message), dialog.dismiss()))

        def asked(request: Request) -> None:
            reader.requests.append(request.url)

        context.on("request", asked)
        reader.page.goto(path if isinstance(path, str) else path.as_uri())
        return reader

    yield make
    for context in contexts:
        context.close()


def some() -> list[Parcel]:
    marea = a_parcel(1, scene=HARBOUR, answers=(AGNES,))
    clinic = a_parcel(
        2, headline="A hospital counts in minutes", customer_name="Sant Pau Clinics", quote="What comes on Thursday?",
        matters="The word tourniquet stands only in the text.",
    )  # fmt: skip
    lan = a_parcel(60, headline="Two trainers, wrong lessons", customer_name="Hòa Bình Foods", quote="")
    return [marea, replace(clinic, author="Mei Tan", team="Legal"), replace(lan, author="Dana Okafor", team="Finance")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    SiteChannel(tmp_path / "site", "company").publish(some())
    return tmp_path / "site"


def test_a_reader_searches_without_accents_and_sees_why(site: Path, opened: Open) -> None:
    reader = opened(site / "index.html")
    assert reader.shown() == ["They plan by the tide", "A hospital counts in minutes", "Two trainers, wrong lessons"]
    assert reader.page.get_by_role("status").inner_text() == "3 takeaways"
    assert reader.page.get_by_role("searchbox", name="Search what customers said").is_visible()
    assert not any("/s/" in url for url in reader.requests)  # nothing is loaded before somebody searches
    assert reader.search("hoa binh") == ["Two trainers, wrong lessons"]
    assert reader.page.get_by_role("status").inner_text() == "1 of 3 takeaways"
    assert reader.search("tournIQUET") == ["A hospital counts in minutes"]
    assert reader.page.locator("mark:visible").inner_text() == "tourniquet"
    assert "The word tourniquet stands only in the text." in reader.page.locator(".found:visible").inner_text()
    assert reader.search("audit visits") == ["They plan by the tide"]  # a reader's answer
    assert reader.search("hospital trainers") == []
    reader.page.get_by_role("link", name="Show all").click()
    assert len(reader.shown()) == 3
    assert reader.complaints == []
    assert reader.violations() == 0


def test_links_narrow_down_and_lead_on_and_back(site: Path, opened: Open) -> None:
    reader = opened(site / "index.html")
    narrow = reader.page.get_by_role("navigation", name="Narrow down")
    narrow.get_by_role("link", name="Legal").click()
    assert reader.found() == ["A hospital counts in minutes"]
    assert narrow.locator("[aria-current]").all_inner_texts() == ["Legal"]
    narrow.get_by_role("link", name="Everything").click()
    reader.page.get_by_role("link", name="They plan by the tide").click()
    reader.page.get_by_role("heading", level=1, name="They plan by the tide").wait_for()
    assert reader.page.title() == "They plan by the tide · What customers told us"
    reader.page.get_by_role("link", name="Marea Boats").click()
    reader.page.wait_for_url("**/index.html#customer=Marea%20Boats")
    assert reader.found() == ["They plan by the tide"]
    assert all(url.startswith("file://") for url in reader.requests)
    assert reader.complaints == []


def test_unread_marks_are_the_readers_own(site: Path, opened: Open) -> None:
    reader = opened(site / "index.html")
    assert reader.unread() == ["They plan by the tide", "A hospital counts in minutes"]  # the third is two months old
    reader.page.get_by_role("link", name="They plan by the tide").click()
    reader.page.get_by_role("link", name="All takeaways").click()
    assert reader.unread() == ["A hospital counts in minutes"]
    parcels = some()
    changed = replace(parcels[0].takeaway, revision=2, published=TODAY)
    SiteChannel(site, "company").publish([replace(parcels[0], takeaway=changed), *parcels[1:]])
    reader.page.reload()
    assert reader.unread() == ["They plan by the tide", "A hospital counts in minutes"]
    reader.page.get_by_role("button", name="Mark all as read").click()
    assert reader.unread() == []
    reader.page.reload()
    assert reader.unread() == []


def test_the_keyboard_is_enough(site: Path, opened: Open) -> None:
    reader = opened(site / "index.html")
    focused = "document.activeElement.id || document.activeElement.textContent"
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate(focused) == "Skip to the takeaways"
    reader.page.keyboard.press("/")
    assert reader.page.evaluate(focused) == "q"
    reader.page.keyboard.type("hospital")
    assert reader.found() == ["A hospital counts in minutes"]
    reader.page.keyboard.press("ArrowDown")
    assert reader.page.evaluate(focused) == "A hospital counts in minutes"
    reader.page.keyboard.press("ArrowUp")
    assert reader.page.evaluate(focused) == "q"
    reader.page.keyboard.press("Escape")
    assert len(reader.shown()) == 3
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("heading", level=1, name="A hospital counts in minutes").wait_for()


ATTACKS = (
    "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", "[x](javascript:window.pwned=1)",
    '"><svg/onload=window.pwned=1>', "javascript:window.pwned=1", "</script><script>window.pwned=1</script>",
    "{{ 7*7 }} ' onmouseover='window.pwned=1' x=' \u2028", "![x](https://evil.example/x.png)",
)  # fmt: skip


@pytest.mark.parametrize("bypass", [False, True])
def test_nothing_in_any_field_comes_alive(tmp_path: Path, opened: Open, bypass: bool) -> None:
    """Also with the page's policy switched off, which is only the second wall."""
    texts = ("headline", "scene", "quote", "quote_role", "goal", "matters", "will_do", "question", "customer_name")
    attack = "\n\n".join(ATTACKS)
    said = Answer("a", "t", "already", attack, NOON, attack, attack, attack)
    parcel = replace(a_parcel(1, answers=(said,), **dict.fromkeys(texts, attack)), author=attack, team=attack)
    alone = [a_parcel(number, **dict.fromkeys(texts, attack)) for number, attack in enumerate(ATTACKS, 2)]
    SiteChannel(tmp_path / "site", "company", title=attack).publish([parcel, *alone])
    for page in (tmp_path / "site" / "index.html", tmp_path / "site" / "t" / "t-1.html"):
        reader = opened(page, bypass_csp=bypass)
        if page.name == "index.html":
            assert len(reader.shown()) == len(ATTACKS) + 1
            assert reader.search("window.pwned")
        for link in reader.page.locator("article a:visible, .narrow a:visible").all()[:4]:
            link.hover()
        assert reader.page.evaluate("window.pwned") is None
        alive = """[...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((a) =>
            a.name.startsWith('on') || a.name === 'style' || /^\\s*javascript:/i.test(a.value))
            || ['IMG', 'IFRAME', 'STYLE', 'svg', 'OBJECT', 'FORM'].includes(one.nodeName) && !one.matches('.search')
            || one.nodeName === 'SCRIPT' && !one.src).map((one) => one.outerHTML)"""
        assert reader.page.evaluate(alive) == []
        assert all(url.startswith("file://") for url in reader.requests)
        assert reader.complaints == []
        assert reader.violations() == 0


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_never_scrolls_sideways(tmp_path: Path, opened: Open, width: int) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    table = "|" + "a wide cell|" * 12 + "\n|" + "-|" * 12 + "\n|" + "1|" * 12 + "\n\n```\n" + "x" * 200 + "\n```"
    parcels = [*some(), a_parcel(5, headline=long, customer_name=long, quote=long, scene=table, question=long)]
    SiteChannel(tmp_path / "site", "company").publish(parcels)
    for name in ("index.html", "t/t-1.html", "t/t-5.html"):
        reader = opened(tmp_path / "site" / name, width)
        if name == "index.html":
            reader.page.get_by_text("By team or customer").click()
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def test_lines_have_60_to_75_characters_and_the_quote_is_largest_after_the_title(site: Path, opened: Open) -> None:
    reader = opened(site / "t" / "t-1.html")
    lengths = reader.page.evaluate("""() => {
      const text = document.querySelector('h1 + p').firstChild, lines = {}, range = document.createRange();
      for (let at = 0; at < text.length; at += 1) {
        range.setStart(text, at); range.setEnd(text, at + 1);
        const top = Math.round(range.getBoundingClientRect().top);
        lines[top] = (lines[top] || 0) + 1;
      }
      return Object.values(lines).slice(0, -1);
    }""")
    assert len(lengths) >= 5
    assert 60 <= sum(lengths) / len(lengths) <= 75
    sizes = reader.page.evaluate("""() => [...document.querySelectorAll('main *')].map((one) =>
      [one.matches('h1') ? 'title' : one.matches('figure blockquote') ? 'quote' : 'other',
       parseFloat(getComputedStyle(one).fontSize)])""")
    largest = {what: max(size for kind, size in sizes if kind == what) for what in ("title", "quote", "other")}
    assert largest["title"] > largest["quote"] > largest["other"]


def test_light_and_dark_follow_the_reader_and_print_is_plain(site: Path, opened: Open) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = opened(site / "t" / "t-1.html", color_scheme=scheme).page
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(246, 246, 243)", "rgb(23, 25, 27)"]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.get_by_role("link", name="All takeaways").is_visible()


def test_without_scripts_everything_can_still_be_read(site: Path, opened: Open) -> None:
    page = opened(site / "index.html", java_script_enabled=False).page
    assert page.locator(".takeaways > li:visible").count() == 3
    assert not page.locator("#q").is_visible()
    assert not page.locator(".narrow").is_visible()


def test_a_screen_reader_finds_its_way(site: Path, opened: Open) -> None:
    for name, roles in {
        "index.html": ("banner", "main", "search", "contentinfo"),
        "t/t-1.html": ("banner", "main"),
    }.items():
        page = opened(site / name).page
        assert page.get_by_role("heading", level=1).count() == 1
        for role in roles:
            assert page.get_by_role(role).count() == 1  # type: ignore[arg-type]
        assert all(link.inner_text().strip() for link in page.locator("a").all())
        assert page.evaluate("document.documentElement.lang") == "en"


PAGES = ("index.html", "m/2026-11.html", "t/t-1.html", "t/t-2.html")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A site of several months; the newest has every part a page can have, the second was withdrawn."""
    rich = a_parcel(
        1, answers=(AGNES,), revision=2, correction="By day, not by night.", expires=NOON.date().replace(year=2027),
        origins=(("matters", "interpretation"), ("scene", "interpretation")),
        scene="They wait for the [tide table](https://tides.ferro.example/table).\n\n1. one\n2. two",
    )  # fmt: skip
    older = [
        replace(
            a_parcel(n, headline=f"Story {n}", customer_name=("Łódź Orły", "Ørsta Đá")[n % 2], quote="Tell us once."),
            author="Mei Tan",
            team="Legal" if n > 60 else "Finance",
        )
        for n in range(3, 100)
    ]
    channel = SiteChannel(tmp_path / "many", "company", clock=lambda: NOON)
    channel.publish([rich, a_parcel(2), *older])
    channel.retract(a_parcel(2, withdrawn=NOON))
    return tmp_path / "many"


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
