"""One version in every place that names it: ``python -m tools.version [TAG]``."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NUMBER = r"(\d+\.\d+\.\d+\S*)"
PLACES = {
    "pyproject.toml": rf'^version = "{NUMBER}"$',
    "deconvviz/__init__.py": rf'^__version__ = "{NUMBER}"$',
    "frontend/package.json": rf'^  "version": "{NUMBER}",$',
    "CITATION.cff": rf"^version: {NUMBER}$",
    "CHANGELOG.md": rf"^## {NUMBER} \(",  # the first heading: the newest
}
RELEASED = rf"^## {NUMBER} \(\d{{4}}-\d\d-\d\d\)$"


def versions(root: Path = ROOT) -> dict[str, str]:
    """Read the version in every place; empty where there is none."""
    return {name: first(pattern, root / name) for name, pattern in PLACES.items()}


def first(pattern: str, path: Path) -> str:
    """Return the first version that stands in a file as ``pattern`` says, or nothing."""
    found = re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def problems(tag: str | None = None, root: Path = ROOT) -> list[str]:
    """Say where another version stands than in pyproject.toml, and what a tag contradicts."""
    found = versions(root)
    version = found["pyproject.toml"]
    told = [
        f"{name} has version {other or 'nowhere'}, pyproject.toml {version}"
        for name, other in found.items()
        if other != version
    ]
    if tag is not None:
        if tag != f"v{version}":
            told.append(f"the tag is {tag}, pyproject.toml asks for v{version}")
        if first(RELEASED, root / "CHANGELOG.md") != version:
            told.append(f"CHANGELOG.md gives {version} no date: ## {version} (2030-12-31)")
    return told


def main(tag: str | None = None, root: Path = ROOT) -> int:
    """Print what does not agree; 0 if all does, else 1."""
    for problem in (found := problems(tag, root)):
        print(problem, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if sys.argv[1:] else None))
