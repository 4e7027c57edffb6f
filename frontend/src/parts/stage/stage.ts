/** One view on a sheet: layout, painting, and what lies under the pointer. */

import type { Ref } from "../../core/ref.ts";
import type { Words } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { Painter, SANS } from "../../paint/canvas.ts";
import type { Layout, Room } from "../../paint/layout.ts";
import { layout, lowered, RIM, refilled, under } from "../../paint/layout.ts";
import { Motion } from "../../paint/motion.ts";
import type { Colours } from "../../paint/theme.ts";
import { litIn } from "../../scene/links.ts";
import type { Scene } from "../../scene/scene.ts";
import { sceneOf } from "../../scene/views/index.ts";
import { make } from "../dom.ts";
import { inspector } from "../inspect/inspect.ts";
import { nameOf } from "../inspect/name.ts";
import type { Cell, Only } from "../part.ts";

/**
 * The stage leaves room for the transport in the same window; alone on the screen it needs to
 * leave less.
 */
const HEIGHTS = {
  usual: { share: 0.39, most: 470, good: 0.8 },
  narrow: { share: 0.45, most: 470, good: 0.9 },
  present: { share: 0.6, most: Infinity, good: 0.8 },
};
const LARGEST_CELL = { usual: 44, present: 80 };
const NARROW = 500;
const LOWEST = 240;
/**
 * Where cells must be hit with a finger, the stage is this much higher; their cells are as large
 * as they can be.
 */
const TALL = 1.5;
/** A matrix has as many rows as the output has cells. */
const HIGHER: Record<string, number> = { matrix: 1.25 };
const MARGIN = 20;

/** What a stage takes of the player; all but `fills`, `mode`, `spotted` and `stage` for its cells. */
type Around = Only<
  "fills" | "mode" | "pause" | "pin" | "point" | "spotted" | "stage" | "state" | "trace" | "words"
>;

const refOf = (at: Cell | null) => at?.panel.ref(at.row, at.col) ?? null;

export class Stage {
  player: Around;
  sheets: HTMLCanvasElement[];
  sheet: HTMLDivElement;
  caption: HTMLParagraphElement;
  element: HTMLDivElement;
  painter: Painter;
  measured: { font: number; width: number; window: number; zoom: number; left: number };
  layout: Layout | null;
  /** what was laid out already in the present room */
  laid: { room: string; layouts: Map<string, Layout> };
  /** how high the sheet is for all steps of a trace */
  steady: { trace: Trace; key: string; height: number } | null;
  last: { trace: Trace; view: string; index: number } | null;
  motion: Motion;
  inspector: { update: (layout: Layout, words: Words) => void; leave: () => boolean };

  constructor(player: Around) {
    this.player = player;
    this.sheets = [make("canvas"), make("canvas", { class: "marks" })];
    this.sheet = make("div", { class: "sheet" }, ...this.sheets);
    this.caption = make("p", { class: "beside" });
    this.element = make("div", { class: "stage" }, this.caption, this.sheet);
    this.painter = new Painter(this.sheets[0], this.sheets[1]);
    this.measured = { font: 0, width: 0, window: 0, zoom: 1, left: 0 };
    this.layout = null;
    this.laid = { room: "", layouts: new Map() };
    this.steady = null;
    this.last = null;
    this.motion = new Motion(this.painter);
    this.sheet.setAttribute("role", "img");
    this.sheet.setAttribute("tabindex", "0");
    this.inspector = inspector(this);
    this.sheet.addEventListener(
      "pointermove",
      (event) => event.pointerType === "mouse" && this.#point(this.#at(event)),
    );
    this.sheet.addEventListener("pointerleave", () => player.point(null));
    this.sheet.addEventListener("click", (event) => {
      const at = this.#at(event as PointerEvent);
      player.pin(refOf(at), at);
    });
  }

