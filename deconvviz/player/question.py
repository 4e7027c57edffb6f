"""The author's one question about a trace, its answer and why; the front-end has a twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, NamedTuple

from ..errors import GeometryError
from ..figures.panels import Panel
from ..figures.scenes import scene
from ..geometry import Index, Pair
from ..text import fill, load, number
from ..trace import Trace
from ..trace.order import place_of_source, place_of_target
from ..trace.sentences import cell, size
from ..words.question import Wanted, wanted
from .listed import listed

TERMS = 8  # a list of more is cut
_WRITES = {"gather": "gather", "matrix": "multiply"}  # the phases that write one output a step


class Question(NamedTuple):
    """A question and what the reader must know to answer.

    ``until`` is the first step that would tell, the trace's length if none would.
    """

    kind: str
    text: str
    given: str
    answer: tuple[float, ...]
    truth: str
    because: str
    until: int


def question(trace: Trace, ask: str, title: str = "", lang: str = "en") -> Question:
    """Return what a word ``ask`` asks about a trace.

    Raises
    ------
    GeometryError
        If it names a cell that is not there.

    Examples
    --------
    >>> from deconvviz import record
    >>> told = question(record([1, 2], [3, 4], stride=2), "value 2")
    >>> told.text, told.truth, told.because
    ('What value will y[2] have?', '6', '2·3 = 6: 1 product meets there.')
    """
    asked = wanted(ask)
    assert asked is not None
    if trace.view == "direct" and asked.kind != "claim":
        raise GeometryError("asked_view", value=repr(asked.text))
    kind = "tap" if asked.tap else asked.kind
    text, answer, truth, because, until = _TELL[asked.kind](trace, load(lang), asked, title)
    return Question(kind, text, _given(trace, lang), answer, truth, because, until)


def answer(asked: Question, lang: str = "en") -> str:
    """Return what a reader hears who skips a question: the truth, and why."""
    told = fill(load(lang)["predict"]["skipped"], truth=asked.truth)
    return f"{told} {asked.because}".strip()


def before(trace: Trace, asked: Question, step: int = 0, lang: str = "en") -> list[Panel]:
    """Return the picture at a step, or the last before it that does not answer.

    Of a size, the output is left out, and the map over which a window would count it; of a
    matrix, all that it would tell.
    """
    if asked.kind == "size" and trace.view == "gather":
        return before(trace.with_view("scatter"), asked, 0, lang)
    panels = scene(trace, min(step, asked.until - 1), lang)
    matrix = trace.view == "matrix" and asked.kind not in ("value", "claim")
    hidden = ("C", "Cᵀ", "y") if matrix else ("y",) if asked.kind == "size" else ()
    return [panel for panel in panels if panel.letter not in hidden]


def _given(trace: Trace, lang: str) -> str:
    sizes = load(lang)["sizes"]
    names = sizes["direct" if trace.direct else "ours"]
    parameters = [*listed([(name, name, *usual) for name, _, *usual in names], trace.geometry)]
    if trace.bias is not None:
        parameters.append(f"bias {number(trace.bias)}")
    return fill(sizes["given"], input=size(trace.input_size), parameters=", ".join(parameters))


Told = tuple[str, tuple[float, ...], str, str, int]


def _size(trace: Trace, words: Any, _: Wanted, __: str) -> Told:
    predict, output = words["predict"], trace.output_size
    sums = [
        fill(
            predict["because"]["size"],
            axis="{axis}",
            stride=axis.stride,
            input=trace.input_size[at],
            span=axis.span,
            begin=axis.padding_begin,
            end=axis.padding_end,
            extra=axis.output_padding,
            output=output[at],
        )
        for at, axis in enumerate(trace.geometry.axes)
    ]
    units = [_begun(fill(unit, n=2)) for unit in words["units"][trace.geometry.ndim - 1]]
    named = [text.replace("{axis}", unit) for text, unit in zip(sums, units, strict=True)]
    because = named[0] if len(set(sums)) == 1 else " ".join(named)
    return predict["size"], output, size(output), because, _unrolled(trace)


def _land(trace: Trace, words: Any, asked: Wanted, _: str) -> Told:
    source, tap = asked.cell, asked.tap or (0,) * len(asked.cell)
    _inside(asked, "x", source, trace.input_size)
    _inside(asked, "w", tap, trace.geometry.kernel_size)
    answer = trace.geometry.output_index(source, tap)
    canvas = trace.view == "scatter"
    how = words["ask"]["how"]["pick" if canvas else "write"]
    template = words["ask"]["tap" if asked.tap else "land"]
    text = fill(template, source=cell(source), tap=cell(tap), how=how)
    because = fill(words["predict"]["because"]["land"], rule=_rule(trace, source, tap, words))
    if not canvas:
        return text, answer, _named(trace, answer, words), because, _unrolled(trace)
    until = _start(trace, "scatter") + place_of_source(trace, 0, source)
    return text, answer, _named(trace, answer, words), because, until


def _value(trace: Trace, words: Any, asked: Wanted, _: str) -> Told:
    _inside(asked, "y", asked.cell, trace.output_size)
    value = float(trace.output[asked.cell])
    terms = _terms(trace, asked.cell, words)
    because = fill(
        words["ask"]["because"]["value" if terms else "empty"],
        terms=terms,
        value=number(value),
        count=_count_of(trace, asked.cell),
    )
    text = fill(words["ask"]["value"], index=cell(asked.cell))
    return text, (value,), number(value), because, _tells(trace, asked.cell, value)


def _count(trace: Trace, words: Any, asked: Wanted, _: str) -> Told:
    _inside(asked, "y", asked.cell, trace.output_size)
    count = _count_of(trace, asked.cell)
    pairs = [f"x[{cell(source)}]·w[{cell(tap)}]" for source, tap in _met(trace, asked.cell)]
    kind = "empty" if not count else "channels" if trace.channels > 1 else "count"
    template = words["ask"]["because"][kind]
    because = fill(template, pairs=", ".join(_cut(pairs)), met=len(pairs), channels=trace.channels)
    until = min(_complete(trace, asked.cell), _unrolled(trace))
    return (
        fill(words["ask"]["count"], index=cell(asked.cell)),
        (count,),
        str(count),
        because,
        until,
    )


def _holes(trace: Trace, words: Any, _: Wanted, __: str) -> Told:
    texts, ndim = words["ask"], trace.geometry.ndim
    reached = [sum(map(bool, line)) for line in trace.geometry.overlap(trace.input_size)]
    lines = (
        fill(texts["because"]["line"], reached=count, all=n, unit=fill(unit, n=n))
        for count, n, unit in zip(reached, trace.output_size, words["units"][ndim - 1], strict=True)
    )
    there, every = prod(reached), prod(trace.output_size)
    template = texts["because"]["holes"]["one" if ndim == 1 else "more"]
    because = fill(template, lines=", ".join(lines), reached=there, all=every)
    until = min(_last(trace), _unrolled(trace))
    return texts["holes"], (every - there,), str(every - there), because, until


def _pattern(trace: Trace, words: Any, _: Wanted, __: str) -> Told:
    texts, ndim, axis = words["ask"], trace.geometry.ndim, trace.geometry.axes[-1]
    turns = [
        [tap for tap in range(axis.kernel_size) if axis.phase(tap)[0] == phase]
        for phase in range(axis.stride)
    ]
    answer = _period([len(taps) for taps in turns])
    told = texts["because"]
    written = [
        fill(told["turn"], count=len(taps), taps=cell(taps)) if taps else told["none"]
        for taps in turns
    ]
    text = fill(
        texts["pattern"]["one" if ndim == 1 else "more"], axis=words["sizes"]["axes"][ndim - 1][-1]
    )
    because = fill(told["pattern"], turns="; ".join(_cut(written)))
    return text, answer, cell(answer), because, min(_last(trace), _unrolled(trace))


def _claim(trace: Trace, words: Any, asked: Wanted, title: str) -> Told:
    says = int(not asked.says)
    text = fill(words["ask"]["claim"], title=title)
    return text, (says,), words["ask"]["says"][says], "", len(trace)


_TELL: dict[str, Callable[[Trace, Any, Wanted, str], Told]] = {
    "size": _size,
    "land": _land,
    "value": _value,
    "count": _count,
    "holes": _holes,
    "pattern": _pattern,
    "claim": _claim,
}


def _inside(asked: Wanted, letter: str, index: Index, sizes: Index) -> None:
    """Refuse a cell that is not one of a map's."""
    if len(index) == len(sizes) and all(0 <= i < n for i, n in zip(index, sizes, strict=True)):
        return
    least, most = (",".join(map(str, ends)) for ends in ([0] * len(sizes), [n - 1 for n in sizes]))
    bounds = {"size": size(sizes), "least": least, "most": most}
    raise GeometryError("asked_cell", value=repr(asked.text), letter=letter, **bounds)


