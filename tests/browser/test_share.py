"""What a reader takes along: links, code, lines of Python, pictures; and the player everywhere."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest

from deconvviz.player import markup
from tests.browser.reading import whole

PACKAGE = Path(markup.__file__).parent
AXE = PACKAGE.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PLAYER = "document.querySelector('deconv-viz').player"
DRAWN = [
    {},
    {"stride": 2, "padding": 1, "output-padding": 1},
    {"kernel-size": 4, "stride": 2, "padding": 1},
    {"kernel-size": 2, "stride": 2},
    {"input-size": "2,3", "kernel-size": "3,2", "stride": "2,1"},
    {"kernel-size": "2,3", "stride": "1,3", "dilation": "3,1", "output-padding": "2,1"},
    {"stride": 2, "padding": "0:1,1:0"},
    {"stride": 2, "padding": "1:2", "output-padding": 1},
    {"stride": 3, "padding": "0:1,2", "output-padding": "2,0", "bias": 0.5},
    {"stride": 2, "padding": "2:0,0:2", "output-padding": "1,1"},
    {"kernel-size": 1, "stride": 2, "output-padding": 1},
    {"kernel-size": 2, "stride": 3},
    {"dilation": 2, "padding": 2},
    {"padding": 3, "input-size": 4, "stride": 2},
    {"kernel-size": "4,", "stride": 2, "padding": 1, "input-size": 5},
    {"kernel-size": "4,", "stride": 2, "padding": "0:2,", "input-size": 5, "bias": -3},
    {"kernel-size": "16,", "stride": 8, "padding": 4, "input-size": 3},
    {"kernel-size": "3,", "padding": "2:0,", "dilation": 2, "input-size": 6},
    {"kernel-size": "2,2,2", "input-size": 2, "stride": 2},
    {"kernel-size": "2,3,2", "input-size": "2,3,2", "stride": "1,2,1", "padding": "0:1,1,0"},
    {
        "input": "[[[1.5,-2],[0.25,4]],[[0,1],[2,3]]]",
        "weight": "[[[1,2],[3,4]],[[5,6],[7,-8.125]]]",
    },
    {"input": "[[1,2,3,4.75]]", "weight": "[[1,-1]]", "kernel-size": "2,", "stride": 2},
]


@pytest.fixture
def folder(tmp_path, serve_folder):
    """Serve the package's static folder beside pages of our own: address = folder(name=body)."""
    shutil.copytree(PACKAGE / "static", tmp_path / "_static")

    def write(body="<deconv-viz></deconv-viz>", head=""):
        script = '<script src="_static/deconvviz.js" defer></script>'
        icon = '<link rel="icon" href="data:,">'
        html = f'<!doctype html><html lang="en"><title>t</title>{icon}{script}{head}{body}'
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        return serve_folder(tmp_path)

    return write


@pytest.fixture
def sharing(open_page):
    """A watched page that may use the clipboard."""
    visit = open_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return visit


def element(attributes):
    return markup.element(**{name.replace("-", "_"): value for name, value in attributes.items()})


def copy(page, name):
    """Click one of the buttons below "Copy" and give what is on the clipboard."""
    tray = page.get_by_role("group", name="Copy")
    if not tray.is_visible():
        page.get_by_role("button", name="Share").click()
    tray.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("status").get_by_text(f"{name} copied.").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def shown(page):
    """Give the output that the player holds, nested as its size."""
    values, size = page.evaluate(f"[[...{PLAYER}.trace.output], {PLAYER}.trace.outputSize]")
    return np.reshape(values, size)


@pytest.mark.parametrize("library", ["PyTorch", "NumPy"])
def test_copied_python_runs_and_gives_the_players_output(folder, sharing, library, capsys):
    address = folder("<main></main>")
    page = sharing.page
    page.goto(f"{address}/page.html")
    for attributes in DRAWN:
        page.evaluate(
            "html => { document.querySelector('main').innerHTML = html }", element(attributes)
        )
        scope = {}
        exec(copy(page, library), scope)
        expected = shown(page)
        np.testing.assert_allclose(np.asarray(scope["y"])[0], expected, rtol=0, atol=1e-12)
        assert np.asarray(scope["y"]).shape == (1, *expected.shape)
        assert len(attributes) == 0 or capsys.readouterr().out
    assert len(DRAWN) >= 20
    assert sharing.errors == []
    assert sharing.external == []


