"""The layers that are timed: what networks use, and what their sizes do to a loop."""

from typing import NamedTuple

import numpy as np


class Case(NamedTuple):
    name: str
    input: tuple[int, ...]
    weight: tuple[int, ...]
    stride: int
    padding: int = 0
    output_padding: int = 0
    groups: int = 1

    def arrays(self, dtype):
        rng = np.random.default_rng(0)
        return [rng.standard_normal(shape).astype(dtype) for shape in (self.input, self.weight)]

    @property
    def parameters(self):
        return self.stride, self.padding, self.output_padding, self.groups


ORDINARY = [
    Case("DCGAN 1    100-512   1x1     k4 s1", (1, 100, 1, 1), (100, 512, 4, 4), 1),
    Case("DCGAN 2    512-256   4x4     k4 s2", (1, 512, 4, 4), (512, 256, 4, 4), 2, 1),
    Case("DCGAN 3    256-128   8x8     k4 s2", (1, 256, 8, 8), (256, 128, 4, 4), 2, 1),
    Case("DCGAN 4    128-64    16x16   k4 s2", (1, 128, 16, 16), (128, 64, 4, 4), 2, 1),
    Case("DCGAN 5    64-3      32x32   k4 s2", (1, 64, 32, 32), (64, 3, 4, 4), 2, 1),
    Case("DCGAN 3, batch of 16", (16, 256, 8, 8), (256, 128, 4, 4), 2, 1),
    Case("U-Net      512-256   32x32   k2 s2", (1, 512, 32, 32), (512, 256, 2, 2), 2),
    Case("U-Net      128-64    128x128 k2 s2", (1, 128, 128, 128), (128, 64, 2, 2), 2),
    Case("pose       2048-256  8x6     k4 s2", (1, 2048, 8, 6), (2048, 256, 4, 4), 2, 1),
    Case("pose       256-256   32x24   k4 s2", (1, 256, 32, 24), (256, 256, 4, 4), 2, 1),
    Case("decoder    64-32     64x64   k3 s2", (1, 64, 64, 64), (64, 32, 3, 3), 2, 1, 1),
    Case("stride 1   64-64     32x32   k3 s1", (1, 64, 32, 32), (64, 64, 3, 3), 1, 1),
    Case("FSRCNN     56-1      64x64   k9 s3", (1, 56, 64, 64), (56, 1, 9, 9), 3, 4, 2),
    Case("image      3-3       256x256 k9 s3", (1, 3, 256, 256), (3, 3, 9, 9), 3, 4, 2),
    Case("FCN        21-21     32x32   k4 s2", (1, 21, 32, 32), (21, 21, 4, 4), 2, 1),
    Case("4 groups   64-64     32x32   k3 s2", (1, 64, 32, 32), (64, 16, 3, 3), 2, 1, 1, 4),
    Case("HiFi-GAN   512-256   32      k16 s8", (1, 512, 32), (512, 256, 16), 8, 4),
    Case("HiFi-GAN   64-32     2048    k4 s2", (1, 64, 2048), (64, 32, 4), 2, 1),
    Case("V-Net      64-32     16^3    k2 s2", (1, 64, 16, 16, 16), (64, 32, 2, 2, 2), 2),
    Case("volume     32-16     12^3    k3 s2", (1, 32, 12, 12, 12), (32, 16, 3, 3, 3), 2, 1, 1),
    Case("depthwise  64-64     32x32   k4 s2", (1, 64, 32, 32), (64, 1, 4, 4), 2, 1, 0, 64),
    Case("one plane  1-1       64x64   k3 s2", (1, 1, 64, 64), (1, 1, 3, 3), 2),
    Case("one plane  1-1       256x256 k3 s2", (1, 1, 256, 256), (1, 1, 3, 3), 2),
]

# Told apart, never in a mean: in some runs torch takes several times as long here.
APART = [
    Case("DCGAN-1024 1024-512  4x4     k4 s2", (1, 1024, 4, 4), (1024, 512, 4, 4), 2, 1),
]

SMALL = [
    Case(f"1-1 {n}x{n} k3 s2 p1 op1", (1, 1, n, n), (1, 1, 3, 3), 2, 1, 1)
    for n in (3, 5, 8, 16, 32)
]

# Ordinary settings of a 2-D layer, small and medium, as a lesson or a small network has them.
SETTINGS = [
    Case(
        f"k{kernel} s{stride} p{padding}, batch of {batch}",
        (batch, rows, size, size),
        (rows, columns, kernel, kernel),
        stride,
        padding,
    )
    for kernel, stride, padding in (
        (2, 2, 0),
        (3, 1, 1),
        (3, 2, 1),
        (4, 2, 1),
        (5, 2, 2),
        (8, 4, 2),
    )
    for batch in (1, 8)
    for size in (4, 8, 16)
    for rows, columns in ((1, 1), (3, 3), (16, 8))
]
