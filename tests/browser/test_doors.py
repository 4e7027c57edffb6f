"""The doors of every page: notebooks open where they say, pages can be searched and darkened."""

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
REPOSITORY = CONFIG["repository"]["url"].removeprefix("https://github.com/")
BRANCH = CONFIG["repository"]["branch"]
DOORS = ("colab.research.google.com", "mybinder.org")
NOTEBOOKS = sorted(path.stem for path in SITE.glob("notebooks/*.html")) or ["missing"]
PROSE = sorted(path.stem for path in SITE.glob("book/*.html")) or ["missing"]
EVERY = [*(f"book/{name}" for name in PROSE), *(f"notebooks/{name}" for name in NOTEBOOKS)]


def doors(page):
    links = page.locator("a[href^='https://']").evaluate_all("found => found.map(a => a.href)")
    return sorted(link for link in links if any(door in link for door in DOORS))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_in_colab_and_binder_and_can_be_downloaded(open_page, site, name):
    page = open_page().page
    page.goto(f"{site}/notebooks/{name}.html")
    source = f"notebooks/{name}.ipynb"
    assert (ROOT / source).is_file()
    assert doors(page) == [
        f"https://colab.research.google.com/github/{REPOSITORY}/blob/{BRANCH}/{source}",
        f"https://mybinder.org/v2/gh/{REPOSITORY}/{BRANCH}?urlpath=lab/tree/{source}",
    ]
    button = page.locator("a.btn-download-source-button")
    got = page.request.get(f"{site}/notebooks/{button.get_attribute('href')}")
    assert got.json() == json.loads((ROOT / source).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PROSE)
def test_prose_promises_no_notebook(open_page, site, name):
    page = open_page().page
    page.goto(f"{site}/book/{name}.html")
    assert doors(page) == []
    assert page.locator("a.btn-download-source-button").get_attribute("href").endswith(".md")


@pytest.mark.parametrize("path", EVERY)
def test_every_page_can_be_darkened_and_searched(open_page, site, path):
    page = open_page(viewport={"width": 1280, "height": 800}, color_scheme="light").page
    page.goto(f"{site}/{path}.html")
    switch = page.locator("button.theme-switch-button")
    for _ in range(3):  # the reader's system, light, dark
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
        switch.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("button.search-button-field").click()
    page.keyboard.type("stride")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.wait_for(timeout=10_000)


@pytest.mark.parametrize("word", ["转置卷积", "转置", "棋盘", "步长", "反卷积"])
def test_search_finds_chinese_words(open_page, site, word):
    page = open_page().page
    page.goto(f"{site}/search.html?q={word}")
    first = page.locator("#search-results li a").first
    first.wait_for(timeout=10_000)
    assert "book/glossary.html#term-" in first.get_attribute("href")


def test_search_finds_a_function(open_page, site):
    page = open_page().page
    page.goto(f"{site}/search.html?q=phase_gains")
    first = page.locator("#search-results li a").first
    first.wait_for(timeout=10_000)
    assert first.get_attribute("href").endswith("book/api.html#deconvviz.phase_gains")


@cache
def anchors(path):
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', path.read_text(encoding="utf-8")))


def leads_somewhere(page, link):
    address = urlsplit(link.replace("&amp;", "&"))
    if address.scheme:  # another site, which we do not ask
        return True
    target = (page.parent / unquote(address.path)).resolve() if address.path else page
    if not target.is_file():
        return False
    return not address.fragment or unquote(address.fragment) in anchors(target)


@pytest.mark.parametrize("path", [*EVERY, "genindex"])
def test_no_link_inside_the_book_is_dead(path):
    page = SITE / f"{path}.html"
    shown = re.sub(r"<(script|pre)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', shown)
    assert [link for link in links if not leads_somewhere(page, link)] == []
