"""A reader at the site, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from companion.connectors.site.channel import SiteChannel
from companion.takeaways.model import Parcel
from connectors.publishing.made import AGNES, a_parcel
from takeaways.made import NOON

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
