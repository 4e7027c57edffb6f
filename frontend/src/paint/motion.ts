/**
 * One thing moves: the stamp to its place on the canvas, or the kernel as it turns. Drawn on the
 * sheet of marks alone.
 */

import type { Step } from "../core/steps.ts";
import { letteringOf } from "../scene/legible.ts";
import { LOOKS } from "../scene/looks.ts";
import type { Painter, Picture } from "./canvas.ts";
import type { Place } from "./cell.ts";
import { paintCell } from "./cell.ts";
import type { Box } from "./layout.ts";

const [GLIDE, TURN] = [250, 500];
/** No motion lasts longer than this at speed 1, so that it rests before the next step. */
const PACE = 550;
/** Steps that follow faster than this are not watched one by one. */
const HURRY = 120;
/** Smaller cells would only flicker. */
const SMALLEST = 8;

export class Motion {
  painter: Painter;
  frame: number;
  begun: number;

  constructor(painter: Painter) {
    this.painter = painter;
    this.frame = 0;
    this.begun = -Infinity;
  }

  /** Let a step move, unless the reader asks for calm or hurries on. */
  begin(step: Step, speed: number) {
    const hurried = performance.now() - this.begun < HURRY;
    this.begun = performance.now();
    if (hurried || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches)
      return;
    if (step.phase === "scatter")
      this.#run(Math.min(GLIDE, PACE / speed), (part) => this.#glide(step.targets, part));
    if (step.phase === "flip") this.#run(Math.min(TURN, PACE / speed), (part) => this.#turn(part));
  }

  /** Let cells of one panel move to places of another. */
  fold(from: string, to: string, paths: [number, number][]) {
    if (document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#run(TURN, (part) => {
      const [start, end] = [this.#box(from), this.#box(to)];
      if (!start || !end) return;
      for (const [place, target] of paths)
        this.#cell(start, place, between(placeOf(start, place), placeOf(end, target), part));
    });
  }

  /** The picture at rest; the next one is painted right after. */
  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  #run(milliseconds: number, draw: (part: number) => void) {
    const start = performance.now();
    const next = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - start) / milliseconds));
      this.painter.overlay();
      this.frame = part < 1 ? requestAnimationFrame(next) : 0;
      if (part < 1) draw(part * part * (3 - 2 * part));
    };
    next(start);
  }

  #box(id: string): Box | undefined {
    const box = this.painter.picture?.layout.boxes.find(({ panel }) => panel.id === id);
    return box && Math.min(box.cell, box.tall) >= SMALLEST ? box : undefined;
  }

  /** Every product goes from the panel of the stamp to its target. */
  #glide(targets: number[][], part: number) {
    const [stamp, canvas] = [this.#box("stamp"), this.#box("y")];
    if (!stamp || !canvas) return;
    stamp.panel.plane.each((at, place) => {
      const [from, to] = [
        placeOf(stamp, place),
        placeAt(canvas, ...canvas.panel.plane.on(targets[at])),
      ];
      this.#cell(stamp, place, between(from, to, part));
    });
  }

  /**
   * Every cell of the turned kernel comes from the other side of the centre, upright all the way.
   */
  #turn(part: number) {
    const box = this.#box("w");
    if (!box) return;
    const last = box.panel.values.length - 1;
    const angle = Math.PI * part;
    this.painter.marks.fillStyle = this.#colours.stage;
    this.painter.marks.fillRect(box.x, box.y, box.panel.cols * box.cell, box.panel.rows * box.tall);
    for (let place = 0; place <= last; place += 1) {
      const [from, to] = [placeOf(box, last - place), placeOf(box, place)];
      const [right, down] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
      const x = (from.x + to.x) / 2 + right * Math.cos(angle) - down * Math.sin(angle);
      const y = (from.y + to.y) / 2 + right * Math.sin(angle) + down * Math.cos(angle);
      this.#cell(box, place, { ...to, x, y });
    }
  }

  /** Paint a cell of a panel at another place. */
  #cell({ panel }: Box, place: number, to: Place) {
    const lettering = letteringOf(panel, to.wide, to.tall);
    paintCell(
      this.painter.marks,
      to,
      LOOKS[panel.looks[place]],
      panel.values[place],
      0,
      panel.peak,
      lettering,
      this.#colours,
    );
  }

  get #colours() {
    return (this.painter.picture as Picture).colours;
  }
}

const placeAt = ({ x, y, cell, tall }: Box, row: number, col: number): Place => ({
  x: x + col * cell,
  y: y + row * tall,
  wide: cell,
  tall,
});

const placeOf = (box: Box, place: number): Place =>
  placeAt(box, Math.floor(place / box.panel.cols), place % box.panel.cols);

function between(from: Place, to: Place, part: number): Place {
  const along = (name: keyof Place) => from[name] + (to[name] - from[name]) * part;
  return { x: along("x"), y: along("y"), wide: along("wide"), tall: along("tall") };
}
