/** Small whole numbers to start from: twin of deconvviz/engine/example.py. */
import tiles from "../../../deconvviz/example.json" with { type: "json" };
import { flat, ravel, sizeOf, unravel, volume } from "./grid.ts";

function digit(name: "input" | "weight", channel: number, cell: readonly number[]) {
  const tile = tiles[name];
  const [depth, row, column] = [0, 0, ...cell].slice(-3);
  const down = row + 2 * depth + 3 * channel;
  const again = tile.length;
  return tile[down % again][
    (column + 2 * Math.floor(down / again) + Math.floor(column / again)) % again
  ];
}

/**
 * Own data keep their numbers when a size changes; cells outside them take the example's digits.
 * @param data nested lists (channels, *size), or null for the example alone
 * @returns (channels, *size) in raster order
 */
export function resized(
  data: unknown,
  size: readonly number[],
  channels: number,
  name: "input" | "weight",
): Float64Array {
  const own = data === null || data === undefined ? [] : sizeOf(data);
  const numbers = own.length ? flat(data) : [];
  const pick = (cell: number[]) =>
    own.length && cell.every((i, axis) => i < own[axis])
      ? numbers[ravel(cell, own)]
      : digit(name, cell[0], cell.slice(1));
  const shape = [channels, ...size];
  return Float64Array.from({ length: volume(shape) }, (_, at) => pick(unravel(at, shape)));
}
