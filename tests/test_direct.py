"""The view of the convolution that a layer transposes, with PyTorch's own Conv as the referee."""

import json

import numpy as np
import pytest
import torch

from deconvviz import GeometryError, Player, Trace, conv_transpose, record, show
from deconvviz.engine.layer import Layer
from deconvviz.figures import key_frames
from deconvviz.figures.scenes import scene
from deconvviz.player.state import trace_of, words_of
from deconvviz.trace.steps import Cut, Slide
from tests.draws import accepted, draw
from tests.share import draws, rng

pytestmark = pytest.mark.exhaustive


def drawn(seed, count, **options):
    """Legal layers, and for each a map of the size that it writes, in one sample."""
    numbers = rng(seed)
    for call, theirs in accepted(numbers, count, **options):
        large = numbers.standard_normal(theirs.shape)
        batched = call.input.ndim == call.weight.ndim
        yield numbers, call, large, large[0] if batched else large


def directs(seed, count, **options):
    """One drawn plane each, with all that PyTorch's Conv writes for it."""
    for numbers, call, large, sample in drawn(seed, count, **options):
        channel = int(numbers.integers(len(call.weight)))
        trace = record(large, *call.arguments[1:], view="direct", out_channel=channel)
        layer = getattr(torch.nn.functional, f"conv{call.ndim}d")
        order = call.stride, call.padding, call.dilation, call.groups
        whole = layer(torch.from_numpy(sample), torch.from_numpy(call.weight), None, *order)
        yield trace, call, whole[channel].numpy()


def test_it_writes_what_torchs_conv_writes_and_cuts_what_the_layer_has_no_input_for():
    cut = 0
    for trace, call, theirs in directs(1, 300):
        size = call.input.shape[-call.ndim :]
        assert trace.output_size == size == trace.output.shape
        beyond = [n - kept for n, kept in zip(theirs.shape, size, strict=True)]
        said = [0] * call.ndim
        for step in trace:
            if isinstance(step, Cut):
                said[step.axis] = step.count
        assert said == beyond
        cut += any(beyond)
        kept = theirs[tuple(map(slice, size))]
        assert abs(trace.output - kept).max() < 1e-12
        assert trace.output.tobytes() == trace.frame(-1).output.tobytes()
    assert cut


def test_every_size_that_torchs_conv_reads_is_read():
    numbers = rng(2)
    for _ in range(draws(300)):
        call = draw(numbers)
        large = numbers.standard_normal(
            (call.weight.shape[1] * call.groups, *numbers.integers(1, 9, call.ndim))
        )
        order = call.stride, call.padding, call.dilation, call.groups
        layer = getattr(torch.nn.functional, f"conv{call.ndim}d")
        arguments = large, call.weight, None, call.stride, call.padding, 0, call.groups
        try:
            theirs = layer(torch.from_numpy(large), torch.from_numpy(call.weight), None, *order)
        except RuntimeError:
            with pytest.raises(GeometryError, match="spans"):
                record(*arguments, call.dilation, view="direct")
            continue
        trace = record(*arguments, call.dilation, view="direct")
        assert abs(trace.output - theirs[0].numpy()).max() < 1e-12
        assert not any(isinstance(step, Cut) for step in trace)
        assert trace.geometry.output_size(trace.output_size) == trace.input_size


def test_it_is_the_adjoint_of_the_layer_to_the_number():
    for numbers, call, large, sample in drawn(3, 100):
        planes = [
            record(large, *call.arguments[1:], view="direct", out_channel=channel).output
            for channel in range(len(call.weight))
        ]
        x = numbers.standard_normal((len(planes), *planes[0].shape))
        y = conv_transpose(x, call.weight, None, *call.arguments[3:])
        assert np.vdot(planes, x) == pytest.approx(np.vdot(sample, y), abs=1e-10)


def test_every_window_is_a_slice_of_the_padded_map():
    for trace, call, _ in directs(4, 60):
        pads = [(0, 0), *trace.geometry.padding]
        padded = np.pad(trace.input, pads)
        assert np.array_equal(trace.frame(-1).values, padded)
        values = []
        for step in trace:
            if not isinstance(step, Slide):
                continue
            window = tuple(
                slice(a, a + d * (k - 1) + 1, d)
                for a, d, k in zip(
                    np.multiply(step.target, call.stride),
                    call.dilation,
                    call.weight.shape[2:],
                    strict=True,
                )
            )
            products = padded[(slice(None), *window)] * trace.weight
            mine = np.moveaxis(products, 0, -1).ravel()
            assert np.array_equal(step.products, mine)
            assert step.start == tuple(np.multiply(step.target, call.stride) - call.padding)
            values.append(step.value)
        assert np.array(values).tobytes() == trace.output.tobytes()


