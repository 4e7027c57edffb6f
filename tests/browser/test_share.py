"""What a reader takes along: links, code, lines of Python, pictures; and the player everywhere."""

import json
import re
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import expect

from deconvviz.player import markup
from deconvviz.words import NAMES
from tests.browser.conftest import STATIC
from tests.browser.reading import (
    HOST,
    alive,
    box_of,
    computed,
    heard,
    last,
    middle,
    picture,
    plays,
    press,
    scrub,
    sideways,
    step,
    type_in,
    view,
    violations,
)

PACKAGE = STATIC.parent
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
    {"view": "direct", "input-size": "6,5", "stride": 2, "padding": "0:1,1:2"},
    {"view": "direct", "input-size": "9,", "kernel-size": "2,", "dilation": 3, "output-padding": 2},
    {"view": "gather", "turned": "false", "stride": 2, "padding": 1, "bias": 2},
]


@pytest.fixture
def sharing(open_page):
    """A watched page that may use the clipboard."""
    visit = open_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield visit
    assert visit.errors == []
    assert visit.external == []


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


def player_of(page):
    return alive(page.locator(HOST))


def shown(page):
    """Give the output that the player holds, nested as its size."""
    return computed(player_of(page))[3]


def test_copied_python_runs_and_gives_the_players_output(bench, sharing, capsys):
    page = sharing.page
    page.goto(bench.write("<main></main>"))
    for attributes in DRAWN:
        page.evaluate(
            "html => { document.querySelector('main').innerHTML = html }", element(attributes)
        )
        expected = shown(page)
        for library in ("PyTorch", "NumPy"):
            scope = {}
            exec(copy(page, library), scope)
            np.testing.assert_allclose(np.asarray(scope["y"])[0], expected, rtol=0, atol=1e-12)
            assert np.asarray(scope["y"]).shape == (1, *expected.shape)
            assert len(attributes) == 0 or capsys.readouterr().out
    assert len(DRAWN) >= 20


def test_link_opens_the_same_state_without_chrome(bench, sharing):
    page = sharing.page
    page.goto(bench.write(element(DRAWN[8] | {"view": "gather", "step": 5})))
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
    np.testing.assert_array_equal(shown(page), before)
    assert (view(player_of(page)), step(player_of(page))) == ("gather", 5)


def test_embed_code_shows_the_same_in_another_page(bench, sharing):
    page = sharing.page
    page.goto(bench.write(element(DRAWN[20] | {"title": 'a <b> & "c"'})))
    code, before = copy(page, "HTML"), shown(page)
    assert code.startswith('<script src="_static/deconvviz.js" defer></script>\n<deconv-viz ')
    (bench.folder / "other.html").write_text(f"<!doctype html>{code}")
    page.goto(f"{bench.address}/other.html")
    np.testing.assert_array_equal(shown(page), before)
    assert page.locator(".title").inner_text() == 'a <b> & "c"'


def test_refused_clipboard_offers_the_text_itself(bench, visit):
    visit.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined })",
    )
    visit.page.goto(bench.write("<deconv-viz></deconv-viz>"))
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

    def test_query_is_read_and_kept(self, bench, sharing):
        page = sharing.page
        page.goto(bench.write("<deconv-viz url stride=2></deconv-viz>") + "?kernel-size=4,&of=us")
        geometry = computed(player_of(page))[0]
        assert (geometry["kernel_size"], geometry["stride"]) == ([4], [2])
        press(player_of(page), "more stride")
        press(player_of(page), "more padding")
        page.wait_for_url("**.html?of=us&kernel-size=4,&stride=3&padding=1")
        assert urlsplit(copy(page, "Link"))[3] == "of=us&kernel-size=4,&stride=3&padding=1"
        page.reload()
        assert computed(player_of(page))[0]["padding"] == [[1, 1]]

    def test_what_the_page_says_itself_is_not_repeated(self, bench, visit):
        page = visit.page
        page.goto(bench.write("<deconv-viz url stride=2 padding=1></deconv-viz>"))
        press(player_of(page), "less padding")
        scrub(player_of(page), 3)
        page.wait_for_url("**.html?padding=0&step=3")

    def test_impossible_choices_do_not_reach_the_query(self, bench, visit):
        page = visit.page
        page.goto(bench.write("<deconv-viz url></deconv-viz>"))
        player = player_of(page)
        press(player, "more stride")
        page.wait_for_url("**?stride=2")
        type_in(player, "output_padding", 7)
        press(player, "Step forward")
        page.wait_for_url("**?stride=2&step=1")

    def test_at_most_four_changes_a_second(self, bench, visit):
        page = visit.page
        page.goto(bench.write("<deconv-viz url stride=2></deconv-viz>"))
        player_of(page)
        changes = page.evaluate(
            """async () => {
                const slider = document.querySelector("deconv-viz").shadowRoot
                    .querySelector("input[type=range]");
                let changes = 0;
                const real = history.replaceState;
                history.replaceState = (...rest) => { changes += 1; real.apply(history, rest); };
                const end = performance.now() + 2000;
                while (performance.now() < end) {
                    slider.value = changes + Math.floor(Math.random() * 9);
                    slider.dispatchEvent(new Event("input"));
                    await new Promise((done) => setTimeout(done, 10));
                }
                return changes;
            }"""
        )
        assert 3 <= changes <= 8