def test_link_opens_the_same_state_without_chrome(folder, sharing):
    address = folder(element(DRAWN[8] | {"view": "gather", "step": 5}))
    page = sharing.page
    page.goto(f"{address}/page.html")
    link, before = copy(page, "Link"), shown(page)
    assert urlsplit(link).path == "/_static/embed.html"
    assert dict(parse_qsl(urlsplit(link).query)) == {
        "stride": "3",
        "padding": "0:1,2",
        "output-padding": "2,0",
        "bias": "0.5",
        "view": "gather",
        "step": "5",
    }
    page.goto(link)
    assert page.evaluate(f"[{PLAYER}.state.view, {PLAYER}.state.step]") == ["gather", 5]
    np.testing.assert_array_equal(shown(page), before)


def test_embed_code_shows_the_same_in_another_page(folder, sharing, tmp_path):
    page = sharing.page
    address = folder(element(DRAWN[20] | {"title": 'a <b> & "c"'}))
    page.goto(f"{address}/page.html")
    code, before = copy(page, "HTML"), shown(page)
    assert code.startswith('<script src="_static/deconvviz.js" defer></script>\n<deconv-viz ')
    (tmp_path / "other.html").write_text(f"<!doctype html>{code}")
    page.goto(page.url.replace("page.html", "other.html"))
    np.testing.assert_array_equal(shown(page), before)
    assert page.evaluate(f"{PLAYER}.state.title") == 'a <b> & "c"'


def test_refused_clipboard_offers_the_text_itself(folder, visit):
    visit.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    )
    visit.page.goto(f"{folder()}/page.html")
    visit.page.get_by_role("button", name="Share").click()
    visit.page.get_by_role("button", name="PyTorch").click()
    field = visit.page.get_by_label("Text to copy")
    assert "conv_transpose2d" in field.input_value()
    selected = field.evaluate("node => [node.selectionStart, node.selectionEnd, node.value.length]")
    assert selected[0] == 0
    assert selected[1] == selected[2] > 0
    assert "PyTorch" in visit.page.get_by_role("status").inner_text()


class TestAddress:
    """An element with the attribute url lives in the query of its page."""

    def test_query_is_read_and_kept(self, folder, visit):
        page = visit.page
        page.goto(
            f"{folder('<deconv-viz url stride=2></deconv-viz>')}/page.html?kernel-size=4,&of=us"
        )
        state = page.evaluate(f"{PLAYER}.state")
        assert (state["kernel_size"], state["stride"]) == ([4], [2])
        page.evaluate(f"{PLAYER}.choose({{ stride: 3, padding: 1 }})")
        page.wait_for_url("**/page.html?of=us&kernel-size=4,&stride=3&padding=1")
        page.reload()
        assert page.evaluate(f"{PLAYER}.state.padding") == [[1, 1]]

    def test_what_the_page_says_itself_is_not_repeated(self, folder, visit):
        page = visit.page
        page.goto(f"{folder('<deconv-viz url stride=2 padding=1></deconv-viz>')}/page.html")
        page.evaluate(f"{PLAYER}.choose({{ padding: 0, step: 3 }})")
        page.wait_for_url("**/page.html?padding=0&step=3")

    def test_impossible_choices_do_not_reach_the_query(self, folder, visit):
        page = visit.page
        page.goto(f"{folder('<deconv-viz url></deconv-viz>')}/page.html")
        page.evaluate(f"{PLAYER}.choose({{ stride: 2 }})")
        page.wait_for_url("**?stride=2")
        page.evaluate(f"{PLAYER}.choose({{ output_padding: 7, step: 1 }})")
        page.wait_for_url("**?stride=2&step=1")

    def test_at_most_four_changes_a_second(self, folder, visit):
        page = visit.page
        page.goto(f"{folder('<deconv-viz url stride=2></deconv-viz>')}/page.html")
        changes = page.evaluate(
            f"""async () => {{
                let changes = 0;
                const real = history.replaceState;
                history.replaceState = (...rest) => {{ changes += 1; real.apply(history, rest); }};
                const end = performance.now() + 2000;
                while (performance.now() < end) {{
                    {PLAYER}.choose({{ step: changes + Math.floor(Math.random() * 9) }});
                    await new Promise((done) => setTimeout(done, 10));
                }}
                return changes;
            }}"""
        )
        assert 3 <= changes <= 8

    def test_link_of_such_a_page_is_the_page(self, folder, sharing):
        page = sharing.page
        page.goto(f"{folder('<deconv-viz url></deconv-viz>')}/page.html?of=us")
        page.evaluate(f"{PLAYER}.choose({{ stride: 2 }})")
        assert urlsplit(copy(page, "Link"))[2:4] == ("/page.html", "of=us&stride=2")


