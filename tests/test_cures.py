"""Every cure is an identity: torch computes both sides."""

from decimal import Decimal

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from deconvviz import GeometryError, conv_transpose
from deconvviz.checkerboard import phase_gains, unevenness
from deconvviz.cures import (
    bilinear,
    box,
    equal_gains,
    gather_weight,
    icnr,
    resize_convolution,
    split_box,
    subpixel_convolution,
)

TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}
DIRECT = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
SEEDS = st.integers(0, 2**32)

pytestmark = pytest.mark.exhaustive


@pytest.mark.parametrize("tolerance", ["1", None, True, Decimal(1), [1], float("nan"), 10**400])
def test_a_tolerance_is_a_number(tolerance):
    with pytest.raises(GeometryError, match=r"^tolerance \(=.*\) must be a number$"):
        split_box(np.ones((1, 1, 2)), 2, tolerance=tolerance)


def whole(numbers):
    return tuple(map(int, numbers))


@given(SEEDS)
def test_resize_convolution_is_one_transposed_convolution(seed):
    """Nearest-neighbour upsampling, then a convolution: channels, groups, borders, 1-D to 3-D."""
    rng = np.random.default_rng(seed)
    ndim, groups = int(rng.integers(1, 4)), int(rng.integers(1, 3))
    stride, kernel = whole(rng.integers(1, 4, ndim)), whole(rng.integers(1, 5, ndim))
    padding = tuple(int(rng.integers(0, k)) for k in kernel)
    v = rng.normal(size=(2 * groups, int(rng.integers(1, 3)), *kernel))
    x = rng.normal(size=(1, v.shape[1] * groups, *rng.integers(4, 6, ndim)))
    upsampled = np.kron(x, np.ones((1, 1, *stride)))
    expected = DIRECT[ndim](*map(torch.from_numpy, (upsampled, v)), padding=padding, groups=groups)
    weight = resize_convolution(v, stride, groups)
    crop = tuple(k - 1 - q for k, q in zip(kernel, padding, strict=True))
    found = TRANSPOSED[ndim](
        *map(torch.from_numpy, (x, weight)), stride=stride, padding=crop, groups=groups
    )
    torch.testing.assert_close(found, expected, atol=1e-12, rtol=0)
    np.testing.assert_allclose(split_box(weight, stride, groups), v, rtol=0, atol=1e-12)
    assert unevenness(weight, stride).peak_to_peak.max() < 1e-12


def test_a_box_serves_every_dilation_without_a_common_divisor():
    weight = box(np.random.default_rng(0).normal(size=(1, 1, 4)), 3)
    for dilation in (1, 2, 4, 5):
        assert unevenness(weight, 3, dilation).peak_to_peak.max() < 1e-12
    assert unevenness(weight, 3, 6).peak_to_peak.max() > 1


def test_bilinear_upsampling_then_a_convolution_is_one_transposed_convolution_inside():
    v = np.random.default_rng(0).normal(size=(1, 1, 3, 3))
    x = torch.from_numpy(np.random.default_rng(1).normal(size=(1, 1, 7, 7)))
    weight = conv_transpose(bilinear(2)[None], gather_weight(v))[None]
    larger = functional.interpolate(x, scale_factor=2, mode="bilinear")
    expected = functional.conv2d(larger, torch.from_numpy(v), padding=1)
    found = functional.conv_transpose2d(x, torch.from_numpy(weight), stride=2, padding=2)
    inside = (..., slice(3, -3), slice(3, -3))
    torch.testing.assert_close(found[inside], expected[inside], atol=1e-12, rtol=0)
    assert unevenness(weight, 2).peak_to_peak.max() < 1e-12


def test_what_contains_no_box_is_refused():
    with pytest.raises(GeometryError, match=r"box of ones of the stride's size, \(2,\)"):
        split_box([[[1.0, 2.0, 4.0]]], stride=2)
    with pytest.raises(GeometryError, match="box of ones"):
        split_box([[[[0.5, 1, 0], [1, 1, 0], [0, 0, 0.5]]]], stride=2)
    with pytest.raises(GeometryError, match="box of ones"):
        split_box(np.ones((1, 1, 2, 2)), stride=3)


@given(SEEDS)
def test_subpixel_convolution_is_one_transposed_convolution(seed):
    rng = np.random.default_rng(seed)
    stride, kernel = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    padding = int(rng.integers(0, kernel))
    v = rng.normal(size=(3 * stride**2, 2, kernel, kernel))
    x = torch.from_numpy(rng.normal(size=(1, 2, 4, 5)))
    shuffled = functional.pixel_shuffle(
        functional.conv2d(x, torch.from_numpy(v), padding=padding), stride
    )
    weight = torch.from_numpy(subpixel_convolution(v, stride))
    found = functional.conv_transpose2d(
        x, weight, stride=stride, padding=stride * (kernel - 1 - padding)
    )
    torch.testing.assert_close(found, shuffled, atol=1e-12, rtol=0)


