"""Look inside what is about to be published: ``python -m tools.inside dist``.

The wheel holds the package as git tracks it, all of it and nothing else. The source distribution
holds tracked files alone, the whole package among them.
"""

import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parent.parent
PACKAGE = "deconvviz/"
WRITTEN = {"PKG-INFO"}  # into the source distribution, by the build itself


def tracked(root: Path = ROOT) -> set[str]:
    """Return the paths of all files that git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    )
    return {name for name in listed.stdout.split("\0") if name}


def of_package(names: Iterable[str]) -> set[str]:
    """Choose what lies in the package."""
    return {name for name in names if name.startswith(PACKAGE)}


def in_wheel(path: Path) -> set[str]:
    """Return the paths in a wheel, without its own folder of facts about the wheel."""
    with ZipFile(path) as wheel:
        return {name for name in wheel.namelist() if ".dist-info/" not in name}


def in_source(path: Path) -> set[str]:
    """Return the paths in a source distribution, below its one folder."""
    with tarfile.open(path) as archive:
        files = [member.name for member in archive.getmembers() if not member.isdir()]
    return {name.partition("/")[2] for name in files} - WRITTEN


def problems(folder: Path, known: set[str]) -> list[str]:
    """Say what is missing in the wheel and the source distribution of a folder, and what strays."""
    wheels, sources = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    if (len(wheels), len(sources)) != (1, 1):
        return [f"{folder} has {len(wheels)} wheels and {len(sources)} sources, not one of each"]
    package = of_package(known)
    wheel, source = in_wheel(wheels[0]), in_source(sources[0])
    return [
        *(f"{wheels[0].name} lacks {name}" for name in sorted(package - wheel)),
        *(f"{wheels[0].name} should not hold {name}" for name in sorted(wheel - package)),
        *(f"{sources[0].name} lacks {name}" for name in sorted(package - source)),
        *(f"{sources[0].name} should not hold {name}" for name in sorted(source - known)),
    ]


def main(folder: Path) -> int:
    """Print what is wrong inside; 0 if nothing is, else 1."""
    for problem in (found := problems(folder, tracked())):
        print(problem, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
