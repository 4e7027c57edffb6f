"""The one place that writes ``<deconv-viz>``: its attributes, its data, and what stands in for it.

A page, a notebook cell, a deck and an export all hold the same element. Its attributes are the
keywords of ``Player`` with dashes; a child ``<script type="application/json">`` carries the trace;
the picture and the sentences inside it are what paper and readers without JavaScript get.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from ..figures import key_frames
from ..figures.panels import Panel
from ..figures.scenes import counts, scene
from ..figures.svg import address, picture, size
from ..text import fill, languages, load
from ..trace import Trace
from ..words import APPEARANCE, TABLE
from ..words.check import checked, known
from ..words.write import write
from .question import Question, answer, before, question

CODE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # of a language
SMALLEST = 0.78  # of a picture's size, so that two stand side by side in a column


def element(
    trace: Trace | None = None,
    *,
    fallback: str = "",
    url: bool = False,
    **state: Any,
) -> str:
    """Return the HTML of one player.

    Parameters
    ----------
    trace
        What the player shows. Without one it plays its example data, shaped by ``state``.
    fallback
        HTML for readers without JavaScript, usually ``still(trace)``.
    url
        Whether the page's address follows the player; of one player a page at most.
    **state
        Any of ``deconvviz.words.NAMES``, as for ``Player``; ``None`` leaves a word out.

    Raises
    ------
    UnknownWord
        If a keyword is not one of those.
    GeometryError
        If a word of appearance may not be that. A page may bring a language of its own.

    Examples
    --------
    >>> element(kernel_size=3, stride=(2, 1), padding=((1, 2), (0, 1)))
    '<deconv-viz kernel-size="3" stride="2,1" padding="1:2,0:1"></deconv-viz>'
    """
    opening = " ".join(["<deconv-viz", *_attributes(state), *["url"] * url])
    inside = _data(trace) + _words(state.get("lang"))
    return f"{opening}>{inside}{fallback}</deconv-viz>"


def element_of(trace: Trace, words: Mapping[str, Any], fallback: str) -> str:
    """Return the HTML of a player with the trace that its words describe.

    A trace holds one group only: where there are more, the words tell the whole layer.
    """
    if words.get("groups", 1) > 1:
        return element(fallback=fallback, **words)
    return element(trace, fallback=fallback, **{n: words[n] for n in APPEARANCE if n in words})


def attributes(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words that an element can be told, checked, without those that are None.

    Examples
    --------
    >>> attributes({"step": "4", "theme": None, "bias": "null"})
    {'step': 4}
    """
    known(state)
    told = {
        name: value if _is_code(name, value) else checked(name, value)
        for name, value in state.items()
        if value is not None
    }
    return {name: value for name, value in told.items() if value is not None}


def _is_code(name: str, value: Any) -> bool:
    """Return whether this may be a language that the page brings along."""
    language = TABLE[name].kind == "language" and isinstance(value, str)
    return language and CODE.fullmatch(value) is not None


def still(
    trace: Trace,
    title: str | None = None,
    *,
    view: str | None = None,
    lang: str = "en",
    ask: str = "",
    step: int = 0,
) -> str:
    """Return what stands in for the player: the takeaway, key frames, every step in words.

    Each frame is a picture of a few kilobytes with its sentence below, so that a narrow page
    stacks them. ``title`` states the takeaway, as it does for the player; ``view`` is the
    player's, where it is not the trace's: "overlap". Where the author asks, the question comes
    first, with the picture at ``step`` or before it that does not answer; all else is folded.
    """
    view, words = view or trace.view, load(lang)
    title = title or words["titles"][name_of(trace, view)]
    frames = "".join(_counted(trace, lang) if view == "overlap" else _frames(trace, lang))
    told = _figure(title, frames) + _transcript(trace, lang)
    return _asking(trace, question(trace, ask, title, lang), told, step, lang) if ask else told


def name_of(trace: Trace, view: str) -> str:
    """Return the name of the title and the caption of a view: the turn may be left out of it."""
    return view if trace.turned else "unturned"


