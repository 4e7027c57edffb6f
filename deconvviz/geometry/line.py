"""The line along one axis, and all that follows from it: which input meets which output.

Input index ``i`` meets kernel tap ``t`` at output index

    o = stride * i + dilation * t - padding_begin

Scatter fixes ``i`` and walks ``t``; gather fixes ``o``; the matrix writes every pair down; overlap
counts the pairs of each ``o``. Sizes follow Dumoulin and Visin, *A guide to convolution arithmetic
for deep learning* (2016), chapter 4, with dilation and per-side padding added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd

from ..errors import GeometryError
from .points import points_below


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

    @property
    def cut(self) -> int:
        """Positions of the direct convolution for which the transposed layer has no input.

        Only an ``output_padding`` that is not smaller than the stride leaves room for them.
        """
        return self.output_padding // self.stride

    def direct_size(self, size: int) -> tuple[int, int]:
        """Return the positions of the direct convolution over ``size`` cells, and what is left.

        The cells left over are those that its last step does not reach: our ``output_padding``.
        Of its own ``output_padding`` an axis keeps whole strides, which cut positions.
        """
        steps, left = divmod(size + self.padding_begin + self.padding_end - self.span, self.stride)
        return steps + 1 - self.cut, left + self.cut * self.stride

    def too_much_crop(self, output_size: int) -> GeometryError:
        """Return the error that says which padding would leave at least one output."""
        begin, end = self.padding_begin, self.padding_end
        most = (output_size + begin + end - 1) // 2
        shown = begin if begin == end else (begin, end)
        return GeometryError("output_size", value=output_size, padding=shown, most=most)

    def too_small(self, size: int) -> GeometryError:
        """Return the error that says what would leave the direct convolution a position."""
        padded = size + self.padding_begin + self.padding_end
        less = self.span + self.cut * self.stride - padded
        if self.cut:
            return GeometryError(
                "direct_cut", value=self.output_padding, stride=self.stride, less=less
            )
        return GeometryError("direct_size", span=self.span, value=padded, less=less)

    def stretched_size(self, input_size: int) -> int:
        """Return the input's size once ``stride - 1`` zeros stand between neighbours."""
        return self.stride * (input_size - 1) + 1

    def window(self, input_size: int) -> tuple[int, int]:
        """Return the canvas cells that become the output, as (start, stop)."""
        return self.padding_begin, self.padding_begin + self.output_size(input_size)

    def footprint(self, source: int, input_size: int) -> list[tuple[int, int]]:
        """Return (tap, output index) of every tap of ``source`` that survives the crop."""
        taps = self.taps_inside(source, self.output_size(input_size))
        return [(tap, self.output_index(source, tap)) for tap in taps]

    def taps_inside(self, source: int, size: int) -> range:
        """Return the taps with which ``source`` meets one of ``size`` outputs."""
        start = self.output_index(source, 0)
        first, stop = (-((start - end) // self.dilation) for end in (0, size))
        return range(max(0, first), max(0, min(self.kernel_size, stop)))

    @property
    def apart(self) -> tuple[int, int]:
        """How many (inputs, taps) lie between neighbours among the pairs that meet at a cell."""
        common = gcd(self.stride, self.dilation)
        return self.dilation // common, self.stride // common

    def contributors(self, target: int, input_size: int) -> list[tuple[int, int]]:
        """Return (source, tap) of every pair that meets at output ``target``, by source."""
        taps = reversed(self._meeting_at(target + self.padding_begin, input_size))
        return [((target - self.output_index(0, tap)) // self.stride, tap) for tap in taps]

    def meetings(self, target: int, input_size: int) -> int:
        """Return how many pairs meet at output ``target``, without a list of them."""
        return len(self._meeting_at(target + self.padding_begin, input_size))

    def held(self, source: int, tap: int) -> bool:
        """Return whether an earlier input reaches the canvas cell of ``source`` and ``tap``."""
        inputs, taps = self.apart
        return source >= inputs and tap + taps < self.kernel_size

    def overlap(self, input_size: int) -> list[int]:
        """Return how many pairs meet at each output; away from the ends every stride repeats."""
        few = min(input_size, 2 - (-self.span // self.stride))
        cells, inside = range(self.full_size(few)), self.span - 1
        line = [len(self._meeting_at(cell, few)) for cell in cells]
        repeated = line[inside : inside + self.stride] * (input_size - few)
        line[inside:inside] = repeated
        start, stop = self.window(input_size)
        return line[start:stop] + [0] * (stop - max(start, len(line)))

    def surviving(self, input_size: int) -> int:
        """Return how many pairs of an input and a tap meet inside the output."""
        start, stop = self.window(input_size)
        return self._met_below(max(start, stop), input_size) - self._met_below(start, input_size)

    @property
    def dense(self) -> Axis:
        """The axis as the stretched map meets it: zeros stand where the stride left gaps."""
        return replace(self, stride=1)

    def phase(self, tap: int) -> tuple[int, int]:
        """Return (phase, shift): the tap writes cells ``stride * (source + shift) + phase``."""
        shift, phase = divmod(self.canvas_index(0, tap), self.stride)
        return phase, shift

    @property
    def phases_reached(self) -> int:
        """How many of the phases any tap reaches: taps that are ``apart`` share one."""
        return min(self.kernel_size, self.apart[1])

    def phases(self) -> list[int]:
        """Return the phases that taps reach, each once."""
        return [self.phase(tap)[0] for tap in range(self.phases_reached)]

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

    def _meeting_at(self, cell: int, input_size: int) -> range:
        """Return the taps with which inputs reach a canvas cell: evenly apart."""
        inputs, taps = self.apart
        scaled, rest = divmod(cell, self.stride // taps)
        if rest:
            return range(0)
        any_tap = scaled * pow(inputs, -1, taps)
        least = max(0, -((self.canvas_index(input_size - 1, 0) - cell) // self.dilation))
        most = min(self.kernel_size - 1, cell // self.dilation)
        return range(least + (any_tap - least) % taps, most + 1, taps)

    def _met_below(self, cell: int, input_size: int) -> int:
        """Return how many pairs meet below a canvas cell: all, less those past an end."""
        inputs, taps = self.canvas_index(input_size, 0), self.canvas_index(0, self.kernel_size)
        counts = (
            points_below(cell - past, self.stride, self.dilation)
            for past in (0, inputs, taps, inputs + taps)
        )
        every, no_input, no_tap, neither = counts
        return every - no_input - no_tap + neither
