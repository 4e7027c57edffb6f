"""The ``{deconvviz}`` directive: a living player on any Sphinx or Jupyter Book page.

One line in a book's configuration, ``extensions: [deconvviz.sphinx_ext]``, brings the directive,
the script on the pages that need it, and players in notebook outputs that stay alive without a
kernel. What else is on the pages stays as it is. A book whose notebooks show no other widgets can
also set ``nb_ipywidgets_js = {}``: then MyST-NB does not ask another host for its widget manager.

````
```{deconvviz}
:kernel-size: 3
:stride: 2
:padding: 1
:output-padding: 1

Where to look, in a sentence.
```
````

Options are the attributes of ``<deconv-viz>`` (``deconvviz.words.NAMES``), ``:url:`` to let the
page's address follow the player, ``:wide:`` to leave the text column, ``:name:`` to be referred to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import __version__, figures
from .errors import UnknownWord
from .geometry.arguments import one_of
from .player.cell import VIEW
from .player.markup import element, name_of, still, transcript
from .player.question import answer, before, question
from .player.state import check_place, trace_of
from .text import load
from .trace import Trace
from .words import APPEARANCE, NAMES, SIZES, TABLE
from .words.check import checked, known
from .words.read import read

PACKAGE = Path(__file__).parent
FLAGS = ("url", "wide")
TOLD = ("view", "ask", "title", "step", "lang")  # the words that shape what is printed
SCRIPT, STYLESHEET = "deconvviz.js", "deconvviz.css"
# what a builder can print, the best first
PRINTED = {"application/pdf": "pdf", "image/png": "png"}
# a cell that was run without a reader brings the script along; our pages have it once for all
BROUGHT = re.compile(r"<script data-deconv-viz>.*?</script>", re.DOTALL)

logger = logging.getLogger(__name__)


def _text(text: str | None) -> str:
    return text or ""


class _Options(dict[str, Callable[[str], Any]]):
    """Every option is taken as its text: of one that is unknown, the directive itself warns."""

    def __missing__(self, name: str) -> Callable[[str], Any]:
        return _text


class Player(nodes.General, nodes.Element):
    """A player in a document: ``html`` for pages; for what only prints, what it shows and asks."""


class PlayerDirective(SphinxDirective):
    """Put a player on the page; its content becomes the caption."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = _Options(
        {
            **{name.replace("_", "-"): _text for name in NAMES},
            "class": directives.class_option,
            "name": directives.unchanged,
            **dict.fromkeys(FLAGS, _text),
        }
    )

    def run(self) -> list[nodes.Node]:
        """Return one figure; where there can be no player, the reason stands in its place."""
        figure = nodes.figure("", self._player_or_reason())
        figure["classes"] += self.options.get("class", [])
        figure["classes"] += ["deconvviz-wide"] * (self.options.get("wide", "false") != "false")
        self.set_source_info(figure)
        self.add_name(figure)
        figure += self._caption()
        return [figure]

    def _player_or_reason(self) -> nodes.Node:
        try:
            return self._player()
        except (ValueError, ArithmeticError, UnknownWord, MemoryError) as error:
            where = self.get_location()
            logger.warning(str(error), location=where, type="deconvviz", subtype="options")
            return nodes.error("", nodes.paragraph(text=str(error)))

    def _player(self) -> Player:
        state = self._state()
        trace = trace_of(state)
        check_place(trace, state.get("step", 0), state.get("selection"))
        html = self._html(trace, state)
        told = {**{name: state.get(name) for name in TOLD}, "view": state.get("view", trace.view)}
        return Player(html=html, trace=trace.to_dict(), **told)

    def _state(self) -> dict[str, Any]:
        known(self.options, tuple(self.option_spec))
        for name in FLAGS:
            one_of(name, self.options.get(name, ""), ("", "true", "false"))
        written = {name: self.options.get(name.replace("_", "-")) for name in NAMES}
        told = {name: read(name, text) for name, text in written.items() if text is not None}
        return {name: checked(name, value) for name, value in told.items()}

    def _html(self, trace: Trace, state: dict[str, Any]) -> str:
        words = {name: state[name] for name in ("view", "lang", "ask", "step") if name in state}
        fallback = still(trace, state.get("title"), **words)
        return _element(
            trace, state, fallback=fallback, url=self.options.get("url", "false") != "false"
        )

    def _caption(self) -> list[nodes.Node]:
        if not self.content:
            return []
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        first, *more = holder.children
        if more and self.options.get("ask"):
            more = waiting(more, self.options.get("lang", "en"))
        caption = nodes.caption(first.rawsource, "", *first.children)
        caption.source, caption.line = first.source, first.line  # translators find it by these
        return [caption, nodes.legend("", *more)] if more else [caption]


class ChooseElements(SphinxPostTransform):
    """Of a player, a notebook shows the element, which needs no kernel; of others, what it did."""

    default_priority = 3  # before MyST-NB chooses among what a cell shows

    def run(self, **_: Any) -> None:
        """Leave the widget out where the element is at hand; for a book reader, that one, too."""
        refused = {VIEW} if _for_browsers(self.app) else {VIEW, "text/html"}
        for bundle in self.document.findall(nodes.container):
            if bundle.get("nb_element") == "mime_bundle" and any(map(_is_ours, bundle)):
                bundle[:] = [shown for shown in bundle if shown.get("mime_type") not in refused]


