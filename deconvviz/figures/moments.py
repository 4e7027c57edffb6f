"""Which steps of a trace tell its story in a few still pictures."""

from __future__ import annotations

from math import prod

import numpy as np

from ..geometry.arguments import instance
from ..trace import Trace

_FIRST, _LAST = 0, -1
_CENTRE = None  # the step of the cell in the middle of its grid
_MOMENTS: dict[str, tuple[tuple[str, int | None], ...]] = {
    "scatter": (("scatter", _FIRST), ("scatter", _CENTRE), ("crop", _LAST)),
    "gather": (("insert_zeros", _LAST), ("flip", _LAST), ("keep", _LAST), ("gather", _CENTRE)),
    "direct": (("pad", _LAST), ("slide", _FIRST), ("slide", _CENTRE)),
    "matrix": (("unroll", _CENTRE), ("multiply", _CENTRE)),
}


def key_frames(trace: Trace) -> list[int]:
    """Return the steps that tell the story: the turning points of the view, and the last one.

    Examples
    --------
    >>> from deconvviz import record
    >>> key_frames(record([1, 2, 3], [1, 10, 100], stride=2, padding=1))
    [1, 2, 5]
    """
    instance("trace", trace, Trace, "not_a_trace")
    phases = {phase.name: range(phase.start, phase.stop) for phase in trace.phases}
    moments = [(phases[name], at) for name, at in _MOMENTS[trace.view] if name in phases]
    found = {phase[_centre(trace, phase) if at is None else at] for phase, at in moments}
    return sorted(found | {len(trace) - 1})


def _centre(trace: Trace, phase: range) -> int:
    """Return which step of a phase belongs to the cell in the middle of the grid it walks."""
    size = trace.input_size if len(phase) == trace.input.size else trace.output_size
    middle = [n // 2 for n in size]
    return int(np.ravel_multi_index(middle, size)) * (len(phase) // prod(size))
