import gzip

import pytest

from tools import bundle


def test_bundles_were_built_from_the_sources_beside_them():
    assert bundle.stale() == [], "run `make bundle` and commit deconvviz/static"


def test_the_script_of_a_page_is_small():
    script = (bundle.ROOT / "deconvviz/static/deconvviz.js").read_bytes()
    assert len(gzip.compress(script)) < 84_000  # the peer's is 107 kB


@pytest.fixture
def fresh(tmp_path):
    """Make a folder with one source and both bundles built from it."""
    source = tmp_path / "frontend" / "src" / "a.js"
    source.parent.mkdir(parents=True)
    source.write_text("one")
    stamp = f"/* deconvviz 0.1.0 sources sha256:{bundle.source_hash(tmp_path)} */\n"
    for name in bundle.BUNDLES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(stamp)
    return tmp_path


def test_fresh_bundles_pass(fresh, capsys):
    assert bundle.main(fresh) == 0
    assert capsys.readouterr().err == ""


def test_a_changed_source_makes_both_stale(fresh, capsys):
    (fresh / "frontend" / "src" / "a.js").write_text("two")
    assert bundle.main(fresh) == 1
    told = capsys.readouterr().err
    assert [name for name in bundle.BUNDLES if f"{name} is stale" in told] == [*bundle.BUNDLES]


@pytest.mark.parametrize("name", bundle.BUNDLES)
def test_a_missing_bundle_is_stale(fresh, name):
    (fresh / name).unlink()
    assert bundle.stale(fresh) == [name]


def test_hash_sees_every_kind_of_source():
    files = bundle.source_files()
    assert "frontend/src/hosts/widget.ts" in files
    assert "frontend/src/hosts/element.ts" in files
    assert "deconvviz/text/en.json" in files
    assert {"deconvviz/tokens.json", "deconvviz/example.json"} <= set(files)
    assert {"frontend/build.ts", "frontend/package.json"} <= set(files)


def test_hash_depends_on_content_but_not_on_line_ends(tmp_path):
    source = tmp_path / "frontend" / "src" / "a.js"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"one\ntwo\n")
    unix = bundle.source_hash(tmp_path)
    source.write_bytes(b"one\r\ntwo\r\n")
    windows = bundle.source_hash(tmp_path)
    source.write_bytes(b"one\nthree\n")
    changed = bundle.source_hash(tmp_path)
    assert unix == windows != changed


def test_hash_depends_on_names(tmp_path):
    folder = tmp_path / "frontend" / "src"
    folder.mkdir(parents=True)
    (folder / "a.js").write_text("same")
    before = bundle.source_hash(tmp_path)
    (folder / "a.js").rename(folder / "b.js")
    assert bundle.source_hash(tmp_path) != before
