/** One view on a sheet: layout, painting, and what lies under the pointer. */

import type { Ref } from "../../core/ref.ts";
import { swapped } from "../../core/ref.ts";
import type { Words } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { Painter, SANS } from "../../paint/canvas.ts";
import type { Layout, Room } from "../../paint/layout.ts";
import { keepsNumbers, layout, lowered, RIM, refilled, under } from "../../paint/layout.ts";
import { Motion } from "../../paint/motion.ts";
import { paper } from "../../paint/picture.ts";
import type { Colours } from "../../paint/theme.ts";
import { onPaper } from "../../paint/theme.ts";
import { lensed } from "../../scene/lens.ts";
import type { Product } from "../../scene/links.ts";
import { litIn } from "../../scene/links.ts";
import type { Scene } from "../../scene/scene.ts";
import { folded, foldOf, paths } from "../../scene/views/fold.ts";
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
/** A map of one axis may have a lens. */
const LONG = 1.25;
const MARGIN = 20;

/** What a stage takes of the player; all but `fills`, `mode`, `spotted` and `stage` for its cells. */
type Around = Only<
  "fills" | "mode" | "pause" | "pin" | "point" | "spotted" | "stage" | "state" | "trace" | "words"
>;

type Changed = (scene: Scene, trace: Trace, index: number) => Scene;

/**
 * Rooms as one sees them whose sheets are shown at a scale: from as large as what is around them to
 * as large as they would be without that, where only headings stay large, and at last these do not.
 */
function roomsIn(room: Room, enlarged: number): { room: Room; scale: number }[] {
  if (enlarged <= 1) return [{ room, scale: 1 }];
  const parts = [0, 1 / 3, 2 / 3, 1].map((part) => scaled(room, enlarged ** -part));
  const last = scaled(room, 1 / enlarged);
  return [...parts, { ...last, room: { ...last.room, font: room.font, measure: room.measure } }];
}

const scaled = (room: Room, scale: number) => ({
  scale,
  room: {
    ...room,
    width: Math.floor(room.width / scale),
    height: Math.floor(room.height / scale),
    font: Math.round(room.font / scale),
    measure: (text: string) => room.measure(text) / scale,
  },
});

/** How much larger the page shows an element than it is, as scaled slides do. */
const zoomOf = (element: HTMLElement) =>
  element.getBoundingClientRect().width / element.offsetWidth || 1;
/** A product, as the other one of a pair reads it. */
const mirrored = (product: Product | null) =>
  product && { ...product, source: product.target, target: product.source };

const refOf = (at: Cell | null) => at?.panel.ref(at.row, at.col) ?? null;

export class Stage {
  player: Around;
  sheets: HTMLCanvasElement[];
  /** the same for paper, while it is printed */
  paper: HTMLDivElement;
  sheet: HTMLDivElement;
  caption: HTMLParagraphElement;
  element: HTMLDivElement;
  painter: Painter;
  measured: {
    font: number;
    width: number;
    window: number;
    zoom: number;
    left: number;
    /** by the player around it */
    enlarged: number;
  };
  layout: Layout | null;
  /** what was laid out already in the present room */
  laid: { room: string; layouts: Map<string, Layout> };
  /** the sheet for all steps of a trace */
  steady: { trace: Trace; key: string; room: Room; scale: number; height: number } | null;
  last: { trace: Trace; view: string; index: number } | null;
  /** the cell whose line of the matrix is folded */
  kept: string;
  motion: Motion;
  inspector: { update: (layout: Layout, words: Words) => void; leave: () => boolean };