def _terms(trace: Trace, target: Index, words: Any) -> str:
    """Return what adds up to an output, written out, "" where nothing does."""
    met = [
        f"{number(x[source])}·{number(w[tap])}"
        for source, tap in _met(trace, target)
        for x, w in zip(trace.input, trace.weight, strict=True)
    ]
    shown = _cut(met)
    if trace.bias is not None:
        shown = [*shown, fill(words["why"]["bias"], value=number(trace.bias))]
    return " + ".join(shown)


def _met(trace: Trace, target: Index) -> list[Pair]:
    """Return who meets at an output; a kernel that is not turned brings the tap across."""
    met = trace.geometry.contributors(target, trace.input_size)
    if trace.turned:
        return met
    taps = trace.geometry.taps()
    across = dict(zip(taps, reversed(taps), strict=True))
    return [Pair(source, across[tap]) for source, tap in met]


def _rule(trace: Trace, source: Index, tap: Index, words: Any) -> str:
    """Return why an input meets an output under a tap, with its numbers filled in."""
    lines = [
        fill(
            words["rule"]["line"],
            axis=name,
            stride=axis.stride,
            source=i,
            dilation=axis.dilation,
            tap=t,
            padding=axis.padding_begin,
            output=number(axis.output_index(i, t)),
        )
        for name, axis, i, t in zip(
            words["axes"][trace.geometry.ndim - 1], trace.geometry.axes, source, tap, strict=True
        )
    ]
    return fill(words["rule"]["all"], lines=", ".join(lines))


