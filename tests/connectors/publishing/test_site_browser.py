"""The site in a real browser, opened from a folder: what readers see and do, and what attackers cannot."""

from dataclasses import replace
from pathlib import Path

import pytest

from companion.connectors.site.channel import SiteChannel
from companion.takeaways.model import Answer
from connectors.publishing.made import a_parcel
from connectors.publishing.reader import TODAY, Open, some
from takeaways.made import NOON

pytestmark = pytest.mark.browser


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