class TestPictures:
    def save(self, page, kind):
        tray = page.get_by_role("group", name="Save")
        if not tray.is_visible():
            page.get_by_role("button", name="Share").click()
        with page.expect_download() as download:
            tray.get_by_role("button", name=kind).click()
        return download.value

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_svg_holds_title_sentence_and_numbers(self, bench, sharing, theme):
        page = sharing.page
        page.goto(bench.write("<main></main>"))
        for name in ("scatter", "gather", "matrix", "overlap"):
            words = element(DRAWN[1] | {"view": name, "step": 6, "theme": theme})
            page.evaluate("html => { document.querySelector('main').innerHTML = html }", words)
            file = self.save(page, "SVG")
            assert file.suggested_filename == f"deconvviz-{name}-3x3-k3x3-s2-p1-op1-step07.svg"
            root = ElementTree.parse(file.path()).getroot()
            texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
            assert page.get_by_role("status").inner_text().split()[0] in " ".join(texts)
            assert sum(bool(re.fullmatch(r"[−\d.]+", text)) for text in texts) > 10
            written = ElementTree.tostring(root, encoding="unicode")
            assert not re.search("NaN|undefined|Infinity", written)

    def test_png_is_twice_as_fine_and_not_blank(self, bench, sharing):
        from matplotlib.image import imread

        page = sharing.page
        page.goto(bench.write(element(DRAWN[1] | {"step": 6})))
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
    def test_help_opens_with_its_key_and_gives_the_focus_back(self, mount):
        player = mount("")
        page, scrubber = player.page, player.get_by_role("slider")
        scrubber.focus()
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys and colours")
        expect(dialog).to_be_visible()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()
        assert step(player) == 0
        assert scrubber.evaluate("node => node.getRootNode().activeElement === node")

    def test_full_screen_by_key_and_back(self, mount):
        """And Escape leaves the full screen first, then the selection."""
        player = mount('selection="y:0,0"')
        page, kept = player.page, player.locator(".why strong")
        player.get_by_role("slider").focus()
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement === null")
        page.keyboard.press("f")
        page.wait_for_function("document.fullscreenElement !== null")
        page.keyboard.press("Escape")
        page.wait_for_function("document.fullscreenElement === null")
        expect(kept).to_contain_text("y[0, 0]")
        page.keyboard.press("Escape")
        expect(kept).to_have_count(0)

    def test_in_slides_the_deck_owns_the_full_screen(self, bench, visit):
        page = visit.page
        page.goto(bench.write("<div class=reveal><deconv-viz></deconv-viz></div>"))
        page.evaluate("window.heard = []; addEventListener('keydown', (e) => heard.push(e.key))")
        page.get_by_role("slider").focus()
        page.keyboard.press("f")
        assert page.evaluate("heard") == ["f"]
        assert page.get_by_role("button", name="Full screen").count() == 0

    def test_present_mode_has_large_letters_and_stays_inside_the_player(self, mount):
        player = mount("present stride=2")
        for width in (390, 690, 960, 1280):
            player.page.set_viewport_size({"width": width, "height": 900})
            picture(player)
            assert player.evaluate(BEYOND) == [], width
        assert player.evaluate(SMALLEST) >= 24, "on a screen for a lecture"

    def test_a_click_finds_its_cell_at_every_zoom(self, bench, visit):
        page = visit.page
        for present in ("", " present"):
            body = f"<div style='zoom: 0.8'><deconv-viz stride=2{present}></deconv-viz></div>"
            page.goto(bench.write(body))
            player = player_of(page)
            page.mouse.click(*middle(box_of(player, "x", 2, 1)))
            assert heard(player, "selection") == {"kind": "x", "index": [2, 1]}