class TestPictures:
    def save(self, page, kind):
        tray = page.get_by_role("group", name="Save")
        if not tray.is_visible():
            page.get_by_role("button", name="Share").click()
        with page.expect_download() as download:
            tray.get_by_role("button", name=kind).click()
        return download.value

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap"])
    def test_svg_holds_title_sentence_and_numbers(self, folder, sharing, view, theme):
        page = sharing.page
        words = DRAWN[1] | {"view": view, "step": 6, "theme": theme}
        page.goto(f"{folder(element(words))}/page.html")
        file = self.save(page, "SVG")
        assert file.suggested_filename == f"deconvviz-{view}-3x3-k3x3-s2-p1-op1-step07.svg"
        root = ElementTree.parse(file.path()).getroot()
        texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
        assert page.get_by_role("status").inner_text().split()[0] in " ".join(texts)
        assert sum(bool(re.fullmatch(r"[−\d.]+", text)) for text in texts) > 10
        written = ElementTree.tostring(root, encoding="unicode")
        assert not re.search("NaN|undefined|Infinity", written)

    def test_png_is_twice_as_fine_and_not_blank(self, folder, sharing, tmp_path):
        from matplotlib.image import imread

        page = sharing.page
        page.goto(f"{folder(element(DRAWN[1] | {'step': 6}))}/page.html")
        file = self.save(page, "PNG")
        assert file.suggested_filename == "deconvviz-scatter-3x3-k3x3-s2-p1-op1-step07.png"
        pixels = imread(file.path(), format="png")
        assert pixels.shape[1] == 1920
        assert pixels.shape[0] > 700
        tokens = json.loads((PACKAGE / "tokens.json").read_text())
        fill = tokens["light"]["output"]["fill"].lstrip("#")
        colour = [int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        assert np.isclose(pixels[..., :3], colour, atol=1 / 512).all(axis=-1).any()


class TestScreens:
    def test_help_opens_with_its_key_and_gives_the_focus_back(self, folder, visit):
        page = visit.page
        page.goto(f"{folder()}/page.html")
        whole(page.locator("deconv-viz"))
        scrubber = page.get_by_role("slider")
        scrubber.focus()
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys and colours")
        assert dialog.is_visible()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(f"{PLAYER}.state.step") == 0
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert scrubber.evaluate("node => node.getRootNode().activeElement === node")

    def test_full_screen_by_key_and_back(self, folder, visit):
        page = visit.page
        page.goto(f"{folder()}/page.html")
        whole(page.locator("deconv-viz"))
        page.get_by_role("slider").focus()
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement === null")

    def test_escape_leaves_the_full_screen_first_and_then_the_selection(self, folder, visit):
        page = visit.page
        page.goto(f"{folder()}/page.html")
        whole(page.locator("deconv-viz"))
        page.evaluate(f"{PLAYER}.choose({{ selection: {{ kind: 'y', index: [0, 0] }} }})")
        page.get_by_role("slider").focus()
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
        page.keyboard.press("Escape")
        page.wait_for_function("document.fullscreenElement === null")
        assert page.evaluate(f"{PLAYER}.state.selection") is not None
        page.keyboard.press("Escape")
        assert page.evaluate(f"{PLAYER}.state.selection") is None

    def test_in_slides_the_deck_owns_the_full_screen(self, folder, visit):
        page = visit.page
        page.goto(f"{folder('<div class=reveal><deconv-viz></deconv-viz></div>')}/page.html")
        page.evaluate("window.heard = []; addEventListener('keydown', (e) => heard.push(e.key))")
        page.get_by_role("slider").focus()
        page.keyboard.press("f")
        assert page.evaluate("heard") == ["f"]
        assert page.get_by_role("button", name="Full screen").count() == 0

    def test_present_mode_has_letters_of_24_pixels(self, folder, visit):
        page = visit.page
        page.goto(f"{folder('<deconv-viz present stride=2></deconv-viz>')}/page.html")
        smallest = page.evaluate(
            """() => {
                const root = document.querySelector("deconv-viz").shadowRoot;
                const zoom = Number(getComputedStyle(root.querySelector(".player")).zoom);
                const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
                const sizes = [];
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const holder = node.parentElement;
                    if (node.textContent.trim() && holder?.checkVisibility())
                        sizes.push(zoom * parseFloat(getComputedStyle(holder).fontSize));
                }
                return Math.min(...sizes);
            }"""
        )
        assert smallest >= 24

    @pytest.mark.parametrize("width", [390, 690, 960, 1280])
    def test_present_mode_stays_inside_the_player(self, folder, open_page, width):
        page = open_page(viewport={"width": width, "height": 900}).page
        page.goto(f"{folder('<deconv-viz present stride=2></deconv-viz>')}/page.html")
        beyond = page.evaluate(
            """() => {
                const root = document.querySelector("deconv-viz").shadowRoot;
                const player = root.querySelector(".player");
                const { left, right } = player.getBoundingClientRect();
                return [...player.querySelectorAll("*")]
                    .filter((part) => part.checkVisibility())
                    .map((part) => [part.className, part.getBoundingClientRect()])
                    .filter(([, box]) => box.left < left || box.right > right)
                    .map(([name]) => name);
            }"""
        )
        assert beyond == []

    @pytest.mark.parametrize("present", ["", " present"])
    def test_a_click_finds_its_cell_at_every_zoom(self, folder, visit, present):
        page = visit.page
        body = f"<div style='zoom: 0.8'><deconv-viz stride=2{present}></deconv-viz></div>"
        page.goto(f"{folder(body)}/page.html")
        place = page.evaluate(
            f"""() => {{
                const {{ sheet, layout }} = {PLAYER}.stage;
                const {{ x, y, cell }} = layout.boxes.find(({{ panel }}) => panel.id === "x");
                const {{ left, top, width }} = sheet.getBoundingClientRect();
                const scale = width / sheet.offsetWidth;
                return [left + scale * (x + 1.5 * cell), top + scale * (y + 2.5 * cell)];
            }}"""
        )
        page.mouse.click(*place)
        assert page.evaluate(f"{PLAYER}.state.selection") == {"kind": "x", "index": [2, 1]}


class TestEmbed:
    @pytest.mark.parametrize("size", [(960, 700), (1024, 768)])
    @pytest.mark.parametrize("query", ["controls=transport", "controls=none", ""])
    def test_fits_without_scroll_bars(self, folder, open_page, size, query):
        visit = open_page(viewport={"width": size[0], "height": size[1]})
        for words in (
            "stride=2&padding=1&output-padding=1",
            "view=gather&stride=2",
            "kernel-size=4,",
        ):
            visit.page.goto(f"{folder()}/_static/embed.html?{words}&step=5&{query}")
            room = visit.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
            )
            assert room[0] <= size[0], words
            assert room[1] <= size[1], words
        assert visit.errors == []

    @pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap"])
    @pytest.mark.parametrize("size", [(960, 700), (1024, 768), (1280, 720), (390, 844)])
    def test_in_a_lecture_hall_the_first_screen_holds_the_transport(
        self, folder, visit, size, view
    ):
        page = visit.page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{folder()}/_static/embed.html?present=true&stride=2&step=3&view={view}")
        for part in (".play", ".track", ".count", ".speed"):
            box = page.locator(f"deconv-viz {part}").bounding_box()
            assert box["x"] + box["width"] <= size[0], part
            assert box["y"] + box["height"] <= size[1], part

    def test_controls_are_as_few_as_asked_for(self, folder, visit):
        page, address = visit.page, folder()
        page.goto(f"{address}/_static/embed.html?controls=transport")
        assert page.get_by_role("slider").is_visible()
        assert not page.get_by_role("button", name="Share").is_visible()
        page.goto(f"{address}/_static/embed.html?controls=none")
        assert not page.get_by_role("slider").is_visible()


