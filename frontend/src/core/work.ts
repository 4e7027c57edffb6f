/** How much may be shown, checked before anything is built: twin of deconvviz/trace/work.py. */

import limits from "../../../deconvviz/limits.json" with { type: "json" };
import { GeometryError } from "./errors.ts";
import type { Geometry } from "./geometry.ts";
import { volume } from "./grid.ts";
import { number } from "./text.ts";

/**
 * Refuse what is too much to show.
 * @param channels of all groups together
 * @param given how many numbers own data have, which a size may cut
 * @throws GeometryError
 */
export function checkWork(
  geometry: Geometry,
  inputSize: number[],
  channels: number,
  view: string = "scatter",
  groups: number = 1,
  given: number[] = [],
) {
  if (view === "direct") {
    // the layer writes the map that is read
    checkNumber("input_size", inputSize);
    const layer = geometry.direct(inputSize);
    const read = [...given, channels * volume(inputSize)];
    checkWork(layer.geometry, layer.inputSize, channels, "scatter", groups, read);
    return;
  }
  for (const [name, numbers] of Object.entries({ input_size: inputSize, ...geometry.toDict() }))
    checkNumber(name, numbers);
  const seen = channels / groups;
  const [cells, kernel] = [inputSize, geometry.kernel_size].map(volume);
  check("too_many_channels", channels);
  check("too_many_entries", Math.max(channels * cells, channels * kernel, ...given));
  check("too_many_taps", seen * kernel);
  check("too_many_products", seen * kernel * cells);
  check("too_many_canvas", volume(geometry.fullSize(inputSize)));
  const output = volume(geometry.outputSize(inputSize));
  check("too_many_output", output);
  if (view === "gather") {
    const map = geometry.axes.map((axis, at) =>
      axis.mapSize(inputSize[at], axis.grown(inputSize[at])),
    );
    check("too_many_map", seen * volume(map));
  }
  if (view === "matrix") check("too_many_matrix", seen * cells * output);
}

/**
 * Refuse a number that no player needs; of lists, any entry.
 * @throws GeometryError
 */
export function checkNumber(name: string, value: unknown) {
  if (Array.isArray(value)) for (const entry of value) checkNumber(name, entry);
  else if (Number.isInteger(value)) check("at_most", value as number, { name });
}

function check(refusal: keyof typeof limits, value: number, fields: { name?: string } = {}) {
  const most = limits[refusal];
  if (value > most) throw new GeometryError(refusal, { value: written(value), most, ...fields });
}

/** Beyond 2^53 a number has only its first digits here. */
const written = (value: number) => (Number.isSafeInteger(value) ? value : number(value));
