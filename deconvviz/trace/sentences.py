"""From a step's facts to the sentence a reader sees. The front-end says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

from ..text import fill, load, number
from .plane import Plane
from .steps import (
    Bias,
    Canvas,
    Crop,
    Cut,
    Extend,
    Flatten,
    Flip,
    Gather,
    InsertZeros,
    Keep,
    Map,
    Multiply,
    Pad,
    Reshape,
    Scatter,
    Slide,
    Step,
    Transpose,
    Unroll,
)

Words = Mapping[str, Any]


def sentence(plane: Plane, step: Step, lang: str = "en") -> str:
    """Say what a step did, in one sentence of one language."""
    return _SENTENCES[type(step)](plane, step, load(lang))


def cell(index: Sequence[int]) -> str:
    """Write an index as it stands between brackets: ``1, 2``."""
    return ", ".join(map(str, index))


def size(sizes: Sequence[int]) -> str:
    """Write a size: ``3 × 3``."""
    return " × ".join(map(str, sizes))


def _canvas(plane: Plane, step: Canvas, words: Words) -> str:
    return fill(words["steps"]["canvas"], size=size(step.size))


def _scatter(plane: Plane, step: Scatter, words: Words) -> str:
    held = sum(step.held)
    overlap = words["steps"]["overlap"]["some" if held else "none"]
    return fill(
        words["steps"]["scatter"],
        channel=_channel(plane, step.channel, words),
        source=cell(step.source),
        value=number(step.value),
        where=_where(plane, step.targets, words),
        overlap=fill(overlap, held=held, targets=len(step.targets)),
    )


def _crop(plane: Plane, step: Crop, words: Words) -> str:
    return fill(
        words["steps"]["crop"],
        count=step.count,
        unit=_unit(plane, step.axis, step.count, words),
        side=_side(plane, step.axis, step.side, words),
    )


def _extend(plane: Plane, step: Extend, words: Words) -> str:
    case = "beyond" if not step.kept else "both" if step.beyond else "kept"
    return fill(
        words["steps"]["extend"][case],
        kept=step.kept,
        beyond=step.beyond,
        unit=_unit(plane, step.axis, step.beyond or step.kept, words),
        side=_side(plane, step.axis, 1, words),
    )


def _bias(plane: Plane, step: Bias, words: Words) -> str:
    return fill(words["steps"]["bias"], value=number(step.value), count=plane.sums.size)


def _insert_zeros(plane: Plane, step: InsertZeros, words: Words) -> str:
    return fill(
        words["steps"]["insert_zeros"],
        stride=plane.geometry.stride[step.axis],
        count=step.count,
        unit=_unit(plane, step.axis, step.count, words),
        axis=words["axes"][plane.geometry.ndim - 1][step.axis],
        before=step.gap,
        after=step.gap + 1,
    )


def _pad(plane: Plane, step: Pad, words: Words) -> str:
    axis, texts = plane.geometry.axes[step.axis], words["steps"]["pad"]
    extra = fill(texts["extra"], output_padding=axis.output_padding)
    case = "direct" if plane.direct else "add" if step.count > 0 else "crop"
    return fill(
        texts[case],
        count=abs(step.count),
        unit=_unit(plane, step.axis, abs(step.count), words),
        side=_side(plane, step.axis, step.side, words),
        span=axis.span - 1,
        padding=(axis.padding_begin, axis.padding_end)[step.side],
        extra=extra if step.side and axis.output_padding else "",
    )


def _flip(plane: Plane, step: Flip, words: Words) -> str:
    taps = plane.geometry.taps()
    return fill(words["steps"]["flip"], first=f"[{cell(taps[0])}]", last=f"[{cell(taps[-1])}]")


def _keep(plane: Plane, step: Keep, words: Words) -> str:
    return str(words["steps"]["keep"])


def _gather(plane: Plane, step: Gather, words: Words) -> str:
    axes = list(zip(plane.geometry.axes, step.target, plane.input_size, strict=True))
    products = plane.weight.size
    stretched = plane.channels * prod(
        axis.dense.meetings(o, axis.stretched_size(n)) for axis, o, n in axes
    )
    real = plane.channels * prod(axis.meetings(o, n) for axis, o, n in axes)
    return fill(
        words["steps"]["gather"],
        target=cell(step.target),
        value=number(step.value),
        products=products,
        real=real,
        inserted=stretched - real,
        padded=products - stretched,
    )


def _map(plane: Plane, step: Map, words: Words) -> str:
    return fill(words["steps"]["map"], size=size(step.size))


def _slide(plane: Plane, step: Slide, words: Words) -> str:
    axes = zip(plane.geometry.axes, step.target, plane.input_size, strict=True)
    return fill(
        words["steps"]["slide"],
        target=cell(step.target),
        value=number(step.value),
        start=", ".join(map(number, step.start)),
        real=plane.channels * prod(len(axis.taps_inside(o, n)) for axis, o, n in axes),
        products=plane.weight.size,
    )


def _cut(plane: Plane, step: Cut, words: Words) -> str:
    axis = plane.geometry.axes[step.axis]
    return fill(
        words["steps"]["cut"],
        ndim=plane.geometry.ndim,
        count=step.count,
        unit=_unit(plane, step.axis, step.count, words),
        side=_side(plane, step.axis, 1, words),
        output_padding=axis.output_padding,
        stride=axis.stride,
    )


def _unroll(plane: Plane, step: Unroll, words: Words) -> str:
    channel = _channel(plane, step.channel, words)
    return fill(words["steps"]["unroll"], row=step.row, channel=channel, source=cell(step.source))


def _transpose(plane: Plane, step: Transpose, words: Words) -> str:
    return fill(words["steps"]["transpose"], rows=step.rows, columns=step.columns)


def _flatten(plane: Plane, step: Flatten, words: Words) -> str:
    return fill(words["steps"]["flatten"], count=step.count)


def _multiply(plane: Plane, step: Multiply, words: Words) -> str:
    return fill(
        words["steps"]["multiply"],
        row=step.row,
        products=len(step.products),
        target=cell(step.target),
        value=number(step.value),
    )


def _reshape(plane: Plane, step: Reshape, words: Words) -> str:
    return fill(words["steps"]["reshape"], count=plane.sums.size, size=size(step.size))


def _channel(plane: Plane, channel: int, words: Words) -> str:
    return fill(words["channel"], channel=channel) if plane.channels > 1 else ""


def _unit(plane: Plane, axis: int, count: int, words: Words) -> str:
    return fill(words["units"][plane.geometry.ndim - 1][axis], n=count)


def _side(plane: Plane, axis: int, side: int, words: Words) -> str:
    return str(words["sides"][plane.geometry.ndim - 1][2 * axis + side])


def _where(plane: Plane, targets: Sequence[Sequence[int]], words: Words) -> str:
    """Name the canvas cells of a stamp: rows 2–4, columns 0–2."""
    spans = zip(targets[0], targets[-1], plane.geometry.dilation, strict=True)
    return ", ".join(_range(plane, axis, *span, words) for axis, span in enumerate(spans))


def _range(plane: Plane, axis: int, first: int, last: int, step: int, words: Words) -> str:
    case = "one" if first == last else "gaps" if step > 1 else "many"
    unit = _unit(plane, axis, 1 if first == last else 2, words)
    return fill(words["range"][case], unit=unit, first=first, last=last, step=step)


_SENTENCES: dict[type[Step], Callable[[Plane, Any, Words], str]] = {
    Canvas: _canvas,
    Scatter: _scatter,
    Crop: _crop,
    Cut: _cut,
    Extend: _extend,
    Bias: _bias,
    InsertZeros: _insert_zeros,
    Pad: _pad,
    Flip: _flip,
    Keep: _keep,
    Gather: _gather,
    Map: _map,
    Slide: _slide,
    Unroll: _unroll,
    Transpose: _transpose,
    Flatten: _flatten,
    Multiply: _multiply,
    Reshape: _reshape,
}
