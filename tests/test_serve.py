from threading import Thread
from urllib.request import urlopen

import pytest

from tools import serve


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("here")
    (tmp_path / "module.mjs").write_text("export default 1")
    return tmp_path


def test_serves_modules_as_scripts_to_this_machine_only(folder):
    with serve.bind(folder, port=0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"
        with urlopen(f"http://127.0.0.1:{server.server_port}/module.mjs") as answer:
            assert answer.headers["Content-Type"] == "text/javascript"
            assert answer.read() == b"export default 1"
        server.shutdown()


def test_taken_port_leads_to_the_next(folder):
    with (
        serve.bind(folder, port=0) as first,
        serve.bind_next(folder, first.server_port) as second,
    ):
        assert second.server_port > first.server_port