  constructor(player: Around) {
    this.player = player;
    this.sheets = [make("canvas"), make("canvas", { class: "marks" })];
    this.paper = make("div", { class: "paper" });
    this.sheet = make("div", { class: "sheet" }, ...this.sheets, this.paper);
    this.caption = make("p", { class: "beside" });
    this.element = make("div", { class: "stage" }, this.caption, this.sheet);
    this.painter = new Painter(this.sheets[0], this.sheets[1]);
    this.measured = { font: 0, width: 0, window: 0, zoom: 1, left: 0, enlarged: 1 };
    this.layout = null;
    this.laid = { room: "", layouts: new Map() };
    this.steady = null;
    this.last = null;
    this.kept = "";
    this.motion = new Motion(this.painter);
    this.sheet.setAttribute("role", "img");
    this.sheet.setAttribute("tabindex", "0");
    this.inspector = inspector({ sheet: this.sheet, player: this.#across() });
    this.sheet.addEventListener(
      "pointermove",
      (event) => event.pointerType === "mouse" && this.#point(this.#at(event)),
    );
    this.sheet.addEventListener("pointerleave", () => player.point(null));
    this.sheet.addEventListener("click", (event) => {
      const at = this.#at(event as PointerEvent);
      player.pin(this.#named(refOf(at)), at);
    });
  }

  /** Whether the picture is of the other one of a pair, where what is read and written change places. */
  get crossed() {
    return this.last !== null && this.last.trace.direct !== this.player.trace.direct;
  }

  /** A cell as the player names it, or back. */
  #named(ref: Ref | null) {
    return this.crossed ? swapped(ref) : ref;
  }

  /** The player as the cells of this picture know it. */
  #across() {
    const { player } = this;
    const named = (ref: Ref | null) => this.#named(ref);
    const traceOf = () => this.last?.trace ?? player.trace;
    return {
      get trace() {
        return traceOf();
      },
      get state() {
        return { ...player.state, selection: named(player.state.selection) };
      },
      get words() {
        return player.words;
      },
      get mode() {
        return player.mode;
      },
      pause: () => player.pause(),
      pin: (ref: Ref | null, at?: Cell | null) => player.pin(named(ref), at),
      point: (ref: Ref | null, note?: string) => player.point(named(ref), note),
    };
  }

  show(
    trace: Trace,
    index: number,
    words: Words,
    colours: Colours,
    { pinned, pointed }: { pinned: Ref | null; pointed: Ref | null },
    view: string,
    changed?: Changed,
  ) {
    this.motion.stop();
    const plain = this.#scene(trace, index, words, view, changed);
    const fold = view === "matrix" && !this.player.mode ? foldOf(trace, index, pinned) : null;
    const scene = fold ? folded(plain, trace, index, fold, words) : plain;
    const always = this.player.stage === this ? undefined : changed;
    const { room, height: steady, scale } = this.#steadily(trace, words, view, always);
    const found = this.#laid(scene, room);
    const height = Math.max(found.height, steady);
    this.sheet.style.zoom = String(scale);
    this.layout = lowered(found, Math.floor((height - found.height) / 2));
    const isNext = this.#isNext(trace, view, index);
    this.last = { trace, view, index };
    const ref = this.#named(pinned ?? pointed);
    const spotted = this.crossed ? mirrored(this.player.spotted) : this.player.spotted;
    const lit = ref ? litIn(trace, ref, scene, pinned !== null, spotted) : [];
    this.paper.innerHTML = onPaper() ? paper({ scene, lit }, view, colours, room, this.#width) : "";
    if (onPaper()) return;
    this.painter.paint(scene, this.layout, colours, {
      width: room.width,
      height: Math.ceil(height) + RIM,
      ratio: (window.devicePixelRatio || 1) * this.measured.zoom * scale,
      font: room.font,
      lit,
    });
    if (isNext) this.motion.begin(trace.step(index), this.player.state.speed);
    const kept = fold ? JSON.stringify(pinned) : "";
    if (fold && kept !== this.kept && !isNext)
      this.motion.fold("C", fold.panel, paths(scene, fold));
    this.kept = kept;
    this.inspector.update(this.layout, words);
  }

  /** The large picture has a lens where it needs one. */
  #scene(trace: Trace, index: number, words: Words, view: string, changed?: Changed) {
    const plain = sceneOf(trace, index, words, view);
    const scene = changed?.(plain, trace, index) ?? plain;
    return this.player.stage === this ? lensed(scene, trace, words) : scene;
  }

  /** What screen readers say of the picture. */
  label(text: string, { inspect }: Words) {
    this.sheet.setAttribute("aria-label", `${text} ${inspect.invite}`);
  }

  /** It stands there no longer, and says nothing. */
  clear() {
    this.caption.textContent = "";
    this.sheet.removeAttribute("aria-label");
  }

  #point(at: Cell | null) {
    const { player } = this;
    const trace = this.last?.trace ?? player.trace;
    player.point(
      this.#named(refOf(at)),
      at ? nameOf(at, trace, player.words, player.mode?.quiet) : "",
    );
  }

