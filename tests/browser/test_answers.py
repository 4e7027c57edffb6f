"""The anchors of the answers stand in the built pages."""

import re
from pathlib import Path

import pytest

from tests.test_answers import ENTRIES, addresses, entry

SITE = Path(__file__).parents[2] / "_build" / "html"


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_answer_can_be_linked_to(kind, name):
    for address in addresses(entry(kind, name)):
        page, _, anchor = address.partition("#")
        path = SITE / f"{page}.html"
        assert path.is_file(), f"{kind} {name} is answered on {page}, which is not built"
        if anchor:
            ids = re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))
            assert anchor in ids, f"{kind} {name}: the built {page} has no #{anchor}"
