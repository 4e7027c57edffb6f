"""A player that has a still picture comes to life as the reader comes near."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import deconvviz as dv
from deconvviz.player.markup import element, still
from tests.browser.reading import HOST, step

STATIC = Path(dv.__file__).parent / "static"
TRACE = dv.record([[1, 2], [3, 4]], [[1, 2], [3, 4]], stride=2)
FAR = '<div style="height: 5000px"></div>'
LIVES = "(host) => host.shadowRoot !== null"
# the observers of a page have been told where things are once a frame after the last one is over
TOLD = """() => new Promise((done) => {
    const seen = new IntersectionObserver(() => (seen.disconnect(), setTimeout(done)));
    seen.observe(document.body);
})"""


def tag(**words):
    return element(TRACE, fallback=still(TRACE), **words)


@pytest.fixture
def open_body(tmp_path, visit, serve_folder):
    for name in ("deconvviz.js", "deconvviz.css"):
        shutil.copy(STATIC / name, tmp_path)

    def open_body(body, query=""):
        page = tmp_path / "page.html"
        page.write_text(
            '<!doctype html><html lang="en"><title>mine</title><link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="deconvviz.css">'
            f'<script defer src="deconvviz.js"></script>{body}',
            encoding="utf-8",
        )
        visit.page.goto(f"{serve_folder(tmp_path)}/page.html{query}")
        visit.page.evaluate(TOLD)
        return visit.page.locator(HOST)

    yield open_body
    assert visit.errors == []


def lives(host):
    expect(host.locator(".sentence")).to_be_visible()


def test_a_still_lives_only_near_the_window(open_body, page):
    near, far = open_body(tag() + FAR + tag()).all()
    lives(near)
    assert not far.evaluate(LIVES)
    expect(far.locator("figure.deconvviz-fallback")).to_be_visible()
    far.evaluate("(host) => host.scrollIntoView()")
    lives(far)
    expect(far.locator("figure.deconvviz-fallback")).to_be_hidden()
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(TOLD)
    assert far.evaluate(LIVES)


def test_it_is_alive_before_it_is_seen(open_body, page):
    host = open_body(f'<div style="height: 1500px"></div>{tag()}')
    lives(host)
    assert host.evaluate("(host) => host.getBoundingClientRect().top > innerHeight")


def test_a_bare_one_lives_at_once(open_body):
    assert open_body(FAR + "<deconv-viz></deconv-viz>").evaluate(LIVES)


def test_what_is_set_before_is_read_at_birth(open_body):
    host = open_body(FAR + tag(step=1))
    host.evaluate("(host) => host.setAttribute('step', '3')")
    host.evaluate("(host) => host.removeAttribute('title')")
    assert not host.evaluate(LIVES)
    host.evaluate("(host) => host.scrollIntoView()")
    lives(host)
    assert step(host) == 3


def test_an_address_is_read_at_birth(open_body, page):
    host = open_body(FAR + tag(url=True), "?step=2")
    host.evaluate("(host) => host.scrollIntoView()")
    lives(host)
    assert step(host) == 2
    host.get_by_role("button", name="Step forward").click()
    expect(page).to_have_url(re.compile(r"step=3"))


def test_one_that_is_moved_or_removed_before_stays_a_still(open_body, page):
    host = open_body(FAR + tag() + "<aside></aside>")
    host.evaluate("(host) => document.querySelector('aside').append(host)")
    page.evaluate(TOLD)
    assert not host.evaluate(LIVES)
    handle = host.element_handle()
    handle.evaluate("(host) => host.remove()")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate(TOLD)
    assert not handle.evaluate(LIVES)
    handle.evaluate("(host) => document.body.prepend(host)")
    page.evaluate("scrollTo(0, 0)")
    lives(host)


def test_one_that_lived_lives_on_wherever_it_goes(open_body):
    host = open_body(tag() + FAR + "<aside></aside>")
    lives(host)
    host.get_by_role("button", name="Step forward").click()
    host.evaluate("(host) => document.querySelector('aside').append(host)")
    assert host.evaluate(LIVES)
    assert step(host) == 1


@pytest.mark.parametrize(
    ("around", "show"),
    [
        ("<details><summary>s</summary>{}</details>", "(it) => (it.open = true)"),
        ('<section style="display: none">{}</section>', "(it) => (it.style.display = '')"),
        ('<section hidden="until-found">{}</section>', "(it) => (it.hidden = false)"),
    ],
)
def test_a_hidden_one_lives_once_it_is_shown(open_body, page, around, show):
    host = open_body(around.format(tag()))
    assert not host.evaluate(LIVES)
    host.locator("xpath=..").evaluate(show)
    lives(host)


def test_paper_gets_the_still_of_one_that_has_not_lived(open_body, page):
    host = open_body(FAR + tag())
    page.emulate_media(media="print")
    expect(host.locator("figure.deconvviz-fallback")).to_be_visible()
