/** What follows from a trace alone is worked out once for it, and forgotten with it. @module */

/** @type {WeakMap<object, Map<string, unknown>>} */
const KNOWN = new WeakMap();

/**
 * @template T
 * @param {object} owner @param {string} name @param {() => T} make @returns {T}
 */
export function once(owner, name, make) {
  let known = KNOWN.get(owner);
  if (!known) KNOWN.set(owner, (known = new Map()));
  if (!known.has(name)) known.set(name, make());
  return /** @type {T} */ (known.get(name));
}
