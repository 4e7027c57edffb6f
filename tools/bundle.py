"""Say whether the committed front-end bundles were built from the sources beside them.

The twin of ``sourceHash`` in frontend/build.ts, so that the check needs no Node:
``python -m tools.bundle``.
"""

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUNDLES = ("deconvviz/static/deconvviz.mjs", "deconvviz/static/deconvviz.js")
SOURCES = (
    "frontend/src/**/*",
    "frontend/build.ts",
    "frontend/package.json",
    "deconvviz/text/*.json",
    "deconvviz/tokens.json",
    "deconvviz/looks.json",
    "deconvviz/example.json",
    "deconvviz/presets.json",
    "deconvviz/words.json",
)
STAMP = re.compile(r"/\* deconvviz \S+ sources sha256:([0-9a-f]{64}) \*/")


def source_files(root: Path = ROOT) -> list[str]:
    """List what the bundles are made of, as sorted POSIX paths below ``root``."""
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(root).as_posix() for path in found)


def source_hash(root: Path = ROOT) -> str:
    """Hash the names and contents of the sources, whatever the line ends of this checkout."""
    digest = hashlib.sha256()
    for name in source_files(root):
        content = (root / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def stamped_hash(bundle: Path) -> str | None:
    """Read the hash of the sources that ``bundle`` was built from; None where there is none."""
    if not bundle.is_file():
        return None
    with bundle.open(encoding="utf-8") as lines:
        stamp = STAMP.match(lines.readline())
    return stamp and stamp[1]


def stale(root: Path = ROOT) -> list[str]:
    """List the bundles that other sources were built into than those of ``root``."""
    present = source_hash(root)
    return [name for name in BUNDLES if stamped_hash(root / name) != present]


def main(root: Path = ROOT) -> int:
    """Say which bundles are stale; 0 if none is, else 1."""
    for name in (names := stale(root)):
        print(f"{name} is stale: run `make bundle` and commit it", file=sys.stderr)
    return int(bool(names))


if __name__ == "__main__":
    raise SystemExit(main())
