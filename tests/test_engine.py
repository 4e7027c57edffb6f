"""The numbers, with PyTorch as referee."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from deconvviz import Geometry, GeometryError, conv_transpose
from deconvviz.engine import planes
from deconvviz.engine.conv_transpose import accumulate, crop
from deconvviz.engine.layer import Layer
from deconvviz.engine.places import places
from tests.draws import Draw, draw, referee, referee_of_sides
from tests.share import draws, rng

pytestmark = pytest.mark.exhaustive


def by_planes(call):
    """The fast path, also where the call is so small that another would be taken."""
    layer = Layer.check(*call.arguments)
    output = planes.by_planes(layer, layer.dtype)
    if layer.bias is not None:
        output = output + layer.bias.reshape(-1, *(1,) * call.ndim)
    return output if layer.batched else output[0]


def agree(ours, theirs, call):
    if theirs is None:
        with pytest.raises(GeometryError):
            ours()
        return
    got = ours()
    assert got.shape == theirs.shape, call
    assert got.dtype == theirs.dtype
    assert abs(got - theirs).max() < 1e-12, call


@pytest.mark.parametrize("seed", range(5))
def test_equals_torch_in_values_shapes_and_refusals(seed):
    numbers, met = rng(seed), set()
    for _ in range(draws(150)):
        call = draw(numbers)
        theirs = referee(call)
        agree(lambda call=call: conv_transpose(*call.arguments), theirs, call)
        agree(lambda call=call: by_planes(call), theirs, call)
        met |= kinds(call, theirs)
    assert met >= {"refused", "accepted", *KINDS}


@pytest.mark.parametrize("seed", range(5))
def test_padding_per_side_equals_torch_and_a_crop(seed):
    numbers = rng(100 + seed)
    for _ in range(draws(100)):
        call = draw(numbers, sides=True)
        theirs = referee_of_sides(call)
        agree(lambda call=call: conv_transpose(*call.arguments), theirs, call)
        agree(lambda call=call: by_planes(call), theirs, call)


KINDS = {"op >= stride", "p > d(k-1)", "gcd(s, d) > 1", "k < s", "groups", "1d", "2d", "3d", "bias"}


def kinds(call, theirs):
    """Which of the rare cases a draw belongs to, so that a test can say that it met them all."""
    if theirs is None:
        return {"refused"}
    axes = list(
        zip(
            call.weight.shape[2:],
            call.stride,
            call.padding,
            call.output_padding,
            call.dilation,
            strict=True,
        )
    )
    return {"accepted", f"{call.ndim}d"} | {
        name
        for name, met in (
            ("op >= stride", any(op >= s for k, s, p, op, d in axes)),
            ("p > d(k-1)", any(p > d * (k - 1) for k, s, p, op, d in axes)),
            ("gcd(s, d) > 1", any(np.gcd(s, d) > 1 for k, s, p, op, d in axes)),
            ("k < s", any(k < s for k, s, p, op, d in axes)),
            ("groups", call.groups > 1),
            ("bias", call.bias is not None),
        )
        if met
    }


small = st.integers(1, 4)


@st.composite
def calls(drawn):
    ndim = drawn(st.integers(1, 3))
    axes = st.tuples(*[small] * ndim)
    kernel, stride, dilation = drawn(axes), drawn(axes), drawn(axes)
    extra = tuple(drawn(st.integers(0, max(s, d))) for s, d in zip(stride, dilation, strict=True))
    padding = drawn(st.tuples(*[st.integers(0, 5)] * ndim))
    groups, rows, columns = (drawn(st.integers(1, 2)) for _ in range(3))
    numbers = arrays.from_dtype(np.dtype(float), min_value=-9, max_value=9, allow_subnormal=False)
    x = drawn(arrays.arrays(float, (drawn(small), groups * rows, *drawn(axes)), elements=numbers))
    w = drawn(arrays.arrays(float, (groups * rows, columns, *kernel), elements=numbers))
    return Draw(x, w, None, stride, padding, extra, groups, dilation)


@given(calls())
def test_equals_torch_for_whatever_hypothesis_thinks_of(call):
    theirs = referee(call)
    for ours in (lambda: conv_transpose(*call.arguments), lambda: by_planes(call)):
        if theirs is None:
            with pytest.raises(GeometryError):
                ours()
        else:
            result = ours()
            assert (result.shape, result.dtype) == (theirs.shape, theirs.dtype)
            np.testing.assert_allclose(result, theirs, rtol=0, atol=1e-11)


@pytest.mark.parametrize("row", [0, 256, 10**9], ids=["rows apart", "as measured", "joined"])
@pytest.mark.parametrize("tile", [1, 700, 5000, 4 << 20])
@pytest.mark.parametrize("columns", [1, 7, 256])
def test_tiles_never_change_the_result(monkeypatch, row, tile, columns):
    monkeypatch.setattr(planes, "NEAR", tile // 16)
    monkeypatch.setattr(planes, "ROW", row)
    monkeypatch.setattr(planes, "TILE", tile)
    monkeypatch.setattr(planes, "COLUMNS", columns)
    planes.plan.cache_clear()
    numbers = rng(7)
    for _ in range(draws(20)):
        call = draw(numbers, size=8)
        theirs = referee(call)
        if theirs is not None:
            assert abs(by_planes(call) - theirs).max() < 1e-12, call
    planes.plan.cache_clear()


def stamped_one_by_one(products, geometry, input_size, dtype):
    """The loop: products (input cell, tap) added to the output cells, inputs in raster order."""
    size = geometry.output_size(input_size)
    flat = np.zeros(int(np.prod(size)) + 1, dtype)
    for cell, row in zip(places(geometry, input_size), products, strict=True):
        for place, value in zip(cell, row, strict=True):
            flat[place] = flat[place] + value
    return flat[:-1].reshape(size)


def bits(array):
    return np.ascontiguousarray(array).view(np.uint8).tolist()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("path", ["places", "planes"])
def test_output_is_bitwise_the_loop_over_the_same_products(monkeypatch, dtype, path):
    numbers, kept, compared = rng(11), [], 0
    original = planes.times

    def remembered(left, right, out=None):
        kept.append(original(left, right, out=out).copy())
        return original(left, right, out=out)

    monkeypatch.setattr(planes, "times", remembered)
    monkeypatch.setattr("deconvviz.engine.conv_transpose.times", remembered)
    if path == "planes":
        monkeypatch.setattr("deconvviz.engine.conv_transpose.FEW", 0)
    for _ in range(draws(120)):
        call = draw(numbers, dtype=dtype, channels=5, size=7)
        call.arguments = (*call.arguments[:2], None, *call.arguments[3:])
        kept.clear()
        try:
            layer = Layer.check(*call.arguments)
        except GeometryError:
            continue
        output = conv_transpose(*call.arguments).reshape(-1, *layer.output_size)
        products = unfolded(kept, layer, path)
        for plane, rows in zip(output, products, strict=True):
            loop = stamped_one_by_one(rows, layer.geometry, layer.input_size, dtype)
            assert bits(plane) == bits(loop), call
            compared += 1
    assert compared > 200


def unfolded(kept, layer, path):
    """Return the products of every output plane as (input cell, tap), in the order of output."""
    batch, groups, out = len(layer.input), layer.groups, layer.weight.shape[1]
    count, channels = len(layer.geometry.taps()), len(layer.weight) // groups
    if path == "places":
        (products,) = kept  # small calls are one tile
        table = products.reshape(batch, groups, -1, out, count).transpose(0, 1, 3, 2, 4)
        return table.reshape(batch * groups * out, -1, count)
    spread = planes.plan(layer.geometry, layer.input_size, channels).spread
    if channels == 1:  # taps first, last tap first
        table = np.concatenate(kept)[::-1].reshape(count, groups, out, batch, *spread)
        table = np.moveaxis(table, 0, 2)
    else:
        (products,) = kept
        table = products.reshape(groups, out, count, batch, *spread)
    table = table[(..., *map(slice, layer.input_size))]
    table = table.reshape(groups, out, count, batch, -1).transpose(3, 0, 1, 4, 2)
    return table.reshape(batch * groups * out, -1, count)


def test_definition_and_fast_paths_agree_to_the_last_bit_in_one_channel():
    numbers = rng(3)
    for _ in range(draws(150)):
        call = draw(numbers, channels=2)
        if call.groups > 1 or referee(call) is None:
            continue
        x = call.input.reshape(-1, *call.input.shape[-1 - call.ndim :])[:1]
        geometry = Geometry(
            call.weight.shape[2:], call.stride, call.padding, call.output_padding, call.dilation
        )
        size = x.shape[-call.ndim :]
        canvas = np.zeros(geometry.full_size(size))
        accumulate(canvas, x[0], call.weight[:, 0], geometry, (0,) * call.ndim)
        single = Draw(x, call.weight, None, *call.arguments[3:])
        loop = crop(canvas, geometry, size)
        assert bits(conv_transpose(*single.arguments)[0, 0]) == bits(loop)
        assert bits(by_planes(single)[0, 0]) == bits(loop)


LARGE = {
    "channels": ((2, 40, 9, 11), (40, 30, 4, 4), 2, 1, 0, 1),
    "groups": ((1, 64, 20, 20), (64, 1, 4, 4), 2, 1, 0, 64),
    "one channel": ((1, 1, 150, 130), (1, 1, 9, 9), 3, 4, 2, 1),
    "line": ((3, 16, 700), (16, 8, 16), 8, 4, 0, 2),
    "volume": ((1, 8, 9, 10, 11), (8, 6, 3, 3, 3), 2, 1, 1, 1),
}


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
def test_large_layers_equal_torch(name, dtype):
    x_shape, w_shape, stride, padding, extra, groups = LARGE[name]
    rng = np.random.default_rng(0)
    x, w = (rng.standard_normal((*shape, 2)) @ [1, 1j] for shape in (x_shape, w_shape))
    if np.dtype(dtype).kind == "f":
        x, w = x.real, w.real
    ndim = len(w_shape) - 2
    same = (stride,) * ndim, (padding,) * ndim, (extra,) * ndim, groups, (1,) * ndim
    call = Draw(x.astype(dtype), w.astype(dtype), None, *same)
    got, theirs = conv_transpose(*call.arguments), referee(call)
    assert got.dtype == theirs.dtype == dtype
    scale = abs(theirs).max()
    assert abs(got - theirs).max() < scale * (
        1e-5 if dtype in (np.float32, np.complex64) else 1e-13
    )


def test_half_precision_is_summed_in_single_and_stays_there():
    rng = np.random.default_rng(5)
    x, w = (rng.standard_normal(shape).astype(np.float16) for shape in ((1, 8, 5), (8, 2, 4)))
    got = conv_transpose(x, w, stride=2)
    assert got.dtype == np.float32
    exact = conv_transpose(x.astype(float), w.astype(float), stride=2)
    assert abs(got - exact).max() <= abs(exact).max() * 2**-20
    assert abs(got - referee(Draw(x, w, None, (2,), (0,), (0,), 1, (1,)))).max() < 0.02


@pytest.mark.parametrize("few", [0, 1 << 15])
def test_integers_are_exact_beyond_what_floats_hold(monkeypatch, few):
    monkeypatch.setattr("deconvviz.engine.conv_transpose.FEW", few)
    x = np.array([[2**31 - 1, 3, -7]], np.int32)
    w = np.array([[[2**31 - 1, 5]]], np.int32)
    got = conv_transpose(x, w)
    assert got.dtype == np.int64
    assert got.tolist() == [[(2**31 - 1) ** 2, (2**31 - 1) * 8, (2**31 - 1) * -7 + 15, -35]]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint16, np.uint32, np.int64])
def test_every_integer_type_gives_64_bits(dtype):
    assert conv_transpose(np.full((1, 2), 100, dtype), np.full((1, 1, 2), 100, dtype)).tolist() == [
        [10000, 20000, 10000]
    ]


def test_byte_order_and_mixed_types_follow_numpy():
    x = np.array([[1.0, 2.0]], ">f8")
    assert conv_transpose(x, np.array([[[3]]], np.int32)).dtype == np.dtype("=f8")
    assert conv_transpose(x.astype(np.float32), np.ones((1, 1, 1))).dtype == np.float64


def test_views_and_read_only_arrays_work_and_stay_untouched():
    rng = np.random.default_rng(2)
    x, w = rng.standard_normal((4, 9, 8, 3)), rng.standard_normal((5, 4, 2, 3))
    views = x.transpose(0, 3, 2, 1)[:, :, ::-2, 1:], w.transpose(3, 2, 1, 0)[::-1, :, ::2, ::-1]
    for array in (x, w):
        array.setflags(write=False)
    plain = [np.ascontiguousarray(view) for view in views]
    assert bits(conv_transpose(*views, stride=2)) == bits(conv_transpose(*plain, stride=2))


def test_the_result_is_nobody_elses_memory():
    x, w = np.ones((1, 1, 300, 300)), np.ones((1, 1, 2, 2))
    first = conv_transpose(x, w, stride=2)
    kept = first.copy()
    conv_transpose(3 * x, w, stride=2)
    assert np.array_equal(first, kept)
    first[:] = -1
    assert np.array_equal(conv_transpose(x, w, stride=2), kept)


def test_threads_do_not_share_working_memory():
    rng = np.random.default_rng(4)
    tasks = [
        (rng.standard_normal((1, 4, 40, 40)), rng.standard_normal((4, 3, 5, 5))) for _ in range(16)
    ]
    alone = [conv_transpose(x, w, stride=2) for x, w in tasks]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda task: conv_transpose(*task, stride=2), tasks * 4))
    assert all(bits(a) == bits(b) for a, b in zip(alone * 4, together, strict=True))


@pytest.mark.parametrize("row", [0, 10**9])
@pytest.mark.parametrize("few", [0, 1 << 15])
def test_infinite_and_missing_numbers_stay_where_they_belong(monkeypatch, row, few):
    monkeypatch.setattr(planes, "ROW", row)
    monkeypatch.setattr("deconvviz.engine.conv_transpose.FEW", few)
    planes.plan.cache_clear()
    x, w = np.ones((1, 2, 3, 4)), np.ones((2, 2, 3, 3))
    w[0, 0, 1, 2], x[0, 1, 2, 3] = np.inf, np.nan
    call = Draw(x, w, None, (2, 2), (1, 1), (1, 1), 1, (1, 1))
    np.testing.assert_array_equal(conv_transpose(*call.arguments), referee(call))
    planes.plan.cache_clear()


def test_an_empty_batch_gives_an_empty_output_as_in_torch():
    x, w = np.zeros((0, 2, 3, 3)), np.zeros((2, 3, 3, 3))
    ours = conv_transpose(x, w, stride=2, padding=1)
    theirs = torch.nn.functional.conv_transpose2d(*map(torch.from_numpy, (x, w)), None, 2, 1)
    assert ours.shape == tuple(theirs.shape) == (0, 3, 5, 5)


EMPTY = {
    "size": ((1, 2, 0, 3), (2, 3, 3, 3)),
    "input channels": ((1, 0, 3, 3), (0, 3, 3, 3)),
    "output channels": ((1, 2, 3, 3), (2, 0, 3, 3)),
    "kernel": ((1, 2, 3, 3), (2, 3, 0, 3)),
}


@pytest.mark.parametrize("name", EMPTY)
def test_other_empty_arrays_are_refused_as_in_torch(name):
    x, w = (np.zeros(shape) for shape in EMPTY[name])
    with pytest.raises(RuntimeError):
        torch.nn.functional.conv_transpose2d(torch.from_numpy(x), torch.from_numpy(w))
    with pytest.raises(GeometryError):
        conv_transpose(x, w)


def test_what_cannot_fit_in_memory_is_refused_before_it_is_allocated():
    x = np.broadcast_to(np.float64(1), (1, 1, 1000, 1000))
    tracemalloc.start()
    for size, stride in ((1000, 10**4), (2, 10**7)):  # many products to add, and few
        with pytest.raises(GeometryError) as refusal:
            conv_transpose(x[..., :size, :size], np.ones((1, 1, 1, 1)), stride=stride)
        edge = (size - 1) * stride + 1
        assert f"(shape (1, 1, {edge}, {edge})) would take {edge**2 * 8e-9:,.1f} GB" in str(
            refusal.value
        )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50e6


@pytest.mark.parametrize("plain", [2, (2, 2)])
def test_refusals_do_not_depend_on_what_was_asked_before(plain):
    x, w = np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3))
    conv_transpose(x, w, stride=plain)
    for impostor in (2.0, (2.0, 2), True, (True, 2)):
        with pytest.raises(GeometryError):
            conv_transpose(x, w, stride=impostor)


def test_every_argument_keeps_torchs_name_and_place():
    x, w, b = np.ones((1, 2, 3)), np.ones((2, 1, 2)), np.zeros(2)
    by_place = conv_transpose(x, w, b, 2, 1, 1, 2, 1)
    by_name = conv_transpose(
        input=x, weight=w, bias=b, stride=2, padding=1, output_padding=1, groups=2, dilation=1
    )
    theirs = torch.nn.functional.conv_transpose1d(*map(torch.from_numpy, (x, w, b)), 2, 1, 1, 2, 1)
    assert np.array_equal(by_place, by_name)
    assert np.array_equal(by_place, theirs)


def test_scalars_and_tuples_mean_the_same():
    x, w = np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3))
    for stride, padding in product((2, (2,), (2, 2), [2, 2]), (1, (1,), [1, 1], ((1, 1), (1, 1)))):
        assert conv_transpose(x, w, stride=stride, padding=padding).shape == (1, 1, 5, 5)