  /** What the page has given us. */
  measure() {
    const style = getComputedStyle(this.element);
    return (this.measured = {
      font: Math.round(parseFloat(style.fontSize) * 0.86),
      width: Math.max(120, this.element.clientWidth - 2 * MARGIN),
      window: window.innerHeight,
      zoom: zoomOf(this.element),
      enlarged: parseFloat(style.getPropertyValue("--zoom")) || 1,
      left: this.player.fills ? this.#left(style) : 0,
    });
  }

  #room(view: string, { geometry }: Trace): Room {
    const { font, width, window, zoom, left } = this.measured;
    const alone = this.player.fills || this.player.state.present;
    const { share, most, good } = HEIGHTS[alone ? "present" : width < NARROW ? "narrow" : "usual"];
    const usual = Math.min(most, Math.max(LOWEST, share * window) / zoom);
    return {
      width,
      height: this.player.fills
        ? left
        : usual *
          Math.max(
            this.player.mode?.tall ? TALL : 1,
            geometry.ndim === 1 ? LONG : (HIGHER[view] ?? 1),
          ),
      font,
      good: this.player.mode ? 1 : good,
      largest: LARGEST_CELL[alone ? "present" : "usual"],
      measure: (text) => this.#width(text, `${font}px ${SANS}`) + 4,
    };
  }

  /** How wide a text is. */
  #width = (text: string, font: string) => {
    const pen = this.painter.cells;
    pen.font = font;
    return pen.measureText(text).width;
  };

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
   * The room of the sheet, as high as the first or the last step needs, so that nothing below it
   * jumps. What is enlarged for a lecture is so only while no number is lost to it.
   * @param changed panels that are always left out
   */
  #steadily(trace: Trace, words: any, view: string, changed?: Changed) {
    const whole = this.#room(view, trace);
    const key = JSON.stringify([view, whole, this.measured.enlarged]);
    if (this.steady?.trace !== trace || this.steady.key !== key) {
      const scenes = [0, trace.length - 1].map((index) =>
        this.#scene(trace, index, words, view, changed),
      );
      const tries = roomsIn(whole, this.measured.enlarged).map(({ room, scale }) => {
        const layouts = scenes.map((scene) => this.#laid(scene, room));
        const height = Math.max(...layouts.map(({ height }) => height));
        return { room, scale, height, layouts };
      });
      const most = tries[tries.length - 1].layouts;
      const best = tries.find(({ layouts }) =>
        layouts.every((found, at) => keepsNumbers(found, most[at])),
      );
      this.steady = { trace, key, ...(best as (typeof tries)[0]) };
    }
    return this.steady;
  }

  /** One step further than the last picture. */
  #isNext(trace: Trace, view: string, index: number) {
    return this.last?.trace === trace && this.last.view === view && this.last.index + 1 === index;
  }

  #at(event: PointerEvent): Cell | null {
    if (!this.layout) return null;
    const { left, top } = this.sheet.getBoundingClientRect();
    const zoom = zoomOf(this.sheet);
    return under(this.layout, (event.clientX - left) / zoom, (event.clientY - top) / zoom);
  }
}
