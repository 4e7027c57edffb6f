"""Write tests/golden/: what Python says, for the JavaScript twins to say too.

Run ``python -m tools.golden`` after a change of behaviour that is meant, and read the difference.
"""

import json
from collections.abc import Iterator
from itertools import cycle, islice
from math import inf, prod
from pathlib import Path
from typing import Any

import numpy as np

from deconvviz import Geometry, GeometryError, Trace, example_input, example_weight
from deconvviz.engine.example import resized
from deconvviz.player.question import question
from deconvviz.player.state import check_place, computation
from deconvviz.player.state import trace_of as trace_of_words
from deconvviz.text import number
from deconvviz.trace.steps import Frame
from deconvviz.words import SHAPING, TABLE
from deconvviz.words.check import checked

FOLDER = Path(__file__).parent.parent / "tests" / "golden"
PLACES = ("step", "selection")  # words that must be there in the picture
VIEWS = ("scatter", "gather", "matrix", "direct")
FRACTIONS = (0.1, -2.25, 1 / 3, 1.5, -0.7, 2 / 7, 3.0, -0.001, 12.75, 0.0, -5.0)

# name: (input size, channels, bias, whole or fractional numbers, parameters)
CASES: dict[str, tuple[tuple[int, ...], int, float | None, str, dict[str, Any]]] = {
    "plain": ((3, 3), 1, None, "whole", {"kernel_size": 3}),
    "stride": (
        (3, 3),
        1,
        None,
        "whole",
        {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
    ),
    "one_d": ((4,), 1, 0.5, "fraction", {"kernel_size": (3,), "stride": 2, "padding": 1}),
    "causal": ((5,), 1, None, "whole", {"kernel_size": (4,), "stride": 2, "padding": ((0, 2),)}),
    "three_d": ((2, 2, 1), 1, None, "whole", {"kernel_size": (2, 1, 2), "stride": 2}),
    "dilation": ((2, 3), 1, -1.0, "whole", {"kernel_size": 2, "dilation": (2, 3), "padding": 1}),
    "sides": (
        (3, 2),
        1,
        None,
        "fraction",
        {"kernel_size": (3, 2), "stride": (2, 3), "padding": ((1, 2), (0, 1))},
    ),
    "negative_border": ((4, 4), 1, None, "whole", {"kernel_size": 2, "stride": 2, "padding": 3}),
    "given_back": (
        (2, 2),
        1,
        0.1,
        "fraction",
        {"kernel_size": 4, "stride": 3, "padding": 2, "output_padding": 2},
    ),
    "beyond": ((2, 2), 1, 0.25, "whole", {"kernel_size": 2, "stride": 2, "output_padding": 1}),
    "back_and_beyond": (
        (3, 2),
        1,
        None,
        "whole",
        {"kernel_size": 2, "stride": 4, "padding": ((0, 1), (2, 1)), "output_padding": (3, 2)},
    ),
    "holes": ((2, 2), 1, None, "whole", {"kernel_size": 3, "stride": 2, "dilation": 2}),
    "gaps": ((2, 2), 1, 1.0, "fraction", {"kernel_size": 2, "stride": 3}),
    "channels": (
        (2, 2),
        3,
        -0.75,
        "fraction",
        {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1},
    ),
    "kernel_one": ((2, 3), 2, None, "fraction", {"kernel_size": 1, "stride": (1, 2)}),
    "dilated_extension": (
        (3,),
        2,
        None,
        "whole",
        {"kernel_size": (2,), "dilation": 3, "padding": 1, "output_padding": 2},
    ),
}

UNTURNED = ("one_d", "dilation", "dilated_extension")  # told by gather without the turn, too


def nested(depth: int) -> Any:
    """Return a number in as many lists."""
    return [nested(depth - 1)] if depth else 1


# The way a reader may type them, with an input size; every one is refused.
REFUSED: list[dict[str, Any]] = [
    {"kernel_size": 3, "stride": 2, "output_padding": 2},
    {"kernel_size": 3, "output_padding": 1},
    {"kernel_size": 3, "stride": [2, 3], "dilation": [1, 4], "output_padding": [2, 3]},
    {"kernel_size": 3, "padding": 3, "input_size": 2},
    {"kernel_size": 3, "stride": 2, "padding": [[2, 3], [1, 1]], "input_size": [2, 3]},
    {"kernel_size": 1, "padding": 9, "input_size": [3, 3]},
    {"kernel_size": 0},
    {"kernel_size": [3, 0]},
    {"kernel_size": -2},
    {"kernel_size": 2.5},
    {"kernel_size": "three"},
    {"kernel_size": []},
    {"kernel_size": [1, 1, 1, 1]},
    {"kernel_size": 3, "stride": 0},
    {"kernel_size": 3, "stride": -1},
    {"kernel_size": 3, "stride": 1.5},
    {"kernel_size": 3, "stride": "2"},
    {"kernel_size": 3, "stride": [1, 2, 3]},
    {"kernel_size": [3], "stride": [1, 2]},
    {"kernel_size": 3, "padding": -1},
    {"kernel_size": 3, "padding": [1, 1, 1]},
    {"kernel_size": 3, "padding": [[1, 2, 3]]},
    {"kernel_size": 3, "padding": [[0, -1], [0, 0]]},
    {"kernel_size": 3, "padding": "same"},
    {"kernel_size": 3, "output_padding": -1},
    {"kernel_size": 3, "output_padding": 0.5},
    {"kernel_size": 3, "dilation": 0},
    {"kernel_size": 3, "dilation": [1, -2]},
    {"kernel_size": 3, "input_size": 0},
    {"kernel_size": 3, "input_size": [3, 0]},
    {"kernel_size": 3, "input_size": 3.5},
    {"kernel_size": 3, "input_size": [3, 3, 3]},
]

NUMBERS: list[float] = [
    *(0, -0.0, 1, -1, 2.0, 10, 999999, 1000000, -1234567, 123456.7, 999999.5, 1e21, 3e-324),
    *(0.5, -0.5, 2.25, 0.1, 0.1 + 0.2, 1 / 3, -2 / 3, 0.28125, -0.28125, 1.00005, 9.9995, 12345.5),
    *(99.995, 0.001, 0.00099994, 0.00099996, 1e-7, -1.2345e-5, 1.7976931348623157e308, 100.25),
]

RESIZED: list[tuple[list[Any], tuple[int, ...], str]] = [
    ([[[7, 8], [9, 5]]], (3, 3), "input"),
    ([[[7, 8, 6], [9, 5, 4]]], (1, 2), "weight"),
    ([[0.5, -1.0], [2.5, 4.0]], (4,), "weight"),
    ([[[[7]]]], (1, 2, 2), "input"),
]

# The largest that may be shown, and a little more: a pair for every bound and what can reach it.
LIMITS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    *(
        ({**words, name: 2**16}, {**words, name: 2**16 + 1})
        for name, words in (
            ("input_size", {"kernel_size": [1]}),
            ("stride", {"input_size": 1, "kernel_size": 1}),
            ("dilation", {"input_size": 1, "kernel_size": 1}),
        )
    ),
    ({"stride": 1}, {"stride": 2**53 - 1}),
    ({"padding": 1}, {"padding": [[0, 10**18], [3, 0]]}),
    ({"output_padding": 0}, {"output_padding": 10**21, "stride": 10**22}),
    ({"groups": 4096}, {"groups": 4097}),
    ({"groups": 1}, {"groups": 10**6}),
    (
        {"input_size": [447, 447], "kernel_size": 1},
        {"input_size": [448, 447], "kernel_size": 1},
    ),
    (
        {"input_size": [100, 100], "groups": 20, "kernel_size": 1},
        {"input_size": [100, 100], "groups": 21, "kernel_size": 1},
    ),
    (
        {"input_size": 1, "kernel_size": [128, 256]},
        {"input_size": 1, "kernel_size": [128, 257]},
    ),
    (
        {"input_size": [40, 50], "kernel_size": [40, 50]},
        {"input_size": [40, 50], "kernel_size": [40, 51]},
    ),
    (
        {"input_size": 2, "kernel_size": 1, "stride": [546, 546]},
        {"input_size": 2, "kernel_size": 1, "stride": [547, 547]},
    ),
    (
        {"input_size": 1, "kernel_size": 1, "stride": 548, "output_padding": [546, 547]},
        {"input_size": 1, "kernel_size": 1, "stride": 548, "output_padding": 547},
    ),
    (
        {"input_size": [1, 1, 1], "kernel_size": [3, 3, 3], "dilation": 18, "view": "gather"},
        {"input_size": [1, 1, 1], "kernel_size": [3, 3, 3], "dilation": 19, "view": "gather"},
    ),
    (
        {"input_size": [20, 20], "kernel_size": 3, "stride": 2, "view": "matrix"},
        {"input_size": [22, 22], "kernel_size": 3, "stride": 2, "view": "matrix"},
    ),
    (
        {"input_size": [65536], "kernel_size": [1], "stride": 4},
        {"input_size": [65536, 65536, 65536], "kernel_size": 65536, "groups": 4096},
    ),
)

