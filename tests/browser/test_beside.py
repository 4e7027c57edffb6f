"""Views beside the first, on a wide page: as many as there is room for, one selection for all."""

import pytest

from tests.browser.reading import heard

SHOWN = """host => [...host.shadowRoot.querySelectorAll(".stage")]
    .filter(stage => stage.checkVisibility())
    .map(stage => stage.querySelector(".beside").textContent)"""
FIRST, GATHERED, BY_MATRIX, COUNTED = (
    "",
    "The same numbers, gathered",
    "The same numbers, by the matrix",
    "How many stamps meet",
)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (900, {'beside="matrix,overlap"': [FIRST]}),
        (
            1200,
            {
                "": [FIRST, GATHERED],
                'view="matrix"': [FIRST],
                'beside="none"': [FIRST],
                'beside="matrix,overlap"': [FIRST, BY_MATRIX],
            },
        ),
        (
            1700,
            {
                'beside="matrix,overlap"': [FIRST, BY_MATRIX, COUNTED],
                'beside="matrix,overlap" view="overlap"': [FIRST, BY_MATRIX],
                'beside="matrix" input-size="64"': [FIRST],
                'beside="matrix" controls="transport"': [FIRST],
            },
        ),
    ],
)
def test_as_many_views_as_there_is_room_for(mount, width, shown):
    players = mount(*(f'stride="2" {words}' for words in shown), width=width)
    for player, (words, expected) in zip(players.all(), shown.items(), strict=True):
        assert player.evaluate(SHOWN) == expected, words


def test_the_reader_chooses_what_stands_beside(mount):
    player = mount('stride="2"', width=1700)
    second, third = (player.get_by_label(f"{name} view") for name in ("second", "third"))
    assert second.input_value() == "gather"
    third.select_option("overlap")
    assert player.evaluate(SHOWN) == [FIRST, GATHERED, COUNTED]
    second.select_option("matrix")
    assert heard(player, "beside") == "matrix,overlap"
    third.select_option("none")
    second.select_option("none")
    assert player.evaluate(SHOWN) == [FIRST]
    assert heard(player, "beside") == "none"
    second.select_option("gather")
    assert player.evaluate(SHOWN) == [FIRST, GATHERED]


def test_a_click_in_any_of_them_is_one_selection(mount):
    player = mount('stride="2" step="9" beside="gather,matrix"', width=1700)
    for sheet in player.locator(".stage .sheet").all():
        box = sheet.bounding_box()
        before = heard(player, "selection")
        for x in range(10, 500, 22):
            player.page.mouse.click(box["x"] + x, box["y"] + 150)
            if heard(player, "selection") not in (None, before):
                break
        chosen = heard(player, "selection")
        assert chosen is not None
        assert chosen != before
        why = player.locator(".why strong").inner_text()
        assert why.startswith(f"{chosen['kind']}[{', '.join(map(str, chosen['index']))}]")
