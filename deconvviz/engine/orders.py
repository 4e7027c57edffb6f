"""In which orders others keep the axes of input and weight, and which one transpose would fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..errors import GeometryError

Shape = tuple[int, ...]


class Transpose(NamedTuple):
    """``name.transpose(axes)`` brings an argument to our order."""

    name: str
    axes: Shape

    def of(self, shape: Shape) -> Shape:
        """Return the shape that it leaves."""
        return tuple(shape[axis] for axis in self.axes)


def only_transpose(
    input_shape: Shape, weight_shape: Shape, check: Callable[[Shape, Shape], object]
) -> Transpose | None:
    """Return the transpose with which a call passes a check, if exactly one of the usual ones does.

    Where two would, shapes cannot tell which is meant: a layer with as many channels in as out.
    """
    found = [
        order
        for order in _usual(len(input_shape), len(weight_shape))
        if _passes(
            check,
            order.of(input_shape) if order.name == "input" else input_shape,
            order.of(weight_shape) if order.name == "weight" else weight_shape,
        )
    ]
    return found[0] if len(found) == 1 else None


def _usual(input_axes: int, weight_axes: int) -> Iterator[Transpose]:
    last, kernel = weight_axes - 1, tuple(range(weight_axes - 2))
    yield Transpose("weight", (1, 0, *range(2, weight_axes)))  # Conv2d's, and ours for Conv2d
    yield Transpose("weight", (last, last - 1, *kernel))  # Keras, TensorFlow, MATLAB
    yield Transpose("weight", (last - 1, last, *kernel))  # JAX
    batch = tuple(range(input_axes - weight_axes + 1))
    yield Transpose("input", (*batch, input_axes - 1, *range(len(batch), input_axes - 1)))


def _passes(check: Callable[[Shape, Shape], object], *shapes: Shape) -> bool:
    try:
        check(*shapes)
    except GeometryError:
        return False
    return True
