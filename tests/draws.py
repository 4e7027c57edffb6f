"""Transposed convolutions drawn at random, and PyTorch as the referee of each."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from tests.share import draws

torch.set_num_threads(1)  # the layers are tiny: threads would only get in each other's way


@dataclass
class Draw:
    """One call of a layer: arrays and parameters, legal or not."""

    input: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    stride: tuple[int, ...]
    padding: tuple[Any, ...]
    output_padding: tuple[int, ...]
    groups: int
    dilation: tuple[int, ...]
    arguments: tuple[Any, ...] = field(init=False)

    def __post_init__(self):
        parameters = self.stride, self.padding, self.output_padding, self.groups, self.dilation
        self.arguments = (self.input, self.weight, self.bias, *parameters)

    @property
    def ndim(self):
        return self.weight.ndim - 2


def draw(rng, *, dtype=float, sides=False, channels=3, size=5):
    """Draw a call of 1 to 3 dimensions; about one in five is illegal.

    Sizes shrink as dimensions grow. ``sides`` draws padding per side, which PyTorch has not.
    """
    ndim = int(rng.integers(1, 4))
    most = max(2, size - ndim)

    def axes(low, high):
        return tuple(int(n) for n in rng.integers(low, high, ndim))

    kernel, stride, dilation = axes(1, 6 - ndim), axes(1, 5), axes(1, 4)
    room = [max(pair) for pair in zip(stride, dilation, strict=True)]
    reach = [d * (k - 1) for d, k in zip(dilation, kernel, strict=True)]
    bound = rng.random() < 0.1  # now and then beyond what is legal
    extra = tuple(int(rng.integers(0, most + bound)) for most in room)
    if sides:
        padding = tuple((int(rng.integers(0, r + 3)), int(rng.integers(0, r + 3))) for r in reach)
    else:
        padding = tuple(int(rng.integers(0, r + 3)) for r in reach)
    groups = int(rng.choice([1, 1, 2, 3]))
    rows, columns = groups * int(rng.integers(1, channels)), int(rng.integers(1, channels))
    batch = [(), (1,), (2,), (3,)][rng.integers(0, 4)]
    x = rng.standard_normal((*batch, rows, *axes(1, most + 1))).astype(dtype)
    w = rng.standard_normal((rows, columns, *kernel)).astype(dtype)
    b = rng.standard_normal(columns * groups).astype(dtype) if rng.random() < 0.5 else None
    return Draw(x, w, b, stride, padding, extra, groups, dilation)


def referee(call):
    """Return PyTorch's output as an array, or None where it refuses the call."""
    x, w = torch.from_numpy(call.input), torch.from_numpy(call.weight)
    b = None if call.bias is None else torch.from_numpy(call.bias)
    layer = getattr(torch.nn.functional, f"conv_transpose{call.ndim}d")
    try:
        return layer(
            x, w, b, call.stride, call.padding, call.output_padding, call.groups, call.dilation
        ).numpy()
    except RuntimeError:
        return None


def accepted(rng, count, **options):
    """Draw calls that PyTorch accepts, each with the output that it gives."""
    for _ in range(draws(count)):
        call = draw(rng, **options)
        output = referee(call)
        if output is not None:
            yield call, output


def referee_of_sides(call):
    """Return the same for padding per side: PyTorch's whole canvas, extended and cropped."""
    x, w = torch.from_numpy(call.input), torch.from_numpy(call.weight)
    layer = getattr(torch.nn.functional, f"conv_transpose{call.ndim}d")
    canvas = layer(x, w, None, call.stride, 0, 0, call.groups, call.dilation).numpy()
    room = zip(call.stride, call.dilation, call.output_padding, strict=True)
    if any(extra >= max(s, d) for s, d, extra in room):
        return None
    for axis, ((begin, end), extra) in enumerate(
        zip(call.padding, call.output_padding, strict=True), start=canvas.ndim - call.ndim
    ):
        size = canvas.shape[axis] - begin - end + extra
        if size < 1:
            return None
        beyond = np.zeros_like(canvas.take([0] * extra, axis=axis)) if extra else None
        canvas = canvas if beyond is None else np.concatenate([canvas, beyond], axis=axis)
        canvas = canvas.take(range(begin, begin + size), axis=axis)
    return canvas if call.bias is None else canvas + call.bias.reshape(-1, *(1,) * call.ndim)
