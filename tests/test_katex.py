from pathlib import Path

from sphinxcontrib import katex

STYLE = Path(__file__).parent.parent / "book/_static/katex/katex.min.css"


def test_style_of_formulas_belongs_to_the_katex_that_renders_them():
    assert f'content:"{katex.katex_version}"' in STYLE.read_text(encoding="utf-8")
