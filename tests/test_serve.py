from http.client import HTTPConnection
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


def answer(address, path):
    """Ask for a path exactly as it is written; return the status and the body."""
    asked = HTTPConnection(*address, timeout=10)
    asked.putrequest("GET", path)
    asked.endheaders()
    got = asked.getresponse()
    return got.status, got.read()


ODD = [
    "/unknown",
    "/index.html/",
    "/%00",
    "/index.html%00.png",
    "/folder/",
    "/../secret",
    "/%2e%2e/secret",
    "/..%2fsecret",
    "/folder/%2e%2e/%2e%2e/secret",
    "//secret",
    "/%ff%fe",
    "/%ed%a0%80",
    "/" + "long" * 4000,
    "/folder" + "/deep" * 4000,
    "/%e8%bd%ac%e7%bd%ae",
]


def test_answers_odd_paths_with_404_and_lists_no_folder(tmp_path):
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "site"
    (folder / "folder").mkdir(parents=True)
    (folder / "index.html").write_text("here")
    (folder / "folder" / "unlisted.txt").write_text("unlisted")
    with serve.bind(folder, port=0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for path in ODD:
            status, body = answer(server.server_address, path)
            assert status == 404, path
            assert b"unlisted" not in body, path
        assert answer(server.server_address, "/") == (200, b"here")
        server.shutdown()


def test_a_folder_with_an_index_keeps_its_query(folder):
    (folder / "embed").mkdir()
    (folder / "embed" / "index.html").write_text("there")
    with serve.bind(folder, port=0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with urlopen(f"http://127.0.0.1:{server.server_port}/embed?stride=2") as answered:
            assert answered.read() == b"there"
            assert answered.url.endswith("/embed/?stride=2")
        server.shutdown()
