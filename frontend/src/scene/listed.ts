/** The parameters of a layer in a row. Pure, no DOM. */

import type { Geometry } from "../core/geometry.ts";

/** A parameter, how it is written in the row, the value that goes without saying. */
export type Named = [name: string, written: string, usual?: unknown];

/** What differs from the defaults; kernel, stride and padding always. */
export const listed = (names: Named[], geometry: Geometry, groups: number = 1) =>
  names
    .filter(([name]) => name === "groups" || name in geometry)
    .map(([name, written, usual]) => ({
      written,
      value: short(valuesOf(name, geometry, groups)),
      usual,
    }))
    .filter(({ value, usual }) => value !== String(usual))
    .map(({ written, value }) => `${written} ${value}`)
    .join(", ");

const valuesOf = (name: string, geometry: any, groups: number): unknown[] =>
  name === "groups" ? [groups] : name === "padding" ? geometry.padding.map(sides) : geometry[name];

const sides = ([begin, end]: number[]) => (begin === end ? String(begin) : `${begin}:${end}`);

/** @param values one, where all axes are alike */
const short = (values: readonly unknown[]) =>
  values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(", ")})`;
