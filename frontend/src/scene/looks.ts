/** How a cell can look: one code a look, so that a panel is three small typed arrays. */

/** `thing` names its colours in tokens.json; `faint` is not there yet, `dash` and `hatch` say without
 * colour what `thing` says with it, `hit` marks a cell that the present step writes, `blank` shows
 * no
 * number, `dot` hardly anything, `bare` the number alone; `count` takes its colour from its
 * number. */
export interface Look {
  thing: string;
  faint?: boolean;
  dash?: boolean;
  hatch?: boolean;
  hit?: boolean;
  blank?: boolean;
  dot?: boolean;
  bare?: boolean;
  count?: boolean;
}
const TABLE: Record<string, Look> = {
  none: { thing: "output", blank: true },
  input: { thing: "input" },
  inputWaiting: { thing: "input", faint: true },
  inputEmpty: { thing: "input", faint: true, blank: true },
  kernel: { thing: "kernel" },
  kernelEmpty: { thing: "kernel", faint: true, blank: true },
  output: { thing: "output" },
  outputWaiting: { thing: "output", faint: true },
  outputHit: { thing: "output", hit: true },
  outputEmpty: { thing: "output", faint: true, blank: true },
  rim: { thing: "output", dash: true },
  rimHit: { thing: "output", dash: true, hit: true },
  rimEmpty: { thing: "output", faint: true, dash: true, blank: true },
  cropped: { thing: "cropped", dash: true, hatch: true },
  unreached: { thing: "output", hatch: true },
  inserted: { thing: "inserted", hatch: true },
  padded: { thing: "padded", dash: true },
  apart: { thing: "padded", dot: true },
  unwritten: { thing: "padded", faint: true, blank: true },
  count: { thing: "output", count: true },
  countHit: { thing: "output", count: true, hit: true },
  countRim: { thing: "output", count: true, dash: true },
  countRimHit: { thing: "output", count: true, dash: true, hit: true },
  factor: { thing: "output", bare: true },
  product: { thing: "output", faint: true },
  factorWaiting: { thing: "output", bare: true, faint: true },
};

export const LOOKS = Object.values(TABLE);

/** the code of every look */
export const LOOK: Record<keyof typeof TABLE, number> = Object.fromEntries(
  Object.keys(TABLE).map((name, code) => [name, code]),
);
