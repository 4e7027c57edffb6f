/**
 * `<deconv-viz>`: the player in any web page, deck or file. The only file that knows the element.
 */

import { broken } from "../player/broken.ts";
import { join } from "../player/pair.ts";
import { Player } from "../player/player.ts";
import { refusal } from "../words/check.ts";
import { read } from "../words/read.ts";
import { parsed, stateOf } from "../words/state.ts";
import type { State } from "../words/table.ts";
import { DEFAULTS, dashed, NAMES, underscored } from "../words/table.ts";
import { Address, asked } from "./address.ts";

/** What stands in the element for readers without JavaScript. */
const STILL = ":scope > figure.deconvviz-fallback";

/** An element that has a still picture comes to life within a screen of the window. */
const nearing = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting) (target as DeconvViz).live();
  },
  { rootMargin: "100%" },
);

/** Where the title stands that a question is about. */
const ASIDE = "data-title";
const wordOf = (name: string) => (name === ASIDE ? "title" : underscored(name));

/** Folded on a page until the question of a player is answered. */
const WAITS = "details.deconvviz-waits";

/** The player that is named, or lies in what is named; where nothing is, in the same figure. */
function waitsFor(details: HTMLElement): Element | null {
  const name = details.dataset.for;
  const found = name ? document.getElementById(name) : details.closest("figure");
  return found?.matches("deconv-viz") ? found : (found?.querySelector("deconv-viz") ?? null);
}

class DeconvViz extends HTMLElement {
  /** of the player that was here before */
  kept: Partial<State> | undefined;

  static observedAttributes = [...NAMES.map(dashed), ASIDE];

  player: Player | undefined;
  /** whether a fault stands in its place */
  broken: boolean | undefined;

  /** lets it leave the players that go together with it */
  unpair: (() => void) | undefined;

  connectedCallback() {
    if (this.kept || !this.querySelector(STILL)) this.live();
    else nearing.observe(this);
  }

  /** The player, from what the element says by now. */
  live() {
    if (this.player || !this.isConnected) return;
    nearing.unobserve(this);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.dataset.lmSuppressShortcuts = "true";
    this.setAttribute("data-prevent-swipe", "");
    this.broken = false;
    try {
      this.#start(root);
    } catch (error) {
      this.broken = true;
      broken(root, error, this.#lang());
    }
  }

  #start(root: ShadowRoot) {
    const base = this.#state();
    if (base.ask) this.#hush();
    const address = this.hasAttribute("url") ? new Address(base) : null;
    root.replaceChildren();
    this.player = new Player(root, { ...base, ...(address && asked()), ...this.kept }, (patch) =>
      this.#tell(patch),
    );
    this.player.address = address;
    this.unpair = join(this.player);
  }

  disconnectedCallback() {
    nearing.unobserve(this);
    if (!this.player) return;
    // moved to another place, it goes on where it was
    this.kept = { ...this.player.known, playing: false };
    this.player.address?.stop();
    this.unpair?.();
    this.player.remove();
    this.player = undefined;
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null) {
    if (name === "title" && this.hasAttribute(ASIDE)) return;
    const word = wordOf(name);
    const patch =
      value === null
        ? { [word]: (DEFAULTS as any)[word] }
        : read([[word, value]], this.player?.trace.geometry.ndim);
    this.player ? this.player.set(patch) : Object.assign(this.kept ?? {}, patch);
    if (this.broken) this.live();
  }

  /** Browsers show a title to whoever points at it: one that waits stands elsewhere. */
  #hush() {
    const { title } = this;
    if (title) this.setAttribute(ASIDE, title);
    this.removeAttribute("title");
  }

  /** The author's question is answered: what waited for it on this page opens. */
  #open() {
    this.toggleAttribute("answered", true);
    for (const details of document.querySelectorAll<HTMLDetailsElement>(WAITS))
      if (waitsFor(details) === this) details.open = true;
  }

  /** The trace among the children, then the attributes: what is written last wins. */
  #state() {
    const script = this.querySelector(
      'script[type="application/json"]:not([data-deconv-viz-words])',
    );
    const recorded = script ? stateOf(parsed(script.textContent ?? "")) : {};
    const words = [...this.attributes].map(({ name, value }): [string, string] => [
      wordOf(name),
      value,
    ]);
    return { ...recorded, ...read(words) };
  }

  /** The language of the element, if it may be that. */
  #lang() {
    const { lang = "" } = this;
    return refusal("lang", lang) ? "en" : lang;
  }

  #tell(detail: Partial<State>) {
    this.player?.address?.keep(this.player.known);
    if (detail.answered) this.#open();
    this.dispatchEvent(
      new CustomEvent("deconv-viz-change", { detail, bubbles: true, composed: true }),
    );
  }
}

if (!customElements.get("deconv-viz")) customElements.define("deconv-viz", DeconvViz);
