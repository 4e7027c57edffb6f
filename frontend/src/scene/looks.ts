/** How a cell can look: one code a look, so that a panel is three small typed arrays. */
import table from "../../../deconvviz/looks.json" with { type: "json" };

/** `thing` names its colours in tokens.json; `faint` is not there yet, `dash`, `hatch` and `corner` say without
 * colour what `thing` says with it, `hit` marks a cell that the present step writes, `blank` shows
 * no number, `dot` hardly anything, `bare` the number alone; `count` takes its colour from its
 * number. */
export interface Look {
  thing: string;
  faint?: boolean;
  dash?: boolean;
  hatch?: boolean;
  corner?: boolean;
  hit?: boolean;
  blank?: boolean;
  dot?: boolean;
  bare?: boolean;
  count?: boolean;
}
const TABLE: Record<string, Look> = table;

export const LOOKS = Object.values(TABLE);

/** the code of every look */
export const LOOK: Record<keyof typeof TABLE, number> = Object.fromEntries(
  Object.keys(TABLE).map((name, code) => [name, code]),
);
