/** What follows from a trace alone is worked out once for it, and forgotten with it. */

const KNOWN: WeakMap<object, Map<string, unknown>> = new WeakMap();

export function once<T>(owner: object, name: string, make: () => T): T {
  let known = KNOWN.get(owner);
  if (!known) KNOWN.set(owner, (known = new Map()));
  if (!known.has(name)) known.set(name, make());
  return known.get(name) as T;
}
