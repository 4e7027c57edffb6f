/**
 * From a layer to the direct convolution that it transposes, and back: the layer stays, so what it
 * reads and what it writes change places.
 */

import { swapped } from "../core/ref.ts";
import { followed } from "./kernels.ts";
import { geometryOf, givenPadding } from "./state.ts";
import type { State } from "./table.ts";

/** Whether one of two views is the direct convolution. */
export const crosses = (one: string, other: string) => (one === "direct") !== (other === "direct");

/** The sizes of a layer, as another view of it takes them. */
export function sizesIn(known: State, view: string): Partial<State> {
  if (!crosses(known.view, view)) return { view };
  const { geometry, inputSize } = geometryOf(known);
  if (view === "direct")
    return {
      view,
      input_size: geometry.outputSize(inputSize),
      output_padding: givenPadding(geometry, true),
    };
  const layer = geometry.direct(inputSize);
  const output_padding = givenPadding(layer.geometry, false);
  return { view, input_size: layer.inputSize, output_padding };
}

/**
 * What another view changes, of a possible state. Own data are brought to the size of their new
 * map, and a kept cell stays the cell that it is.
 */
export function crossing(known: State, view: string): Partial<State> {
  if (!crosses(known.view, view)) return { view };
  const words = { ...sizesIn(known, view), selection: swapped(known.selection) };
  return { ...words, ...followed(known, { ...known, ...words }) };
}