def open_tray(page):
    page.get_by_role("button", name="Share").click()


def offer_text(page):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_tray(page)
    page.get_by_role("button", name="PyTorch").click()
    page.get_by_label("Text to copy").wait_for()


def open_help(page):
    page.get_by_role("slider").focus()
    page.keyboard.press("?")


class TestEyes:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390])
    @pytest.mark.parametrize("act", [open_tray, offer_text, open_help])
    def test_axe_finds_nothing(self, folder, open_page, theme, width, act):
        visit = open_page(viewport={"width": width, "height": 800})
        for more in ("", "&present"):
            visit.page.goto(f"{folder()}/_static/embed.html?stride=2&step=5&theme={theme}{more}")
            act(visit.page)
            visit.page.add_script_tag(path=AXE)
            found = visit.page.evaluate(
                "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
            )
            assert found == []

    def test_narrow_and_large_letters_never_scroll_sideways(self, folder, open_page):
        for width, style in [
            (320, ""),
            (390, ""),
            (690, "font-size: 200%"),
            (320, "font-size: 200%"),
        ]:
            visit = open_page(viewport={"width": width, "height": 800})
            body = (
                f"<style>html {{ {style} }} body {{ margin: 0 }}</style><deconv-viz></deconv-viz>"
            )
            visit.page.goto(f"{folder(body)}/page.html")
            visit.page.get_by_role("button", name="Share").click()
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            outside = visit.page.evaluate(
                """() => [...document.querySelector("deconv-viz").shadowRoot
                    .querySelectorAll("button, input")]
                    .filter((node) => node.checkVisibility())
                    .filter((node) => node.getBoundingClientRect().right > innerWidth)
                    .map((node) => node.outerHTML)"""
            )
            assert outside == [], (width, style)

    def test_less_motion_means_no_autoplay(self, folder, open_page):
        visit = open_page(reduced_motion="reduce")
        visit.page.goto(f"{folder('<deconv-viz autoplay></deconv-viz>')}/page.html")
        assert visit.page.evaluate(f"{PLAYER}.state.playing") is False

    def test_paper_is_light_and_has_no_controls(self, folder, open_page):
        visit = open_page(color_scheme="dark")
        visit.page.goto(f"{folder()}/page.html")
        theme = (
            "document.querySelector('deconv-viz').shadowRoot.querySelector('.player').dataset.theme"
        )
        assert visit.page.evaluate(theme) == "dark"
        visit.page.emulate_media(media="print")
        visit.page.wait_for_function(f"{theme} === 'light'")
        assert not visit.page.get_by_role("slider").is_visible()
        assert not visit.page.get_by_role("button", name="Share").is_visible()


