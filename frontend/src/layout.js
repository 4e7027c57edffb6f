/** Where panels stand: the arrangement that leaves the largest cells. Pure arithmetic. @module */

/** @typedef {import("./scene.js").Panel} Panel */
/**
 * A panel's place in pixels: cells are `cell` wide and `tall` high, its label has room for `wide`.
 * @typedef {{ panel: Panel, x: number, y: number, cell: number, tall: number, wide: number }} Box
 */
/** @typedef {{ boxes: Box[], cell: number, width: number, height: number, label: number }} Layout */
/**
 * @typedef {object} Room
 * @property {number} width @property {number} height the most that the stage may take
 * @property {number} font size of a label @property {number} largest cell
 * @property {number} [good] the part of the largest possible cells that is large enough
 * @property {(text: string) => number} measure width of a label
 */

/** The first arrangement whose cells are nearly as large as any other's is taken, unless the room asks for more. */
const GOOD = 0.8;
const BETWEEN = 28;
/** Frames reach this far beyond their cells. */
export const RIM = 4;
/** From this size on a single row is drawn taller than wide. */
const ROOMY = 14;
const TALLER = 1.3;
/** What stands beside small cells gives way, if that makes them larger, but stays legible where it was. */
const EASES = [1, 0.7, 0.45];
/** Two digits can be read in such a cell. */
const LEGIBLE = 15;
/** Cells beyond count: many share a pixel. */
const FRACTIONS = [1 / 2, 1 / 3, 1 / 4, 1 / 6, 1 / 8, 1 / 12, 1 / 16];

/**
 * @param {import("./scene.js").Scene} scene @param {Room} room
 * @returns {Layout}
 */
export function layout(scene, room) {
  const found = best(scene, scene.arrangements, room);
  const { crowded } = scene;
  const other = crowded && found.cell < crowded.below ? best(scene, crowded.arrangements, room) : found;
  return other.fits ? other : found;
}

/** @param {import("./scene.js").Scene} scene @param {string[][][][]} arrangements @param {Room} room @returns {Layout & { fits: boolean }} */
function best(scene, arrangements, room) {
  const rows = arrangements.map((rows) => rows.map((row) => row.map((ids) => ids.map(named(scene)))));
  const measure = remembered(room.measure);
  /** @type {ReturnType<typeof fitted>[]} */
  const all = [];
  for (const ease of EASES) {
    all.push(...rows.map((panels) => fitted(panels, { ...room, measure, ease })));
    if (all.some(({ fits, cell }) => fits && cell >= ROOMY)) break;
  }
  const tries = all.filter(({ fits }) => fits);
  const largest = Math.max(...tries.map(({ cell }) => cell));
  return tries.find(({ cell }) => cell >= (room.good ?? GOOD) * largest) ?? all[all.length - 1];
}

/** @param {(text: string) => number} measure @returns {(text: string) => number} */
function remembered(measure) {
  /** @type {Map<string, number>} */
  const known = new Map();
  return (text) => {
    const width = known.get(text) ?? measure(text);
    known.set(text, width);
    return width;
  };
}

/** The same places for the panels of another step; none if one of them has another shape. @param {Layout} found @param {import("./scene.js").Scene} scene @returns {Layout} */
export const refilled = (found, scene) => ({
  ...found,
  boxes: found.boxes.map((box) => ({ ...box, panel: named(scene)(box.panel.id) })),
});

/** @param {import("./scene.js").Scene} scene @returns {(id: string) => Panel} */
const named = (scene) => (id) => /** @type {Panel} */ (scene.panels.find((panel) => panel.id === id));

/** @param {Panel[][][]} rows @param {Room & { ease: number }} room @returns {Layout & { fits: boolean }} */
function fitted(rows, room) {
  const whole = Array.from({ length: room.largest }, (_, at) => room.largest - at);
  const sizes = [...whole, ...FRACTIONS];
  const fits = (/** @type {ReturnType<typeof placed>} */ found) =>
    found.width + 2 * RIM <= room.width && found.height <= room.height;
  let [first, last] = [0, sizes.length - 1];
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (fits(placed(rows, sizes[middle], room))) last = middle;
    else first = middle + 1;
  }
  const found = placed(rows, sizes[first], room);
  return { ...centred(found, room), fits: fits(found) };
}

