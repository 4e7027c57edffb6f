/**
 * The player: what it was told and where the reader is, wired to the parts that show it. Knows
 * neither Jupyter nor pages.
 */

import type { Ref } from "../core/ref.ts";
import type { Words } from "../core/text.ts";
import { words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import type { Theme } from "../paint/theme.ts";
import { onPaper, printing, themeNow, watchTheme } from "../paint/theme.ts";
import { make, write } from "../parts/dom.ts";
import type {
  Player as Asked,
  Cell,
  KeptAddress,
  Mode,
  Now,
  Part,
  Picture,
} from "../parts/part.ts";
import { sheetsOf } from "../parts/styles.ts";
import { traceBeside } from "../scene/beside.ts";
import type { Product } from "../scene/links.ts";
import { stillThere, storyOf } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { clicker } from "./clicker.ts";
import { heard } from "./keys.ts";
import { slideRoom, zoomIn } from "./lecture.ts";
import { lead, light, renderOthers, waits } from "./pair.ts";
import { Session } from "./session.ts";
import { shell } from "./shell.ts";
import { Store } from "./store.ts";

export class Player implements Asked {
  store: Store;
  session: Session;
  changed: (patch: Partial<State>, player: Player) => void;
  root: ShadowRoot;
  words: Words;
  theme: Theme;
  /** where the page's own address carries the state */
  address: KeptAddress | null;
  /** What was just copied or saved, until the next change. */
  said: string;
  /** what the host's pictures show */
  pictured: Trace | null;
  pointed: Ref | null;
  /** What a cell is that stands for nothing. */
  note: string;
  /** one product of the line that says why */
  spotted: Product | null;
  /** the large one first */
  stages: Picture[];
  /** Of the player, in pixels. */
  width: number;
  /** All that the page last gave it. */
  room: string;
  notice: HTMLParagraphElement;
  element: HTMLElement;
  parts: Part[];
  /** Take out what waits for the author's question, or put it back. */
  hold: (asks: boolean) => void;
  /** whether the others of its pair know that it asks */
  asked: boolean;
  /** What stands there while another player of its pair asks. */
  wait: HTMLElement;
  sizes: ResizeObserver;
  /** Pictures that the host brings along, for paper. */
  stills: HTMLSlotElement;
  unwatch: () => void;
  unclick: () => void;
  /** as its author made it */
  base: State;
  /** whether its last change came from another player of its pair */
  led: boolean;

  /** @param changed hears of every change that the reader makes */
  constructor(
    root: ShadowRoot,
    state: Partial<State>,
    changed: (patch: Partial<State>, player: Player) => void = () => {},
  ) {
    this.store = new Store(state);
    this.base = { ...this.good };
    this.led = false;
    this.session = new Session(this.store, (patch) => this.choose(patch));
    this.changed = changed;
    this.root = root;
    this.words = words(this.state.lang);
    this.theme = themeNow(this.state.theme);
    this.address = null;
    this.said = "";
    this.pictured = this.store.fault ? null : this.trace;
    this.pointed = null;
    this.note = "";
    this.spotted = null;
    this.stages = [];
    this.width = 0;
    this.room = "";
    this.notice = make("p", { class: "notice", role: "alert" });
    this.element = make("div");
    this.parts = [];
    this.hold = () => {};
    this.asked = false;
    this.wait = make("p", { class: "player wait" });
    this.sizes = new ResizeObserver(() => this.#measure() && this.render());
    this.stills = make("slot", { onslotchange: () => this.render() });
    root.append(this.element, this.stills);
    this.#build();
    this.render();
    this.unwatch = watchTheme(() => {
      this.theme = themeNow(this.state.theme);
      this.render();
    });
    this.unclick = clicker(this);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.state.playing || this.state.autoplay)
      calm || this.mode?.asks ? this.pause() : this.session.play();
  }

  get state() {
    return this.store.state;
  }

  get good() {
    return this.store.good;
  }

  get trace() {
    return this.store.trace;
  }

  get known() {
    return this.store.known;
  }

  get asks() {
    return Boolean(this.mode?.asks);
  }

  get mode() {
    return this.session.mode;
  }

  set mode(mode: Mode | null) {
    this.session.mode = mode;
  }

  /** Take new values from the host; the reader's own go through `choose`. */
  set(patch: Partial<State>) {
    this.led = false;
    this.#take(patch);
    this.store.hear(patch);
  }

  /** The reader changes something, which the host may not know yet. */
  choose(patch: Partial<State>) {
    this.led = false;
    this.#take(patch);
    lead(this, this.#tell());
  }

  /** Another player of its pair changed. */
  follow(patch: Partial<State>) {
    this.led = true;
    this.#take(patch);
    this.#tell();
  }

  /** The reader points at this cell of another player of its pair. */
  light(ref: Ref | null) {
    this.#point(stillThere(this.trace, ref), "");
  }

  toggle() {
    this.session.toggle();
  }

  pause() {
    this.session.pause();
  }

  seek(step: number) {
    this.session.seek(step);
  }

  move(by: number) {
    this.session.move(by);
  }

  /** Stop all that runs. */
  remove() {
    this.session.clock.stop();
    this.sizes.disconnect();
    this.unwatch();
    this.unclick();
    for (const part of [this.element, this.wait, this.stills]) part.remove();
    this.root.adoptedStyleSheets = [];
  }

  render() {
    const { state, good, fault, trace } = this.store;
    const { words, theme } = this;
    if (this.element.dataset.theme !== theme) this.root.adoptedStyleSheets = sheetsOf(theme);
    this.element.dataset.theme = theme;
    if (this.#waits()) return this.pause();
    this.element.dataset.controls = state.controls;
    this.root.host.toggleAttribute("fit", state.fit);
    this.element.toggleAttribute("data-present", state.present);
    this.element.toggleAttribute("data-fills", this.fills);
    this.element.toggleAttribute("data-paper", onPaper());
    this.#enlarge();
    write(this.notice, this.#noticed());
    this.element.classList.toggle(
      "pictured",
      trace === this.pictured && this.stills.assignedElements().some(isStill),
    );
    // all that is read of the page, before anything is written: else the browser lays it out in
    // between
    this.#measure();
    const title = state.title || words.titles[trace.turned ? good.view : "unturned"];
    const sentence = trace.sentence(state.step, state.lang);
    const now = { trace, state, good, fault, words, title, sentence, theme, said: this.said };
    for (const part of this.#present()) part.prepare?.({ ...now, pointed: null });
    const seen = { ...now, ...this.#seen(now) };
    this.element.setAttribute("aria-label", seen.title);
    this.hold(this.asks);
    for (const part of this.#present()) part.update(seen);
    if (this.asked === this.asks) return;
    this.asked = this.asks;
    renderOthers(this);
  }

  /** Whether it stands back until another of its pair is answered. */
  #waits() {
    const waiting = waits(this);
    write(this.wait, this.words.ui.pair.waits);
    const [here, away] = waiting ? [this.wait, this.element] : [this.element, this.wait];
    if (away.parentNode) away.replaceWith(here);
    return waiting;
  }

  /** The parts that stand there, one after the other: the first may bring a question. */
  *#present() {
    for (const part of this.parts) if (part.asks || !this.mode?.asks) yield part;
  }

  /** What a question leaves to be seen. */
  #seen({ state, good, trace }: Omit<Now, "pointed">): Partial<Now> & { pointed: Ref | null } {
    const { asks, quiet } = this.mode ?? {};
    if (!quiet) return { pointed: this.pointed };
    const silent = { state: { ...state, selection: null }, pointed: null };
    if (!asks) return silent;
    silent.state.step = Math.min(state.step, asks.until - 1);
    const told = { ...silent, title: asks.text, sentence: "" };
    const view = storyOf(good.view);
    if (asks.kind !== "size" || view !== "gather") return { ...told, good: { ...good, view } };
    // over the stretched map a reader would count the places of the window
    silent.state.step = 0;
    const plain = traceBeside(good, trace, "scatter");
    return { ...told, good: { ...good, view: "scatter" }, trace: plain };
  }

  /** The large picture. */
  get stage() {
    return this.stages[0] ?? null;
  }

  /** What the picture shows in place of an impossible choice. */
  get instead(): string {
    return this.store.begun ? this.words.ui.kept : this.words.ui.nearest;
  }

  /** Whether the player is as high as the screen or the slide, and no higher. */
  get fills() {
    const lecture = this.state.present && this.root.host.closest(".reveal section") !== null;
    return lecture || this.state.fit || this.element.matches(":fullscreen");
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
    if (this.#point(ref, note)) light(this, ref);
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
    const { element, parts, hold } = shell(this);
    element.firstElementChild?.prepend(this.notice);
    element.addEventListener("keydown", (event) => heard(this, [...this.#present()], event));
    this.element.replaceWith(element);
    this.element = element;
    this.parts = parts;
    this.hold = hold;
    this.sizes.disconnect();
    this.sizes.observe(element);
    for (const { element } of this.stages) this.sizes.observe(element);
  }

  /** Tell the host what it does not know yet. */
  #tell() {
    const news = this.store.news();
    if (Object.keys(news).length) this.changed(news, this);
    return news;
  }

  #point(ref: Ref | null, note: string) {
    if (JSON.stringify([ref, note]) === JSON.stringify([this.pointed, this.note])) return false;
    this.pointed = ref;
    this.note = note;
    this.spotted = null;
    this.render();
    return true;
  }

  #take(patch: Partial<State>) {
    const { trace } = this;
    const { lang } = this.state;
    const taken = this.store.take(patch);
    if (this.trace !== trace) this.pointed = stillThere(this.trace, this.pointed);
    this.spotted = null;
    this.said = "";
    if (this.state.lang !== lang) this.#build();
    if ("theme" in taken) this.theme = themeNow(this.state.theme);
    this.session.heed(taken, this.led);
    this.render();
  }

  /** Letters for a lecture hall, in the room that there is. */
  #enlarge() {
    const { style } = this.element;
    for (const name of ["--zoom", "--room"]) if (!this.state.present) style.removeProperty(name);
    if (!this.state.present || printing()) return;
    const host = this.root.host as HTMLElement;
    const full = this.element.matches(":fullscreen");
    const room = full ? null : slideRoom(host);
    const zoom = zoomIn(full ? window.innerWidth : host.clientWidth, room ?? window.innerHeight);
    style.setProperty("--zoom", String(zoom));
    style.setProperty("--room", room === null ? "100vh" : `${room}px`);
  }

  /** What the page gives us, which is not what paper gives; whether it is something new. */
  #measure() {
    if (printing() && this.room) return false;
    const before = this.room;
    this.width = this.element.clientWidth;
    const found = this.stages
      .filter(({ element }) => !element.hidden)
      .map((stage) => stage.measure());
    this.room = JSON.stringify([this.width, found]);
    return this.room !== before;
  }

  /** What was refused; a fault stands here where no parameters do. */
  #noticed() {
    const { fault, refused, state } = this.store;
    const reasons = [...refused.values()].map(
      (error) => `${error.sentence(state.lang)}. ${this.words.ui.unchanged}`,
    );
    if (fault && state.controls !== "full")
      reasons.push(`${fault.sentence(state.lang)}. ${this.instead}`);
    return reasons.join(" ");
  }
}

/** @param child of the host */
const isStill = (child: Element) => child.matches("figure.deconvviz-fallback");