# Texts for every word of a kind: as people write them, in attributes, addresses and options.
TEXTS: dict[str, tuple[str, ...]] = {
    "sizes": ("2", "3,2", "2,", " 2 , 3 ", "−1", "0", "2x", "", "1:2", "1,2,3,4", "9" * 22),
    "sides": ("1", "1,0", "1:0", "1:0,0:1", "1,0:1", "a:b", "1:2:3", "-1", "9", "same"),
    "numbers": (
        *("1 2;3 4", "1,2;3,4", "[[1, 2], [3, 4]]", "[[[1, 2], [3, 4]]]", "array([[1., 2.]])"),
        *("1 2 3", "null", "[[1, 2", "", "1 2; 3", "[[1, 2], 3]", "[[1, nan]]"),
        *(
            "1,5 2,5",
            "2 1,5",
            "[1,5 2,5]",
            "1,2, 3,4",
            "1,2 3;4,5 6",
            "[[[[[[1]]]]]]",
            "[[[[[1]]]]]",
        ),
        *("1e999", "-1e308", "[[1], [[2]]]", "true", "{}", "toString"),
    ),
    "number": (
        *("2", "0.5", "−1", "1e1", ".5", "null", "much", "", "1e400", "0x10", "1_0", "1,5", "it's"),
    ),
    "whole": ("1", "0", "2", "-1", "1.5", "", "99", "constructor", "9" * 309),
    "choice": ("", "Drak", "__proto__"),
    "flag": ("", "true", "false", "True", "1", "toString"),
    "cell": ("y:2,3", "x:0,-1", "w:1", "y:5,0", "", "null", "q", "y:1.5,2", "x\ny", "q" * 99),
    "language": ("en", "EN", "../en", "constructor"),
    "text": ("", "true", "7", "null", "[1]", 'a "b" <c>'),
    "question": (
        *("", "size", " land  1, 0", "land 1,0 tap 2 ,2", "value −1,0", "claim maybe", "value 2,2"),
        *("count", "value 1,1 tap 0,0", "holes 2", "claim true", "Size", "pattern", "holes"),
    ),
    "views": ("auto", "none", "gather, matrix", "overlap", "auto,gather", "walk", ""),
}


