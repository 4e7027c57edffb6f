"""Words of a player with a text for each: right, misspelt, meant for another word, or anything."""

from hypothesis import strategies as st

from deconvviz.words import NAMES
from tests.fuzz.odd import misspelt
from tools.golden import written_words

TEXTS = {name: [row["text"] for row in written_words() if row["name"] == name] for name in NAMES}


NOTHING = st.nothing()


@st.composite
def texts(draw, junk=NOTHING):
    """Return a word and a text for it."""
    name = draw(st.sampled_from(NAMES))
    whose = draw(st.sampled_from([name, name, draw(st.sampled_from(NAMES))]))
    right = st.sampled_from(TEXTS[whose] or [""])
    return name, draw(st.one_of(misspelt(right), misspelt(right), right, junk))
