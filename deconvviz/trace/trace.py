"""What happened, step by step: a lazy record of one plane of a transposed convolution.

A trace holds its inputs and the geometry, nothing else: ``trace[t]`` costs O(kernel),
``trace.frame(t)`` O(output), and the whole record O(input + output) of memory. Sums run over
inputs in raster order, channel by channel, so that every view ends on bitwise the same output.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate as running_sums
from typing import Any, NamedTuple, Protocol, overload

from numpy.typing import ArrayLike

from ..engine.adjoint import fit_direct
from ..engine.arrays import Array, reals
from ..engine.layer import Layer
from ..engine.nested import check_nested
from ..errors import GeometryError, brief, shown
from ..geometry import PARAMETERS, Geometry
from ..geometry.arguments import below, flag, one_of, whole_number
from . import direct, gather, matrix, scatter
from .plane import Plane
from .sentences import sentence
from .steps import Frame, Step
from .work import check_work


class Story(Protocol):
    """The three questions that a view answers about a plane."""

    def phases(self, plane: Plane) -> list[tuple[str, int]]:
        """Return the name and number of steps of every phase."""

    def step(self, plane: Plane, phase: str, k: int, index: int) -> Step:
        """Return the k-th step of a phase; ``index`` is its place in the trace."""

    def frame(self, plane: Plane, phase: str, k: int) -> Frame:
        """Return what there is to see after the k-th step of a phase."""


SCHEMA = "deconvviz.trace/1"
STORIES: dict[str, Story] = {
    "scatter": scatter,
    "gather": gather,
    "matrix": matrix,
    "direct": direct,
}
VIEWS = tuple(STORIES)
KEYS = ("schema", "view", "geometry", "input", "weight", "bias")


class Phase(NamedTuple):
    """A run of steps of one kind: those with ``start <= index < stop``."""

    name: str
    start: int
    stop: int


class Trace(Plane, Sequence[Step]):
    r"""One plane of a transposed convolution, told step by step. Made by :func:`record`.

    ``input`` has shape (C, \*size) and ``weight`` (C, \*kernel_size): the input channels that
    meet one output channel. Both are float64.

    ``direct`` says whether it is one of the convolution that ``geometry`` transposes, and
    ``turned`` is false where the gather view leaves the kernel as it is. ``right`` is then what
    the output should be.

    Examples
    --------
    >>> trace = record([[1, 3], [2, 2]], [[1, 2], [0, 1]], stride=2)
    >>> trace[1].products
    (1.0, 2.0, 0.0, 1.0)
    >>> trace.sentence(1)[:58]
    'x[0, 0] = 1 stamps 1·w onto canvas rows 0–1, columns 0–1. '
    """

    def __init__(
        self,
        geometry: Geometry,
        input: ArrayLike,
        weight: ArrayLike,
        bias: float | None = None,
        view: str = "scatter",
        turned: bool = True,
    ) -> None:
        view = one_of("view", view, VIEWS)
        turns = _turns(turned, view)
        super().__init__(geometry, input, weight, bias, direct=view == "direct", turned=turns)
        self._tell(view)

    @classmethod
    def of(
        cls,
        layer: Layer,
        view: str = "scatter",
        batch: int = 0,
        out_channel: int = 0,
        turned: bool = True,
    ) -> Trace:
        """Return the trace of one sample and one output channel of a layer."""
        trace = cls.__new__(cls)
        view = one_of("view", view, VIEWS)
        if view == "direct":
            raise GeometryError("direct_view", value=view, view=VIEWS[0])
        trace._take(layer, batch, out_channel, _turns(turned, view))
        trace._tell(view)
        return trace

    def _tell(self, view: str) -> None:
        """Choose the view, if there is not too much to tell in it."""
        self.view = view
        check_work(self.geometry, self.input_size, self.channels, view)

    @cached_property
    def phases(self) -> list[Phase]:
        """The phases that have at least one step, in order."""
        counts = [(name, count) for name, count in self._story.phases(self) if count]
        stops = list(running_sums(count for _, count in counts))
        return [
            Phase(name, stop - count, stop)
            for (name, count), stop in zip(counts, stops, strict=True)
        ]

    def phase(self, index: int) -> Phase:
        """Return the phase that a step belongs to."""
        starts = [phase.start for phase in self.phases]
        return self.phases[bisect_right(starts, self._index(index)) - 1]

    def frame(self, index: int) -> Frame:
        """Return what there is to see after a step."""
        phase = self.phase(index)
        return self._story.frame(self, phase.name, self._index(index) - phase.start)

    def sentence(self, index: int, lang: str = "en") -> str:
        """Say in one sentence what a step did."""
        return sentence(self, self[index], lang)

    def sentences(self, lang: str = "en") -> Iterator[str]:
        """Yield the sentence of every step."""
        return (self.sentence(t, lang) for t in range(len(self)))

    def transcript(self, lang: str = "en") -> str:
        """Return the whole story as numbered lines of text.

        Examples
        --------
        >>> print(record([1, 2], [1, 10], stride=2).transcript().splitlines()[-1])
        3. x[1] = 2 stamps 2·w onto canvas cells 2–3. No cell there held anything.
        """
        lines = enumerate(self.sentences(lang), start=1)
        return "\n".join(f"{number}. {sentence}" for number, sentence in lines)

    def with_view(self, view: str) -> Trace:
        """Return the same computation, told in another view.

        Raises
        ------
        GeometryError
            Between "direct" and another view: they read different maps.
        """
        if self.direct != (one_of("view", view, VIEWS) == "direct"):
            raise GeometryError("direct_view", value=view, view=self.view)
        return Trace(self.geometry, self.input, self.weight, self.bias, view, self.turned)

    def to_dict(self) -> dict[str, Any]:
        """Return all that a player needs to tell the story again: parameters and inputs."""
        return {
            "schema": SCHEMA,
            "view": self.view,
            "geometry": self.geometry.to_dict(),
            "input": self.input.tolist(),
            "weight": self.weight.tolist(),
            "bias": self.bias,
            **({} if self.turned else {"turned": False}),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Trace:
        """Return the trace that ``to_dict`` wrote.

        Raises
        ------
        GeometryError
            If a key is missing, unknown, or holds what no trace has.
        """
        schema = data.get("schema") if isinstance(data, Mapping) else None
        if schema != SCHEMA:
            raise GeometryError("schema", value=shown(schema), expected=shown(SCHEMA))
        _check_keys(data, KEYS + ("turned",) * ("turned" in data))
        _check_keys(data["geometry"], PARAMETERS)
        geometry = Geometry(**data["geometry"])
        for name in ("input", "weight"):
            check_nested(name, data[name])
        turned = data.get("turned", True)
        arrays = data["input"], data["weight"]
        return cls(geometry, *arrays, data["bias"], data["view"], turned)

    def __len__(self) -> int:
        return self.phases[-1].stop

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> list[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | list[Step]:
        if isinstance(index, slice):
            return [self[t] for t in range(*index.indices(len(self)))]
        at = self._index(index)
        phase = self.phase(at)
        return self._story.step(self, phase.name, at - phase.start, at)

    def __repr__(self) -> str:
        sizes = " to ".join(
            "x".join(map(str, size)) for size in (self.input_size, self.output_size)
        )
        return f"<Trace {self.view}: {sizes}, {len(self)} steps, {self.geometry}>"

    @property
    def _story(self) -> Story:
        return STORIES[self.view]

    def _index(self, index: int) -> int:
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"step (={index}) must be smaller than {len(self)}")
        return at


def record(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
    *,
    view: str = "scatter",
    batch: int = 0,
    out_channel: int = 0,
    turned: bool = True,
) -> Trace:
    """Record one output plane of a transposed convolution, or of the one that it transposes.

    Parameters
    ----------
    input, weight, bias, stride, padding, output_padding, groups, dilation
        As in :func:`conv_transpose`; or ``input`` and ``weight`` with the same one or two axes,
        which is one plane each, and ``bias`` a number.
    view
        "scatter", "gather" or "matrix": which story is told. All end on the same output.
        "direct" tells the convolution that the layer transposes: ``input`` is the large map, with
        the channels that the layer writes, and the output is what PyTorch's Conv with the same
        weight, stride, padding, dilation and groups writes. ``out_channel`` counts the first axis
        of ``weight``. ``bias`` belongs to the transposed layer and is not added. Its
        ``output_padding`` follows from the size; one that is not smaller than the stride cuts
        positions at the end.
    batch, out_channel
        Which sample and which output channel to follow, with all input channels of its group.
    turned
        Whether the kernel of view "gather" is turned, as the layer needs it. If not, the output is
        wrong, and ``right`` is what it should be.

    Examples
    --------
    >>> record([[1, 3, 0], [2, 2, 1], [0, 1, 3]], [[1, 2, 0], [0, 1, 3], [2, 0, 1]], stride=2)
    <Trace scatter: 3x3 to 7x7, 10 steps, Geometry((3, 3), stride=2)>
    >>> record([1, 2, 3, 4, 5], [1, 10, 100], stride=2, view="direct").output
    array([321., 543.])
    """
    x, w = reals("input", input), reals("weight", weight)
    b = None if bias is None else reals("bias", bias)
    if w.ndim < 3:
        x, w, b = _one_plane(x, w, b)
    if one_of("view", view, VIEWS) == "direct":
        parameters = stride, padding, output_padding, dilation
        return _record_direct(x, w, b, groups, parameters, batch, out_channel)
    layer = Layer.check(x, w, b, stride, padding, output_padding, groups, dilation)
    return Trace.of(layer, view, batch, out_channel, turned)


def _turns(turned: Any, view: str) -> bool:
    """Return whether the kernel turns: only a gathering can leave it as it is."""
    return flag("turned", turned) or view != "gather"


def _record_direct(
    x: Array,
    w: Array,
    b: Array | None,
    groups: Any,
    parameters: tuple[Any, Any, Any, Any],
    batch: int,
    out_channel: int,
) -> Trace:
    """Follow one channel that the direct convolution writes, with all that its group reads."""
    groups = whole_number("groups", groups, 1)
    geometry, _ = fit_direct(x.shape, w.shape, groups, *parameters)
    if b is not None and b.shape != (expected := (w.shape[1] * groups,)):
        raise GeometryError("bias", shape=b.shape, expected=expected)
    samples = x if x.ndim == w.ndim else x[None]
    sample = below("batch", batch, len(samples))
    channel = below("out_channel", out_channel, len(w))
    group = channel // (len(w) // groups)
    rows = slice(group * w.shape[1], (group + 1) * w.shape[1])
    return Trace(geometry, samples[sample, rows], w[channel], view="direct")


def _one_plane(x: Array, w: Array, b: Array | None) -> tuple[Array, Array, Array | None]:
    if x.ndim != w.ndim or w.ndim == 0:
        raise GeometryError("plane_rank", shape=x.shape, weight=w.shape)
    if b is not None and b.size != 1:
        raise GeometryError("bias", shape=b.shape, expected=(1,))
    return x[None], w[None, None], None if b is None else b.reshape(1)


def _check_keys(data: Any, expected: tuple[str, ...]) -> None:
    told = isinstance(data, Mapping)
    if not told or set(data) != set(expected):
        found = brief(", ".join(map(str, data))) if told else shown(data)
        raise GeometryError("schema", value=found, expected=", ".join(expected))