class PrintPlayers(SphinxPostTransform):
    """Where no script runs, a player is its key frames; where no picture can be, its words."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace every player, unless the builder writes pages for browsers."""
        if _for_browsers(self.app):
            return
        supported = self.app.builder.supported_image_types
        drawn = [PRINTED[kind] for kind in PRINTED if kind in supported and find_spec("matplotlib")]
        for player in list(self.document.findall(Player)):
            told = self._asked if player["ask"] else self._told
            player.replace_self(told(player, Trace.from_dict(player["trace"]), drawn))

    def _told(self, player: Player, trace: Trace, drawn: list[str]) -> list[nodes.Node]:
        if not drawn:
            return [_words(trace)]
        alt = trace.sentence(len(trace) - 1)
        return [self._image(player, alt, drawn[0], partial(_picture, trace, player["view"]))]

    def _asked(self, player: Player, trace: Trace, drawn: list[str]) -> list[nodes.Node]:
        """Put the question first, the picture without the answer, and that in small print last."""
        lang = player["lang"] or "en"
        words = load(lang)
        title = player["title"] or words["titles"][name_of(trace, player["view"])]
        asked = question(trace, player["ask"], title, lang)
        said = f"{words['ask']['answer']}: {answer(asked, lang)}"
        player.parent += nodes.legend("", nodes.paragraph(text=said))
        asks = nodes.paragraph("", "", nodes.strong(text=asked.text))
        if not drawn:
            return [asks]
        panels = before(trace, asked, player["step"] or 0, lang)
        picture = partial(figures.sheet_of, panels, "light", None)
        return [asks, self._image(player, asked.text, drawn[0], picture)]

    def _image(
        self, player: Player, alt: str, suffix: str, picture: Callable[[], Any]
    ) -> nodes.image:
        """Save a picture of what a player shows, once, and return its node."""
        told = {name: player[name] for name in TOLD}
        name = sha256(repr((told, player["trace"])).encode()).hexdigest()[:16]
        path = Path(self.app.doctreedir) / "deconvviz" / f"{name}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            figures.save(picture(), path)
        self.env.images.add_file(self.env.docname, str(path))
        return nodes.image(uri=str(path), candidates={"*": str(path)}, alt=alt)


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    # a changed package must change pages: with "env", Sphinx reads every page again
    app.add_config_value("deconvviz_sources", sources_digest(), "env")
    app.add_node(Player, html=(_write_html, None))
    app.add_directive("deconvviz", PlayerDirective)
    app.add_post_transform(ChooseElements)
    app.add_post_transform(PrintPlayers)
    app.connect("config-inited", _configure_notebooks)
    app.connect("builder-inited", _serve_script)
    app.connect("html-page-context", _finish_page)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


@cache
def sources_digest() -> str:
    """Return a short hash of everything in the package that can change what a page shows."""
    kinds = {".py", ".json", ".js", ".mjs"}
    sources = sorted(path for path in PACKAGE.rglob("*") if path.suffix in kinds)
    digest = sha256()
    for path in sources:
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _element(trace: Trace, state: dict[str, Any], **more: Any) -> str:
    """Write own data as a trace; example data, and data of several groups, need words alone."""
    if "groups" in state or not set(SIZES) & set(state):
        sizes = {size: TABLE[size].default for size in SIZES.values()}
        return element(**more, **{**sizes, **state})
    kept = {name: value for name, value in state.items() if name in APPEARANCE}
    return element(trace, **more, **kept)


def waiting(told: Sequence[nodes.Node], lang: str = "en", name: str = "") -> list[nodes.Node]:
    """Return nodes folded until the question of a figure is answered.

    ``name`` is that of the figure; without one, it is the figure around them.
    """
    summary = escape(load(lang)["ask"]["waits"])
    waits = f' data-for="{escape(nodes.make_id(name))}"' if name else ""
    opening = f'<details class="deconvviz-waits"{waits}><summary>{summary}</summary>'
    return [_html_node(opening), *told, _html_node("</details>")]


def _html_node(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def _picture(trace: Trace, view: str) -> Any:
    """Draw what a player tells: its key frames, or what it counts."""
    if view == "overlap":
        return figures.overlap(trace.geometry, trace.input_size)
    return figures.steps(trace)


def _is_ours(shown: nodes.Node) -> bool:
    texts = (raw.astext() for raw in shown.findall(nodes.raw))
    return any("<deconv-viz" in text or 'class="deconvviz-box"' in text for text in texts)


def _words(trace: Trace) -> nodes.Element:
    """Tell what a player shows: every step, of a long phase its first and its last."""
    steps = nodes.bullet_list(bullet="*")
    for _, sentence in transcript(trace):
        steps += nodes.list_item("", nodes.paragraph(text=sentence))
    return steps


def _write_html(translator: Any, node: Player) -> None:
    translator.body.append(node["html"])
    raise nodes.SkipNode


def _configure_notebooks(app: Sphinx, config: Config) -> None:
    if "myst_nb" not in app.extensions:
        return
    base = config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache"
    # the cache compares notebooks alone, so a change of the package must change its place
    config.nb_execution_cache_path = str(Path(base) / sources_digest())


def _for_browsers(app: Sphinx) -> bool:
    """Whether scripts run on the pages of a builder, and not only HTML is read."""
    return app.builder.format == "html" and app.builder.name != "epub"


def _serve_script(app: Sphinx) -> None:
    if _for_browsers(app):
        app.config.html_static_path.append(str(PACKAGE / "static"))


def _finish_page(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any
) -> None:
    body = context.get("body") or ""
    if "<deconv-viz" in body:
        context["body"] = BROUGHT.sub("", body)
        app.add_js_file(SCRIPT, loading_method="defer")
        app.add_css_file(STYLESHEET)
