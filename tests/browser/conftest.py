"""A Chromium that may reach this machine only, and the built book served to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.browser.lab import lab, open_notebook  # noqa: F401 (one server for all test files)
from tools import chromium, serve

SITE = Path(__file__).parents[2] / "_build" / "html"
LOCAL = {"127.0.0.1", "localhost", "::1", None}  # None: file:, data: and blob: have no host
FLAGS = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Visit:
    """A page and what it did: requests to other hosts (all refused), errors in its console."""

    page: Page
    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.route("**/*", self._let_through_if_local)
        self.page.on("websocket", lambda socket: self._is_local(socket.url))
        self.page.on("console", self._note_error)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _is_local(self, url: str) -> bool:
        local = urlsplit(url).hostname in LOCAL
        if not local:
            self.external.append(url)
        return local

    def _let_through_if_local(self, route: Route) -> None:
        if self._is_local(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _note_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(f"no Chromium for the browser tests: run `make chromium`, {chromium.WAY_OUT}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Make watched pages: open_page(viewport=..., color_scheme=..., java_script_enabled=...)."""
    contexts = []

    def open_page(**options: object) -> Visit:
        context = browser.new_context(**options)
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.watch()
        return visit

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(open_page: Callable[..., Visit]) -> Visit:
    """One watched page of 1280 x 900: visit.page, visit.external, visit.errors."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page(visit: Visit) -> Page:
    """Give the Playwright page of ``visit``."""
    return visit.page


@contextmanager
def served(directory: Path) -> Iterator[str]:
    with serve.bind(directory, port=0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Give the address of the built book, without a slash at its end."""
    if not (SITE / "index.html").is_file():
        pytest.fail("the book is not built: run `make site`")
    with served(SITE) as address:
        yield address


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serve any folder for the length of one test: address = serve_folder(tmp_path)."""
    with ExitStack() as stack:
        yield lambda directory: stack.enter_context(served(directory))
