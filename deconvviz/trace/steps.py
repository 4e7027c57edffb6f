"""What one step of a trace is, phase by phase, and what there is to see after it: facts only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar

from ..engine.arrays import Array
from ..geometry import Extent, Index

Window = tuple[tuple[Index | str, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Step:
    """One moment of a trace: ``index`` is its place in the trace, ``phase`` its kind."""

    phase: ClassVar[str]
    index: int

    def to_dict(self) -> dict[str, Any]:
        """Return the facts with plain lists and numbers, as the golden traces hold them."""
        return {"phase": self.phase, **{key: _plain(value) for key, value in asdict(self).items()}}


@dataclass(frozen=True)
class Canvas(Step):
    """The empty canvas appears. ``size`` is the full size, before the crop."""

    phase = "canvas"
    size: Index


@dataclass(frozen=True)
class Scatter(Step):
    """One input cell stamps the kernel. One entry per tap, in raster order.

    ``targets`` are canvas cells; ``held`` says which of them already held a product.
    """

    phase = "scatter"
    channel: int
    source: Index
    value: float
    products: tuple[float, ...]
    targets: tuple[Index, ...]
    held: tuple[bool, ...]


@dataclass(frozen=True)
class Crop(Step):
    """padding cuts ``count`` rows off one side of the canvas. ``side`` 0 is begin, 1 is end."""

    phase = "crop"
    axis: int
    side: int
    count: int


@dataclass(frozen=True)
class Extend(Step):
    """output_padding gives ``kept`` rows back and adds ``beyond`` rows that no stamp reaches."""

    phase = "extend"
    axis: int
    kept: int
    beyond: int


@dataclass(frozen=True)
class Bias(Step):
    """The bias is added to every output cell."""

    phase = "bias"
    value: float


@dataclass(frozen=True)
class InsertZeros(Step):
    """``count`` rows of zeros open between input rows ``gap`` and ``gap + 1``."""

    phase = "insert_zeros"
    axis: int
    gap: int
    count: int


@dataclass(frozen=True)
class Pad(Step):
    """A border of ``count`` rows of zeros at one side; a negative count crops (gather)."""

    phase = "pad"
    axis: int
    side: int
    count: int


@dataclass(frozen=True)
class Flip(Step):
    """The kernel turns by 180 degrees."""

    phase = "flip"


@dataclass(frozen=True)
class Keep(Step):
    """The kernel stays as it is, which the layer does not do."""

    phase = "keep"


@dataclass(frozen=True)
class Windowed(Step):
    """One output cell is computed from its window, channel by channel, in raster order.

    ``sources`` holds, per window cell, the input index, or "inserted" or "padded" for a zero.
    ``products`` has one entry per channel and window cell; ``value`` is without bias. The first
    two are worked out when they are read: a window has many cells, and most are zeros.
    """

    target: Index
    value: float
    window: Callable[[], Window] = field(repr=False, compare=False, kw_only=True)

    @cached_property
    def _window(self) -> Window:
        return self.window()

    @property
    def sources(self) -> tuple[Index | str, ...]:
        """What stands in every cell of the window."""
        return self._window[0]

    @property
    def products(self) -> tuple[float, ...]:
        """Every cell times its tap, channel by channel."""
        return self._window[1]

    def to_dict(self) -> dict[str, Any]:
        """Return the facts, those of the window among them."""
        told = [fact.name for fact in fields(self) if fact.repr and fact.name != "value"]
        names = (*told, "sources", "products", "value")
        return {"phase": self.phase, **{name: _plain(getattr(self, name)) for name in names}}


@dataclass(frozen=True)
class Gather(Windowed):
    """The window lies on the stretched map, and the kernel under it is turned."""

    phase = "gather"


@dataclass(frozen=True)
class Map(Step):
    """The large map, of ``size``, which the window will read."""

    phase = "map"
    size: Index


@dataclass(frozen=True)
class Slide(Windowed):
    """The window of the direct convolution, which moves by the stride.

    ``start`` is where the window starts on the input: below 0 where it starts in the border.
    """

    phase = "slide"
    start: Index


@dataclass(frozen=True)
class Cut(Step):
    """The layer has no input for the last ``count`` positions that Conv would write on an axis."""

    phase = "cut"
    axis: int
    count: int


@dataclass(frozen=True)
class Unroll(Step):
    """One row of C is written: one position of the direct convolution, one input cell of ours."""

    phase = "unroll"
    row: int
    channel: int
    source: Index


@dataclass(frozen=True)
class Transpose(Step):
    """C, of ``rows`` by ``columns``, turns on its side."""

    phase = "transpose"
    rows: int
    columns: int


@dataclass(frozen=True)
class Flatten(Step):
    """The input becomes a column of ``count`` numbers."""

    phase = "flatten"
    count: int


@dataclass(frozen=True)
class Multiply(Step):
    """One row of C transposed times the column. ``columns`` are those with a tap in that row."""

    phase = "multiply"
    row: int
    target: Index
    columns: tuple[int, ...]
    products: tuple[float, ...]
    value: float


@dataclass(frozen=True)
class Reshape(Step):
    """The column of outputs folds into the output's size."""

    phase = "reshape"
    size: Index


@dataclass(frozen=True, eq=False)
class Frame:
    r"""What there is to see after one step.

    ``values`` is what the view works on: the canvas (scatter), the map under the window, shape
    (C, \*size) (gather, direct), or the matrix (matrix). ``output`` is the output as far as it is
    known, zero where nothing is. ``done`` counts the stamps (scatter) or the output cells (gather,
    matrix, direct) so far. ``window`` is the part of the canvas still kept (scatter), ``extents``
    how far the map has grown per axis, ``turned`` whether the kernel has turned (gather).
    """

    values: Array
    output: Array
    done: int
    window: tuple[tuple[int, int], ...] = ()
    extents: tuple[Extent, ...] = ()
    turned: bool = False


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value
