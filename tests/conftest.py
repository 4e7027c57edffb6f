"""What holds for every test: no window opens, and no test fails because the machine is busy."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # every core has its worker: threads would only wait

import matplotlib
from hypothesis import HealthCheck, settings

from tests import share

matplotlib.use("Agg")
# Deadline and too_slow go by the clock.
always = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("share", always, max_examples=50, derandomize=True)
settings.register_profile("exhaustive", always, max_examples=50 * share.MORE)
settings.load_profile("share")


def pytest_configure(config):
    if config.getoption("--hypothesis-profile") == "exhaustive":
        share.exhaust(int(config.getoption("--hypothesis-seed") or 0))
