"""Print one table: ``python -m benchmarks``, or with a part's name for that part alone."""

import gzip
import json
import os
import subprocess
import sys
from itertools import groupby

import numpy as np
import torch

from benchmarks import rivals
from benchmarks.clock import geomean, machine, race
from benchmarks.layers import APART, ORDINARY, SETTINGS, SMALL, Case
from deconvviz import conv_transpose, record


def layers() -> None:
    for dtype in (np.float32, np.float64):
        title(f"{np.dtype(dtype).name}: ms, and ours as a multiple of", "ours", "torch", "matmul")
        ratios = [timed(case, dtype) for case in ORDINARY]
        line("geometric mean", "", *(geomean(list(column)) for column in zip(*ratios, strict=True)))
        line("worst", "", *(max(column) for column in zip(*ratios, strict=True)))
        print("apart from the means")
        for case in APART:
            timed(case, dtype)


def small() -> None:
    for dtype in (np.float32, np.float64):
        title(
            f"small, {np.dtype(dtype).name}: ms, and ours as a multiple of",
            "ours",
            "torch",
            "matmul",
        )
        for case in SMALL:
            timed(case, dtype)


def loops() -> None:
    title("float64, the best of warm runs: ms, and how many times faster", "ours", "the loop")
    for case in (
        Case("loop       1-1       64x64   k3 s2", (1, 1, 64, 64), (1, 1, 3, 3), 2),
        Case("loop       64-32     16x16   k3 s2", (1, 64, 16, 16), (64, 32, 3, 3), 2),
    ):
        x, w = case.arrays(float)
        best = race(ours(case, x, w), lambda x=x, w=w: rivals.by_loop(x[0], w, 2)).best
        line(case.name, best, best[1] / best[0])


def numpy_ml() -> None:
    if not rivals.has_numpy_ml():
        return print("\nnumpy-ml is not installed")
    title(f"numpy-ml, float64, {len(SETTINGS)} settings: how many times faster", "mean", "least")
    ratios = []
    for name, cases in groupby(SETTINGS, lambda case: case.name):
        here = [against_numpy_ml(case) for case in cases]
        line(name, [], geomean(here), min(here))
        ratios += here
    return line("geometric mean, least", [], geomean(ratios), min(ratios))


def against_numpy_ml(case):
    x, w = case.arrays(float)
    ran = race(ours(case, x, w), rivals.by_numpy_ml(case, x, w), seconds=0.1, rounds=5)
    return 1 / ran.ratios[1]


def recording() -> None:
    title("record: ms, and as a multiple of the call", "call", "made", "output", "frame")
    for n in (3, 8, 16, 32, 64, 128, 256):
        x = np.random.default_rng(0).standard_normal((1, 1, n, n))
        w, middle = np.ones((1, 1, 3, 3)), n * n // 2
        trace = record(x, w, stride=2)
        trace.frame(middle)
        ran = race(
            lambda x=x, w=w: conv_transpose(x, w, stride=2),
            lambda x=x, w=w: record(x, w, stride=2),
            lambda x=x, w=w: record(x, w, stride=2).output,
            lambda trace=trace, middle=middle: trace.frame(middle),
        )
        line(f"{n} x {n}", ran.milliseconds, *(1 / ratio for ratio in ran.ratios[1:]))


def payload() -> None:
    print("\nbytes to the browser (gzipped), values of two decimals")
    for n in (5, 16, 32, 64, 256):
        x = np.random.default_rng(0).standard_normal((n, n)).round(2)
        text = json.dumps(record(x, np.ones((3, 3)), stride=2).to_dict()).encode()
        print(f"{n:>4} x {n:<4} {len(text):>10,} ({len(gzip.compress(text)):,})")


def timed(case, dtype):
    """Time one layer against torch and a bare matmul; return the two ratios."""
    x, w = case.arrays(dtype)
    ran = race(ours(case, x, w), rivals.by_torch(case, x, w), rivals.bare_matmul(case, x, w))
    line(case.name, ran.milliseconds, *ran.ratios[1:])
    return ran.ratios[1:]


def ours(case, x, w):
    return lambda: conv_transpose(x, w, None, *case.parameters)


def title(text, *columns):
    print(f"\n{text}\n{'':42}" + "".join(f"{name:>10}" for name in columns))


def line(name, milliseconds, *ratios):
    times = "".join(f"{value:10.3f}" for value in milliseconds or [])
    print(f"{name:42}{times}   " + "".join(f"{ratio:9.2f}x" for ratio in ratios), flush=True)


PARTS = {
    "layers": layers,
    "small": small,
    "loops": loops,
    "numpy-ml": numpy_ml,
    "recording": recording,
    "payload": payload,
}


def main() -> None:
    print(f"numpy {np.__version__}, torch {torch.__version__}, {machine()}")
    preset = os.environ.get("OPENBLAS_CORETYPE")
    if preset:
        print(f"OPENBLAS_CORETYPE={preset} is set from outside: numpy is held to that core's code")
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
    if preset:
        print("\nThe same without OPENBLAS_CORETYPE", flush=True)
        free = {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"}
        subprocess.run([sys.executable, "-m", "benchmarks", *sys.argv[1:]], env=free, check=True)


if __name__ == "__main__":
    main()