def transcript(trace: Trace, lang: str = "en") -> Iterator[tuple[int | None, str]]:
    """Yield (step, sentence); a long phase is told by its first and last step, None between them.

    Examples
    --------
    >>> from deconvviz import record
    >>> for step, sentence in transcript(record([1, 2, 3, 4, 5], [1])):
    ...     print(step, sentence)
    0 An empty canvas of 5 waits: room for every stamp.
    1 x[0] = 1 stamps 1·w onto canvas cell 0. No cell there held anything.
    None … and 3 more like this
    5 x[4] = 5 stamps 5·w onto canvas cell 4. No cell there held anything.
    """
    for _, start, stop in trace.phases:
        left_out = stop - start - 2
        if left_out <= 1:
            yield from ((t, trace.sentence(t, lang)) for t in range(start, stop))
        else:
            yield start, trace.sentence(start, lang)
            yield None, fill(load(lang)["stills"]["more"], count=left_out)
            yield stop - 1, trace.sentence(stop - 1, lang)


def _attributes(state: Mapping[str, Any]) -> Iterator[str]:
    told = attributes(state)
    # browsers show a title to whoever points at the player: where it waits, they must not know it
    names = {"title": "data-title"} if told.get("ask") else {}
    for name, value in told.items():
        yield f'{names.get(name, name.replace("_", "-"))}="{escape(write(name, value))}"'


def _data(trace: Trace | None) -> str:
    return "" if trace is None else _script(trace.to_dict())


def _words(lang: str | None) -> str:
    """Return the sentences of a language of ours other than English, which the script has."""
    if lang in (None, "en") or lang not in languages():
        return ""
    return _script(load(lang), f' data-deconv-viz-words="{escape(lang)}"')


def _script(data: Any, attribute: str = "") -> str:
    inside = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json"{attribute}>{inside}</script>'


def _figure(caption: str, frames: str) -> str:
    text = f"<figcaption>{escape(caption)}</figcaption>"
    return f'<figure class="deconvviz-fallback">{text}{frames}</figure>'


def _asking(trace: Trace, asked: Question, told: str, step: int, lang: str) -> str:
    """Return the question, what may be seen of the picture, and all that is told, folded."""
    words = load(lang)
    name, panels = words["ui"]["views"][trace.view], before(trace, asked, step, lang)
    given = f'<p style="flex: 0 0 100%">{escape(asked.given)}</p>'
    frame = given + _frame(panels, name, "", lang)
    said, summary = escape(answer(asked, lang)), escape(words["ask"]["answer"])
    fold = f"<summary>{summary}</summary><p>{said}</p>{told}"
    return (
        f"{_figure(asked.text, frame)}"
        f'<details class="deconvviz-fallback">{fold}</details>'
        f'<p class="deconvviz-answer" hidden>{summary}: {said}</p>'
    )


def _frames(trace: Trace, lang: str) -> Iterator[str]:
    words = load(lang)
    for t in key_frames(trace):
        count = fill(words["ui"]["step"], step=t + 1, steps=len(trace))
        text = f"<b>{count}</b> {escape(trace.sentence(t, lang))}"
        yield _frame(scene(trace, t, lang), count, text, lang)


def _counted(trace: Trace, lang: str) -> Iterator[str]:
    words = load(lang)
    panels = counts(trace.geometry, trace.input_size, lang)
    yield _frame(
        panels, words["ui"]["views"]["overlap"], escape(words["descriptions"]["overlap"]), lang
    )


def _frame(panels: list[Panel], name: str, text: str, lang: str) -> str:
    """Return a picture, the sentence below it, and for those who cannot see it what it shows."""
    seen = ", ".join(panel.caption for panel in panels if panel.caption)
    alt = escape(fill(load(lang)["stills"]["alt"], name=name, panels=seen))
    width, height = size(panels)
    image = f'<img alt="{alt}" width="{width}" height="{height}" src="{address(picture(panels))}">'
    room = f"flex: 1 1 {round(width * SMALLEST)}px; max-width: {width}px"
    below = f"<p>{text}</p>" if text else ""
    return f'<div style="{room}">{image}{below}</div>'


def _transcript(trace: Trace, lang: str) -> str:
    items = "".join(_item(t, sentence) for t, sentence in transcript(trace, lang))
    summary = f"<summary>{escape(load(lang)['stills']['transcript'])}</summary>"
    return f'<details class="deconvviz-fallback">{summary}<ol>{items}</ol></details>'


def _item(step: int | None, sentence: str) -> str:
    mark = ' style="list-style: none"' if step is None else f' value="{step + 1}"'
    return f"<li{mark}>{escape(sentence)}</li>"
