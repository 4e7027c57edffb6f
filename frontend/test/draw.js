// Random states, the same in every run.

/** @typedef {import("../src/words/table.js").State} State */

/** @param {number} seed @returns {(least: number, most: number) => number} whole numbers from least to most */
export function dice(seed) {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

/** @template T @param {number} count @param {() => T} one @returns {T[]} */
const several = (count, one) => Array.from({ length: count }, one);

/** A possible state of one to three axes, with own data and a bias now and then. @param {ReturnType<typeof dice>} roll @returns {Partial<State>} */
export function drawn(roll, ndim = roll(1, 3)) {
  const most = ndim === 3 ? 3 : 5;
  const kernel_size = several(ndim, () => roll(1, most));
  const stride = several(ndim, () => roll(1, 4));
  const dilation = several(ndim, () => roll(1, 3));
  const input_size = several(ndim, () => roll(2, most));
  const output_padding = kernel_size.map((_, axis) => roll(0, Math.max(stride[axis], dilation[axis]) - 1));
  const padding = kernel_size.map((k, axis) => {
    const room = stride[axis] * (input_size[axis] - 1) + dilation[axis] * (k - 1) + output_padding[axis];
    const begin = roll(0, Math.min(3, room));
    return roll(0, 1) ? [begin, roll(0, Math.min(3, room - begin))] : [Math.floor(begin / 2), Math.floor(begin / 2)];
  });
  const channels = roll(1, 2);
  const state = { input_size, kernel_size, stride, padding, output_padding, dilation };
  const own = roll(0, 1) ? { input: data(roll, [channels, ...input_size]), weight: data(roll, [channels, ...kernel_size]) } : {};
  return { ...state, ...own, bias: roll(0, 2) ? null : roll(-9, 9) / 4 };
}

/** @param {ReturnType<typeof dice>} roll @param {number[]} size @returns {any} */
function data(roll, [first, ...rest]) {
  return several(first, () => (rest.length ? data(roll, rest) : roll(-20, 20) / 8));
}
