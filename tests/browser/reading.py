"""How the tests read a player: what it computed, and what it shows."""

from hashlib import sha256

import numpy as np

HOST = "deconv-viz"
PICTURE = """async (host) => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const sheets = [...host.shadowRoot.querySelectorAll(".stages canvas")];
    return sheets.filter((sheet) => sheet.checkVisibility()).map((sheet) => sheet.toDataURL());
}"""
ARRAYS = """({ player: { trace } }) => ({
    input: [[trace.channels, ...trace.inputSize], [...trace.input]],
    weight: [[trace.channels, ...trace.geometry.kernel_size], [...trace.weight]],
    output: [trace.outputSize, [...trace.output]],
    geometry: trace.geometry.toDict(),
})"""


def picture(player):
    """Return a hash of everything that is painted, once it is painted."""
    sheets = player.evaluate(PICTURE)
    assert sheets
    return sha256("".join(sheets).encode()).hexdigest()


def computed(player):
    """Return (geometry, input, weight, output) of the trace on show."""
    read = player.evaluate(ARRAYS)
    arrays = (np.reshape(read[name][1], read[name][0]) for name in ("input", "weight", "output"))
    return read["geometry"], *arrays


def state(player, name):
    """Return one word of the player's state."""
    return player.evaluate("(host, name) => host.player.state[name]", name)


def type_in(player, name, text):
    """Type a parameter as a reader does, and leave the field."""
    field = player.get_by_label(name, exact=True)
    field.fill(str(text))
    field.press("Enter")


def reason(player):
    """Return what the player says against an impossible choice, "" if nothing."""
    return player.locator(".parameters > .reason").text_content()


def whole(player):
    """Wait until the second script is here: the picture does without it, the other parts do not."""
    player.evaluate(
        """(host) => new Promise((done) => {
            const ask = () => (host.player?.stage.inspector ? done() : setTimeout(ask, 20));
            ask();
        })"""
    )
    return player
