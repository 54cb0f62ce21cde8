"""The same sign-in in a real browser: it opens connections ahead, posts the form by itself, and shows our last page."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from companion.basics.errors import Problem
from companion.basics.progress import Ticket
from companion.connectors.microsoft.signin.identity import MicrosoftIdentity
from servers.microsoft import Microsoft365, User

pytestmark = pytest.mark.browser
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
Show = Callable[[str], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def seen() -> list[str]:
    """What the person read at the end, where, and what the browser complained of."""
    return []


@pytest.fixture
def show(browser: Browser, seen: list[str]) -> Iterator[Show]:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    icon = "/favicon.ico"  # which the browser may or may not come to ask the authority for
    page.on(
        "console",
        lambda told: told.location["url"].endswith(icon) or seen.append(f"complaint: {told.text}"),
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).hostname or ""))

    def shown(url: str) -> None:
        page.goto(url)
        page.wait_for_selector("h1", timeout=60_000)
        parts = urlsplit(page.url)
        seen.extend([page.inner_text("h1"), f"{parts.hostname}{parts.path}{parts.query}", *sorted(set(asked))])

    yield shown
    context.close()


def test_a_sign_in_in_chromium(identity: MicrosoftIdentity, dana: User, show: Show, seen: list[str]) -> None:
    assert identity.sign_in(Ticket(), show).id == dana.id
    assert seen == ["You can close this tab.", "localhost/", "localhost"]


def test_a_no_in_chromium(
    identity: MicrosoftIdentity, microsoft: Microsoft365, dana: User, show: Show, seen: list[str]
) -> None:
    microsoft.signin.refuse("AADSTS65004")
    with pytest.raises(Problem, match="ms_consent_refused"):
        identity.sign_in(Ticket(), show)
    assert seen == ["You are not signed in.", "localhost/", "localhost"]