def toy(words):
    """Translate into a language without Latin letters: what is still English stands out."""
    if isinstance(words, dict):
        return {key: toy(value) for key, value in words.items()}
    if isinstance(words, list):
        return [toy(entry) for entry in words]
    if not isinstance(words, str) or words in (*markup.PARAMETERS, *markup.LAYER):
        return words
    field = re.compile(r"(\{\w+\||\{\w+\}|PyTorch|NumPy|output_padding)")
    parts = field.split(words)
    return "".join(part if field.match(part) else re.sub("[A-Za-z]", "я", part) for part in parts)


def test_the_language_can_change_while_the_player_lives(folder, visit):
    words = json.dumps({"ui": {"play": "Los"}})
    head = f'<script type="application/json" data-deconv-viz-words="de">{words}</script>'
    page = visit.page
    page.goto(f"{folder(head=head)}/page.html")
    whole(page.locator("deconv-viz"))
    page.evaluate("document.querySelector('deconv-viz').lang = 'de'")
    page.get_by_role("button", name="Los").focus()
    page.keyboard.press("End")
    step, steps = page.evaluate(f"[{PLAYER}.state.step, {PLAYER}.trace.length]")
    assert step == steps - 1
    page.evaluate("document.querySelector('deconv-viz').lang = 'en'")
    assert page.get_by_role("button", name="Play").is_visible()
    assert page.locator("deconv-viz .player").count() == 1
    assert visit.errors == []


EVERY_TEXT = """() => {
    const root = document.querySelector("deconv-viz").shadowRoot;
    root.querySelectorAll("style").forEach((node) => node.remove());
    const names = ["aria-label", "aria-roledescription", "aria-valuetext", "title", "placeholder"];
    const named = [...root.querySelectorAll("*")]
        .flatMap((node) => names.map((name) => node.getAttribute(name) ?? ""));
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const written = [];
    while (walker.nextNode()) written.push(walker.currentNode.textContent);
    return [...written, ...named];
}"""


def test_no_english_is_left_in_another_language(folder, sharing):
    english = (PACKAGE / "text" / "en.json").read_text(encoding="utf-8")
    words = json.dumps(toy(json.loads(english)))
    head = f'<script type="application/json" data-deconv-viz-words="toy">{words}</script>'
    page = sharing.page
    page.goto(f"{folder('<main></main>', head)}/page.html")
    for state in (
        *({"view": view} for view in ("scatter", "gather", "matrix", "overlap")),
        {"kernel-size": "4,"},
    ):
        inside = element(DRAWN[1] | state | {"lang": "toy", "step": 6, "bias": 1})
        page.evaluate("html => { document.querySelector('main').innerHTML = html }", inside)
        pinned = f"{{ kind: 'y', index: {PLAYER}.trace.outputSize.map(() => 1) }}"
        page.evaluate(f"{PLAYER}.choose({{ selection: {pinned} }})")
        texts = page.evaluate(EVERY_TEXT)
        names = "|".join((*markup.PARAMETERS, *markup.LAYER, "PyTorch", "NumPy"))
        found = [text for text in texts if re.search("[A-Za-z]{3}", re.sub(names, "", text))]
        assert len(texts) > 100
        assert found == []