  show(
    trace: Trace,
    index: number,
    words: Words,
    colours: Colours,
    { pinned, pointed }: { pinned: Ref | null; pointed: Ref | null },
    view: string,
    changed?: (scene: Scene, trace: Trace, index: number) => Scene,
  ) {
    this.motion.stop();
    const plain = sceneOf(trace, index, words, view);
    const scene = changed?.(plain, trace, index) ?? plain;
    const room = this.#room(view);
    const found = this.#laid(scene, room);
    const height = Math.max(
      found.height,
      this.#heightOf(trace, words, view, room, this.player.stage === this ? undefined : changed),
    );
    this.layout = lowered(found, Math.floor((height - found.height) / 2));
    const ref = pinned ?? pointed;
    this.painter.paint(scene, this.layout, colours, {
      width: room.width,
      height: Math.ceil(height) + RIM,
      ratio: (window.devicePixelRatio || 1) * this.measured.zoom,
      font: room.font,
      lit: ref ? litIn(trace, ref, scene, pinned !== null, this.player.spotted) : [],
    });
    if (this.#isNext(trace, view, index))
      this.motion.begin(trace.step(index), this.player.state.speed);
    this.last = { trace, view, index };
    this.inspector.update(this.layout, words);
  }

  /** What screen readers say of the picture. */
  label(text: string, { inspect }: Words) {
    this.sheet.setAttribute("aria-label", `${text} ${inspect.invite}`);
  }

  #point(at: Cell | null) {
    const { player } = this;
    player.point(refOf(at), at ? nameOf(at, player.trace, player.words) : "");
  }

  /** What the page has given us. */
  measure() {
    const style = getComputedStyle(this.element);
    return (this.measured = {
      font: Math.round(parseFloat(style.fontSize) * 0.86),
      width: Math.max(120, this.element.clientWidth - 2 * MARGIN),
      window: window.innerHeight,
      zoom: this.#zoom(),
      left: this.player.fills ? this.#left(style) : 0,
    });
  }

  #room(view: string): Room {
    const { font, width, window, zoom, left } = this.measured;
    const alone = this.player.fills || this.player.state.present;
    const { share, most, good } = HEIGHTS[alone ? "present" : width < NARROW ? "narrow" : "usual"];
    const usual = Math.min(most, Math.max(LOWEST, share * window) / zoom);
    return {
      width,
      height: this.player.fills
        ? left
        : usual * Math.max(this.player.mode?.tall ? TALL : 1, HIGHER[view] ?? 1),
      font,
      good: this.player.mode ? 1 : good,
      largest: LARGEST_CELL[alone ? "present" : "usual"],
      measure: (text) => {
        const pen = this.painter.cells;
        pen.font = `${font}px ${SANS}`;
        return pen.measureText(text).width + 4;
      },
    };
  }

  /** What the other parts leave, where the player fills the screen. */
  #left({ paddingTop, paddingBottom }: CSSStyleDeclaration) {
    return (
      this.element.clientHeight -
      parseFloat(paddingTop) -
      parseFloat(paddingBottom) -
      this.caption.offsetHeight -
      4
    );
  }

  /** Panels of the same shapes in the same room keep their places. */
  #laid(scene: Scene, { measure, ...room }: Room) {
    // digits are all as wide as one another
    const shapes = scene.panels.map(({ id, letter, brief, rows, cols }) => [
      id,
      letter,
      brief.replace(/\d/g, "0"),
      rows,
      cols,
    ]);
    const key = JSON.stringify([shapes, scene.arrangements, scene.crowded]);
    if (this.laid.room !== JSON.stringify(room))
      this.laid = { room: JSON.stringify(room), layouts: new Map() };
    const found = this.laid.layouts.get(key) ?? layout(scene, { measure, ...room });
    this.laid.layouts.set(key, found);
    return refilled(found, scene);
  }

  /**
   * A sheet as high as the first or the last step needs, so that nothing below it jumps.
   * @param changed panels that are always left out
   */
  #heightOf(
    trace: Trace,
    words: any,
    view: string,
    room: Room,
    changed: (scene: Scene, trace: Trace, index: number) => Scene = (scene) => scene,
  ) {
    const key = JSON.stringify([view, room]);
    if (this.steady?.trace !== trace || this.steady.key !== key) {
      const heights = [0, trace.length - 1].map(
        (index) =>
          this.#laid(changed(sceneOf(trace, index, words, view), trace, index), room).height,
      );
      this.steady = { trace, key, height: Math.max(...heights) };
    }
    return this.steady.height;
  }

  /** One step further than the last picture. */
  #isNext(trace: Trace, view: string, index: number) {
    return this.last?.trace === trace && this.last.view === view && this.last.index + 1 === index;
  }

  /** How much larger the page shows the sheet than it is, as scaled slides do. */
  #zoom() {
    const { width } = this.sheet.getBoundingClientRect();
    return width && this.sheet.offsetWidth ? width / this.sheet.offsetWidth : 1;
  }

  #at(event: PointerEvent): Cell | null {
    if (!this.layout) return null;
    const { left, top } = this.sheet.getBoundingClientRect();
    const zoom = this.#zoom();
    return under(this.layout, (event.clientX - left) / zoom, (event.clientY - top) / zoom);
  }
}
