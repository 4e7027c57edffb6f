"""The views of one computation: each tells the same sums in its own order of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from . import gather, matrix, scatter

if TYPE_CHECKING:
    from ..steps import Frame, Step
    from ..trace import Trace


class Story(Protocol):
    """The three questions that a view answers about a trace."""

    def phases(self, trace: Trace) -> list[tuple[str, int]]:
        """Return the name and number of steps of every phase."""

    def step(self, trace: Trace, phase: str, k: int, index: int) -> Step:
        """Return the k-th step of a phase; ``index`` is its place in the trace."""

    def frame(self, trace: Trace, phase: str, k: int) -> Frame:
        """Return what there is to see after the k-th step of a phase."""


STORIES: dict[str, Story] = {"scatter": scatter, "gather": gather, "matrix": matrix}
