"""The lowest versions that pyproject.toml declares, as constraints: ``python -m tools.lowest``.

Continuous integration installs exactly these once, so that no bound promises too much.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / ".github" / "lowest.txt"
HEAD = "# The lower bounds of pyproject.toml. `python -m tools.lowest` writes this file."
RANGE = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[\d.]+)(,<[\d.]+)?")


def declared(project: Path = ROOT / "pyproject.toml") -> list[str]:
    """List what the package and its extras ask for."""
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    extras = table["optional-dependencies"].values()
    return [*table["dependencies"], *(asked for extra in extras for asked in extra)]


def constraints(requirements: Iterable[str]) -> str:
    """Hold every requirement at its lowest version.

    Raises
    ------
    ValueError
        When a requirement is no range, or two of them begin at different versions.
    """
    lowest: dict[str, str] = {}
    for requirement in requirements:
        if not (found := RANGE.fullmatch(requirement)):
            raise ValueError(f"{requirement} is not a range: write name>=lowest or name>=lowest,<b")
        name, version = found["name"], found["version"]
        if lowest.setdefault(name, version) != version:
            raise ValueError(f"{name} begins at {lowest[name]} and at {version}: choose one")
    return "\n".join([HEAD, *(f"{name}=={lowest[name]}" for name in sorted(lowest))]) + "\n"


if __name__ == "__main__":
    CONSTRAINTS.write_text(constraints(declared()), encoding="utf-8")
