"""How fast the player draws, in Chromium on a processor made four times slower.

    python -m benchmarks.browser        needs Chromium and what the tests need

No figure here is a test: times depend on the machine, so they are printed side by side with what
the same picture would cost as SVG. "ms" is processor time of the page's main thread for a whole
frame (script, style, layout, painting), which other work on the machine does not change; "frames"
is what the screen gets, and needs a quiet machine.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools import chromium

STATIC = Path(__file__).parents[1] / "deconvviz" / "static"
SCRIPT = STATIC / "deconvviz.js"
FLAGS = ["--no-sandbox", "--disable-gpu"]
SLOWER = 4
STEPS = 120

# Every frame of the browser moves the player to the next step and notes what that cost.
DRIVE = """
async ([order, steps]) => {
  const { player } = document.querySelector("deconv-viz");
  const last = player.trace.length - 1;
  const at = { forward: (k) => start + k, scrub: (k) => (k * 7919) % last }[order];
  const start = Math.max(0, Math.min(Math.floor(last / 2), last - steps));
  const frame = () => new Promise(requestAnimationFrame);
  player.seek(start);
  for (let wait = 0; wait < 20; wait += 1) await frame();
  const intervals = [];
  let before = await frame();
  for (let k = 1; k <= Math.min(steps, last - start); k += 1) {
    player.seek(at(k));
    const now = await frame();
    intervals.push(now - before);
    before = now;
  }
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return [intervals.length, median(intervals)];
}
"""

# The same cells as SVG: each step sets fill, stroke and number of all.
SVG = """
async ([cells, across, steps]) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("width", 640);
  svg.setAttribute("height", 400);
  const side = 400 / across;
  const pairs = Array.from({ length: cells }, (_, at) => {
    const [x, y] = [(at % across) * side, Math.floor(at / across) * side];
    const rect = document.createElementNS(space, "rect");
    const text = document.createElementNS(space, "text");
    for (const [name, value] of Object.entries({ x, y, width: side, height: side }))
      rect.setAttribute(name, value);
    text.setAttribute("x", x);
    text.setAttribute("y", y + side);
    text.setAttribute("font-size", side / 2);
    text.textContent = "0";
    svg.append(rect, text);
    return [rect, text];
  });
  document.body.replaceChildren(svg);
  const frame = () => new Promise(requestAnimationFrame);
  const intervals = [];
  let before = await frame();
  for (let k = 1; k <= steps; k += 1) {
    pairs.forEach(([rect, text], at) => {
      rect.setAttribute("fill", (at + k) % 9 ? "#d3efe2" : "#fde4bf");
      rect.setAttribute("stroke", "#00734f");
      text.firstChild.data = String((at + k) % 10);
    });
    const now = await frame();
    intervals.push(now - before);
    before = now;
  }
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return [intervals.length, median(intervals)];
}
"""

# A parsed page meets the script: what it costs until the first picture stands on its canvas.
ARRIVE = """
async (source) => {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
  for (let wait = 0; wait < 2; wait += 1) await new Promise(requestAnimationFrame);
}
"""


@dataclass(frozen=True)
class Case:
    """One line of the table: a player, how it is moved, and its number of cells as SVG."""

    name: str
    attributes: str
    order: str = "forward"
    cells: int = 0
    across: int = 1
    steps: int = STEPS


def stepping(size: int) -> Case:
    canvas = 2 * size + 1
    return Case(
        f"stepping {size} x {size} to {canvas} x {canvas}",
        f'input-size="{size}" kernel-size="3" stride="2"',
        cells=size**2 + canvas**2,
        across=canvas,
    )


CASES = [
    *map(stepping, (8, 16, 32, 64)),
    Case("scrubbing 32 x 32 with numbers", 'input-size="16" kernel-size="2" stride="2"', "scrub"),
    Case("scrubbing 32 x 32 to 65 x 65", 'input-size="32" kernel-size="3" stride="2"', "scrub"),
    Case(
        "matrix 256 x 64",
        'input-size="8" kernel-size="2" stride="2" view="matrix"',
        cells=256 * 64,
        across=256,
    ),
    Case(
        "matrix 256 x 64, scrubbing",
        'input-size="8" kernel-size="2" stride="2" view="matrix"',
        "scrub",
    ),
    Case("gather 64 x 64", 'input-size="64" kernel-size="3" stride="2" view="gather"'),
    Case("overlap 64 x 64", 'input-size="64" kernel-size="3" stride="2" view="overlap"'),
    Case("sound, k16 s8, 128 to 1032", 'input-size="128," kernel-size="16," stride="8,"'),
    Case(
        "sound, k1024 s256, gathered, 5632",
        'input-size="19," kernel-size="1024," stride="256," view="gather"',
        "scrub",
    ),
]


def legal(name: str, attributes: str) -> Case:
    return Case(name, attributes, steps=5)


def nested(channels: int, *size: int) -> str:
    """Write ones as an attribute: channels, then planes."""
    text = "1"
    for n in reversed((channels, *size)):
        text = f"[{','.join([text] * n)}]"
    return text


# The largest that deconvviz/limits.json lets through, bound by bound. The first picture is to stand
# within two seconds, one on an ordinary machine.
LARGEST = [
    legal("at most: one axis", 'input-size="65536," kernel-size="1,"'),
    legal("at most: one axis, gather", 'input-size="65536," kernel-size="1," view="gather"'),
    legal("channels", 'input-size="8" kernel-size="2" groups="4096"'),
    legal("entries", 'input-size="447,447" kernel-size="1"'),
    legal("entries, gather", 'input-size="447,447" kernel-size="1" view="gather"'),
    legal("entries: own input", f'input="{nested(1, 447, 447)}" kernel-size="1"'),
    legal("taps", 'input-size="1" kernel-size="128,256"'),
    legal("taps, gather", 'input-size="1" kernel-size="128,256" view="gather"'),
    legal("taps: own channels", f'weight="{nested(2048, 4, 4)}" input-size="2"'),
    legal("products", 'input-size="40,50" kernel-size="40,50"'),
    legal("products, gather", 'input-size="40,50" kernel-size="40,50" view="gather"'),
    legal("canvas", 'input-size="273,273" kernel-size="3" stride="2" view="overlap"'),
    legal("output", 'input-size="1" kernel-size="1" stride="548" output-padding="546,547"'),
    legal("map", 'input-size="2" kernel-size="3" dilation="156" view="gather"'),
    legal("map, three axes", 'input-size="1,1,1" kernel-size="3" dilation="18" view="gather"'),
    legal("matrix", 'input-size="632," kernel-size="632," view="matrix"'),
    legal("matrix, small kernel", 'input-size="20" kernel-size="3" stride="2" view="matrix"'),
]


class Bench:
    """A page under a slower processor, and what its main thread has spent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent(self) -> float:
        """Milliseconds of processor time of the main thread until now."""
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    def show(self, case: Case) -> float:
        """Show one player; return how many milliseconds its first picture cost the main thread."""
        self.page.goto("about:blank")
        self.page.set_content(
            f'<div style="max-width: 900px"><deconv-viz {case.attributes}></deconv-viz></div>'
        )
        before = self.spent()
        self.page.evaluate(ARRIVE, SCRIPT.read_text(encoding="utf-8"))
        return self.spent() - before

    def run(self, script: str, arguments: list[object]) -> tuple[float, float]:
        """Return milliseconds of the main thread a frame, and frames a second."""
        before = self.spent()
        frames, interval = self.page.evaluate(script, arguments)
        return (self.spent() - before) / frames, 1000 / interval

    def measure(self, case: Case) -> None:
        """Print one line of the table."""
        first = self.show(case)
        cost, frames = self.run(DRIVE, [case.order, case.steps])
        line = f"{case.name:34}{first:8.0f}{cost:9.2f}{frames:8.0f}"
        if case.cells:
            svg, slow = self.run(SVG, [case.cells, case.across, 20])
            line += f"{svg:10.1f}{slow:8.1f}{svg / cost:8.1f}x"
        print(line)


def main() -> None:
    raw, packed = SCRIPT.read_bytes(), gzip.compress(SCRIPT.read_bytes())
    print(f"{SCRIPT.name}: {len(raw) / 1000:.1f} kB, {len(packed) / 1000:.1f} kB gzipped")
    path = chromium.find()
    if path is None:
        raise SystemExit(f"no Chromium: run `make chromium`, {chromium.WAY_OUT}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        bench = Bench(browser.new_page(viewport={"width": 960, "height": 1300}))
        print(f"Chromium {browser.version}, processor {SLOWER} times slower")
        print(f"{'':34}{'first':>8}{'player':>9}{'frames':>8}{'SVG':>10}{'frames':>8}{'SVG /':>9}")
        print(f"{'':34}{'ms':>8}{'ms':>9}{'a s':>8}{'ms':>10}{'a s':>8}{'player':>9}")
        for case in (*CASES, *LARGEST):
            bench.measure(case)
        browser.close()


if __name__ == "__main__":
    main()
