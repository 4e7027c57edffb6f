"""How much may be shown: one limit, the same in Python and in the page.

What is recorded, shown, exported or drawn is worked out in the reader's page, too, so each of these
has the bounds of ``limits.json``, which stand there by the name of their refusal. They are set so
that what is legal answers in about a second (see ``benchmarks/browser.py``), and they are checked
before anything is built: by :class:`Trace`, and wherever words describe a player.

========  ==========================================================================================
number    every number that shapes the computation (``at_most``)
channels  input channels of all groups
entries   numbers of the input, of the weight, and of either as it was given, in all groups
taps      taps in all channels of a group: what one step may multiply
products  input cells times taps
canvas    cells of the full canvas
output    cells of the output, which ``output_padding`` can make larger than the canvas
map       in the gather view, cells of the stretched map with its border, in all channels of a group
matrix    in the matrix view, entries of the matrix
========  ==========================================================================================

What is only computed has none of them: ``conv_transpose`` and its gradients, ``overlap``,
``convolution_matrix``, scores and cures take what fits in memory, a :class:`Geometry` any number.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, prod
from typing import Any

from ..errors import GeometryError
from ..geometry import Geometry, Index, Stretched
from ..tables import table
from ..text import number


def check_work(
    geometry: Geometry,
    input_size: Index,
    channels: int,
    view: str = "scatter",
    groups: int = 1,
    given: Iterable[int] = (),
) -> None:
    """Refuse what is too much to show.

    ``channels`` are those of all groups together; ``given`` says how many numbers one's own data
    have, which a size may cut.
    """
    if view == "direct":  # the layer writes the map that is read
        check_number("input_size", input_size)
        layer, small = geometry.direct(input_size)
        read = channels * prod(input_size)
        return check_work(layer, small, channels, "scatter", groups, (*given, read))
    for name, numbers in {"input_size": input_size, **geometry.to_dict()}.items():
        check_number(name, numbers)
    seen = channels // groups
    cells, kernel = prod(input_size), prod(geometry.kernel_size)
    _check("too_many_channels", channels)
    _check("too_many_entries", max(channels * cells, channels * kernel, *given))
    _check("too_many_taps", seen * kernel)
    _check("too_many_products", seen * kernel * cells)
    _check("too_many_canvas", prod(geometry.full_size(input_size)))
    output = prod(geometry.output_size(input_size))
    _check("too_many_output", output)
    if view == "gather":
        axes = map(Stretched.grown, geometry.axes, input_size)
        _check("too_many_map", seen * prod(axis.size for axis in axes))
    if view == "matrix":
        _check("too_many_matrix", seen * cells * output)


def check_number(name: str, value: Any) -> None:
    """Refuse a number that no player needs; of lists, any entry."""
    if isinstance(value, list | tuple):
        for entry in value:
            check_number(name, entry)
    elif isinstance(value, int):
        _check("at_most", value, name=name)


def _check(refusal: str, value: int, **fields: str) -> None:
    most = table("limits")[refusal]
    if value > most:
        raise GeometryError(refusal, value=_written(value), most=most, **fields)


def _written(value: int) -> str:
    """Write a number as both languages can: beyond 2^53 a page has only the first digits."""
    if value < 2**53:
        return str(value)
    return number(float(value) if value < 2**1023 else inf)
