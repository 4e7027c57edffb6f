"""Serve a directory to this machine only: ``python -m tools.serve _build/html``."""

import argparse
import errno
import mimetypes
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
PORTS_TO_TRY = 20
# Windows takes its types from the registry, which may say that a script is plain text.
for ending in (".js", ".mjs"):
    mimetypes.add_type("text/javascript", ending)


class Handler(SimpleHTTPRequestHandler):
    """Files as they are now: nothing cached, nothing logged, no folder listed."""

    def send_head(self) -> Any:
        """Say of a path that no file system takes, as of any other unknown one, 404."""
        try:
            return super().send_head()
        except ValueError:  # a null byte, or letters that no name can hold
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def list_directory(self, path: Any) -> None:
        """Say of a folder without an index, as of any other unknown path, 404."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Have the browser ask again, so that a rebuilt page shows at once."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for the address."""


def bind(directory: Path, port: int) -> ThreadingHTTPServer:
    """Bind a server for ``directory``; port 0 takes any free one.

    Raises
    ------
    OSError
        When the port is taken.
    """
    return ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(directory)))


def bind_next(directory: Path, first: int) -> ThreadingHTTPServer:
    """Bind to ``first`` or to the next free port after it."""
    for port in range(first, first + PORTS_TO_TRY):
        try:
            return bind(directory, port)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    sys.exit(f"tools.serve: ports {first} to {first + PORTS_TO_TRY - 1} are taken; give --port")


def main() -> None:
    """Print the address and serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--port", type=int, default=8000, help="first port to try (8000)")
    asked = parser.parse_args()
    if not (asked.directory / "index.html").is_file():
        sys.exit(f"tools.serve: no index.html in {asked.directory}; build it: make site")
    with bind_next(asked.directory, asked.port) as server:
        address = f"http://localhost:{server.server_port}"
        print(f"\n  The book is at {address}   (Ctrl-C stops)\n", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.")


if __name__ == "__main__":
    main()
