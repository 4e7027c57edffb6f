"""The direct convolution and the gradients, with PyTorch and its automatic differentiation."""

import numpy as np
import pytest
import torch

from deconvviz import Geometry, GeometryError, conv, conv_transpose, conv_transpose_backward
from tests.draws import draw, referee
from tests.share import draws, rng

pytestmark = pytest.mark.exhaustive


def drawn(seed, count, **options):
    """Draws that PyTorch accepts."""
    numbers = rng(seed)
    for _ in range(draws(count)):
        call = draw(numbers, **options)
        if referee(call) is not None:
            yield numbers, call


def test_gradients_equal_autograd():
    for numbers, call in drawn(1, 100):
        x, w = (torch.tensor(a, requires_grad=True) for a in (call.input, call.weight))
        b = torch.zeros(call.weight.shape[1] * call.groups, dtype=x.dtype, requires_grad=True)
        layer = getattr(torch.nn.functional, f"conv_transpose{call.ndim}d")
        y = layer(x, w, b, *call.arguments[3:])
        grad = numbers.standard_normal(tuple(y.shape))
        y.backward(torch.from_numpy(grad))
        ours = conv_transpose_backward(grad, call.input, call.weight, *call.arguments[3:])
        for mine, theirs in zip(ours, (x.grad, w.grad, b.grad), strict=True):
            assert mine.shape == tuple(theirs.shape)
            assert abs(mine - theirs.numpy()).max() < 1e-11, call


def test_complex_gradients_equal_autograd():
    rng = np.random.default_rng(2)
    x, w = (rng.standard_normal((*s, 2)) @ [1, 1j] for s in ((2, 4, 3, 3), (4, 1, 2, 3)))
    tx, tw = (torch.tensor(a, requires_grad=True) for a in (x, w))
    y = torch.nn.functional.conv_transpose2d(tx, tw, None, 2, 1, 0, 2)
    grad = rng.standard_normal((*y.shape, 2)) @ [1, 1j]
    y.backward(torch.from_numpy(grad))
    ours = conv_transpose_backward(grad, x, w, 2, 1, 0, 2)
    np.testing.assert_allclose(ours.input, tx.grad.numpy(), atol=1e-12)
    np.testing.assert_allclose(ours.weight, tw.grad.numpy(), atol=1e-12)


def test_conv_equals_torch_and_is_the_transpose():
    for numbers, call in drawn(3, 100):
        x = call.input
        y = numbers.standard_normal(conv_transpose(x, call.weight, None, *call.arguments[3:]).shape)
        order = call.stride, call.padding, call.dilation, call.groups
        layer = getattr(torch.nn.functional, f"conv{call.ndim}d")
        theirs = layer(torch.from_numpy(y), torch.from_numpy(call.weight), None, *order).numpy()
        ours = conv(y, call.weight, None, *order)
        assert ours.shape == theirs.shape
        assert abs(ours - theirs).max() < 1e-12, call
        steps = (..., *map(slice, x.shape[-call.ndim :]))  # op >= stride leaves room for more
        forward = np.vdot(ours[steps], x)
        back = np.vdot(y, conv_transpose(x, call.weight, None, *call.arguments[3:]))
        assert abs(forward - back) < 1e-12 * (1 + abs(ours[steps] * x).sum())


def test_conv_with_padding_per_side_is_the_transpose_of_the_same():
    rng = np.random.default_rng(4)
    pads = ((0, 2), (3, 1))
    y, w = rng.standard_normal((2, 2, 8, 7)), rng.standard_normal((3, 2, 3, 4))
    padded = np.pad(y, ((0, 0), (0, 0), *pads))
    theirs = torch.nn.functional.conv2d(torch.from_numpy(padded), torch.from_numpy(w), None, 2)
    np.testing.assert_allclose(conv(y, w, None, 2, pads), theirs.numpy(), atol=1e-12)
    geometry, size = Geometry((3, 4), 2, pads).direct((8, 7))
    x = rng.standard_normal((2, 3, *size))
    back = conv_transpose(x, w, None, 2, pads, geometry.output_padding)
    assert back.shape == y.shape
    assert np.vdot(conv(y, w, None, 2, pads), x) == pytest.approx(np.vdot(y, back), abs=1e-10)


def test_the_gradient_of_the_input_is_the_direct_convolution():
    rng = np.random.default_rng(5)
    x, w, y = (rng.standard_normal(shape) for shape in ((2, 3, 3), (2, 1, 3, 3), (1, 6, 6)))
    same = {"stride": 2, "padding": 1}
    ours = conv_transpose_backward(y, x, w, **same, output_padding=1)
    assert np.array_equal(ours.input, conv(y, w, **same))


def test_conv_adds_the_bias_and_keeps_integers_exact():
    x, w = np.array([[2**40, 1, 2]]), np.array([[[2**20, 3]]])
    assert conv(x, w, [5]).tolist() == [[2**60 + 8, 2**20 + 11]]


def test_conv_of_an_empty_batch_is_empty_as_in_torch():
    x, w = np.zeros((0, 2, 3, 3)), np.zeros((2, 2, 3, 3))
    assert conv(x, w).shape == tuple(torch.conv2d(*map(torch.from_numpy, (x, w))).shape)


REFUSED = {
    "kernel_size spans 4 cells": {"input": np.ones((1, 1, 3)), "weight": np.ones((1, 1, 4))},
    "input (shape (1, 3, 3)) and weight (shape (1, 2, 1)) must have equally many input "
    "channels, not 3 and 2, the second axis of weight times groups (=1): ": {
        "input": np.ones((1, 3, 3)),
        "weight": np.ones((1, 2, 1)),
    },
    "input (shape (3,))": {"input": np.ones(3), "weight": np.ones((1, 1, 1))},
    "weight (shape (1, 1))": {"input": np.ones((1, 3)), "weight": np.ones((1, 1))},
    "bias (shape (2,))": {"input": np.ones((1, 3)), "weight": np.ones((1, 1, 1)), "bias": [1, 2]},
    "groups (=2)": {"input": np.ones((2, 3)), "weight": np.ones((3, 1, 1)), "groups": 2},
    "stride (=0)": {"input": np.ones((1, 3)), "weight": np.ones((1, 1, 1)), "stride": 0},
}


@pytest.mark.parametrize("start", REFUSED)
def test_conv_says_what_does_not_fit(start):
    with pytest.raises(GeometryError) as refusal:
        conv(**REFUSED[start])
    assert str(refusal.value).startswith(start)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(GeometryError, match=r"grad_output \(shape \(1, 4\)\) .* \(1, 5\)"):
        conv_transpose_backward(np.ones((1, 4)), np.ones((1, 3)), np.ones((1, 1, 3)))
