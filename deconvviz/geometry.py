"""Which input meets which output: one line of integers per axis, and all that follows from it.

Along each axis, input index ``i`` meets kernel tap ``t`` at output index

    o = stride * i + dilation * t - padding_begin

Scatter fixes ``i`` and walks ``t``; gather fixes ``o``; the matrix writes every pair down; overlap
counts the pairs of each ``o``. Sizes follow Dumoulin and Visin, *A guide to convolution arithmetic
for deep learning* (2016), chapter 4, with dilation and per-side padding added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from operator import index
from typing import Any, NamedTuple, TypeVar

from .errors import GeometryError

Index = tuple[int, ...]
_T = TypeVar("_T")


class Pair(NamedTuple):
    """An input index and the kernel tap with which it reaches an output index."""

    source: Index
    tap: Index


class Extent(NamedTuple):
    """How far the stretched map has grown: gaps filled with zeros, border rows at each side."""

    gaps: int
    begin: int
    end: int


class Multiplications(NamedTuple):
    """How many numbers are multiplied, and which of them tell nothing of the input.

    ``useful`` products reach the output. Of the others, ``inserted`` fall on a zero between inputs
    and ``padded`` on the border (gather), ``cropped`` are dropped (scatter), and ``empty`` meet a
    zero of the matrix.
    """

    total: int
    useful: int
    inserted: int = 0
    padded: int = 0
    cropped: int = 0
    empty: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a transposed convolution. Every other place asks this one."""

    kernel_size: int
    stride: int = 1
    padding_begin: int = 0
    padding_end: int = 0
    output_padding: int = 0
    dilation: int = 1

    @property
    def span(self) -> int:
        """Canvas cells from the first tap to the last: ``dilation * (kernel_size - 1) + 1``."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def border(self) -> tuple[int, int]:
        """Zeros that the gather view adds at each side of the stretched map; negative crops it."""
        begin = self.span - 1 - self.padding_begin
        return begin, self.span - 1 - self.padding_end + self.output_padding

    @property
    def given_back(self) -> tuple[int, int]:
        """What output_padding adds at the end: (cells of the canvas, cells beyond the canvas)."""
        kept = min(self.output_padding, self.padding_end)
        return kept, self.output_padding - kept

    def canvas_index(self, source: int, tap: int) -> int:
        """Return the cell of the full canvas where input ``source`` and kernel ``tap`` meet."""
        return self.stride * source + self.dilation * tap

    def output_index(self, source: int, tap: int) -> int:
        """Return where input ``source`` and kernel ``tap`` meet, even if that is cropped."""
        return self.canvas_index(source, tap) - self.padding_begin

    def full_size(self, input_size: int) -> int:
        """Return the size of the canvas that holds every stamp."""
        return self.canvas_index(input_size - 1, self.kernel_size - 1) + 1

    def output_size(self, input_size: int) -> int:
        """Return the size that is left after the crop, ``output_padding`` given back."""
        crop = self.padding_begin + self.padding_end - self.output_padding
        return self.full_size(input_size) - crop

    def direct_size(self, size: int) -> tuple[int, int]:
        """Return the positions of the direct convolution over ``size`` cells, and what is left.

        The cells left over are those that its last step cannot reach: our ``output_padding``.
        """
        steps, left = divmod(size + self.padding_begin + self.padding_end - self.span, self.stride)
        return steps + 1, left

    def too_much_crop(self, output_size: int) -> GeometryError:
        """Return the error that says which padding would leave at least one output."""
        begin, end = self.padding_begin, self.padding_end
        most = (output_size + begin + end - 1) // 2
        shown = begin if begin == end else (begin, end)
        return GeometryError("output_size", value=output_size, padding=shown, most=most)

    def stretched_size(self, input_size: int) -> int:
        """Return the input's size once ``stride - 1`` zeros stand between neighbours."""
        return self.stride * (input_size - 1) + 1

    def window(self, input_size: int) -> tuple[int, int]:
        """Return the canvas cells that become the output, as (start, stop)."""
        return self.padding_begin, self.padding_begin + self.output_size(input_size)

    def footprint(self, source: int, input_size: int) -> list[tuple[int, int]]:
        """Return (tap, output index) of every tap of ``source`` that survives the crop."""
        size = self.output_size(input_size)
        reached = ((tap, self.output_index(source, tap)) for tap in range(self.kernel_size))
        return [(tap, target) for tap, target in reached if 0 <= target < size]

    def contributors(self, target: int, input_size: int) -> list[tuple[int, int]]:
        """Return (source, tap) of every pair that meets at output ``target``, by source."""
        found = []
        for tap in reversed(range(self.kernel_size)):
            source, rest = divmod(target - self.output_index(0, tap), self.stride)
            if rest == 0 and 0 <= source < input_size:
                found.append((source, tap))
        return found

    def phase(self, tap: int) -> tuple[int, int]:
        """Return (phase, shift): the tap writes cells ``stride * (source + shift) + phase``."""
        shift, phase = divmod(self.canvas_index(0, tap), self.stride)
        return phase, shift

    def phase_size(self, input_size: int) -> int:
        """Return how many cells of each phase hold the canvas, and what lies beyond it."""
        _, stop = self.window(input_size)
        return -(-max(stop, self.full_size(input_size)) // self.stride)

    def phase_window(self, phase: int, input_size: int) -> tuple[slice, slice]:
        """Return which cells of a phase survive the crop, and where in the output they lie."""
        start, stop = (-((phase - edge) // self.stride) for edge in self.window(input_size))
        first = self.stride * start + phase - self.padding_begin
        return slice(start, stop), slice(first, self.output_size(input_size), self.stride)

    def canvas_slice(self, tap: int, start: int, stop: int) -> slice:
        """Return the canvas cells that one tap writes for the inputs ``start`` to ``stop``."""
        first = self.canvas_index(start, tap)
        return slice(first, first + self.stride * (stop - start - 1) + 1, self.stride)

    def final_until(self, source: int) -> int:
        """Return how many canvas cells no input from ``source`` on can reach any more."""
        return self.canvas_index(source, 0)

    def first_reaching(self, cell: int) -> int:
        """Return the first input whose stamp reaches canvas ``cell`` or lies beyond it."""
        return max(0, -((self.span - 1 - cell) // self.stride))

    def grown(self, input_size: int) -> Extent:
        """Return the extent of the map over which the gather view slides its window."""
        return Extent(input_size - 1, *self.border)

    def map_size(self, input_size: int, extent: Extent) -> int:
        """Return the size of the map at one moment of its growth."""
        zeros = extent.gaps * (self.stride - 1)
        return input_size + zeros + extent.begin + extent.end

    def map_source(self, cell: int, input_size: int, extent: Extent) -> int | str:
        """Return the input index that stands in a cell of the map, or what kind of zero does."""
        zeros = self.stride - 1
        place = cell - extent.begin
        if not 0 <= place < input_size + extent.gaps * zeros:
            return "padded"
        source, rest = divmod(min(place, extent.gaps * self.stride), self.stride)
        if rest:
            return "inserted"
        return source + max(0, place - extent.gaps * self.stride)

    def map_cell(self, target: int, tap: int) -> int:
        """Return the cell of the grown map that the window of ``target`` multiplies by ``tap``."""
        return target + self.dilation * (self.kernel_size - 1 - tap)

    def window_counts(self, input_size: int) -> tuple[int, int, int]:
        """Return how many window cells hold an input, lie inside the border, and are in all."""
        grown = self.grown(input_size)
        found = [
            self.map_source(self.map_cell(target, tap), input_size, grown)
            for target in range(self.output_size(input_size))
            for tap in range(self.kernel_size)
        ]
        padded = found.count("padded")
        return len(found) - padded - found.count("inserted"), len(found) - padded, len(found)


class Geometry:
    """The parameters of a transposed convolution, checked, with all that follows from them.

    Parameters
    ----------
    kernel_size
        One whole number for a square 2-D kernel, or one per axis (a one-tuple is 1-D).
    stride, output_padding, dilation
        One whole number for every axis, or one per axis.
    padding
        As above, or one (begin, end) pair per axis: rows of the full canvas cropped at each side.

    Raises
    ------
    GeometryError
        If a value is not a whole number, is out of its bound, or if ``output_padding`` is smaller
        than neither stride nor dilation (PyTorch's rule, per axis).

    Examples
    --------
    >>> geometry = Geometry(3, stride=2, padding=1, output_padding=1)
    >>> geometry.full_size(3), geometry.output_size(3), geometry.stretched_size(3)
    ((7, 7), (6, 6), (5, 5))
    >>> geometry.border()
    ((1, 2), (1, 2))
    """

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        dilation: Any = 1,
    ) -> None:
        kernel = _per_axis("kernel_size", kernel_size, None, least=1)
        ndim = len(kernel)
        strides = _per_axis("stride", stride, ndim, least=1)
        pads = _pairs("padding", padding, ndim)
        extra = _per_axis("output_padding", output_padding, ndim, least=0)
        dilations = _per_axis("dilation", dilation, ndim, least=1)
        for s, op, d in zip(strides, extra, dilations, strict=True):
            _check_output_padding(op, s, d)
        self.axes = tuple(
            Axis(k, s, begin, end, op, d)
            for k, s, (begin, end), op, d in zip(
                kernel, strides, pads, extra, dilations, strict=True
            )
        )

    @cached_property
    def kernel_size(self) -> Index:
        """Taps along each axis."""
        return tuple(axis.kernel_size for axis in self.axes)

    @cached_property
    def stride(self) -> Index:
        """Canvas cells between the stamps of neighbouring inputs."""
        return tuple(axis.stride for axis in self.axes)

    @cached_property
    def padding(self) -> tuple[tuple[int, int], ...]:
        """What is cropped from the full canvas, as (begin, end) of every axis."""
        return tuple((axis.padding_begin, axis.padding_end) for axis in self.axes)

    @cached_property
    def output_padding(self) -> Index:
        """Rows given back at the end of each axis after the crop."""
        return tuple(axis.output_padding for axis in self.axes)

    @cached_property
    def dilation(self) -> Index:
        """Canvas cells between neighbouring taps of one stamp."""
        return tuple(axis.dilation for axis in self.axes)

    @cached_property
    def ndim(self) -> int:
        """Number of spatial axes, 1 to 3."""
        return len(self.axes)

    @cached_property
    def whole(self) -> Geometry:
        """The same geometry with nothing cropped, whose outputs are the full canvas."""
        return Geometry(self.kernel_size, self.stride, dilation=self.dilation)

    def input_size(self, size: Any) -> Index:
        """Check an input size, one whole number or one per axis, and return one per axis."""
        return _per_axis("input_size", size, self.ndim, least=1)

    def full_size(self, input_size: Any) -> Index:
        """Return the size of the canvas that holds every stamp, before the crop."""
        return self._sizes(Axis.full_size, input_size)

    def stretched_size(self, input_size: Any) -> Index:
        """Return the size of the input once zeros stand between its cells."""
        return self._sizes(Axis.stretched_size, input_size)

    def output_size(self, input_size: Any) -> Index:
        """Return the size of the output.

        Per axis ``(input - 1) * stride - padding_begin - padding_end + dilation * (kernel - 1)
        + output_padding + 1``, as in PyTorch's documentation of ``ConvTranspose2d``.

        Raises
        ------
        GeometryError
            If the crop leaves no cell.
        """
        sizes = self._sizes(Axis.output_size, input_size)
        if min(sizes) < 1:
            at = sizes.index(min(sizes))
            raise self.axes[at].too_much_crop(sizes[at])
        return sizes

    def direct(self, size: Any) -> tuple[Geometry, Index]:
        """Return the geometry and input size of the transpose of a direct convolution.

        ``size`` is what the direct convolution reads and the transpose writes; the input size is
        what the direct convolution writes. The geometry differs from this one in output_padding.

        Examples
        --------
        >>> Geometry(3, stride=2, padding=1).direct(6)
        (Geometry((3, 3), stride=2, padding=1, output_padding=1), (3, 3))
        """
        sizes = self.input_size(size)
        found = [axis.direct_size(n) for axis, n in zip(self.axes, sizes, strict=True)]
        steps, left = _columns(found)
        if min(steps) < 1:
            at = steps.index(min(steps))
            axis = self.axes[at]
            padded = sizes[at] + sum(self.padding[at])
            raise GeometryError(
                "direct_size", span=axis.span, value=padded, less=axis.span - padded
            )
        geometry = Geometry(self.kernel_size, self.stride, self.padding, left, self.dilation)
        return geometry, steps

    def border(self) -> tuple[tuple[int, int], ...]:
        """Return the zeros that the gather view adds at (begin, end) of each axis."""
        return tuple(axis.border for axis in self.axes)

    def window(self, input_size: Any) -> tuple[tuple[int, int], ...]:
        """Return the cells of the full canvas that become the output: (start, stop) per axis."""
        self.output_size(input_size)
        sizes = self.input_size(input_size)
        return tuple(axis.window(n) for axis, n in zip(self.axes, sizes, strict=True))

    def taps(self) -> list[Index]:
        """Return every kernel tap in raster order."""
        return cells(self.kernel_size)

    def output_index(self, source: Sequence[int], tap: Sequence[int]) -> Index:
        """Return where an input cell and a tap meet, even if that is cropped."""
        return tuple(
            axis.output_index(i, t) for axis, i, t in zip(self.axes, source, tap, strict=True)
        )

    def footprint(self, source: Sequence[int], input_size: Any) -> list[tuple[Index, Index]]:
        """Return (tap, output index) of every product that one input cell leaves in the output.

        Examples
        --------
        >>> Geometry((3,), stride=2, padding=1).footprint((1,), 3)
        [((0,), (1,)), ((1,), (2,)), ((2,), (3,))]
        """
        sizes = self.input_size(input_size)
        found = product(
            *(axis.footprint(i, n) for axis, i, n in zip(self.axes, source, sizes, strict=True))
        )
        return [_columns(pairs) for pairs in found]

    def contributors(self, target: Sequence[int], input_size: Any) -> list[Pair]:
        """Return every (input, tap) pair that meets at one output cell, inputs in raster order.

        Examples
        --------
        >>> Geometry((3,), stride=2).contributors((2,), 3)
        [Pair(source=(0,), tap=(2,)), Pair(source=(1,), tap=(0,))]
        """
        sizes = self.input_size(input_size)
        found = product(
            *(axis.contributors(o, n) for axis, o, n in zip(self.axes, target, sizes, strict=True))
        )
        return [Pair(*_columns(pairs)) for pairs in found]

    def overlap(self, input_size: Any) -> tuple[tuple[int, ...], ...]:
        """Return, per axis, how many pairs meet at each output index; their product is the count.

        Examples
        --------
        >>> Geometry((3,), stride=2).overlap(3)
        ((1, 1, 2, 1, 2, 1, 1),)
        """
        inputs, outputs = self.input_size(input_size), self.output_size(input_size)
        return tuple(
            tuple(len(axis.contributors(o, n)) for o in range(size))
            for axis, n, size in zip(self.axes, inputs, outputs, strict=True)
        )

    def multiplications(self, input_size: Any, view: str = "scatter") -> Multiplications:
        """Return how many numbers one plane multiplies in a view, and how many for nothing.

        A layer with channels does as many for each pair of an input and an output channel.

        Raises
        ------
        GeometryError
            If the view is not "scatter", "gather" or "matrix".

        Examples
        --------
        >>> Geometry(3, stride=2).multiplications(3, "gather")
        Multiplications(total=441, useful=81, inserted=144, padded=216, cropped=0, empty=0)
        """
        sizes = self.input_size(input_size)
        window = [axis.window_counts(n) for axis, n in zip(self.axes, sizes, strict=True)]
        useful, spanned, total = (prod(counts) for counts in zip(*window, strict=True))
        if view == "gather":
            return Multiplications(total, useful, spanned - useful, total - spanned)
        if view == "scatter":
            stamped = prod(sizes) * prod(self.kernel_size)
            return Multiplications(stamped, useful, cropped=stamped - useful)
        if view == "matrix":
            entries = prod(sizes) * prod(self.output_size(sizes))
            return Multiplications(entries, useful, empty=entries - useful)
        raise GeometryError(
            "choice", name="view", value=repr(view), choices="scatter, gather, matrix"
        )

    def canvas_slices(
        self, tap: Sequence[int], start: Sequence[int], stop: Sequence[int]
    ) -> tuple[slice, ...]:
        """Return the canvas cells that one tap writes for a block of inputs."""
        return tuple(
            axis.canvas_slice(t, a, b)
            for axis, t, a, b in zip(self.axes, tap, start, stop, strict=True)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the parameters, one entry per axis, ready for JSON."""
        return {
            "kernel_size": list(self.kernel_size),
            "stride": list(self.stride),
            "padding": [list(pair) for pair in self.padding],
            "output_padding": list(self.output_padding),
            "dilation": list(self.dilation),
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Geometry) and self.axes == other.axes

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        written = [repr(self.kernel_size)]
        symmetric = all(begin == end for begin, end in self.padding)
        padding = tuple(begin for begin, _ in self.padding) if symmetric else self.padding
        for name, values, default in (
            ("stride", self.stride, 1),
            ("padding", padding, 0),
            ("output_padding", self.output_padding, 0),
            ("dilation", self.dilation, 1),
        ):
            if any(value != default for value in values):
                same = len(set(values)) == 1 and not isinstance(values[0], tuple)
                written.append(f"{name}={values[0] if same else values}")
        return f"Geometry({', '.join(written)})"

    @cached_property
    def _hash(self) -> int:
        return hash(self.axes)

    def _sizes(self, size: Callable[[Axis, int], int], input_size: Any) -> Index:
        sizes = self.input_size(input_size)
        return tuple(size(axis, n) for axis, n in zip(self.axes, sizes, strict=True))


def cells(size: Sequence[int]) -> list[Index]:
    """Return every index of a grid in raster order."""
    return list(product(*map(range, size)))


def whole_number(name: str, value: Any, least: int) -> int:
    """Check one whole number against its bound."""
    if type(value) is int and value >= least:
        return value
    try:
        if isinstance(value, bool):
            raise TypeError
        number = index(value)
    except TypeError:
        raise GeometryError("whole_number", name=name, value=repr(value), least=least) from None
    if number < least:
        raise GeometryError("at_least", name=name, value=number, least=least)
    return number


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Index, Index]:
    return tuple(first for first, _ in pairs), tuple(second for _, second in pairs)


def _per_axis(name: str, value: Any, ndim: int | None, least: int) -> Index:
    entries = value if _is_sequence(value) else (value,) * (ndim or 2)
    values = tuple(whole_number(name, entry, least) for entry in entries)
    if ndim is not None:
        return _broadcast(name, value, values, ndim)
    if not 1 <= len(values) <= 3:
        raise GeometryError("dimensions", name=name, value=repr(value))
    return values


def _pairs(name: str, value: Any, ndim: int) -> tuple[tuple[int, int], ...]:
    entries = value if _is_sequence(value) else (value,)
    return _broadcast(name, value, tuple(_pair(name, entry) for entry in entries), ndim)


def _pair(name: str, entry: Any) -> tuple[int, int]:
    sides = entry if _is_sequence(entry) else (entry, entry)
    if len(sides) != 2:
        raise GeometryError("pair", name=name, value=repr(entry))
    begin, end = (whole_number(name, side, least=0) for side in sides)
    return begin, end


def _broadcast(name: str, value: Any, values: tuple[_T, ...], ndim: int) -> tuple[_T, ...]:
    if len(values) == 1:
        return values * ndim
    if len(values) != ndim:
        raise GeometryError("per_axis", name=name, value=repr(value), ndim=ndim)
    return values


def _is_sequence(value: Any) -> bool:
    listed = isinstance(value, list | tuple | Sequence) or getattr(value, "ndim", 0) > 0
    return listed and not isinstance(value, str)


def _check_output_padding(value: int, stride: int, dilation: int) -> None:
    most = max(stride, dilation) - 1
    if value > most:
        raise GeometryError(
            "output_padding", value=value, stride=stride, dilation=dilation, most=most
        )
