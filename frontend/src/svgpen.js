/** A pen that writes SVG: the painter draws with it as on a canvas, so there is one drawing and not two. @module */
import { escaped } from "./words/write.js";

/** @type {Record<string, string>} */
const ANCHOR = { left: "start", start: "start", center: "middle", right: "end", end: "end" };
/** How far the foot of the letters is below their middle or top, in sizes of the font. @type {Record<string, number>} */
const DROP = { alphabetic: 0, middle: 0.35, top: 0.8 };
const STYLE = ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline", "dash", "clipped"];

/** @typedef {Record<string, unknown>} Attributes */
/** @typedef {{ x: number, y: number, width: number, height: number, rx: number | null }} Rect */
/** @typedef {{ d: string, rect: Rect | null }} Path */

export class SvgPen {
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  /** @type {number[]} */
  dash = [];
  clipped = "";
  clips = 0;
  /** @type {{ tag: string, attributes: Attributes, inner: string, path: Path | null }[]} */
  shapes = [];
  /** @type {Attributes[]} */
  kept = [];
  /** @type {Path} replaced, never changed: a shape knows what it was drawn from */
  path = { d: "", rect: null };

  /** @param {(text: string, font: string) => number} measure @param {string} family the font that goes without saying */
  constructor(measure, family) {
    this.measure = measure;
    this.family = family;
  }

  /** All that was drawn. */
  get text() {
    return this.shapes.map(({ tag, attributes, inner }) => element(tag, attributes, inner)).join("\n");
  }

  beginPath() {
    this.path = { d: "", rect: null };
  }
  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#go(`M${short(x)} ${short(y)}`);
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#go(`L${short(x)} ${short(y)}`);
  }
  closePath() {
    this.#go("Z");
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.roundRect(x, y, width, height, 0);
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const rect = { x, y, width, height, rx: radius || null };
    if (this.path.d || this.path.rect) this.#go(outline(rect));
    else this.path = { d: "", rect };
  }
  /** A whole circle. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    this.#go(`M${short(x - r)} ${short(y)}${half(r)}${half(-r)}Z`);
  }

  fill() {
    this.#shape({ fill: this.fillStyle, "fill-opacity": this.#opacity() });
  }
  /** What was just filled needs no second shape for its line. */
  stroke() {
    const line = {
      stroke: this.strokeStyle,
      "stroke-width": this.lineWidth,
      "stroke-dasharray": this.dash.join(" ") || null,
      "stroke-opacity": this.#opacity(),
    };
    const last = this.shapes[this.shapes.length - 1];
    if (last?.path === this.path && !last.attributes.stroke) Object.assign(last.attributes, line);
    else this.#shape({ fill: "none", ...line });
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    const { path } = this;
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
    this.path = path;
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    const { path } = this;
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
    this.path = path;
  }
  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const [, weight, size, family] = /** @type {RegExpExecArray} */ (/^(?:(\w+) )?([\d.]+)px (.*)$/.exec(this.font));
    this.#add("text", escaped(String(text)), null, {
      x,
      y: y + DROP[this.textBaseline] * Number(size),
      fill: this.fillStyle,
      "fill-opacity": this.#opacity(),
      "font-size": Number(size),
      "font-weight": weight,
      "font-family": family === this.family ? null : family,
      "text-anchor": ANCHOR[this.textAlign],
    });
  }
  /** @param {string} text */
  measureText(text) {
    return { width: this.measure(text, this.font) };
  }

  save() {
    this.kept.push(Object.fromEntries(STYLE.map((name) => [name, /** @type {any} */ (this)[name]])));
  }
  restore() {
    Object.assign(this, this.kept.pop());
  }
  clip() {
    const { tag, attributes } = drawn(this.path);
    const id = `clip${(this.clips += 1)}`;
    this.#add("clipPath", element(tag, attributes), null, { id });
    this.clipped = id;
  }
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }
  /** The sheet is clean from the start, and measured in its own units. */
  clearRect() {}
  setTransform() {}

  /** @param {string} piece */
  #go(piece) {
    const { d, rect } = this.path;
    this.path = { d: (rect ? outline(rect) : d) + piece, rect: null };
  }
  /** @param {Attributes} look */
  #shape(look) {
    const { tag, attributes } = drawn(this.path);
    this.#add(tag, "", this.path, { ...attributes, ...look });
  }
  /** @param {string} tag @param {string} inner @param {Path | null} path @param {Attributes} attributes */
  #add(tag, inner, path, attributes) {
    const clip = this.clipped ? `url(#${this.clipped})` : null;
    this.shapes.push({ tag, inner, path, attributes: { ...attributes, "clip-path": clip } });
  }
  #opacity() {
    return this.globalAlpha === 1 ? null : this.globalAlpha;
  }
}

/** An element with the attributes that have a value. @param {string} tag @param {Attributes} attributes @param {string} [inner] */
export function element(tag, attributes, inner = "") {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? short(value) : escaped(String(value))}"`)
    .join("");
  return inner ? `<${tag}${written}>${inner}</${tag}>` : `<${tag}${written}/>`;
}

/** @param {Path} path @returns {{ tag: string, attributes: Attributes }} */
const drawn = ({ d, rect }) => (rect ? { tag: "rect", attributes: { ...rect } } : { tag: "path", attributes: { d } });

/** A rectangle as a path, its corners square. @param {Rect} rect */
const outline = ({ x, y, width, height }) =>
  `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;

/** @param {number} r */
const half = (r) => `a${short(Math.abs(r))} ${short(Math.abs(r))} 0 0 1 ${short(2 * r)} 0`;

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);
