"""Whom we are timed against."""

import collections
import collections.abc
import warnings
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import torch

torch.set_num_threads(1)


def by_torch(case, x, w):
    layer = getattr(torch.nn.functional, f"conv_transpose{w.ndim - 2}d")
    tensors = torch.from_numpy(x), torch.from_numpy(w)

    def run():
        with torch.no_grad():
            return layer(*tensors, None, *case.parameters)

    return run


def bare_matmul(case, x, w):
    """The same multiplications, and nothing done with the products."""
    groups = case.groups
    weight = w.reshape(groups, len(w) // groups, -1).swapaxes(1, 2)
    values = x.reshape(len(x), groups, len(w) // groups, -1)
    return lambda: np.matmul(weight, values)


def by_loop(x, w, stride):
    """Dive into Deep Learning's definition: every input, times the kernel, where it belongs."""
    (n, m), (h, k) = x.shape[1:], w.shape[2:]
    y = np.zeros((w.shape[1], (n - 1) * stride + h, (m - 1) * stride + k), x.dtype)
    for channel, plane in enumerate(x):
        for out, kernel in enumerate(w[channel]):
            for i in range(n):
                for j in range(m):
                    a, b = i * stride, j * stride
                    y[out, a : a + h, b : b + k] += plane[i, j] * kernel
    return y


def by_numpy_ml(case, x, w):
    """numpy-ml's layer; its channels come last, and it draws its own weight."""
    layer = _numpy_ml_layers().Deconv2D(
        out_ch=w.shape[1], kernel_shape=w.shape[2:], pad=case.padding, stride=case.stride
    )
    values = np.ascontiguousarray(x.transpose(0, 2, 3, 1))
    layer.forward(values, retain_derived=False)
    return lambda: layer.forward(values, retain_derived=False)


def has_numpy_ml():
    return find_spec("numpy_ml") is not None


@cache
def _numpy_ml_layers():
    # numpy-ml 0.1.2 looks for this where Python no longer keeps it since 3.10.
    collections.Hashable = collections.abc.Hashable  # type: ignore[attr-defined]
    with warnings.catch_warnings(action="ignore"):
        return import_module("numpy_ml.neural_nets.layers")
