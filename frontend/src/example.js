/** Small whole numbers to start from: twin of deconvviz/example.py. @module */
import tiles from "../../deconvviz/example.json" with { type: "json" };
import { cells, flat, ravel, sizeOf } from "./grid.js";

/** @param {"input"|"weight"} name @param {number} channel @param {readonly number[]} cell */
function digit(name, channel, cell) {
  const tile = tiles[name];
  const [depth, row, column] = [0, 0, ...cell].slice(-3);
  const down = row + 2 * depth + 3 * channel;
  const again = tile.length;
  return tile[down % again][(column + 2 * Math.floor(down / again) + Math.floor(column / again)) % again];
}

/**
 * Own data keep their numbers when a size changes; cells outside them take the example's digits.
 * @param {unknown} data nested lists (channels, *size), or null for the example alone
 * @param {readonly number[]} size @param {number} channels @param {"input"|"weight"} name
 * @returns {Float64Array} (channels, *size) in raster order
 */
export function resized(data, size, channels, name) {
  const own = data === null || data === undefined ? [] : sizeOf(data);
  const numbers = own.length ? flat(data) : [];
  const pick = (/** @type {number[]} */ cell) =>
    own.length && cell.every((i, axis) => i < own[axis])
      ? numbers[ravel(cell, own)]
      : digit(name, cell[0], cell.slice(1));
  return Float64Array.from(cells([channels, ...size]), pick);
}
