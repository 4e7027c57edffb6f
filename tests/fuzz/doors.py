"""The doors of the package: what each takes when all is well, and what it does with it.

A new public function joins with one line in ``ARRAYS``, ``SHAPES`` or ``RECORDS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

import deconvviz as dv
from deconvviz import cures
from deconvviz.figures import key_frames

SMALL = st.integers(1, 3)
VIEWS = st.sampled_from(["scatter", "gather", "matrix"])


@dataclass(frozen=True)
class Door:
    """A call, and arguments that it takes."""

    name: str
    call: Callable[..., Any]
    legal: st.SearchStrategy[dict[str, Any]]


@st.composite
def geometries(draw):
    """Return the parameters of a small layer."""
    ndim = draw(st.integers(1, 3))
    axes = [draw(st.tuples(*[SMALL] * ndim)) for _ in range(3)]
    return {
        **dict(zip(["kernel_size", "stride", "dilation"], axes, strict=True)),
        "padding": 0,
        "output_padding": 0,
    }


@st.composite
def layers(draw, names=(), **more):
    """Return the arrays and parameters of a small layer, of which ``names`` are kept."""
    parameters = draw(geometries())
    kernel = parameters.pop("kernel_size")
    groups = draw(SMALL)
    size = (groups, *(4,) * len(kernel))
    made = {
        "input": np.arange(np.prod(size), dtype=float).reshape(size),
        "weight": np.ones((groups, 2, *kernel)),
        "bias": None,
        "groups": groups,
        **parameters,
        **{name: draw(strategy) for name, strategy in more.items()},
    }
    return {name: made[name] for name in names or made}


def kernels(*names, **more):
    """Return the arguments of what is asked about a kernel."""
    return layers(("weight", *names, *more), **more)


def sized(*names):
    """Return the arguments of what is asked about a geometry and sizes."""
    return geometries().map(lambda made: {name: made[name] for name in names})


def told(trace):
    """Read a trace from end to end."""
    for index in range(min(len(trace), 40)):
        trace[index], trace.frame(index)
    return trace.output, trace.transcript()[:100], dv.Trace.from_dict(trace.to_dict()), key_frames


def measured(input_size, **parameters):
    """Ask a geometry all that it knows."""
    geometry = dv.Geometry(**parameters)
    sizes = geometry.full_size, geometry.stretched_size, geometry.output_size
    sizes = [ask(input_size) for ask in sizes]
    counts = [geometry.multiplications(input_size, view) for view in ("scatter", "gather")]
    return sizes, counts, dv.overlap(geometry, input_size), geometry.border(), geometry.to_dict()


def backward(input, weight, bias, **parameters):
    """Ask for the gradients where every output counts once."""
    output = dv.conv_transpose(input, weight, bias, **parameters)
    return dv.conv_transpose_backward(np.ones(np.shape(output)), input, weight, **parameters)


def matrix(input_size, weight, sparse, **parameters):
    """Build the matrix of a layer without groups, and measure it."""
    geometry = dv.Geometry(np.shape(weight)[2:], **parameters)
    made = dv.convolution_matrix(geometry, weight, input_size, sparse)
    return made if sparse else made[:40, :40]


def stack(input, **layer):
    """Ask for the pattern that two layers paint, one like the other."""
    return dv.flat_response(dv.flat_response(input, [layer])[:, 0], [layer])


def exported(path, **words):
    """Write a page, and take it away again."""
    dv.export(dv.Geometry(3), path, overwrite=True, **words).unlink()


ARRAYS = [
    Door("conv_transpose", dv.conv_transpose, layers()),
    Door("conv_transpose_backward", backward, layers()),
    Door("record", lambda **all: told(dv.record(**all)), layers(view=VIEWS, batch=st.just(0))),
    Door("phase_gains", dv.phase_gains, kernels("stride", "dilation")),
    Door("checkerboard_score", dv.checkerboard_score, kernels("stride", "dilation")),
    Door("unevenness", dv.unevenness, kernels("stride", "dilation")),
    Door("gather_weight", cures.gather_weight, kernels("groups")),
    Door("box", cures.box, kernels("stride")),
    Door("resize_convolution", cures.resize_convolution, kernels("stride", "groups")),
    Door("split_box", cures.split_box, kernels("stride", "groups", tolerance=st.just(1e-9))),
    Door("subpixel_convolution", cures.subpixel_convolution, kernels("stride")),
    Door("icnr", cures.icnr, kernels("stride")),
    Door("equal_gains", cures.equal_gains, kernels("stride", "dilation", keep=st.just("gain"))),
]
SHAPES = [
    Door("Geometry", lambda **all: measured(4, **all), geometries()),
    Door("input_size", measured, geometries().map(lambda made: {**made, "input_size": 4})),
    Door("phases_reached", dv.phases_reached, sized("kernel_size", "stride", "dilation")),
    Door("hole_fraction", dv.hole_fraction, sized("kernel_size", "stride", "dilation")),
    Door("bilinear", cures.bilinear, sized("stride")),
]
RECORDS = layers(view=VIEWS).map(lambda made: dv.record(**made).to_dict())
