"""The same player in a live JupyterLab: Python moves the picture, the reader moves Python."""

import json
import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.reading import picture, reason, type_in

TOKEN = "test"
PATIENCE = 60  # seconds: a kernel starts slowly on a busy machine
CELLS = [
    "import deconvviz as dv\nplayer = dv.Player(kernel_size=3, stride=2, padding=1)\nplayer",
    "player.step = 5",
    "print('step', player.step, 'stride', player.stride, 'output', player.output.shape)",
    "player.stride = 3",
    "player.output_padding = 3",
]
LABS_KEYS = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", *"baddxmykk", " ", " ", "Home"]
RUN = """async (index) => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    content.activeCellIndex = index;
    await jupyterapp.commands.execute("notebook:run-cell");
}"""
QUIET = {  # no news from elsewhere
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start a server of our own on a free port and give the address of its notebook."""
    home = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, home / "player.ipynb")
    settings = home / "settings" / "overrides.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps(QUIET), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with (home / "server.log").open("wb") as log, started(home, port, log) as server:
        try:
            wait_for(f"{address}/api?token={TOKEN}", server, home / "server.log")
            yield f"{address}/lab/tree/player.ipynb?token={TOKEN}"
        finally:
            server.terminate()


def started(home, port, log):
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.root_dir": home,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": TOKEN,
        "LabApp.app_settings_dir": home / "settings",
        "LabApp.expose_app_in_browser": True,
        "LabApp.extension_manager": "readonly",
    }
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places = {name: str(home / name.lower()) for name in folders}
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    environment = {**os.environ, **places, "PYTHONPATH": root, "JUPYTER_PREFER_ENV_PATH": "1"}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *arguments],
        env=environment, stdout=log, stderr=log, cwd=home,
    )  # fmt: skip


def wait_for(address, server, log):
    for _ in range(PATIENCE * 10):
        try:
            return urlopen(address).close()
        except URLError:
            time.sleep(0.1)
        if server.poll() is not None:
            break
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def notebook(visit, lab):
    """Open the notebook with its first cell run."""
    visit.page.set_default_timeout(PATIENCE * 1000)
    visit.page.goto(lab)
    visit.page.locator(".jp-Notebook .jp-Cell").nth(len(CELLS) - 1).wait_for()
    run(visit.page, 0)
    player_of(visit.page).get_by_role("button", name="Play").wait_for()
    yield visit.page
    assert visit.external == []
    assert visit.errors == []


def player_of(page):
    return page.locator(".jp-OutputArea-output [data-lm-suppress-shortcuts]:has(.player)").first


def expect_of_python(page, said):
    """Ask Python until it says so: what the page tells it is on its way for some milliseconds."""
    for _ in range(100):
        if (answer := run(page, 2)) == said:
            break
    assert answer == said


def run(page, index):
    """Run a cell to its end and return what it printed."""
    page.evaluate(RUN, index)
    return page.locator(".jp-CodeCell").nth(index).locator(".jp-OutputArea").inner_text().strip()


def test_the_player_in_a_notebook(notebook):
    player = player_of(notebook)
    check_that_python_and_the_reader_move_the_same_player(notebook, player)
    check_that_keys_inside_the_player_are_not_the_notebooks(notebook, player)


def check_that_python_and_the_reader_move_the_same_player(notebook, player):
    count, scrubber = player.locator(".count"), player.get_by_role("slider")
    first = picture(player)

    run(notebook, 1)
    expect(count).to_contain_text("step 6 of")
    assert picture(player) != first

    scrubber.focus()
    for _ in range(3):
        notebook.keyboard.press("ArrowRight")
    expect(count).to_contain_text("step 9 of")
    expect_of_python(notebook, "step 8 stride [2, 2] output (5, 5)")

    run(notebook, 3)
    expect(player.get_by_label("stride", exact=True)).to_have_value("3")
    player.get_by_role("button", name="less kernel").click()
    expect_of_python(notebook, "step 8 stride [3, 3] output (6, 6)")

    # what is impossible stays in the page; in Python it is an error with the same words
    type_in(player, "output_padding", 3)
    why = reason(player).partition(". The picture")[0]
    assert why.startswith("output_padding (=3) must be smaller than stride (=3)")
    expect_of_python(notebook, "step 8 stride [3, 3] output (6, 6)")
    assert why in run(notebook, 4)
    type_in(player, "output_padding", 2)
    expect_of_python(notebook, "step 8 stride [3, 3] output (8, 8)")


def check_that_keys_inside_the_player_are_not_the_notebooks(notebook, player):
    cells = notebook.locator(".jp-Notebook .jp-Cell")
    scroller = notebook.locator(".jp-WindowedPanel-outer").first
    player.get_by_role("slider").focus()
    before = (scroller.evaluate("panel => panel.scrollTop"), cells.count(), chosen(notebook))
    for key in LABS_KEYS:
        notebook.keyboard.press(key)
        after = (scroller.evaluate("panel => panel.scrollTop"), cells.count(), chosen(notebook))
        assert after == before, key
    assert notebook.locator(".jp-MarkdownCell").count() == 0
    expect(player.locator(".count")).to_contain_text("step 1 of")


def chosen(page):
    return page.locator(".jp-Cell.jp-mod-active .cm-content").inner_text()