# The smallest letters on show, in pixels.
SMALLEST = """({ shadowRoot }) => {
    const zoom = Number(getComputedStyle(shadowRoot.querySelector(".player")).zoom);
    const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    const sizes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (node.textContent.trim() && holder?.checkVisibility())
            sizes.push(zoom * parseFloat(getComputedStyle(holder).fontSize));
    }
    return Math.min(...sizes);
}"""
# What reaches over the edges of the player.
BEYOND = """({ shadowRoot }) => {
    const player = shadowRoot.querySelector(".player");
    const { left, right } = player.getBoundingClientRect();
    return [...player.querySelectorAll("*")]
        .filter((part) => part.checkVisibility())
        .map((part) => [part.className, part.getBoundingClientRect()])
        .filter(([, box]) => box.left < left || box.right > right)
        .map(([name]) => name);
}"""


class TestEmbed:
    SHAPES = ("stride=2&padding=1&output-padding=1", "view=gather&stride=2", "kernel-size=4,")
    CONTROLS = ("controls=transport", "controls=none", "")

    @pytest.mark.parametrize("controls", CONTROLS)
    def test_fits_without_scroll_bars(self, bench, visit, controls):
        page = visit.page
        for words in self.SHAPES:
            page.goto(bench.embed(f"{words}&step=5&{controls}"))
            for width, height in [(960, 700), (1024, 768)]:
                page.set_viewport_size({"width": width, "height": height})
                picture(player_of(page))
                room = page.evaluate(
                    "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
                )
                assert room[0] <= width, words
                assert room[1] <= height, words
        assert visit.errors == []

    @pytest.mark.parametrize("view", ["scatter", "gather", "matrix", "overlap"])
    def test_in_a_lecture_hall_the_first_screen_holds_the_transport(self, bench, visit, view):
        page = visit.page
        page.goto(bench.embed(f"present=true&stride=2&step=3&view={view}"))
        for size in [(960, 700), (1024, 768), (1280, 720), (390, 844)]:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            picture(page.locator(HOST))
            page.evaluate("scrollTo(0, 0)")
            for part in (".play", ".track", ".count", ".speed"):
                box = page.locator(f"deconv-viz {part}").bounding_box()
                assert box["x"] + box["width"] <= size[0], (size, part)
                assert box["y"] + box["height"] <= size[1], (size, part)

    @pytest.mark.parametrize("address", ["embed", "embed/", "embed/index.html"])
    def test_a_folder_leads_to_it_with_all_its_words(self, bench, visit, address):
        page = visit.page
        page.goto(f"{bench.address}/_static/{address}?stride=2&step=3")
        page.wait_for_url(bench.embed("stride=2&step=3"))
        assert step(player_of(page)) == 3
        assert visit.errors == []

    def test_controls_are_as_few_as_asked_for(self, bench, visit):
        page = visit.page
        page.goto(bench.embed("controls=transport"))
        expect(page.get_by_role("slider")).to_be_visible()
        assert not page.get_by_role("button", name="Share").is_visible()
        page.goto(bench.embed("controls=none"))
        player_of(page)
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
    @pytest.mark.parametrize("act", [open_tray, offer_text, open_help])
    def test_axe_finds_nothing(self, bench, visit, act):
        page = visit.page
        for more in ("", "&present"):
            page.goto(bench.embed(f"stride=2&step=5{more}"))
            player = player_of(page)
            act(page)
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 800})
                for theme in ("light", "dark"):
                    player.evaluate("(host, theme) => host.setAttribute('theme', theme)", theme)
                    expect(player.locator(".player")).to_have_attribute("data-theme", theme)
                    picture(player)
                    assert violations(page) == [], (more, width, theme)

    def test_narrow_and_large_letters_never_scroll_sideways(self, mount):
        player = mount("", head="<style>body { margin: 0 !important }</style>")
        page = player.page
        press(player, "Share")
        for width, size in [(320, "100%"), (390, "100%"), (690, "200%"), (320, "200%")]:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(
                "size => document.documentElement.style.setProperty('--size', size)", size
            )
            picture(player)
            assert sideways(page) == 0, (width, size)
            assert player.evaluate(OUTSIDE) == [], (width, size)

    def test_less_motion_means_no_autoplay(self, mount):
        assert plays(mount("autoplay"))
        assert not plays(mount("autoplay", reduced_motion="reduce"))

    @pytest.mark.parametrize("words", [{"playing": True}, {"autoplay": True}])
    def test_a_widget_that_is_born_to_play_plays(self, bench, open_page, words):
        for motion in ("no-preference", "reduce"):
            visit = open_page(reduced_motion=motion)
            visit.page.goto(bench.write(WIDGET.format(words=json.dumps(words))))
            player = visit.page.locator("#output")
            alive(player)
            said = visit.page.evaluate("said")
            assert visit.errors == []
            assert bool(said.get("playing")) == plays(player) == (motion != "reduce")
            if plays(player):
                expect(player.locator(".count")).to_have_text(re.compile(r"step [3-9]"))

    def test_paper_is_light_and_has_no_controls(self, mount):
        player = mount("", color_scheme="dark")
        page, element = player.page, player.locator(".player")
        expect(element).to_have_attribute("data-theme", "dark")
        page.emulate_media(media="print")
        expect(element).to_have_attribute("data-theme", "light")
        assert not page.get_by_role("slider").is_visible()
        assert not page.get_by_role("button", name="Share").is_visible()


