/** Layers with a name, from the table that Python and the gallery read too. */

import table from "../../../deconvviz/presets.json" with { type: "json" };
import { named } from "./kernels.ts";
import { geometryOf, givenPadding } from "./state.ts";
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

const TOLD = ["view", "turned"];
const OTHERS = SHAPING.filter((name) => !PARAMETERS.includes(name) && !TOLD.includes(name));

/**
 * What choosing a preset changes; parameters have one entry per axis.
 * @param direct the direct convolution reads what the layer writes
 */
export function wordsOf({ parameters, weight, view }: Preset, direct = false): Partial<State> {
  const data = Object.fromEntries(OTHERS.map((name) => [name, (DEFAULTS as any)[name]])) as any;
  const { geometry, inputSize } = geometryOf({ ...DEFAULTS, ...parameters } as any);
  const large = direct && !view;
  const own = weight ? named(weight, geometry.kernel_size, 1, geometry.stride) : null;
  return {
    ...geometry.toDict(),
    output_padding: givenPadding(geometry, large),
    input_size: large ? geometry.outputSize(inputSize) : inputSize,
    ...data,
    weight: own,
    ...(view ? { view } : {}),
  };
}

/** The preset that a state shows, if any; of several that are alike the one chosen last. */
export function presetOf(state: State, chosen: string = ""): Preset | null {
  const direct = state.view === "direct";
  const words = JSON.stringify(compared(state));
  const alike = PRESETS.filter(
    (preset) => JSON.stringify(compared(wordsOf(preset, direct))) === words,
  );
  return alike.find(({ id }) => id === chosen) ?? alike[0] ?? null;
}

const compared = (words: any) => [...PARAMETERS, ...DATA, "bias"].map((name) => words[name]);
