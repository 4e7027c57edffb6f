"""Find a Chromium for the browser tests, or install one: ``python -m tools.chromium``."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

VARIABLE = "DECONVVIZ_CHROMIUM"
# The shell has the same engine and no window around it: tests take a quarter less time in it.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAY_OUT = f"install Chromium or Chrome, or set {VARIABLE} to its path"


def candidates() -> Iterator[str]:
    """Every place a Chromium may be, the reader's own choice first."""
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from playwrights_own()


def playwrights_own() -> Iterator[str]:
    """Where ``playwright install chromium`` puts its browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def runs(path: str) -> bool:
    """Whether the program at ``path`` starts: a name on PATH may be an empty promise."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find() -> str | None:
    """Return the path of a Chromium that starts, or None.

    Raises
    ------
    FileNotFoundError
        When DECONVVIZ_CHROMIUM names something that does not start.
    """
    if chosen := os.environ.get(VARIABLE):
        if not runs(chosen):
            raise FileNotFoundError(f"{VARIABLE}={chosen} does not start; {WAY_OUT}")
        return chosen
    return next(filter(runs, candidates()), None)


def install() -> None:
    """Install Chromium from the system's packages if we may, else through Playwright."""
    if may_use_apt():
        print("Installing Chromium with apt-get (about a minute) ...", flush=True)
        names = (SHELL, "chromium")  # not every Debian and Ubuntu has the shell
        if apt("update") and any(apt("install", name, "fonts-liberation") for name in names):
            return
    print("Installing Chromium with Playwright (about a minute) ...", flush=True)
    with_libraries = ["--with-deps"] if may_use_apt() else []
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"], check=False
    )


def may_use_apt() -> bool:
    """Whether this is root on a Debian or Ubuntu."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt(command: str, *packages: str) -> bool:
    """Run apt-get without questions."""
    options = ["-q", "-y", "--no-install-recommends"] if packages else ["-q"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    finished = subprocess.run(
        ["apt-get", command, *options, *packages], env=environment, stdin=subprocess.DEVNULL
    )
    return finished.returncode == 0


def main() -> None:
    """Make sure that there is a Chromium and say which."""
    try:
        if (path := find()) is None:
            install()
            path = find()
    except FileNotFoundError as error:
        sys.exit(f"tools.chromium: {error}")
    if path is None:
        sys.exit(f"tools.chromium: no Chromium found and none could be installed; {WAY_OUT}")
    print(f"Chromium: {path}")


if __name__ == "__main__":
    main()
