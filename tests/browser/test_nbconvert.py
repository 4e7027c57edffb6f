"""A notebook as ``jupyter nbconvert --to html --execute`` writes it, read where no network is."""

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from tests.browser.reading import HOST, alive, computed, press, step

CELLS = [
    "import deconvviz as dv\nimport ipywidgets",
    "dv.Player(kernel_size=2, stride=2, step=3)",
    "dv.Box([dv.Player(stride=3)], adds='nothing')",
    "ipywidgets.IntSlider(3)",
]
VIEW = "application/vnd.jupyter.widget-view+json"


def test_its_players_live_and_the_widgets_of_others_stay(tmp_path, open_page):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(notebook).execute()
    kinds = [set(cell.outputs[0].data) for cell in notebook.cells[1:]]
    assert [VIEW in kind for kind in kinds] == [False, False, True]
    html, _ = HTMLExporter().from_notebook_node(notebook)
    assert html.count('<script data-deconv-viz=""') == 1, "the program is there once"
    path = tmp_path / "notebook.html"
    path.write_text(html, encoding="utf-8")
    page = open_page().page
    page.goto(path.as_uri(), wait_until="commit")
    page.locator(HOST).nth(1).wait_for()
    first, second = page.locator(HOST).all()
    assert step(alive(first)) == 3
    press(first, "Step forward")
    assert step(first) == 4
    assert computed(first)[0]["kernel_size"] == [2, 2]
    assert computed(alive(second))[0]["stride"] == [3, 3]
