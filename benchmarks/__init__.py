"""Speed, side by side in one run. Nothing here is a test: no clock decides whether we are right."""

import os

# Before anything loads numpy or torch: one thread on every side.
for name in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{name}_NUM_THREADS"] = "1"
