"""What a page without a kernel shows of widgets beside a player."""

import re

from ipywidgets import HTML, Button, GridBox, Image, IntSlider, Label, Layout, Play, VBox

import deconvviz as dv

PIXEL = b"GIF89a"


def shown(rows):
    return dv.Box(rows, adds="a slider <that> moves")._repr_mimebundle_()["text/html"]


def test_players_and_pictures_stay_and_what_would_not_move_goes():
    player = dv.Player(kernel_size=2, stride=2)
    picture = Image(value=PIXEL, format="gif", tooltip='grey "stripes"')
    html = shown([[IntSlider(description="stride"), Play()], [player, picture], HTML("<b>9</b>")])
    assert html.count("<deconv-viz") == 1
    assert player.html in html
    assert '<img src="data:image/gif;base64,R0lGODlh" alt="grey &quot;stripes&quot;">' in html
    assert "<b>9</b>" in html
    assert "In the notebook: a slider &lt;that&gt; moves." in html
    assert "stride<" not in html


def test_a_row_of_controls_leaves_no_empty_row():
    assert "deconvviz-row" not in shown([[IntSlider(), IntSlider()], dv.Player()])
    assert len(re.findall("deconvviz-row", shown([[dv.Player(), HTML("9")]]))) == 1


def test_players_of_a_row_share_its_width():
    players = dv.Player(), dv.Player()
    dv.Box([players], adds="nothing")
    assert [player.layout.flex for player in players] == ["1 1 20rem"] * 2


def test_players_that_go_together_need_no_word_about_the_notebook():
    pair = [dv.Player(stride=2, padding=p, pair="crop") for p in (0, 1)]
    html = dv.Box([pair])._repr_mimebundle_()["text/html"]
    assert html.count('pair="crop"') == 2
    assert "deconvviz-adds" not in html


def test_boxes_inside_are_opened():
    assert "<b>9</b>" in shown([VBox([HTML("<b>9</b>")])])


def test_a_grid_of_buttons_is_a_table_of_what_is_written_on_them():
    buttons = [Button(description="2 1"), Button(description="<3>", style={"button_color": "red"})]
    columns = Layout(grid_template_columns="auto auto")
    grid = GridBox([Label(""), Label("k & s"), *buttons], layout=columns)
    html = shown([grid])
    assert "<tr><td></td><th>k &amp; s</th></tr>" in html
    assert '<td style="background:transparent">2 1</td>' in html
    assert '<td style="background:red">&lt;3&gt;</td></tr></table>' in html


def test_a_picture_with_a_tooltip_has_the_description_that_jupyterlab_asks_it_for():
    picture = Image(value=PIXEL, format="gif", tooltip="grey")
    dv.Box([[picture]], adds="nothing")
    assert picture.get_state()["description"] == ""


def test_in_a_notebook_it_is_a_box_of_widgets():
    slider = IntSlider()
    data = dv.Box([slider, [slider]], adds="nothing")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