def written_words() -> list[dict[str, Any]]:
    """Return what each text means as each word that it can be written for, or why it is refused."""
    words = [word for word in TABLE.values() if not word.momentary]
    return [
        _meant(word.name, text)
        for word in words
        for text in dict.fromkeys((*word.choices, *TEXTS[word.kind]))
    ]


def _meant(name: str, text: str) -> dict[str, Any]:
    try:
        value = checked(name, text)
        if name in SHAPING:
            value = computation({name: value}).words.get(name, value)
        if name in PLACES:
            check_place(trace_of_words({}), **{name: value})
    except GeometryError as error:
        return {"name": name, "text": text, "refused": str(error)}
    return {"name": name, "text": text, "value": value}


# What is put where into a sound trace, so that it is none: all of it, a key, -a key that goes.
FAULTS: dict[str, tuple[Any, ...]] = {
    "": (None, 3, True, "x", [1], {}),
    "schema": (None, 1, "deconvviz.trace/2", [[]], {}),
    **dict.fromkeys(("-schema", "-view", "-geometry", "-input", "-bias", "-geometry.stride"), (0,)),
    **dict.fromkeys(("groups", "__proto__", "constructor", "geometry.toString"), (1,)),
    "view": (None, 0, "overlap", "toString", ["scatter"]),
    "bias": ("1", True, [1], {}, inf),
    "geometry": (None, [], "k3", {"stride": 1}),
    "geometry.kernel_size": ([3], 0, [], {}, [1, 1, 1, 1], [1] * 9),
    "geometry.stride": ("2", None, True, 1.5, [[[[[1]]]]]),
    "geometry.padding": (9, [[1, 2, 3]], {"begin": 1}),
    "geometry.output_padding": ([1],),
    "geometry.dilation": ([1, 1],),
    "input": (
        *(None, 3, "1 2", {}, True, [], [[]], [1, 2], [[1], [2]], [[1, 2], [3]], [[1, "2"]]),
        *([[1, None]], [[1, True]], [[1, [2]]], [[1, {}]], [[inf]], [[-inf]], [[[1, 2]]]),
        *([[1, 2], 3], [[10**400]], nested(6), nested(200)),
    ),
    "weight": (None, [[1, 2], [1]], [[[1], [1]], [[1]]], [[1, 1], [1, 1]]),
}
BROKEN = ("{", "[1, 2", "{'schema': 1}", '{"a": NaN}', "Infinity", "undefined", '{"a": 1,}', " ")


