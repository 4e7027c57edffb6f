"""Every player of the built book lives, and computes what Python computes."""

from pathlib import Path

import numpy as np

from deconvviz import Geometry, Trace
from tests.browser.reading import HOST, computed, picture, whole

SITE = Path(__file__).parents[2] / "_build" / "html"
OPEN = "document.querySelectorAll('.gallery-card > details').forEach(card => { card.open = true })"


def test_every_player_computes_what_python_computes(visit, site):
    players = 0
    for path in sorted(SITE.rglob("*.html")):
        if "<deconv-viz" not in path.read_text(encoding="utf-8"):
            continue
        visit.page.goto(f"{site}/{path.relative_to(SITE).as_posix()}")
        visit.page.evaluate(OPEN)  # the gallery makes its players when they are asked for
        visit.page.wait_for_function("!document.querySelector('.gallery-card template')")
        for player in visit.page.locator(HOST).all():
            geometry, x, w, output = computed(whole(player))
            told = player.evaluate("({ player: { trace } }) => [trace.bias, trace.view]")
            np.testing.assert_array_equal(output, Trace(Geometry(**geometry), x, w, *told).output)
            players += 1
        assert picture(visit.page.locator(HOST).first), path
    assert players > 5
    assert visit.external == []
    assert visit.errors == []
