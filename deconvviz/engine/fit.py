"""Whether the shapes and parameters of a call fit together, and which order would where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..errors import GeometryError
from ..geometry import Geometry, Index
from ..geometry.arguments import whole_number
from .orders import Shape, only_transpose

_T = TypeVar("_T")

# refusals that another order of the axes may explain, and how they say so
ORDERED = {
    "layer_channels": "layer_channels_order",
    "conv_channels": "conv_channels_order",
    "bias": "bias_order",
}


def fit(
    input_shape: Shape,
    weight_shape: Shape,
    bias_shape: Shape | None,
    groups: int,
    stride: Any,
    padding: Any,
    output_padding: Any,
    dilation: Any,
) -> tuple[Geometry, Index]:
    """Check all of a call but the numbers in its arrays; return its geometry and output size."""
    check_ranks(input_shape, weight_shape)
    axes = len(weight_shape)
    geometry = Geometry(weight_shape[2:], stride, padding, output_padding, dilation)
    check_channels(weight_shape)
    given, channels = input_shape[1 - axes], weight_shape[0]
    if given != channels:
        shapes = {"input": input_shape, "weight": weight_shape}
        raise GeometryError("layer_channels", value=given, expected=channels, **shapes)
    check_groups(groups, channels)
    expected = (weight_shape[1] * groups,)
    if bias_shape not in (None, expected):
        raise GeometryError("bias", shape=bias_shape, expected=expected)
    return geometry, geometry.output_size(input_shape[2 - axes :])


def advised_fit(input_shape: Shape, weight_shape: Shape, *others: Any) -> tuple[Geometry, Index]:
    """Do the same as ``fit``, and say in a refusal which order of the axes would fit."""
    return advised(lambda x, w: fit(x, w, *others), input_shape, weight_shape)


def advised(check: Callable[[Shape, Shape], _T], input: Shape, weight: Shape) -> _T:
    """Check two shapes; a refusal says what they tell: how many axes, or which order would fit."""
    try:
        return check(input, weight)
    except GeometryError as error:
        raise _with_advice(error, check, input, weight) from None


def _with_advice(
    error: GeometryError, check: Callable[[Shape, Shape], object], input: Shape, weight: Shape
) -> GeometryError:
    if error.key == "per_axis":
        return GeometryError("layer_axes", **error.fields, input=input, weight=weight)
    found = only_transpose(input, weight, check) if error.key in ORDERED else None
    if found is None:
        return error
    return GeometryError(ORDERED[error.key], **error.fields, **found._asdict())


def check_ranks(input_shape: Shape, weight_shape: Shape, key: str = "input_rank") -> None:
    """Check that a weight has a known number of axes, and the input as many or one fewer."""
    axes = len(weight_shape)
    if not 3 <= axes <= 5:
        raise GeometryError("weight_rank", shape=weight_shape)
    if len(input_shape) not in (axes - 1, axes):
        raise GeometryError(key, shape=input_shape, weight=weight_shape)


def check_channels(weight_shape: Shape) -> None:
    """Check that a weight joins something to something."""
    if 0 in weight_shape[:2]:
        raise GeometryError("no_channels", shape=weight_shape)


def check_groups(groups: Any, channels: int) -> int:
    """Check that groups, a whole number, have as many channels each."""
    number = whole_number("groups", groups, 1)
    if channels % number:
        raise GeometryError("groups", value=number, channels=channels)
    return number
