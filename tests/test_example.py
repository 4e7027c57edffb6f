import numpy as np
import pytest

from deconvviz import example_input, example_weight
from deconvviz.engine.example import resized


@pytest.mark.parametrize("example", [example_input, example_weight])
def test_a_cell_holds_the_same_number_at_every_size(example):
    large = example((9, 8), channels=3)
    for rows in range(1, 10):
        for columns in range(1, 9):
            assert np.array_equal(example((rows, columns), 2), large[:2, :rows, :columns])


def test_the_example_kernel_shows_its_turn_at_every_size():
    for k in range(2, 12):
        for size in ((k,), (k, k), (k, k, k)):
            kernel = example_weight(size)[0]
            assert not np.array_equal(kernel, np.flip(kernel)), size


def test_numbers_are_small_whole_and_channels_differ():
    for example in (example_input, example_weight):
        data = example((7, 7), 3)
        assert np.array_equal(data, data.astype(int))
        assert 0 <= data.min() < data.max() <= 3
        assert not np.array_equal(data[0], data[1])


@pytest.mark.parametrize("name", ["input", "weight"])
def test_own_data_keep_their_numbers_and_the_example_fills_the_rest(name):
    own = -1 - np.arange(12.0).reshape(2, 2, 3)
    example = {"input": example_input, "weight": example_weight}[name]
    for size in ((1, 1), (2, 3), (4, 2), (5, 6)):
        got = resized(own, size, name)
        inside = (slice(None), slice(min(2, size[0])), slice(min(3, size[1])))
        assert got.shape == (2, *size)
        assert np.array_equal(got[inside], own[inside])
        outside = np.ones(got.shape, bool)
        outside[inside] = False
        assert np.array_equal(got[outside], example(size, 2)[outside])
    assert np.array_equal(resized(resized(own, (5, 6), name), (2, 3), name), own)


def test_resizing_to_other_axes_is_refused():
    with pytest.raises(ValueError, match="zip"):
        resized(np.ones((1, 2, 2)), (3,), "input")
