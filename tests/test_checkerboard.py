"""The predicted pattern is the pattern that torch measures on flat input."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from deconvviz import Geometry, GeometryError
from deconvviz.checkerboard import (
    checkerboard_score,
    flat_response,
    hole_fraction,
    overlap,
    phase_gains,
    phases_reached,
    unevenness,
)

TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}
DIRECT = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}

pytestmark = pytest.mark.exhaustive


@st.composite
def layers(draw):
    """Draw a layer of torch, as the keywords of conv_transpose."""
    ndim = draw(st.integers(1, 3))
    groups = draw(st.integers(1, 2))

    def sizes(least, most):
        return tuple(draw(st.integers(least, most)) for _ in range(ndim))

    channels = (groups * draw(st.integers(1, 2)), draw(st.integers(1, 2)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return {
        "weight": rng.normal(size=(*channels, *sizes(1, 4))),
        "bias": rng.normal(size=channels[1] * groups),
        "stride": sizes(1, 3),
        "padding": sizes(0, 3),
        "dilation": sizes(1, 2),
        "groups": groups,
    }


def constant(values, size):
    """A batch of one whose channels are constant."""
    values = np.asarray(values)
    return torch.from_numpy(
        np.broadcast_to(values.reshape(1, -1, *(1,) * len(size)), (1, len(values), *size)).copy()
    )


def run(x, weight, bias=None, activation=None, **parameters):
    ndim = weight.ndim - 2
    bias = None if bias is None else torch.from_numpy(bias)
    y = TRANSPOSED[ndim](x, torch.from_numpy(weight), bias, **parameters)
    return y if activation is None else activation(y)


def middle(output, pattern, reach=4):
    """The central cells of torch's output, and what the pattern says of them."""
    size = output.shape[2:]
    around = [range(n // 2 - reach, n // 2 + reach) for n in size]
    channels = range(output.shape[1])
    measured = output[0].numpy()[np.ix_(channels, *around)]
    phases = [np.array(at) % p for at, p in zip(around, pattern.shape[1:], strict=True)]
    return measured, pattern[np.ix_(channels, *phases)]


@given(layers(), st.integers(0, 2**32))
def test_predicted_pattern_is_measured_by_torch(layer, seed):
    ndim = len(layer["stride"])
    size = (14 if ndim == 3 else 16,) * ndim
    values = np.random.default_rng(seed).normal(size=layer["weight"].shape[0])
    output = run(constant(values, size), **layer)
    measured, predicted = middle(
        output, flat_response(values, [layer]), reach=3 if ndim == 3 else 4
    )
    np.testing.assert_allclose(measured, predicted, rtol=0, atol=1e-12)


@given(st.integers(0, 2**32))
def test_three_layers_with_relu(seed):
    rng = np.random.default_rng(seed)
    stack = [
        {
            "weight": rng.normal(size=(2, 2, int(rng.integers(2, 5)), int(rng.integers(2, 5)))) / 4,
            "bias": rng.normal(size=2),
            "stride": tuple(map(int, rng.integers(1, 3, 2))),
            "padding": int(rng.integers(0, 2)),
            "dilation": int(rng.integers(1, 3)),
        }
        for _ in range(3)
    ]
    values = rng.normal(size=2)
    x = constant(values, (40, 40))
    for layer in stack:
        x = run(x, activation=torch.relu, **layer)
    relu = [{**layer, "activation": lambda y: np.maximum(y, 0)} for layer in stack]
    np.testing.assert_allclose(*middle(x, flat_response(values, relu), reach=8), rtol=0, atol=1e-12)


def test_the_last_layer_must_be_free_or_a_later_kernel_blind_to_the_pattern():
    uneven, free = {"weight": [[[1.0, 3.0]]], "stride": 2}, {"weight": [[[1.0, 1.0]]], "stride": 2}
    four = {"weight": [[[1.0, 1.0, 1.0, 1.0]]], "stride": 2}
    then = {"weight": [[[0.5, 0.5]]]}  # a convolution of stride 1 whose kernel contains the box

    def spread(*layers):
        return np.ptp(flat_response([1.0], layers))

    assert spread(free, free) == 0
    assert spread(free, uneven) == spread(uneven, free) == 2
    assert spread(uneven, four) == spread(uneven, then) == 0


@given(layers(), st.integers(0, 2**32))
def test_gradient_of_a_strided_convolution_has_the_same_gains(layer, seed):
    """The weight of a direct convolution, (C_out, C_in // groups, ...), read as it is."""
    weight = torch.from_numpy(layer["weight"])
    ndim, groups = weight.ndim - 2, layer["groups"]
    geometry = {name: layer[name] for name in ("stride", "padding", "dilation", "groups")}
    size = tuple(40 if ndim < 3 else 30 for _ in range(ndim))
    x = torch.zeros((1, weight.shape[1] * groups, *size), dtype=torch.float64, requires_grad=True)
    y = DIRECT[ndim](x, weight, **geometry)
    gradient = np.random.default_rng(seed).normal(size=y.shape[1])
    y.backward(constant(gradient, y.shape[2:]))
    predicted = flat_response(gradient, [{"weight": layer["weight"], **geometry}])
    np.testing.assert_allclose(*middle(x.grad, predicted), rtol=0, atol=1e-12)


def test_gains_are_the_spectrum_at_the_images():
    """Equal gains mean that the kernel's spectrum vanishes at all image frequencies."""
    weight = np.random.default_rng(0).normal(size=7)
    at_images = [np.sum(weight * np.exp(-2j * np.pi * m * np.arange(7) / 3)) for m in range(3)]
    np.testing.assert_allclose(np.fft.fft(phase_gains(weight, 3)), at_images, atol=1e-12)


def test_overlap_counts_what_a_kernel_of_ones_adds_up():
    for geometry in (
        Geometry(3, 2, 1, 1),
        Geometry((4, 2), (3, 1), ((0, 2), (1, 0)), dilation=(1, 3)),
    ):
        ones = np.ones((1, 1, *geometry.kernel_size))
        size = geometry.input_size((5, 4))
        full = run(constant([1.0], size), ones, stride=geometry.stride, dilation=geometry.dilation)
        window = tuple(slice(*at) for at in geometry.window(size))
        expected = np.zeros(geometry.output_size(size))
        kept = full[0, 0].numpy()[window]
        expected[tuple(map(slice, kept.shape))] = kept
        np.testing.assert_array_equal(overlap(geometry, size), expected)


@pytest.mark.parametrize(
    ("kernel", "stride", "score"), [(3, 2, 4 / 3), (5, 2, 0.8), (5, 4, 1.92), (4, 2, 0), (9, 3, 0)]
)
def test_scores_of_constant_kernels(kernel, stride, score):
    assert checkerboard_score(np.ones((kernel, kernel)), stride) == pytest.approx(score)


def test_divisible_is_neither_needed_nor_enough():
    assert checkerboard_score([0.5, 1.0, 0.5], stride=2) == 0
    assert checkerboard_score([1.0, 2.0, 3.0, 4.0], stride=2) > 0


def test_free_without_a_box_factor():
    """In 2-D there are kernels with equal gains that are no upsampling and convolution."""
    assert unevenness([[0.5, 1, 0], [1, 1, 0], [0, 0, 0.5]], 2).peak_to_peak == 0


def test_holes_of_a_common_divisor_and_of_a_small_kernel():
    for kernel in range(1, 9):
        for stride in range(1, 9):
            for dilation in range(1, 9):
                reached = phases_reached((kernel,), stride, dilation).sum()
                assert reached == min(kernel, stride // np.gcd(stride, dilation))
    assert hole_fraction(3, 2, 2) == 0.75


def test_band_pass_kernels_have_a_finite_robust_measure():
    found = unevenness([1.0, -1.0], stride=2)
    assert (found.score, found.rms) == (np.inf, np.inf)
    assert (found.robust, found.peak_to_peak) == (2.0, 2.0)
    assert unevenness([0.0, 0.0], stride=2).score == 0


def test_one_number_per_output_channel_of_a_given_input():
    weight = np.random.default_rng(0).normal(size=(4, 3, 3, 3))
    found = unevenness(weight, 2, input=[1.0, 2.0, -1.0, 0.5], groups=2)
    assert found.score.shape == (6,)
    pattern = flat_response([1.0, 2.0, -1.0, 0.5], [{"weight": weight, "stride": 2, "groups": 2}])
    np.testing.assert_allclose(found.peak_to_peak, np.ptp(pattern, axis=(1, 2)))
    with pytest.raises(GeometryError, match="input"):
        unevenness(weight, 2, input=[1.0], groups=2)


def test_an_overlap_that_does_not_fit_is_refused_before_it_is_counted():
    with pytest.raises(GeometryError, match=r"overlap .* would take .* GB"):
        overlap(Geometry(2, dilation=10**7), 2)
