import numpy as np
import pytest
import scipy.sparse

from deconvviz import (
    Geometry,
    GeometryError,
    conv,
    conv_transpose,
    convolution_matrix,
    inverse_check,
    record,
)
from deconvviz.engine import matrix
from tests.draws import draw, referee
from tests.share import draws, rng

pytestmark = pytest.mark.exhaustive


def drawn(seed, count):
    """Layers without groups that PyTorch accepts, and their geometry."""
    numbers = rng(seed)
    for _ in range(draws(count)):
        call = draw(numbers)
        if call.groups == 1 and referee(call) is not None:
            x = call.input.reshape(-1, *call.input.shape[-1 - call.ndim :])[0]
            kernel = call.weight.shape[2:]
            parameters = call.stride, call.padding, call.output_padding, call.dilation
            yield numbers, x, call, Geometry(kernel, *parameters)


def test_c_is_the_direct_convolution_and_its_transpose_is_ours():
    for numbers, x, call, geometry in drawn(1, 300):
        size = x.shape[1:]
        c = convolution_matrix(geometry, call.weight, size)
        y = conv_transpose(x, call.weight, None, *call.arguments[3:])
        np.testing.assert_allclose(c.T @ x.ravel(), y.ravel(), atol=1e-12)
        big = numbers.standard_normal(y.shape)
        direct = conv(big, call.weight, None, call.stride, call.padding, call.dilation)
        kept = direct[(..., *map(slice, size))]
        np.testing.assert_allclose(c @ big.ravel(), kept.ravel(), atol=1e-12)
        assert abs((c @ big.ravel()) @ x.ravel() - big.ravel() @ (c.T @ x.ravel())) < 1e-10


def test_sparse_is_the_same_matrix_with_or_without_scipy(monkeypatch):
    for _, x, call, geometry in drawn(2, 60):
        dense = convolution_matrix(geometry, call.weight, x.shape[1:])
        with_scipy = convolution_matrix(geometry, call.weight, x.shape[1:], sparse=True)
        assert scipy.sparse.issparse(with_scipy)
        assert np.array_equal(with_scipy.toarray(), dense)
        with monkeypatch.context() as without:
            without.setitem(__import__("sys").modules, "scipy.sparse", None)
            plain = convolution_matrix(geometry, call.weight, x.shape[1:], sparse=True)
        assert isinstance(plain, matrix.Coordinates)
        assert np.array_equal(plain.toarray(), dense)


def test_the_classic_example_has_36_numbers_in_4_rows_and_is_not_undone():
    kernel = np.arange(1.0, 10).reshape(3, 3)
    c = convolution_matrix(Geometry(3), kernel, 2)
    assert c.shape == (4, 16)
    assert np.count_nonzero(c) == 36
    assert sorted(set(np.count_nonzero(c, axis=0))) == [1, 2, 4]
    found = inverse_check(c)
    assert (found.rank, found.columns) == (4, 16)
    assert found.distance == abs(c.T @ c - np.eye(16)).max() > 1


def test_an_orthonormal_kernel_with_its_own_stride_is_undone():
    kernels = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2
    c = convolution_matrix(Geometry(2, stride=2), kernels.reshape(4, 1, 2, 2), 3)
    found = inverse_check(c)
    assert found.rank == found.columns == 36
    assert found.distance < 1e-15


def test_refuses_another_kernel_size_and_what_cannot_fit():
    said = r"weight \(shape \(2, 2\)\) must be one kernel .*\(3, 3\)"
    with pytest.raises(GeometryError, match=said):
        convolution_matrix(Geometry(3), np.ones((2, 2)), 3)
    with pytest.raises(GeometryError, match=r"matrix \(shape .* would take 8,\d\d\d\.\d GB"):
        convolution_matrix(Geometry(1), [[1.0]], 1000)


@pytest.mark.parametrize("value", [np.array([]), None, "", 1])
def test_a_flag_is_true_or_false(value):
    for name, call in (
        ("sparse", lambda: convolution_matrix(Geometry(1), [[1]], 1, value)),
        ("turned", lambda: record([[1]], [[1]], view="gather", turned=value)),
    ):
        with pytest.raises(GeometryError, match=rf"^{name} \(=.*\) must be true or false"):
            call()
    assert convolution_matrix(Geometry(1), [[1]], 1, np.False_).tolist() == [[1]]
