"""The golden files say what Python says; the JavaScript tests hold the twins to the same files."""

import pytest

from tools import golden

TEXTS = dict(golden.everything())


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_golden_file_is_what_python_says_today(name):
    kept = (golden.FOLDER / name).read_text(encoding="utf-8")
    assert kept == TEXTS[name], f"{name} differs: read the change, then run python -m tools.golden"


def test_folder_holds_nothing_else_and_stays_light():
    kept = {path.name: path.stat().st_size for path in golden.FOLDER.iterdir()}
    assert kept.keys() == TEXTS.keys()
    assert max(kept.values()) < 60_000
    assert sum(kept.values()) < 600_000