def faults() -> list[dict[str, str]]:
    """Return texts of which no trace can be made, and what is said of each."""
    wrong = [_put(place, value) for place, values in FAULTS.items() for value in values]
    texts = [json.dumps(data).replace("Infinity", "1e999") for data in wrong]
    return [{"text": text, "refused": _refused(text)} for text in (*texts, *BROKEN)]


def _put(place: str, value: Any) -> Any:
    sound = Trace(Geometry((2,)), [[1, 2]], [[1, 3]]).to_dict()
    if not place:
        return value
    *way, key = place.removeprefix("-").split(".")
    inner = sound[way[0]] if way else sound
    inner[key] = value
    if place.startswith("-"):
        del inner[key]
    return sound


def _refused(text: str) -> str:
    try:
        Trace.from_dict(_parsed(text))
    except GeometryError as error:
        return str(error)
    raise AssertionError(f"{text} is a trace")


def _parsed(text: str) -> Any:
    """Read JSON as browsers do: int refuses the words NaN and Infinity, which are none of it."""
    try:
        return json.loads(text, parse_constant=int)
    except ValueError:
        raise GeometryError("json") from None


# The author's questions: what is asked of which trace.
ASKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("stride", "scatter"): (
        *("size", "land 1,0", "land 2,1 tap 1,2", "value 2,3", "count 3,3", "holes", "pattern"),
        *("claim true", "value 6,0", "count 1", "land 1,0 tap 3,0", "land 1,2,3"),
    ),
    ("one_d", "scatter"): ("size", "land 3", "land 0 tap 2", "value 3", "holes", "pattern"),
    ("one_d", "gather"): ("land 2", "count 6"),
    ("one_d", "unturned"): ("value 3", "count 3"),
    ("holes", "gather"): ("value 0,0", "value 1,1", "holes", "pattern", "claim false"),
    ("gaps", "matrix"): ("size", "land 1,1", "value 4,4", "count 2,2", "holes", "pattern"),
    ("channels", "scatter"): ("value 1,1", "count 1,1"),
    ("sides", "scatter"): ("size", "pattern"),
    ("three_d", "scatter"): ("size", "land 1,1,0", "count 2,0,1", "holes"),
    ("given_back", "matrix"): ("value 1,2",),
    ("plain", "direct"): ("claim true", "size", "value 0,0"),
}


def asked() -> list[dict[str, Any]]:
    """Return what each question says, or why it is refused."""
    return [
        {"case": f"{case}_{view}", "ask": ask, **_question(trace_of(case, view), ask)}
        for (case, view), asks in ASKED.items()
        for ask in asks
    ]


def _question(trace: Trace, ask: str) -> dict[str, Any]:
    try:
        return question(trace, ask, "All is well")._asdict()
    except GeometryError as error:
        return {"refused": str(error)}


def trace_of(name: str, view: str) -> Trace:
    """Return one of the traces that both languages must tell alike."""
    size, channels, bias, kind, parameters = CASES[name]
    geometry = Geometry(**parameters)
    if view == "direct":
        size = geometry.output_size(size)
    story = "gather" if view == "unturned" else view
    if kind == "whole":
        x, w = example_input(size, channels), example_weight(geometry.kernel_size, channels)
    else:
        numbers = cycle(FRACTIONS)
        x = _taken(numbers, (channels, *size))
        w = _taken(numbers, (channels, *geometry.kernel_size))
    return Trace(geometry, x, w, bias, story, turned=view != "unturned")


