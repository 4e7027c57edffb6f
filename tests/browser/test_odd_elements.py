"""Whatever an element is given, it draws or says why; nothing runs, nothing leaves the machine."""

import base64
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.fuzz.doors import RECORDS
from tests.fuzz.odd import misspelt, spoilt_json
from tests.fuzz.texts import texts
from tests.share import all_of_it, draws

pytestmark = pytest.mark.fuzz

BATCH = 25
SCRIPT = (Path(__file__).parent / "odd_elements.js").read_text(encoding="utf-8")
RUN = f"""(all) => {{ window.told = null; ({SCRIPT})(all).then(
    (told) => {{ window.told = told; }},
    (error) => {{ window.told = {{ fates: [], faults: [error.stack] }}; }},
); }}"""
MARKUP = [
    "<img src=x onerror='window.hit = 1'>",
    "</script><script>window.hit = 1</script>",
    "javascript:window.hit=1",
    "<img src='https://example.com/x.png'>",
]
KINDS = [("L", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG"), ("1", "GIF")]
JUNK = st.one_of(st.sampled_from(MARKUP), st.text(max_size=30))
NONE = st.none()


def words_of(entries):
    """Return attributes by name, of which none is the empty one."""
    return {name.replace("_", "-"): text for name, text in entries}


WORDS = st.lists(texts(JUNK), max_size=4).map(words_of)
RIGHT = RECORDS.map(json.dumps)
CHILD = st.one_of(RIGHT, spoilt_json(RECORDS).map(json.dumps), misspelt(RIGHT), JUNK)
QUERY = WORDS.map(lambda words: "&".join(f"{name}={text}" for name, text in words.items()))
MATRICES = st.sampled_from(["1 2; 3 4", "[[1, 2], [3, 4]]", "1\t2\n3\t4"])
PASTE = st.one_of(MATRICES, misspelt(MATRICES), JUNK)


@st.composite
def images(draw):
    """Return a picture of an odd size or kind, whole or cut short, or what is none."""
    size = draw(st.tuples(*[st.sampled_from([1, 2, 7, 300, 2000])] * 2))
    mode, kind = draw(st.sampled_from(KINDS))
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    whole = file.getvalue()
    data = draw(
        st.sampled_from([whole, whole, whole[: len(whole) // 2], b"", b"<svg onload=hit=1>"])
    )
    return {"name": draw(st.sampled_from(MARKUP)), "data": base64.b64encode(data).decode()}


def odd(kind, **strategies):
    """Return what makes an element, of which all but ``strategies`` is left out."""
    none = {"words": st.just({}), **dict.fromkeys(["child", "query", "paste", "image"], NONE)}
    return st.fixed_dictionaries(
        {"kind": st.just(kind), **none, "still": st.booleans(), **strategies}
    )


ODD = st.one_of(
    odd("attributes", words=WORDS),
    odd("child", child=CHILD),
    odd("child", child=CHILD, words=WORDS),
    odd("address", query=QUERY),
    odd("paste", paste=PASTE),
    odd("image", image=images()),
)


class Stage:
    """A page with the script, opened anew where the one before it hangs."""

    def __init__(self, open_page, address):
        self.open_page, self.address, self.visit = open_page, address, None
        self.fates = Counter()

    def tell(self, odds):
        """Return what is wrong with such elements, the console's errors among it."""
        if self.visit is None:
            self.visit = self.open_page(viewport={"width": 1280, "height": 900})
            self.visit.page.goto(self.address)
        visit, most = self.visit, 2_000 if all_of_it() else 20_000
        visit.errors.clear()
        try:
            visit.page.evaluate(RUN, {"odds": odds, "most": most})
            told = visit.page.wait_for_function("window.told", timeout=120_000).json_value()
        except Exception:
            visit.page.close()
            self.visit = None
            raise
        kinds = [one["kind"] for one in odds]
        self.fates.update(
            f"{kind} {fate}" for kind, fate in zip(kinds, told["fates"], strict=False)
        )
        return [*told["faults"], *visit.errors, *visit.external]


@pytest.fixture
def stage(open_page, bench):
    return Stage(open_page, bench.write("<main></main>"))


def test_odd_elements(stage, record_property):
    # what is wrong names its element, so there is nothing to shrink
    @given(odds=st.lists(ODD, min_size=BATCH, max_size=BATCH))
    @settings(max_examples=draws(5), phases=[Phase.generate])
    def hold(odds):
        wrong = stage.tell(odds)
        if wrong:
            pytest.fail("\n".join(map(str, wrong)))

    hold()
    record_property("fates", dict(stage.fates))
    for kind in ("attributes", "child", "address", "paste", "image"):
        assert stage.fates[f"{kind} taken"]
        assert stage.fates[f"{kind} refused"]
