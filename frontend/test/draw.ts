import type { State } from "../src/words/table.ts";
// Random states, the same in every run.

/** @returns whole numbers from least to most */
export function dice(seed: number): (least: number, most: number) => number {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

const several = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);

/** A possible state of one to three axes, with own data and a bias now and then. */
export function drawn(roll: ReturnType<typeof dice>, ndim = roll(1, 3)): Partial<State> {
  const most = ndim === 3 ? 3 : 5;
  const kernel_size = several(ndim, () => roll(1, most));
  const stride = several(ndim, () => roll(1, 4));
  const dilation = several(ndim, () => roll(1, 3));
  const input_size = several(ndim, () => roll(2, most));
  const output_padding = kernel_size.map((_, axis) =>
    roll(0, Math.max(stride[axis], dilation[axis]) - 1),
  );
  const padding = kernel_size.map((k, axis) => {
    const room =
      stride[axis] * (input_size[axis] - 1) + dilation[axis] * (k - 1) + output_padding[axis];
    const begin = roll(0, Math.min(3, room));
    return roll(0, 1)
      ? [begin, roll(0, Math.min(3, room - begin))]
      : [Math.floor(begin / 2), Math.floor(begin / 2)];
  });
  const channels = roll(1, 2);
  const state = { input_size, kernel_size, stride, padding, output_padding, dilation };
  const own = roll(0, 1)
    ? {
        input: data(roll, [channels, ...input_size]),
        weight: data(roll, [channels, ...kernel_size]),
      }
    : {};
  return { ...state, ...own, bias: roll(0, 2) ? null : roll(-9, 9) / 4 };
}

function data(roll: ReturnType<typeof dice>, [first, ...rest]: number[]): any {
  return several(first, () => (rest.length ? data(roll, rest) : roll(-20, 20) / 8));
}
