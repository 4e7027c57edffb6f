/** What a part is, what it is shown, and what it may ask of the player around it. */
import type { GeometryError } from "../core/errors.ts";
import type { Ref } from "../core/ref.ts";
import type { Words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import type { Layout } from "../paint/layout.ts";
import type { Theme } from "../paint/theme.ts";
import type { Product } from "../scene/links.ts";
import type { Panel, Scene } from "../scene/scene.ts";
import type { State } from "../words/table.ts";

/** A cell of the picture. */
export type Cell = { panel: Panel; row: number; col: number };

/** One picture on the page: where it is, and what lies where in it. */
export interface Picture {
  readonly element: HTMLElement;
  readonly sheet: HTMLElement;
  readonly layout: Layout | null;
  /** take in what the page has given it */
  measure: () => unknown;
}

/** What every part is shown at an update. */
export interface Now {
  trace: Trace;
  /** what the reader asked for */
  state: State;
  /** the last possible choice, which is what `trace` shows */
  good: State;
  fault: GeometryError | null;
  words: Words;
  pointed: Ref | null;
  /** what was just copied or saved */
  said: string;
  title: string;
  sentence: string;
  theme: Theme;
}

/** A part brings its element, how to update it, and if it likes buttons for the foot and keys. */
export interface Part {
  element: HTMLElement | null;
  update: (now: Now) => void;
  /** stands there while the author's question waits; all others are not in the document */
  asks?: boolean;
  /** runs for every part before any is updated: sets the mode */
  prepare?: (now: Now) => void;
  buttons?: HTMLButtonElement[];
  keys?: Keys;
  /** what a button of the foot opens below it */
  tray?: HTMLElement;
  /** what Escape leaves; false if there was nothing to leave */
  leave?: { of: "inspection" | "screen"; now: () => boolean };
}

/** What each key does. */
export type Keys = Record<string, () => void>;

/**
 * What a mode of the player may change: the scene before it is painted, what a pinned cell means,
 * and what a step forward does. While it is `quiet` no cell tells what made it; a `tall` one has
 * a higher stage.
 */
export interface Mode {
  scene?: (scene: Scene, trace: Trace, step: number) => Scene;
  pin?: (ref: Ref | null, at: Cell) => void;
  /** true if the mode took the step over */
  move?: (by: number) => boolean;
  quiet?: boolean;
  tall?: boolean;
  /** no second view, which would tell the answer */
  alone?: boolean;
  /** the author's question, while it waits: its text, and the first step that would tell */
  asks?: { kind: string; text: string; given: string; until: number } | null;
}

/** The page's own address, where it carries the state. */
export interface KeptAddress {
  base: Partial<State>;
  keep: (state: State) => void;
  stop: () => void;
}

/**
 * What of the player a part takes: what it names and no more, so that its first line says what it
 * knows and may ask, a test can hand it just that, and the player may change behind the rest.
 */
export type Only<K extends keyof Player> = Pick<Player, K>;

/** All that parts may know and ask of the player around them. Each takes `Only` what it uses. */
export interface Player {
  readonly root: ShadowRoot;
  readonly element: HTMLElement;
  readonly words: Words;
  readonly trace: Trace;
  readonly state: State;
  readonly good: State;
  /** the state for others: where the reader's choice is impossible, the last good one */
  readonly known: State;
  readonly address: KeptAddress | null;
  readonly pointed: Ref | null;
  /** whether its last change came from another player of its pair, which tells it already */
  readonly led: boolean;
  /** what a cell is that stands for nothing */
  readonly note: string;
  /** one product of the line that says why */
  readonly spotted: Product | null;
  /** of the player, in pixels */
  readonly width: number;
  /** whether it is as high as the screen or the slide, and no higher */
  readonly fills: boolean;
  /** what the picture shows in place of an impossible choice */
  readonly instead: string;
  /** the large picture */
  readonly stage: Picture | null;
  /** a prediction or an exercise that is under way */
  mode: Mode | null;
  /** the large one first */
  stages: Picture[];
  choose: (patch: Partial<State>) => void;
  seek: (step: number) => void;
  move: (by: number) => void;
  toggle: () => void;
  pause: () => void;
  render: () => void;
  say: (text: string) => void;
  point: (ref: Ref | null, note?: string) => void;
  spot: (product: Product | null) => void;
  pin: (ref: Ref | null, at?: Cell | null) => void;
}
