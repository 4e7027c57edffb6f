/** Layers with a name, from the table that Python and the gallery read too. */

import table from "../../../deconvviz/presets.json" with { type: "json" };
import { named } from "./kernels.ts";
import { geometryOf } from "./state.ts";
import type { State } from "./table.ts";
import { DATA, DEFAULTS, PARAMETERS, SHAPING } from "./table.ts";

/** `weight` names a kernel of kernels.ts; without it the example stands there. */
export interface Preset {
  id: string;
  group: string;
  parameters: Record<string, unknown>;
  weight?: string;
  view?: string;
}

export const PRESETS = table as Preset[];

const OTHERS = SHAPING.filter((name) => !PARAMETERS.includes(name) && name !== "view");

/** What choosing a preset changes; parameters have one entry per axis. */
export function wordsOf({ parameters, weight, view }: Preset): Partial<State> {
  const data = Object.fromEntries(OTHERS.map((name) => [name, (DEFAULTS as any)[name]])) as any;
  const { geometry, inputSize } = geometryOf({ ...DEFAULTS, ...parameters } as any);
  const own = weight ? named(weight, geometry.kernel_size, 1, geometry.stride) : null;
  return {
    ...geometry.toDict(),
    input_size: inputSize,
    ...data,
    weight: own,
    ...(view ? { view } : {}),
  };
}

/** The preset that a state shows, if any; of several that are alike the one chosen last. */
export function presetOf(state: State, chosen: string = ""): Preset | null {
  const words = JSON.stringify(compared(state));
  const alike = PRESETS.filter((preset) => JSON.stringify(compared(wordsOf(preset))) === words);
  return alike.find(({ id }) => id === chosen) ?? alike[0] ?? null;
}

const compared = (words: any) => [...PARAMETERS, ...DATA, "bias"].map((name) => words[name]);
