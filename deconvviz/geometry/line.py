"""The line along one axis, and all that follows from it: which input meets which output.

Input index ``i`` meets kernel tap ``t`` at output index

    o = stride * i + dilation * t - padding_begin

Scatter fixes ``i`` and walks ``t``; gather fixes ``o``; the matrix writes every pair down; overlap
counts the pairs of each ``o``. Sizes follow Dumoulin and Visin, *A guide to convolution arithmetic
for deep learning* (2016), chapter 4, with dilation and per-side padding added.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import GeometryError


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
