"""What holds for every test: no window opens, and no test fails because the machine is busy."""

import matplotlib
from hypothesis import settings

matplotlib.use("Agg")
settings.register_profile("patient", deadline=None, print_blob=True)
settings.load_profile("patient")
