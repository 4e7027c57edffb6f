"""The doors of the package: what each takes when all is well, and what it does with it.

A new public function joins with one line in ``DOORS``, or says in ``NO_DOORS`` why it does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

import deconvviz as dv
from deconvviz import cures
from deconvviz.trace.trace import VIEWS

SMALL = st.integers(1, 3)
ANY_VIEW = st.sampled_from(VIEWS)
ZERO = st.just(0)


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


def squares(made):
    """Give every channel one on the other side, and an input into which the kernel fits."""
    groups, _, *kernel = made["weight"].shape
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, made["dilation"], strict=True)]
    size = spans if made.get("view", "direct") == "direct" else [3] * len(kernel)
    return {**made, "weight": np.ones((groups, 1, *kernel)), "input": np.ones((groups, *size))}


def told(trace):
    """Read a trace at its beginning and at its end, and write it down."""
    last = len(trace) - 1
    for index in {0, min(1, last), last}:
        trace[index], trace.frame(index), trace.sentence(index)
    return trace.output, dv.Trace.from_dict(trace.to_dict())


def measured(input_size, **parameters):
    """Ask a geometry all that it knows."""
    geometry = dv.Geometry(**parameters)
    sizes = geometry.full_size, geometry.stretched_size, geometry.output_size
    sizes = [ask(input_size) for ask in sizes]
    counts = [geometry.multiplications(input_size, view) for view in ("scatter", "gather")]
    return sizes, counts, geometry.border(), geometry.to_dict()


def overlap(input_size, **parameters):
    """Count the products that meet at every output cell."""
    return dv.overlap(dv.Geometry(**parameters), input_size)


def backward(input, weight, bias, **parameters):
    """Ask for the gradients where every output counts once."""
    output = dv.conv_transpose(input, weight, bias, **parameters)
    return dv.conv_transpose_backward(np.ones(np.shape(output)), input, weight, **parameters)


def matrix(input_size, weight, sparse, **parameters):
    """Build the matrix of a layer without groups."""
    return dv.convolution_matrix(dv.Geometry(**parameters), weight, input_size, sparse)


def stack(input, **layer):
    """Ask for the pattern that a layer paints on another's."""
    return dv.flat_response(input, [layer, {**layer, "bias": None}])


SPREAD = "stride", "dilation"
CONSTANTS = st.integers(1, 3).map(np.ones)
ARRAYS = [
    Door("conv_transpose", dv.conv_transpose, layers()),
    Door("conv_transpose_backward", backward, layers()),
    Door("conv", lambda output_padding, **layer: dv.conv(**layer), layers().map(squares)),
    Door(
        "record",
        lambda **layer: told(dv.record(**layer)),
        layers(view=ANY_VIEW, batch=ZERO, out_channel=ZERO, turned=st.booleans()).map(squares),
    ),
    Door(
        "show",
        lambda **layer: dv.show(layer.pop("input"), **layer),
        layers(view=ANY_VIEW, lang=st.just("en")),
    ),
    Door(
        "convolution_matrix",
        matrix,
        kernels(*SPREAD, sparse=st.booleans(), input_size=SMALL).map(
            lambda made: {**made, "kernel_size": made["weight"].shape[2:]}
        ),
    ),
    Door("inverse_check", dv.inverse_check, st.just({"matrix": np.ones((3, 4))})),
    Door("flat_response", stack, kernels(*SPREAD, "bias", "groups", input=CONSTANTS)),
    Door("phase_gains", dv.phase_gains, kernels(*SPREAD)),
    Door("checkerboard_score", dv.checkerboard_score, kernels(*SPREAD)),
    Door("unevenness", dv.unevenness, kernels(*SPREAD, "groups", input=CONSTANTS)),
    Door("gather_weight", cures.gather_weight, kernels("groups")),
    Door("box", cures.box, kernels("stride")),
    Door("resize_convolution", cures.resize_convolution, kernels("stride", "groups")),
    Door("split_box", cures.split_box, kernels("stride", "groups", tolerance=st.just(1e-9))),
    Door("subpixel_convolution", cures.subpixel_convolution, kernels("stride")),
    Door("icnr", cures.icnr, kernels("stride")),
    Door("equal_gains", cures.equal_gains, kernels(*SPREAD, keep=st.just("gain"))),
]
SIZED = geometries().map(lambda made: {**made, "input_size": 4})
EXAMPLE = st.just({"size": (3, 3), "channels": 2})
SHAPES = [
    Door("Geometry", measured, SIZED),
    Door("overlap", overlap, SIZED),
    Door("phases_reached", dv.phases_reached, sized("kernel_size", *SPREAD)),
    Door("hole_fraction", dv.hole_fraction, sized("kernel_size", *SPREAD)),
    Door("bilinear", cures.bilinear, sized("stride")),
    Door("example_input", lambda **sizes: dv.example_input(*sizes.values()), EXAMPLE),
    Door("example_weight", lambda **sizes: dv.example_weight(*sizes.values()), EXAMPLE),
]
RECORDS = layers(view=ANY_VIEW).map(squares).map(lambda made: dv.record(**made).to_dict())

# What of the public names is not in these lists, and why.
NO_DOORS = {
    "Trace": "read from JSON by test_records, made of arrays by record",
    "Player": "given a value for each word by test_values",
    "export": "called by test_command_line",
    "Box": "takes widgets, which check themselves",
    **dict.fromkeys(("GeometryError", "MissingExtra"), "is raised, not called"),
    **dict.fromkeys(
        ("Frame", "Gradients", "InverseCheck", "Multiplications", "Unevenness"),
        "is returned, not called",
    ),
}
