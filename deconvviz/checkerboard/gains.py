"""Where stamps overlap unevenly, and what the weights make of it.

A constant input leaves, away from the borders, a pattern of period ``stride``: output cells whose
canvas index has the same remainder share one *phase*, and each phase has its *gain*, the sum of the
taps that reach it. A layer paints no checkerboard on any constant input exactly if all gains of
every pair of channels are equal. Overlap, the count of taps, is the gain of a kernel of ones: see
Odena et al., *Deconvolution and Checkerboard Artifacts*, Distill (2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..engine.arrays import Array, in_double, numbers
from ..engine.fit import check_channels, check_groups, fit
from ..engine.layer import allocate, check_memory, check_sums
from ..errors import GeometryError
from ..geometry import Geometry, Index
from ..geometry.arguments import instance, whole_number
from ..geometry.line import Axis


def overlap(geometry: Geometry, input_size: Any) -> Array:
    """Return how many products meet at every output cell: integers of shape ``output_size``.

    Examples
    --------
    >>> overlap(Geometry((3,), stride=2), 4)
    array([1, 1, 2, 1, 2, 1, 2, 1, 1])
    >>> overlap(Geometry(3, stride=2, padding=1), 2)
    array([[1, 2, 1],
           [2, 4, 2],
           [1, 2, 1]])
    """
    instance("geometry", geometry, Geometry, "not_a_geometry")
    check_memory(geometry.output_size(input_size), np.dtype(int), "overlap")
    counts = np.ones((), dtype=int)
    for line in geometry.overlap(input_size):
        counts = np.multiply.outer(counts, np.array(line))
    return counts


def phase_gains(weight: ArrayLike, stride: Any, dilation: Any = 1) -> Array:
    r"""Return the gain of every phase: the sum of the taps that reach it.

    Parameters
    ----------
    weight
        Shape (C_in, C_out // groups, \*kernel_size), or one plane of one or two axes. The weight
        of a direct convolution, (C_out, C_in // groups, \*kernel_size), gives the gains of the
        pattern that its *gradient* has on a constant output gradient.
    stride, dilation
        One whole number, or one per axis.

    Returns
    -------
    ndarray
        The channel axes of ``weight``, then one axis of length ``stride`` per axis, of the type
        that :func:`.conv_transpose` returns. Output cell ``t`` has phase
        ``(t + padding_begin) % stride``.

    Raises
    ------
    GeometryError
        If the weight holds no finite numbers, or has another number of axes.

    Notes
    -----
    They say what becomes of *constant* input in the interior. At the borders some taps meet
    nothing, and what varies from cell to cell is another question.

    Examples
    --------
    >>> phase_gains([1.0, 10.0, 100.0], stride=2)
    array([101.,  10.])
    >>> phase_gains(np.ones((3, 3)), stride=2)
    array([[4., 2.],
           [2., 1.]])
    """
    return _gains(*_checked(weight, stride, dilation))


def phases_reached(kernel_size: Any, stride: Any, dilation: Any = 1) -> Array:
    """Return which phases any tap reaches; the others are holes in every output.

    Holes open where ``kernel_size < stride``, and where stride and dilation have a common divisor:
    no weights can fill them.

    Examples
    --------
    >>> phases_reached(3, stride=2, dilation=2)
    array([[ True, False],
           [False, False]])
    """
    geometry = Geometry(kernel_size, stride, dilation=dilation)
    check_memory(geometry.stride, np.dtype(bool), "phases")
    return reduce(np.logical_and.outer, map(_reached, geometry.axes))


def hole_fraction(kernel_size: Any, stride: Any, dilation: Any = 1) -> float:
    """Return the part of all interior output cells that no input ever reaches.

    Examples
    --------
    >>> hole_fraction(3, stride=2, dilation=2), hole_fraction(3, stride=2)
    (0.75, 0.0)
    """
    geometry = Geometry(kernel_size, stride, dilation=dilation)
    return 1 - prod(axis.phases_reached for axis in geometry.axes) / prod(geometry.stride)


@dataclass(frozen=True, eq=False)
class Unevenness:
    """How unequal a set of phase gains is, per leading index. All are 0 for equal gains.

    ``score`` is (max - min) / abs(mean) and ``rms`` the standard deviation / abs(mean): both
    infinite if the mean gain is 0 and the gains differ. ``peak_to_peak`` is max - min, in units of
    the weight. ``robust`` divides by the mean absolute sum instead, (max - min) * phases /
    sum(abs(w)): it stays finite for band-pass kernels, whose mean gain is 0.
    """

    score: Array
    rms: Array
    peak_to_peak: Array
    robust: Array


def unevenness(
    weight: ArrayLike,
    stride: Any,
    dilation: Any = 1,
    *,
    input: ArrayLike | None = None,
    groups: int = 1,
) -> Unevenness:
    r"""Measure the checkerboard that a layer paints on a constant input.

    Parameters
    ----------
    weight, stride, dilation
        As in :func:`phase_gains`.
    input
        Shape (C_in,): the constant of every input channel. Then there is one number per output
        channel. Without it every pair of channels is measured on its own.
    groups
        How many groups the channels fall into; needed with ``input`` only.

    Raises
    ------
    GeometryError
        If weight or input hold no finite numbers, or do not fit together.

    Notes
    -----
    Weights of every type are measured in double precision, complex ones by absolute values.
    This is about flat input and the interior. A layer with equal gains can still leave a staircase
    on a ramp, and zero padding always shows at the borders. The bias is left out.

    Examples
    --------
    >>> float(unevenness(np.ones((3, 3)), stride=2).score.round(4))
    1.3333
    >>> float(unevenness([0.5, 1.0, 0.5], stride=2).score)  # bilinear: stride does not divide 3
    0.0
    """
    w, geometry = _checked(weight, stride, dilation)
    w = in_double(w)
    if input is not None and w.ndim == geometry.ndim:
        w = w[None, None]
    gains, sizes = _gains(w, geometry), np.abs(w).sum(axis=_last(geometry.ndim))
    if input is not None:
        constants = in_double(numbers("input", input, finite=True))
        gains, sizes = _combined(gains, sizes, constants, check_groups(groups, len(w)))
    return _measured(gains.reshape(*sizes.shape, prod(geometry.stride)), sizes)


def checkerboard_score(weight: ArrayLike, stride: Any, dilation: Any = 1) -> float:
    """Return one number for a layer: 0 if no constant input can show a checkerboard.

    It is the largest ``score`` of :func:`unevenness` over all pairs of channels, (max - min) /
    abs(mean) of the phase gains: infinite if the gains of a pair differ but average to 0.

    Notes
    -----
    About constant input and the interior, as :func:`unevenness`: 0 promises nothing for a ramp or
    at the borders. What a trained layer shows on its usual input may also be far less than its
    score, where channels cancel.

    Examples
    --------
    >>> round(checkerboard_score(np.ones((3, 3)), stride=2), 4)
    1.3333
    >>> checkerboard_score(np.ones((4, 4)), stride=2)
    0.0
    """
    return float(unevenness(weight, stride, dilation).score.max())


def flat_response(input: ArrayLike, layers: Sequence[Mapping[str, Any]]) -> Array:
    r"""Return the exact pattern that a stack of layers paints on a constant input, in the interior.

    Parameters
    ----------
    input
        Shape (C_in,): the constant of every input channel.
    layers
        One mapping a layer, with the keywords of ``conv_transpose``: ``weight`` in full layout,
        and ``bias``, ``stride``, ``padding``, ``groups``, ``dilation`` as needed; and
        ``activation``, a function applied to every value.

    Returns
    -------
    ndarray
        Shape (C_out, \*period), period = product of the strides. Output cell ``t`` of the stack,
        far enough from the borders, equals ``pattern[:, t % period]``.

    Examples
    --------
    >>> flat_response([2.0], [{"weight": [[[1.0, 10.0, 100.0]]], "stride": 2}])
    array([[202.,  20.]])
    """
    pattern = in_double(numbers("input", input, finite=True))
    if pattern.ndim != 1:
        raise GeometryError("constants", shape=pattern.shape, expected="(C_in,)")
    for layer in layers:
        pattern = _through(pattern, **layer)
    return pattern


def _through(
    pattern: Array,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Any = 1,
    padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
    activation: Callable[[Array], Array] | None = None,
) -> Array:
    """Zero insertion and convolution on a ring: the period grows by the stride."""
    w = numbers("weight", weight, finite=True)
    b = None if bias is None else numbers("bias", bias, finite=True)
    if pattern.ndim == 1:  # the constants themselves
        pattern = pattern.reshape(-1, *(1,) * (w.ndim - 2))
    flat, groups = (len(pattern), *(1,) * (w.ndim - 2)), whole_number("groups", groups, 1)
    fit(flat, w.shape, None if b is None else b.shape, groups, stride, 0, 0, dilation)
    geometry = Geometry(w.shape[2:], stride, padding, dilation=dilation)
    axes = _last(geometry.ndim)
    period = (n * s for n, s in zip(pattern.shape[1:], geometry.stride, strict=True))
    ring = allocate((len(pattern), *period), np.result_type(pattern, w), "pattern")
    ring[_at(slice(None, None, s) for s in geometry.stride)] = pattern
    origin = (0,) * geometry.ndim
    output: Any = sum(
        np.roll(_mixed(ring, w[_at(tap)], groups), geometry.output_index(origin, tap), axis=axes)
        for tap in geometry.taps()
    )
    if b is not None:
        output = output + b.reshape(-1, *(1,) * geometry.ndim)
    return np.asarray(activation(output) if activation else output)


def _mixed(values: Array, matrix: Array, groups: int) -> Array:
    """Apply a (C_in, C_out // groups) matrix to the channels of every group."""
    parts = zip(np.split(values, groups), np.split(matrix, groups), strict=True)
    return np.concatenate([np.tensordot(part.T, value, axes=1) for value, part in parts])


def _combined(gains: Array, sizes: Array, constants: Array, groups: int) -> tuple[Array, Array]:
    if constants.shape != gains.shape[:1]:
        raise GeometryError("constants", shape=constants.shape, expected=gains.shape[:1])
    flat = gains.reshape(*gains.shape[:2], -1)
    mixed = [_mixed(constants, flat[..., phase], groups) for phase in range(flat.shape[-1])]
    return np.stack(mixed, axis=-1), _mixed(np.abs(constants), sizes, groups)


def _measured(gains: Array, sizes: Array) -> Unevenness:
    """Measure gains of shape (..., phases) of kernels whose absolute sums are ``sizes``."""
    spread = np.ptp(gains, axis=-1) if gains.dtype.kind != "c" else _widest(gains)
    mean = np.abs(gains.mean(axis=-1))
    return Unevenness(
        _ratio(spread, mean),
        _ratio(gains.std(axis=-1), mean),
        spread,
        _ratio(spread * gains.shape[-1], sizes),
    )


def _reached(axis: Axis) -> Array:
    line = np.zeros(axis.stride, bool)
    line[axis.phases()] = True
    return line


def _widest(gains: Array) -> Array:
    check_memory((*gains.shape, gains.shape[-1]), gains.dtype, "distances between gains")
    distances = np.abs(gains[..., :, None] - gains[..., None, :])
    return np.asarray(distances.max(axis=(-2, -1)))


def _ratio(part: Array, whole: Array) -> Array:
    """Divide, with 0 / 0 = 0: nothing there is nothing uneven."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(part == 0, 0.0, part / whole)


def _phase(geometry: Geometry, tap: Index) -> Index:
    return tuple(axis.phase(t)[0] for axis, t in zip(geometry.axes, tap, strict=True))


def _checked(weight: ArrayLike, stride: Any, dilation: Any) -> tuple[Array, Geometry]:
    """Return a weight, or one plane, and the geometry of its kernel."""
    w = numbers("weight", weight, finite=True)
    if not 1 <= w.ndim <= 5:
        raise GeometryError("gains_rank", shape=w.shape)
    if w.ndim < 3:
        return w, Geometry(w.shape, stride, dilation=dilation)
    check_channels(w.shape)
    return w, Geometry(w.shape[2:], stride, dilation=dilation)


def _gains(w: Array, geometry: Geometry) -> Array:
    if w.dtype.kind == "i":
        check_sums("weight", prod(geometry.kernel_size), w)
    gains = allocate((*w.shape[: w.ndim - geometry.ndim], *geometry.stride), w.dtype, "gains")
    for tap in geometry.taps():
        gains[_at(_phase(geometry, tap))] += w[_at(tap)]
    return gains


def _at(index: Iterable[Any]) -> tuple[Any, ...]:
    """Index the last axes, whatever stands before them."""
    return (..., *index)


def _last(ndim: int) -> tuple[int, ...]:
    return tuple(range(-ndim, 0))
