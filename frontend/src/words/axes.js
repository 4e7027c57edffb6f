/** Values for several axes, and the one number that stands for all of them. @module */
import { SIZES, TABLE } from "./table.js";

/** One entry per axis, of padding a pair. @param {string} name @param {any} value @param {number} ndim @returns {any[]} */
export function entriesOf(name, value, ndim) {
  const list = Array.isArray(value) ? value : Array(ndim).fill(value);
  return TABLE[name].kind === "sides" ? list.map((entry) => (Array.isArray(entry) ? entry : [entry, entry])) : list;
}

/** One number where all axes are alike; sizes stay one per axis where these are not two, as they say how many there are. @param {string} name @param {any} value @param {number} ndim */
export function shortest(name, value, ndim) {
  if (!Array.isArray(value) || (ndim !== 2 && /** @type {string[]} */ (Object.values(SIZES)).includes(name))) return value;
  const all = value.flat();
  return all.every((entry) => entry === all[0]) ? all[0] : value;
}
