"""The files of the built book, read without a browser: links, answers, doors to notebooks."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from tests.test_answers import WANTED, addresses, entry

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
MOVED = CONFIG["sphinx"]["config"]["moved"]
DOORS = ("https://colab.research.google.com", "https://mybinder.org")
EVERY = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("[!_]*/*.html"))
EVERY = [page for page in EVERY if page.removesuffix(".html") not in MOVED]
EVERY = [page for page in EVERY if not (ROOT / "book" / "_root" / page).exists()]
EVERY = [*EVERY, "genindex.html"] if EVERY else ["missing"]
NOTEBOOKS = [page for page in EVERY if page.startswith("notebooks/")]


class Reader(HTMLParser):
    """What a page can be linked at, the links in it, its search forms, its players."""

    def __init__(self):
        super().__init__()
        self.anchors, self.links, self.forms, self.players = set(), [], [], 0
        self.quoted = 0  # depth of <pre>, whose links are examples

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        self.quoted += tag == "pre"
        self.players += tag == "deconv-viz"
        if tag == "a" and "href" in found and not self.quoted:
            self.links.append((found["href"], found.get("class") or ""))
        if tag == "form" and "bd-search" in (found.get("class") or ""):
            self.forms.append(found["action"])

    def handle_endtag(self, tag):
        self.quoted -= tag == "pre"


@cache
def read(path):
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def leads_somewhere(page, link):
    address = urlsplit(link)
    if address.scheme:  # another site, which we do not ask
        return True
    target = (page.parent / unquote(address.path)).resolve() if address.path else page
    if not target.is_file():
        return False
    return not address.fragment or unquote(address.fragment) in read(target).anchors


@pytest.mark.parametrize("path", EVERY)
def test_no_link_inside_the_book_is_dead(path):
    page = SITE / path
    assert read(page).links
    assert [link for link, _ in read(page).links if not leads_somewhere(page, link)] == []


@pytest.mark.parametrize("path", EVERY)
def test_the_search_of_every_page_leads_to_the_search_page(path):
    page = SITE / path
    assert read(page).forms
    assert {(page.parent / action).resolve() for action in read(page).forms} == {
        (SITE / "search.html").resolve()
    }


@pytest.mark.parametrize("path", EVERY[:-1] or EVERY)
def test_a_notebook_can_be_downloaded_and_a_local_build_leads_nowhere_else(path):
    page, source = SITE / path, str(Path(path).with_suffix(".ipynb"))
    assert [link for link, _ in read(page).links if link.startswith(DOORS)] == []
    (download,) = (link for link, name in read(page).links if "btn-download-source-button" in name)
    if path not in NOTEBOOKS:
        assert download.endswith(".md")
        return
    given = json.loads((page.parent / unquote(download)).read_text(encoding="utf-8"))
    assert given == json.loads((ROOT / source).read_text(encoding="utf-8"))


def test_the_book_has_notebooks_and_players():
    assert NOTEBOOKS
    assert sum(read(SITE / path).players for path in EVERY) > 5


@pytest.mark.parametrize("kind", WANTED)
def test_every_answer_can_be_linked_to(kind):
    for name in WANTED[kind]:
        for address in addresses(entry(kind, name)):
            page, _, anchor = address.partition("#")
            path = SITE / f"{page}.html"
            assert path.is_file(), f"{kind} {name} is answered on {page}, which is not built"
            found = not anchor or anchor in read(path).anchors
            assert found, f"{kind} {name}: the built {page} has no #{anchor}"
