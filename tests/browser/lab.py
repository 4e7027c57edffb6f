"""A JupyterLab of our own for the browser tests: one server a worker, notebooks opened in Chromium.

Its home holds copies of notebooks/ and book/, so that links between them work. ``conftest`` gives
the fixtures to all test files.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
TOKEN = "test"
PATIENCE = 60  # seconds: a kernel starts slowly on a busy machine
QUIET = {  # no news from elsewhere, and every cell in the page, however long the notebook
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
RUN = """async (index) => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    content.activeCellIndex = index;
    await jupyterapp.commands.execute("notebook:run-cell");
}"""
RUN_ALL = """async () => {
    const { sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


SHUT_DOWN = "jupyterapp.serviceManager.sessions.shutdownAll()"


@dataclass
class Notebook:
    """A notebook that is open in JupyterLab; its cells are called by their ids."""

    page: Page
    cells: list[nbformat.NotebookNode]

    def run(self, cell: str) -> str:
        """Run a cell to its end and return what it printed."""
        self.page.evaluate(RUN, self.index(cell))
        return self.output(cell).inner_text().strip()

    def run_all(self) -> None:
        """Run every cell to its end, from the top."""
        self.page.evaluate(RUN_ALL)
        failed = self.page.locator('.jp-OutputArea [data-mime-type$="stderr"]').all_inner_texts()
        assert failed == []

    def cell(self, cell: str) -> Locator:
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.index(cell))

    def index(self, cell: str) -> int:
        return [known.id for known in self.cells].index(cell)

    def figure(self, name: str) -> str:
        """Give the id of the cell that makes a figure, by the figure's name."""
        return next(cell.id for cell in self.cells if cell.metadata.get("figure") == name)

    def output(self, cell: str) -> Locator:
        return self.cell(cell).locator(".jp-OutputArea")

    def player(self, cell: str) -> Locator:
        """Give the first player that a cell shows."""
        return self.output(cell).locator("[data-lm-suppress-shortcuts]:has(.player)").first

    def expect_of_python(self, cell: str, said: str) -> None:
        """Ask Python until it says so: what the page tells it is on its way for milliseconds."""
        for _ in range(100):
            if (answer := self.run(cell)) == said:
                break
        assert answer == said


@dataclass
class Lab:
    """The running server: its address, and the folder that it serves."""

    address: str
    home: Path

    def write(self, name: str, more: dict[str, str]) -> list[nbformat.NotebookNode]:
        """Write a notebook of the house, or a new one, with more code cells; return all cells."""
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        known = (ROOT / name).is_file()
        notebook = nbformat.read(ROOT / name, 4) if known else new_notebook(metadata=kernel)
        notebook.cells += [new_code_cell(source, id=cell) for cell, source in more.items()]
        nbformat.write(notebook, self.home / name)
        return notebook.cells

    def open(self, page: Page, name: str, more: dict[str, str]) -> Notebook:
        """Open a notebook, none of whose cells has run."""
        cells = self.write(name, more)
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{self.address}/lab/tree/{name}?token={TOKEN}&reset")
        page.locator(".jp-Notebook .jp-Cell").nth(len(cells) - 1).wait_for()
        return Notebook(page, cells)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start a server on a free port; notebooks/ and book/ are copied into its home."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "book"):
        shutil.copytree(ROOT / folder, home / folder, ignore=shutil.ignore_patterns(".*", "_*"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with started(home, port, tmp_path_factory.mktemp("server")) as address:
        yield Lab(address, home)


@pytest.fixture
def open_notebook(visit, lab: Lab) -> Iterator[Callable[..., Notebook]]:
    """Open a notebook in JupyterLab, on the page of ``visit``, with a fresh kernel.

    ``open_notebook("notebooks/gradients.ipynb", {"ask": "print(layer)"})`` adds a cell, "ask".
    """

    def open_notebook(name: str, more: dict[str, str] | None = None) -> Notebook:
        return lab.open(visit.page, name, more or {})

    yield open_notebook
    visit.page.evaluate(SHUT_DOWN)
    assert visit.external == []
    assert visit.errors == []


@contextmanager
def started(home: Path, port: int, place: Path) -> Iterator[str]:
    """Run a server until it is no longer needed; ``place`` is for its settings and its log."""
    (place / "overrides.json").write_text(json.dumps(QUIET), encoding="utf-8")
    address, log = f"http://127.0.0.1:{port}", place / "server.log"
    with log.open("wb") as out, server(home, port, place, out) as process:
        try:
            wait_for(f"{address}/api?token={TOKEN}", process, log)
            yield address
        finally:
            process.terminate()


def server(home: Path, port: int, place: Path, out) -> subprocess.Popen:
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.root_dir": home,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": TOKEN,
        "LabApp.app_settings_dir": place,
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places = {name: str(place / name.lower()) for name in folders}
    environment = {**os.environ, **places, "PYTHONPATH": str(ROOT), "JUPYTER_PREFER_ENV_PATH": "1"}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *arguments],
        env=environment, stdout=out, stderr=out, cwd=home,
    )  # fmt: skip


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(PATIENCE * 10):
        try:
            return urlopen(address).close()
        except URLError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")