/** Width and height of a panel's cells, where the others' are `unit`. @param {Panel} panel @param {number} unit @param {Room & { ease: number }} room */
function cellOf(panel, unit, room) {
  const whole = panel.room / Math.max(panel.rows, panel.cols);
  const own = Math.min(room.largest, Math.floor(Math.max(whole * room.ease, whole < LEGIBLE ? 0 : LEGIBLE)));
  const side = Math.max(unit, own);
  const tall = panel.foot && panel.rows === 1 && side >= ROOMY ? Math.round(side * TALLER) : side;
  return { cell: Math.max(side, panel.least), tall };
}

/** Below its last row stand index numbers. @param {Panel} panel @param {Room} room */
const footOf = (panel, room) => (panel.foot ? Math.round(room.font * 1.3) : 0);

/** @param {Panel[][][]} rows @param {number} unit @param {Room & { ease: number }} room @returns {Layout & { widths: number[] }} */
function placed(rows, unit, room) {
  const label = Math.round(room.font * 1.8);
  const heightOf = (/** @type {Panel} */ panel) => label + panel.rows * cellOf(panel, unit, room).tall + footOf(panel, room);
  const widthOf = (/** @type {Panel} */ panel) =>
    Math.max(panel.cols * cellOf(panel, unit, room).cell, room.measure(heading(panel, panel.brief)));
  const height = (/** @type {Panel[]} */ column) =>
    column.reduce((sum, panel) => sum + heightOf(panel), ((column.length - 1) * BETWEEN) / 2);
  /** @type {Box[]} */
  const boxes = [];
  /** @type {number[]} */
  const widths = [];
  let top = 0;
  for (const row of rows) {
    const highest = Math.max(...row.map(height));
    let x = 0;
    for (const column of row) {
      const wide = Math.max(...column.map(widthOf));
      let y = top + (highest - height(column)) / 2;
      for (const panel of column) {
        boxes.push({ panel, x, y: y + label, wide, ...cellOf(panel, unit, room) });
        y += heightOf(panel) + BETWEEN / 2;
      }
      x += wide + BETWEEN;
    }
    widths.push(...row.flatMap((column) => column.map(() => x - BETWEEN)));
    top += highest + BETWEEN / 2;
  }
  return { boxes, widths, cell: unit, width: Math.max(...widths), height: top - BETWEEN / 2, label };
}

/** @param {Layout & { widths: number[] }} found @param {Room} room @returns {Layout} */
function centred({ widths, ...found }, room) {
  const boxes = found.boxes.map((box, at) => ({
    ...box,
    x: Math.round(box.x + Math.max(0, room.width - widths[at]) / 2),
    y: Math.round(box.y),
  }));
  return { ...found, boxes };
}

/** Lower by some pixels, so that a low picture stands in the middle of a high sheet. @param {Layout} found @param {number} by @returns {Layout} */
export const lowered = (found, by) => ({ ...found, boxes: found.boxes.map((box) => ({ ...box, y: box.y + by })) });

/** What stands above a panel. @param {Panel} panel @param {string} label */
export const heading = (panel, label) => (panel.letter ? `${panel.letter}  ${label}` : label);

/**
 * What lies under a point.
 * @param {Layout} found @param {number} x @param {number} y
 * @returns {{ panel: Panel, row: number, col: number } | null}
 */
export function under(found, x, y) {
  for (const { panel, cell, tall, ...box } of found.boxes) {
    const [row, col] = [Math.floor((y - box.y) / tall), Math.floor((x - box.x) / cell)];
    if (row >= 0 && row < panel.rows && col >= 0 && col < panel.cols) return { panel, row, col };
  }
  return null;
}