def test_dictionary_goes_through_json_and_back_without_loss():
    for trace, _, _ in directs(5, 60):
        again = Trace.from_dict(json.loads(json.dumps(trace.to_dict())))
        assert again.to_dict() == trace.to_dict()
        assert again.output.tobytes() == trace.output.tobytes()
        assert list(again.sentences()) == list(trace.sentences())


def test_channels_of_one_group_meet():
    x, w = np.ones((4, 3)), np.arange(12.0).reshape(4, 1, 3) + 1
    layer = record(x, np.repeat(w, 2, 1), groups=2, view="direct", out_channel=3)
    assert layer.channels == 2
    assert layer.output.tolist() == [2 * w[3].sum()]


def test_the_bias_is_the_layers_and_is_not_added():
    with_bias = record(np.ones((1, 3)), np.ones((2, 1, 3)), [5.0], view="direct")
    assert with_bias.output.tolist() == [3]
    assert with_bias.bias is None
    with pytest.raises(GeometryError, match="one value per output channel"):
        record(np.ones((1, 3)), np.ones((2, 1, 3)), [5.0, 5.0], view="direct")


def test_it_reads_another_map_than_the_other_views_and_says_so():
    direct = record([1, 2, 3], [1, 2], view="direct")
    assert direct.with_view("direct").to_dict() == direct.to_dict()
    with pytest.raises(GeometryError, match="reads another map than direct"):
        direct.with_view("scatter")
    with pytest.raises(GeometryError, match="reads another map than gather"):
        record([1, 2, 3], [1, 2], view="gather").with_view("direct")
    with pytest.raises(GeometryError, match="reads another map than scatter"):
        Trace.of(Layer.check(np.ones((1, 3)), np.ones((1, 1, 2))), "direct")


def test_a_cut_that_leaves_nothing_is_refused():
    with pytest.raises(GeometryError, match="raise padding or input size by 1 in all"):
        record([1.0, 2.0], [1.0], output_padding=2, dilation=3, view="direct")
    assert record([1.0, 2, 3], [1.0], output_padding=2, dilation=3, view="direct").output == [1]


def test_no_sentence_is_longer_than_20_words():
    for trace, _, _ in directs(6, 60):
        assert max(len(text.split()) for text in trace.sentences()) <= 20


def test_a_player_of_it_takes_the_large_map_and_names_its_channel():
    x, w = np.ones((4, 5)), np.ones((6, 2, 3))
    player = show(x, w, stride=2, groups=2, view="direct", out_channel=4)
    assert player.trace.input.shape == (2, 5)
    assert player.output.tolist() == [6, 6]
    assert player.title.startswith("Output channel 4 of 6")
    assert "its group 1 sees input channels 2–3" in player.title
    layer = torch.nn.ConvTranspose1d(6, 4, 3, 2, groups=2)
    shown = show(layer, input_size=(5,), view="direct")
    assert shown.trace.input.shape == (2, 5)
    assert shown.trace.output_size == (2,)


def test_the_page_crosses_to_it_and_back_in_one_message():
    player = Player(kernel_size=5, input_size=2, stride=2)
    player.set_state({"view": "direct", "input_size": 7})
    assert player.trace.output_size == (2, 2)
    player.set_state({"view": "gather", "input_size": 2})
    assert player.trace.output_size == (7, 7)
    with pytest.raises(GeometryError, match="must fit into the padded input"):
        player.view = "direct"
    assert player.view == "gather"


@pytest.mark.parametrize("cut", [0, 2])
def test_its_words_are_those_it_was_told(cut):
    words = {"input_size": 6, "kernel_size": 2, "dilation": 3, "stride": 2, "view": "direct"}
    trace = trace_of({**words, "output_padding": cut})
    again = words_of(trace)
    assert again["output_padding"] == cut
    assert trace_of(again).to_dict() == trace.to_dict()
    assert trace.output_size == ((1, 1) if cut else (2, 2))


def test_the_still_picture_marks_what_no_window_reads():
    trace = record(np.arange(10.0), [1, 2, 3], stride=4, padding=1, view="direct")
    for t in key_frames(trace):
        x, w, y = scene(trace, t)
        assert w.values.tolist() == [[1, 2, 3]]
        assert y.values.tolist() == [trace.frame(t).output.tolist()]
        inside = x.kinds[0][x.kinds[0] != "padded"].tolist()
        read = {i for o in range(3) for i in range(4 * o - 1, 4 * o + 2)}
        assert inside == ["input" if i in read else "unread" for i in range(10)]
    assert scene(trace, 0)[0].caption == "large input 10"
    assert scene(trace, 1)[0].caption == "large input, padded 11"
