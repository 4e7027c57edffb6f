"""A Chromium that may reach this machine only; the built book and bare pages, served to it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

import deconvviz
from tests.browser.lab import lab, open_notebook  # noqa: F401 (one server for all test files)
from tests.browser.reading import HOST, LISTEN, alive
from tools import chromium, serve

SITE = Path(__file__).parents[2] / "_build" / "html"
STATIC = Path(deconvviz.__file__).parent / "static"
LOCAL = {"127.0.0.1", "localhost", "::1", None}  # None: file:, data: and blob: have no host
FLAGS = [
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # every name but our own leads nowhere; to refuse requests one by one would cost the cache
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A player</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><script src="_static/deconvviz.js" defer></script>{head}</head>
<body>{body}</body></html>"""
BARE = "<style>body {{ margin: 16px }}</style><main><h1>A player</h1><h2>Here</h2>{players}</main>"


@dataclass
class Visit:
    """A page and what it did: requests to other hosts (all refused), errors in its console."""

    page: Page
    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self._note_other_host(request.url))
        self.page.on("websocket", lambda socket: self._note_other_host(socket.url))
        self.page.on("console", self._note_error)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script(LISTEN)

    def _note_other_host(self, url: str) -> None:
        if urlsplit(url).hostname not in LOCAL:
            self.external.append(url)

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


@dataclass
class Bench:
    """A served folder: what the package holds for pages, and pages of our own beside it."""

    folder: Path
    address: str
    numbers: Iterator[int] = field(default_factory=count)

    def write(self, body: str, head: str = "") -> str:
        """Write a page that loads the script, and give its address."""
        name = f"page-{next(self.numbers)}.html"
        (self.folder / name).write_text(PAGE.format(head=head, body=body), encoding="utf-8")
        return f"{self.address}/{name}"

    def embed(self, query: str) -> str:
        """Give the address of the page that holds a player and nothing else."""
        return f"{self.address}/_static/embed.html?{query}"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("bench")
    shutil.copytree(STATIC, folder / "_static")
    (folder / "favicon.ico").touch()  # asked for by pages that name no icon
    with served(folder) as address:
        yield Bench(folder, address)


@pytest.fixture
def mount(open_page: Callable[..., Visit], bench: Bench) -> Iterator[Callable[..., Locator]]:
    """Give living players on a bare page: mount(*attributes, width=..., **options) -> locator."""
    visits = []

    def mount(
        *attributes: str, width: int = 1280, height: int = 900, head: str = "", **options: object
    ) -> Locator:
        visit = open_page(viewport={"width": width, "height": height}, **options)
        visits.append(visit)
        players = "".join(f"<deconv-viz {words}></deconv-viz>" for words in attributes)
        visit.page.goto(bench.write(BARE.format(players=players), head))
        for player in visit.page.locator(HOST).all():
            alive(player)
        return visit.page.locator(HOST)

    yield mount
    for visit in visits:
        assert visit.errors == []
        assert visit.external == []