def golden(trace: Trace) -> dict[str, Any]:
    """Return everything that a trace can be asked."""
    geometry, size = trace.geometry, trace.output_size if trace.direct else trace.input_size
    return {
        "trace": trace.to_dict(),
        "sizes": {
            "full": geometry.full_size(size),
            "output": geometry.output_size(size),
            "stretched": geometry.stretched_size(size),
            "border": geometry.border(),
            "window": geometry.window(size),
            "overlap": geometry.overlap(size),
        },
        "phases": [list(phase) for phase in trace.phases],
        "steps": [step.to_dict() for step in trace],
        "sentences": list(trace.sentences()),
        "frames": {str(t): _frame(trace.frame(t)) for t in _looked_at(trace)},
        "output": trace.output.tolist(),
    }


def errors() -> list[dict[str, Any]]:
    """Return what is said about each set of parameters that is refused."""
    return [_refusal(parameters) for parameters in REFUSED]


def numbers() -> list[list[Any]]:
    """Return numbers and how the player writes them."""
    return [[value, number(value)] for value in NUMBERS]


def limits() -> list[dict[str, Any]]:
    """Return the largest that each bound lets through, and what is said a little beyond it."""
    return [_judged(words) for pair in LIMITS for words in pair]


def _judged(words: dict[str, Any]) -> dict[str, Any]:
    try:
        computation(words)
    except GeometryError as error:
        return {"words": words, "refused": str(error)}
    return {"words": words, "refused": None}


def examples() -> dict[str, Any]:
    """Return example data of several sizes, and own data resized."""
    shapes = [((3,), 1), ((9,), 2), ((3, 3), 1), ((8, 9), 1), ((2, 3), 3), ((2, 2, 3), 2)]
    return {
        "input": [[size, count, example_input(size, count).tolist()] for size, count in shapes],
        "weight": [[size, count, example_weight(size, count).tolist()] for size, count in shapes],
        "resized": [
            [data, size, name, resized(data, size, name).tolist()] for data, size, name in RESIZED
        ],
    }


def everything() -> Iterator[tuple[str, str]]:
    """Yield the name and text of every golden file."""
    for name in CASES:
        for view in (*VIEWS, *["unturned"] * (name in UNTURNED)):
            yield f"{name}_{view}.json", _written(golden(trace_of(name, view)))
    yield "errors.json", _written(errors())
    yield "numbers.json", _written(numbers())
    yield "example.json", _written(examples())
    yield "words.json", _written(written_words())
    yield "faults.json", _written(faults())
    yield "limits.json", _written(limits())
    yield "questions.json", _written(asked())


def main() -> None:
    """Write every file, and remove those that no case makes any more."""
    FOLDER.mkdir(exist_ok=True)
    texts = dict(everything())
    for stale in {path.name for path in FOLDER.glob("*.json")} - texts.keys():
        (FOLDER / stale).unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(texts)} files, {sum(map(len, texts.values())) // 1000} kB in {FOLDER}")


def _taken(numbers: Iterator[float], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    return np.array(list(islice(numbers, prod(shape)))).reshape(shape)


def _looked_at(trace: Trace) -> list[int]:
    """Return the first, middle and last step of every phase; of a matrix, which is large, one."""
    middle = [(start + stop) // 2 for _, start, stop in trace.phases]
    if trace.view == "matrix":
        return middle
    return sorted({*middle, *(t for _, start, stop in trace.phases for t in (start, stop - 1))})


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "values": frame.values.tolist(),
        "output": frame.output.tolist(),
        "done": frame.done,
        "window": frame.window,
        "extents": frame.extents,
        "turned": frame.turned,
    }


def _refusal(parameters: dict[str, Any]) -> dict[str, Any]:
    whole = {"input_size": 3, **parameters}
    try:
        Geometry(**{key: value for key, value in whole.items() if key != "input_size"}).output_size(
            whole["input_size"]
        )
    except GeometryError as error:
        return {"parameters": whole, "key": error.key, "sentence": str(error)}
    raise AssertionError(f"{parameters} is legal")


def _written(content: Any) -> str:
    """Write JSON with one entry of the outer two levels a line, so that differences can be read."""
    if isinstance(content, dict):
        entries = (f"{json.dumps(key)}: {_lines(value)}" for key, value in content.items())
        return "{\n" + ",\n".join(entries) + "\n}\n"
    return _lines(content) + "\n"


def _lines(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict | list | str):
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


if __name__ == "__main__":
    main()