# A notebook's side of a widget: what it says at the birth, and what is said to it from then on.
WIDGET = """<div id="output"></div><script type="module">
    import widget from "./_static/deconvviz.mjs";
    window.said = {{ stride: 2, loop: true, ...{words} }};
    const get = (name) => said[name];
    const set = (name, value) => {{ said[name] = value; }};
    const model = {{ get, set, on() {{}}, save_changes() {{}} }};
    widget.render({{ model, el: document.querySelector("#output") }});
</script>"""
OUTSIDE = """({ shadowRoot }) => [...shadowRoot.querySelectorAll("button, input")]
    .filter((node) => node.checkVisibility())
    .filter((node) => node.getBoundingClientRect().right > innerWidth)
    .map((node) => node.outerHTML)"""


def toy(words):
    """Translate into a language without Latin letters: what is still English stands out."""
    if isinstance(words, dict):
        return {key: toy(value) for key, value in words.items()}
    if isinstance(words, list):
        return [toy(entry) for entry in words]
    if not isinstance(words, str) or words in NAMES:
        return words
    field = re.compile(r"(\{\w+\||\{\w+\}|PyTorch|NumPy|output_padding)")
    parts = field.split(words)
    return "".join(part if field.match(part) else re.sub("[A-Za-z]", "я", part) for part in parts)


def test_the_language_can_change_while_the_player_lives(mount):
    words = json.dumps({"ui": {"play": "Los"}})
    head = f'<script type="application/json" data-deconv-viz-words="de">{words}</script>'
    player = mount("", head=head)
    player.evaluate("host => { host.lang = 'de' }")
    player.get_by_role("button", name="Los").focus()
    player.page.keyboard.press("End")
    assert step(player) == last(player)
    player.evaluate("host => { host.lang = 'en' }")
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert player.locator(".player").count() == 1


EVERY_TEXT = """({ shadowRoot: root }) => {
    root.querySelectorAll("style").forEach((node) => node.remove());
    const names = ["aria-label", "aria-roledescription", "aria-valuetext", "title", "placeholder"];
    const named = [...root.querySelectorAll("*")]
        .flatMap((node) => names.map((name) => node.getAttribute(name) ?? ""));
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const written = [];
    while (walker.nextNode()) written.push(walker.currentNode.textContent);
    return [...written, ...named];
}"""


def test_no_english_is_left_in_another_language(mount):
    english = (PACKAGE / "text" / "en.json").read_text(encoding="utf-8")
    words = json.dumps(toy(json.loads(english)))
    head = f'<script type="application/json" data-deconv-viz-words="toy">{words}</script>'
    states = [{"view": view} for view in ("scatter", "gather", "matrix", "overlap")]
    states.append({"kernel-size": "4,", "selection": "y:1"})
    usual = DRAWN[1] | {"lang": "toy", "step": 6, "bias": 1, "selection": "y:1,1"}
    attributes = [attributes_of(usual | state) for state in states]
    names = "|".join((*NAMES, "PyTorch", "NumPy"))
    for player in mount(*attributes, head=head).all():
        assert player.locator(".why .chip").count() > 0
        texts = player.evaluate(EVERY_TEXT)
        found = [text for text in texts if re.search("[A-Za-z]{3}", re.sub(names, "", text))]
        assert len(texts) > 100
        assert found == []


def attributes_of(words):
    return " ".join(f'{name}="{value}"' for name, value in words.items())
