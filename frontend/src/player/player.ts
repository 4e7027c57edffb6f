/**
 * The player: one state, one trace, and the parts that show them. Knows neither Jupyter nor pages.
 */

import { GeometryError } from "../core/errors.ts";
import type { Ref } from "../core/ref.ts";
import type { Words } from "../core/text.ts";
import { words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { themeNow, watchTheme } from "../paint/theme.ts";
import { make, write } from "../parts/dom.ts";
import type { Player as Asked, Cell, KeptAddress, Mode, Part, Picture } from "../parts/part.ts";
import { sheetsOf } from "../parts/styles.ts";
import type { Product } from "../scene/links.ts";
import { refusal } from "../words/check.ts";
import { begun, mended } from "../words/nearest.ts";
import { differing, stillThere, traceOf } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { DEFAULTS, PARAMETERS, SHAPING } from "../words/table.ts";
import { clicker } from "./clicker.ts";
import { Clock } from "./clock.ts";
import { heard } from "./keys.ts";
import { shell } from "./shell.ts";

export class Player implements Asked {
  /** words that may not be what the host says */
  refused: Map<string, GeometryError>;
  state: State;
  changed: (patch: Partial<State>) => void;
  root: ShadowRoot;
  words: Words;
  theme: "light" | "dark";
  /** where the page's own address carries the state */
  address: KeptAddress | null;
  /** What was just copied or saved, until the next change. */
  said: string;
  /** of the last possible choice */
  trace: Trace;
  /** the last possible choice, or before there was one the nearest */
  good: State;
  begun: boolean;
  fault: GeometryError | null;
  /** what the host's pictures show */
  pictured: Trace | null;
  pointed: Ref | null;
  /** What a cell is that stands for nothing. */
  note: string;
  /** one product of the line that says why */
  spotted: Product | null;
  /** a prediction or an exercise that is under way */
  mode: Mode | null;
  /** the large one first */
  stages: Picture[];
  /** Of the player, in pixels. */
  width: number;
  /** All that the page last gave it. */
  room: string;
  until: number;
  clock: Clock;
  notice: HTMLParagraphElement;
  element: HTMLElement;
  parts: Part[];
  sizes: ResizeObserver;
  /** Pictures that the host brings along, for paper. */
  stills: HTMLSlotElement;
  /** the state as the host knows it */
  told: State;
  unwatch: () => void;
  unclick: () => void;

  /** @param changed hears of every change that the reader makes */
  constructor(
    root: ShadowRoot,
    state: Partial<State>,
    changed: (patch: Partial<State>) => void = () => {},
  ) {
    this.refused = new Map();
    this.state = { ...DEFAULTS, ...this.#possible(state) };
    this.changed = changed;
    this.root = root;
    this.words = words(this.state.lang);
    this.theme = themeNow(this.state.theme);
    this.address = null;
    this.said = "";
    this.trace = null as any;
    this.good = { ...this.state };
    this.begun = false;
    this.fault = null;
    this.pictured = null;
    this.pointed = null;
    this.note = "";
    this.spotted = null;
    this.mode = null;
    this.stages = [];
    this.width = 0;
    this.room = "";
    this.until = 0;
    this.clock = new Clock(() => this.#tick());
    this.notice = make("p", { class: "notice", role: "alert" });
    this.element = make("div");
    this.parts = [];
    this.sizes = new ResizeObserver(() => this.#measure() && this.render());
    this.stills = make("slot", { onslotchange: () => this.render() });
    root.append(this.element, this.stills);
    this.#build();
    this.#shape();
    this.pictured = this.fault ? null : this.trace;
    this.state.step = this.#inside(this.state.step);
    this.told = { ...this.state };
    this.render();
    this.unwatch = watchTheme(() => {
      this.theme = themeNow(this.state.theme);
      this.render();
    });
    this.unclick = clicker(this);
    if (this.state.autoplay && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
  }

  /** Take new values from the host; the reader's own go through `choose`. */
  set(patch: Partial<State>) {
    this.#take(patch);
    const kept = Object.keys(patch).filter((name) => PARAMETERS.includes(name) && !this.fault);
    Object.assign(
      this.told,
      patch,
      Object.fromEntries(kept.map((name) => [name, (this.state as any)[name]])),
    );
  }

  /** The reader changes something. */
  choose(patch: Partial<State>) {
    this.#take(patch);
    this.#tell();
  }

  /** Play to the end of the phase; with `loop` or `autoplay`, through all. */
  play() {
    if (this.mode?.move?.(1)) return;
    const last = this.trace.length - 1;
    const start = this.state.step >= last ? 0 : this.state.step;
    this.until = this.state.autoplay ? last : this.trace.phase(Math.min(start + 1, last)).stop - 1;
    this.choose({ playing: true, step: start });
  }

  pause() {
    if (this.state.playing) this.choose({ playing: false });
  }

  toggle() {
    this.state.playing ? this.pause() : this.play();
  }

  seek(step: number) {
    this.choose({ step: this.#inside(step), playing: false });
  }

  move(by: number) {
    if (this.mode?.move?.(by)) return;
    this.seek(this.state.step + by);
  }

  /** Stop all that runs. */
  remove() {
    this.clock.stop();
    this.sizes.disconnect();
    this.unwatch();
    this.unclick();
    for (const part of [this.element, this.stills]) part.remove();
    this.root.adoptedStyleSheets = [];
  }

  render() {
    const { state, good, fault, trace, words, theme } = this;
    if (this.element.dataset.theme !== theme) this.root.adoptedStyleSheets = sheetsOf(theme);
    this.element.dataset.theme = theme;
    this.element.dataset.controls = state.controls;
    this.element.toggleAttribute("data-present", state.present);
    write(this.notice, this.#noticed());
    this.element.classList.toggle(
      "pictured",
      trace === this.pictured && this.stills.assignedElements().some(isStill),
    );
    // all that is read of the page, before anything is written: else the browser lays it out in
    // between
    this.#measure();
    const title = state.title || words.titles[good.view];
    const sentence = trace.sentence(state.step, state.lang);
    this.element.setAttribute("aria-label", title);
    const now = { trace, state, good, fault, words, title, sentence, theme, said: this.said };
    for (const part of this.parts) part.prepare?.({ ...now, pointed: null });
    const seen = this.mode?.quiet
      ? { state: { ...state, selection: null }, pointed: null }
      : { pointed: this.pointed };
    for (const part of this.parts) part.update({ ...now, ...seen });
  }

  /** The state for others. An impossible choice stays here: for them, the last good one holds. */
  get known(): State {
    const shape = this.fault
      ? Object.fromEntries(SHAPING.map((name) => [name, this.good[name as keyof State]]))
      : {};
    return { ...this.state, ...shape };
  }

  /** The large picture. */
  get stage() {
    return this.stages[0] ?? null;
  }

  /** What the picture shows in place of an impossible choice. */
  get instead(): string {
    return this.begun ? this.words.ui.kept : this.words.ui.nearest;
  }

  /** Whether the player is as high as the screen, and no higher. */
  get fills() {
    return this.root.host.hasAttribute("fit") || this.element.matches(":fullscreen");
  }

  /** Tell the reader something in passing. */
  say(text: string) {
    this.said = text;
    this.render();
  }

  /**
   * The pointer is on a cell, or on none.
   * @param note what a cell is that stands for nothing
   */
  point(ref: Ref | null, note: string = "") {
    if (JSON.stringify([ref, note]) === JSON.stringify([this.pointed, this.note])) return;
    this.pointed = ref;
    this.note = note;
    this.spotted = null;
    this.render();
  }

  /** Light the three cells of one product, or no longer. */
  spot(product: Product | null) {
    if (product === this.spotted) return;
    this.spotted = product;
    this.render();
  }

  /** Keep a cell; the same one again lets go. */
  pin(ref: Ref | null, at: Cell | null = null) {
    if (at && this.mode?.pin) return this.mode.pin(ref, at);
    const again = JSON.stringify(ref) === JSON.stringify(this.state.selection);
    this.choose({ selection: again ? null : ref });
  }

  /** The parts, in the words of the present language. */
  #build() {
    this.words = words(this.state.lang);
    this.mode = null;
    const { element, parts } = shell(this);
    element.prepend(this.notice);
    element.addEventListener("keydown", (event) => heard(this, parts, event));
    this.element.replaceWith(element);
    this.element = element;
    this.parts = parts;
    this.sizes.disconnect();
    this.sizes.observe(element);
    for (const { element } of this.stages) this.sizes.observe(element);
  }

  #take(told: Partial<State>) {
    const patch = this.#possible(told);
    const before = this.trace;
    const at = this.state.step;
    const { lang } = this.state;
    this.spotted = null;
    Object.assign(this.state, patch);
    if ("selection" in patch) this.state.selection = stillThere(this.trace, this.state.selection);
    if (this.state.lang !== lang) this.#build();
    if ("theme" in patch) this.theme = themeNow(this.state.theme);
    this.said = "";
    if (Object.keys(patch).some((name) => SHAPING.includes(name))) {
      this.#shape();
      if (!("step" in patch) && before !== this.trace)
        this.state.step = samePlace(before, at, this.trace);
    }
    this.state.step = this.#inside(this.state.step);
    if ("playing" in patch) patch.playing ? this.clock.start(this.state.speed) : this.clock.stop();
    if ("speed" in patch && this.state.playing) this.clock.start(this.state.speed);
    this.render();
  }

  /** What the page gives us; whether it is something new. */
  #measure() {
    const before = this.room;
    this.width = this.element.clientWidth;
    const found = this.stages
      .filter(({ element }) => !element.hidden)
      .map((stage) => stage.measure());
    this.room = JSON.stringify([this.width, found]);
    return this.room !== before;
  }

  /** Tell the host what is new to it. */
  #tell() {
    const news = differing(this.known, this.told);
    if (!Object.keys(news).length) return;
    Object.assign(this.told, news);
    this.changed(news);
  }

  /** A new trace from the state; an impossible choice keeps the last good one. */
  #shape() {
    try {
      const trace = traceOf(this.state);
      const { geometry, inputSize } = trace;
      const selection = stillThere(trace, this.state.selection);
      Object.assign(this.state, geometry.toDict(), { input_size: inputSize, selection });
      this.pointed = stillThere(trace, this.pointed);
      this.trace = trace;
      this.good = { ...this.state };
      this.fault = null;
      this.begun = true;
    } catch (error) {
      if (!(error instanceof GeometryError)) throw error;
      this.fault = error;
      if (!this.trace) this.#begin();
    }
  }

  /** The first choice was impossible: begin with the nearest that is not. */
  #begin() {
    const good = begun(this.state);
    const nearest = { ...good, ...mended(this.state, good) };
    this.trace = traceOf(nearest);
    this.good = { ...nearest, ...this.trace.geometry.toDict(), input_size: this.trace.inputSize };
  }

  /** Without the words that may not be so: they stay as they were. */
  #possible(told: Partial<State>): Partial<State> {
    return Object.fromEntries(
      Object.entries(told).filter(([name, value]) => {
        const error = refusal(name, value);
        if (error) this.refused.set(name, error);
        else this.refused.delete(name);
        return !error;
      }),
    );
  }

  /** What was refused; a fault stands here where no parameters do. */
  #noticed() {
    const { fault, refused, state } = this;
    const reasons = [...refused.values()].map(
      (error) => `${error.sentence(state.lang)}. ${this.words.ui.unchanged}`,
    );
    if (fault && state.controls !== "full")
      reasons.push(`${fault.sentence(state.lang)}. ${this.instead}`);
    return reasons.join(" ");
  }

  #inside(step: number) {
    const last = this.trace.length - 1;
    return Math.max(0, Math.min(last, Math.trunc(step) || (step === Infinity ? last : 0)));
  }

  #tick() {
    const last = this.trace.length - 1;
    const next = this.state.step + 1;
    if (next > last) return this.state.loop ? this.choose({ step: 0 }) : this.pause();
    const ends = next >= (this.until ?? last) && !this.state.loop;
    this.choose(ends ? { step: next, playing: false } : { step: next });
  }
}

/** @param child of the host */
const isStill = (child: Element) => child.matches("figure.deconvviz-fallback");

/** The same place in another trace: same step of the same phase, else as far along. */
function samePlace(before: Trace, step: number, after: Trace) {
  if (step === before.length - 1) return after.length - 1;
  const { name, start } = before.phase(step);
  const phase = after.phases.find((other) => other.name === name);
  if (phase) return Math.min(phase.start + step - start, phase.stop - 1);
  return Math.round((step / (before.length - 1)) * (after.length - 1));
}
