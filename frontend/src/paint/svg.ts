/**
 * A pen that writes SVG: the painter draws with it as on a canvas, so there is one drawing and not
 * two.
 */
import { escaped } from "../words/write.ts";

const ANCHOR: Record<string, string> = {
  left: "start",
  start: "start",
  center: "middle",
  right: "end",
  end: "end",
};
/** How far the foot of the letters is below their middle or top, in sizes of the font. */
const DROP: Record<string, number> = { alphabetic: 0, middle: 0.35, top: 0.8 };
const STYLE = [
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
  "dash",
  "clipped",
];

type Attributes = Record<string, unknown>;
type Rect = { x: number; y: number; width: number; height: number; rx: number | null };
type Path = { d: string; rect: Rect | null };

export class SvgPen {
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  dash: number[] = [];
  clipped = "";
  clips = 0;
  shapes: { tag: string; attributes: Attributes; inner: string; path: Path | null }[] = [];
  kept: Attributes[] = [];
  /** replaced, never changed: a shape knows what it was drawn from */
  path: Path = { d: "", rect: null };

  measure: (text: string, font: string) => number;
  family: string;
  name: string;

  /**
   * @param family the font that goes without saying
   * @param name tells it apart from other drawings in the same page
   */
  constructor(
    measure: (text: string, font: string) => number,
    family: string,
    name: string = "clip",
  ) {
    this.measure = measure;
    this.family = family;
    this.name = name;
  }

  /** All that was drawn. */
  get text() {
    return this.shapes
      .map(({ tag, attributes, inner }) => element(tag, attributes, inner))
      .join("\n");
  }

  beginPath() {
    this.path = { d: "", rect: null };
  }
  moveTo(x: number, y: number) {
    this.#go(`M${short(x)} ${short(y)}`);
  }
  lineTo(x: number, y: number) {
    this.#go(`L${short(x)} ${short(y)}`);
  }
  rect(x: number, y: number, width: number, height: number) {
    this.roundRect(x, y, width, height, 0);
  }
  roundRect(x: number, y: number, width: number, height: number, radius: number) {
    const rect = { x, y, width, height, rx: radius || null };
    if (this.path.d || this.path.rect) this.#go(outline(rect));
    else this.path = { d: "", rect };
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
  fillRect(x: number, y: number, width: number, height: number) {
    const { path } = this;
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
    this.path = path;
  }
  fillText(text: string, x: number, y: number) {
    const [, weight, size, family] = /^(?:(\w+) )?([\d.]+)px (.*)$/.exec(
      this.font,
    ) as RegExpExecArray;
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
  measureText(text: string) {
    return { width: this.measure(text, this.font) };
  }

  save() {
    this.kept.push(Object.fromEntries(STYLE.map((name) => [name, (this as any)[name]])));
  }
  restore() {
    Object.assign(this, this.kept.pop());
  }
  clip() {
    const { tag, attributes } = drawn(this.path);
    const id = `${this.name}${(this.clips += 1)}`;
    this.#add("clipPath", element(tag, attributes), null, { id });
    this.clipped = id;
  }
  setLineDash(dash: number[]) {
    this.dash = dash;
  }
  /** The sheet is clean from the start, and measured in its own units. */
  clearRect() {}
  setTransform() {}

  #go(piece: string) {
    const { d, rect } = this.path;
    this.path = { d: (rect ? outline(rect) : d) + piece, rect: null };
  }
  #shape(look: Attributes) {
    const { tag, attributes } = drawn(this.path);
    this.#add(tag, "", this.path, { ...attributes, ...look });
  }
  #add(tag: string, inner: string, path: Path | null, attributes: Attributes) {
    const clip = this.clipped ? `url(#${this.clipped})` : null;
    this.shapes.push({ tag, inner, path, attributes: { ...attributes, "clip-path": clip } });
  }
  #opacity() {
    return this.globalAlpha === 1 ? null : this.globalAlpha;
  }
}

/** An element with the attributes that have a value. */
export function element(tag: string, attributes: Attributes, inner: string = "") {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}="${typeof value === "number" ? short(value) : escaped(String(value))}"`,
    )
    .join("");
  return inner ? `<${tag}${written}>${inner}</${tag}>` : `<${tag}${written}/>`;
}

const drawn = ({ d, rect }: Path): { tag: string; attributes: Attributes } =>
  rect ? { tag: "rect", attributes: { ...rect } } : { tag: "path", attributes: { d } };

/** A rectangle as a path, its corners square. */
const outline = ({ x, y, width, height }: Rect) =>
  `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;

const short = (value: number) => String(Math.round(value * 100) / 100);