@given(SEEDS)
def test_icnr_is_convolution_then_nearest_upsampling(seed):
    rng = np.random.default_rng(seed)
    stride, kernel = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    v = rng.normal(size=(3, 2, kernel, kernel))
    x = torch.from_numpy(rng.normal(size=(1, 2, 5, 4)))
    expected = functional.interpolate(
        functional.conv2d(x, torch.from_numpy(v)), scale_factor=stride, mode="nearest"
    )
    copies = torch.from_numpy(icnr(v, stride))
    torch.testing.assert_close(
        functional.pixel_shuffle(functional.conv2d(x, copies), stride), expected, atol=1e-12, rtol=0
    )
    assert (
        unevenness(subpixel_convolution(icnr(v, stride), stride), stride).peak_to_peak.max() < 1e-12
    )


@given(SEEDS)
def test_gathering_with_the_turned_kernel(seed):
    rng = np.random.default_rng(seed)
    groups = int(rng.integers(1, 3))
    w = rng.normal(size=(2 * groups, 3, 3, 2))
    x = torch.from_numpy(rng.normal(size=(1, 2 * groups, 4, 5)))
    expected = functional.conv_transpose2d(x, torch.from_numpy(w), groups=groups)
    turned = torch.from_numpy(gather_weight(w, groups))
    found = functional.conv2d(functional.pad(x, (1, 1, 2, 2)), turned, groups=groups)
    torch.testing.assert_close(found, expected, atol=1e-12, rtol=0)
    np.testing.assert_array_equal(gather_weight(gather_weight(w, groups), groups), w)


@given(SEEDS, st.integers(1, 3), st.sampled_from(["gain", "weight"]))
def test_equal_gains_is_the_nearest_such_weight(seed, ndim, keep):
    """Held against the pseudo-inverse of the constraints."""
    rng = np.random.default_rng(seed)
    stride, dilation = whole(rng.integers(1, 3, ndim)), 3
    w = rng.normal(size=(1, 1, *(s + int(rng.integers(0, 3)) for s in stride)))
    found = equal_gains(w, stride, dilation, keep=keep)
    assert np.ptp(phase_gains(found, stride, dilation)) < 1e-12
    gains = np.array(
        [phase_gains(unit.reshape(w.shape), stride, dilation).ravel() for unit in np.eye(w.size)]
    ).T
    wanted = gains - gains.mean(axis=0) if keep == "weight" else gains
    target = (
        np.zeros(len(gains))
        if keep == "weight"
        else np.full(len(gains), (gains @ w.ravel()).mean())
    )
    nearest = w.ravel() + np.linalg.pinv(wanted) @ (target - wanted @ w.ravel())
    np.testing.assert_allclose(found.ravel(), nearest, rtol=0, atol=1e-12)


@pytest.mark.parametrize("keep", ["gain", "weight"])
def test_equal_gains_treats_every_pair_of_channels_for_itself(keep):
    weight = np.random.default_rng(0).normal(size=(3, 2, 4, 3))
    found = equal_gains(weight, stride=(3, 2), keep=keep)
    alone = [[equal_gains(plane, (3, 2), keep=keep) for plane in planes] for planes in weight]
    np.testing.assert_allclose(found, alone, rtol=0, atol=1e-12)


def test_holes_cannot_be_cured():
    with pytest.raises(GeometryError, match="phases that no tap reaches"):
        equal_gains(np.ones((3, 3)), stride=2, dilation=2)
    with pytest.raises(ValueError, match="keep"):
        equal_gains(np.ones((3, 3)), stride=2, keep="all")


@pytest.mark.parametrize("stride", [2, 3, 4, 5])
def test_bilinear_is_interpolation_in_the_interior(stride):
    kernel = bilinear(stride)
    x = torch.from_numpy(np.random.default_rng(0).normal(size=(1, 1, 7, 7)))
    weight = torch.from_numpy(kernel[None, None])
    found = functional.conv_transpose2d(
        x, weight, stride=stride, padding=(kernel.shape[0] - stride) // 2
    )
    expected = functional.interpolate(x, scale_factor=stride, mode="bilinear", align_corners=False)
    inside = (..., slice(stride, -stride), slice(stride, -stride))
    torch.testing.assert_close(found[inside], expected[inside], atol=1e-12, rtol=0)
    np.testing.assert_allclose(phase_gains(kernel, stride), 1, rtol=0, atol=1e-12)


def test_a_box_is_not_enough_on_a_ramp():
    """The limit that the docstring names: a staircase of the stride's period stays."""
    ramp = torch.arange(8.0, dtype=torch.float64).reshape(1, 1, -1)
    steps = {
        name: functional.conv_transpose1d(
            ramp, torch.from_numpy(np.array(kernel)[None, None]), stride=2
        )
        for name, kernel in (("box", box([[[1.0]]], 2)[0, 0]), ("tent", [0.5, 1.0, 0.5]))
    }
    spread = {name: np.ptp(np.diff(y[0, 0, 3:12].numpy())) for name, y in steps.items()}
    assert spread == {"box": 1.0, "tent": 0.0}
