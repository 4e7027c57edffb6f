"""Views beside the first, on a wide page: as many as there is room for, one selection for all."""

import shutil
from pathlib import Path

import pytest

from deconvviz.player import markup
from tests.browser.reading import HOST, state, whole

SHOWN = """host => [...host.shadowRoot.querySelectorAll(".stage")]
    .filter(stage => stage.checkVisibility())
    .map(stage => stage.querySelector(".beside").textContent)"""
FIRST, GATHERED, BY_MATRIX, COUNTED = (
    "",
    "The same numbers, gathered",
    "The same numbers, by the matrix",
    "How many stamps meet",
)


@pytest.fixture
def wide(open_page, serve_folder, tmp_path):
    """Open a page of some width with one player: player = wide(1600, 'stride="2"')."""
    for name in ("deconvviz.js", "deconvviz-extra.js"):
        shutil.copy(Path(markup.__file__).parent / "static" / name, tmp_path)
    visits = []

    def open_player(width, attributes=""):
        visit = open_page(viewport={"width": width, "height": 900})
        visits.append(visit)
        head = '<meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">'
        script = '<script src="deconvviz.js" defer></script>'
        html = f"<!doctype html>{head}{script}<deconv-viz {attributes}></deconv-viz>"
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        visit.page.goto(f"{serve_folder(tmp_path)}/index.html")
        return whole(visit.page.locator(HOST))

    yield open_player
    for visit in visits:
        assert visit.external == []
        assert visit.errors == []


@pytest.mark.parametrize(
    ("width", "attributes", "shown"),
    [
        (900, 'beside="matrix,overlap"', [FIRST]),
        (1200, "", [FIRST, GATHERED]),
        (1200, 'view="matrix"', [FIRST]),
        (1200, 'beside="none"', [FIRST]),
        (1200, 'beside="matrix,overlap"', [FIRST, BY_MATRIX]),
        (1700, 'beside="matrix,overlap"', [FIRST, BY_MATRIX, COUNTED]),
        (1700, 'beside="matrix,overlap" view="overlap"', [FIRST, BY_MATRIX]),
        (1700, 'beside="matrix" input-size="64"', [FIRST]),
        (1700, 'beside="matrix" controls="transport"', [FIRST]),
    ],
)
def test_as_many_views_as_there_is_room_for(wide, width, attributes, shown):
    assert wide(width, f'stride="2" {attributes}').evaluate(SHOWN) == shown


def test_the_reader_chooses_what_stands_beside(wide):
    player = wide(1700, 'stride="2"')
    second, third = (player.get_by_label(f"{name} view") for name in ("second", "third"))
    assert second.input_value() == "gather"
    third.select_option("overlap")
    assert player.evaluate(SHOWN) == [FIRST, GATHERED, COUNTED]
    second.select_option("matrix")
    assert state(player, "beside") == "matrix,overlap"
    third.select_option("none")
    second.select_option("none")
    assert player.evaluate(SHOWN) == [FIRST]
    assert state(player, "beside") == "none"
    second.select_option("gather")
    assert player.evaluate(SHOWN) == [FIRST, GATHERED]


def test_a_click_in_any_of_them_is_one_selection(wide):
    player = wide(1700, 'stride="2" step="9" beside="gather,matrix"')
    at = """({ player }, place) => {
        const sheets = [...player.root.querySelectorAll(".stage .sheet")];
        const { left, top } = sheets[place].getBoundingClientRect();
        return [left, top];
    }"""
    for place in (0, 1, 2):
        left, top = player.evaluate(at, place)
        before = state(player, "selection")
        for x in range(10, 500, 22):
            player.page.mouse.click(left + x, top + 150)
            if state(player, "selection") not in (None, before):
                break
        chosen = state(player, "selection")
        assert chosen is not None
        assert chosen != before
        why = player.locator(".why strong").inner_text()
        assert why.startswith(f"{chosen['kind']}[{', '.join(map(str, chosen['index']))}]")