def _named(trace: Trace, target: Index, words: Any) -> str:
    inside = all(0 <= o < n for o, n in zip(target, trace.output_size, strict=True))
    template = words["predict"]["output" if inside else "cropped"]
    return fill(template, index=", ".join(map(number, target)))


def _count_of(trace: Trace, target: Index) -> int:
    return len(trace.geometry.contributors(target, trace.input_size)) * trace.channels


def _start(trace: Trace, phase: str) -> int:
    """Return where a phase begins; the length of the trace, where there is none."""
    return next((start for name, start, _ in trace.phases if name == phase), len(trace))


def _unrolled(trace: Trace) -> int:
    """Return when a matrix tells all but values: as soon as it has a second row."""
    return 1 if trace.view == "matrix" else len(trace)


def _last(trace: Trace) -> int:
    """Return the step that makes the last product of all."""
    if trace.view == "scatter":
        return _start(trace, "scatter") + trace.input.size - 1
    return _start(trace, _WRITES[trace.view]) + trace.sums.size - 1


def _complete(trace: Trace, target: Index) -> int:
    """Return the step that completes an output."""
    if trace.view != "scatter":
        return _start(trace, _WRITES[trace.view]) + place_of_target(trace, target)
    made = trace.geometry.contributors(target, trace.input_size)
    if not made:
        return _last(trace)
    last = place_of_source(trace, trace.channels - 1, made[-1].source)
    return _start(trace, "scatter") + last


def _tells(trace: Trace, target: Index, value: float) -> int:
    """Return the first step that shows an output's value, if only on the way to another."""
    if trace.view != "scatter":
        return _complete(trace, target)
    total, first = 0.0, _start(trace, "scatter")
    for source, tap in trace.geometry.contributors(target, trace.input_size):
        for channel, (x, w) in enumerate(zip(trace.input, trace.weight, strict=True)):
            total += float(x[source] * w[tap])
            if number(total) == number(value):
                return first + place_of_source(trace, channel, source)
    return _last(trace) if trace.bias is None else _start(trace, "bias")


def _period(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the shortest row of numbers that these repeat."""
    rows = (counts[:every] for every in range(1, len(counts) + 1))
    return tuple(next(row for row in rows if [*row] * (len(counts) // len(row)) == [*counts]))


def _cut(texts: list[str]) -> list[str]:
    """Return a list that can be read: of a long one, how it begins."""
    return [*texts[: TERMS - 1], "…"] if len(texts) > TERMS else texts


def _begun(word: str) -> str:
    """Return a word as it stands at the start of a sentence."""
    return word[:1].upper() + word[1:]
