/** The keys, heard only while the focus is inside the player. What we handle goes no further. */
import type { Only, Part } from "../parts/part.ts";

const LEAVING = ["inspection", "screen"];

/** What the keys ask of the player. */
type Asked = Only<"choose" | "move" | "seek" | "state" | "toggle" | "trace">;

export const KEYS: Record<string, (player: Asked) => void> = {
  " ": (player) => player.toggle(),
  k: (player) => player.toggle(),
  ArrowLeft: (player) => player.move(-1),
  ArrowRight: (player) => player.move(1),
  "Shift+ArrowLeft": (player) => movePhase(player, -1),
  "Shift+ArrowRight": (player) => movePhase(player, 1),
  Home: (player) => player.seek(0),
  End: (player) => player.seek(Infinity),
  "<": (player) => player.choose({ speed: Math.max(0.5, player.state.speed / 2) }),
  ">": (player) => player.choose({ speed: Math.min(4, player.state.speed * 2) }),
};

/** Whether a key is none of ours. */
const foreign = ({ state }: Only<"state">, { ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  state.keys === "off" || ctrlKey || metaKey || altKey;

/** A text field keeps what is typed, a button its space bar: only the host must not hear of it. */
function native(event: KeyboardEvent, key: string) {
  const target = event.composedPath()[0] as HTMLElement;
  if (target.matches("input:not([type=range]), textarea, select")) return true;
  return key === " " && target.matches("button");
}

/** To the end of a phase. */
function movePhase(player: Only<"seek" | "state" | "trace">, by: number) {
  const { trace, state } = player;
  const stops = [0, ...trace.phases.map(({ stop }) => stop - 1)];
  const next =
    by > 0
      ? stops.find((stop) => stop > state.step)
      : stops.filter((stop) => stop < state.step).pop();
  player.seek(next ?? state.step);
}

/** @param parts with keys of their own */
export function heard(player: Asked, parts: Part[], event: KeyboardEvent) {
  if (event.key === "Escape") leave(player, parts);
  if (foreign(player, event)) return;
  const key = named(event);
  const act = parts.find(({ keys }) => keys?.[key])?.keys?.[key] ?? KEYS[key];
  if (!act) return;
  event.stopPropagation();
  if (native(event, key)) return;
  event.preventDefault();
  act(player);
}

/** One Escape leaves one thing. The page around us hears it too. */
function leave(player: Only<"choose" | "state">, parts: Part[]) {
  const ways = LEAVING.flatMap((name) =>
    parts.flatMap((part) => (part.leave?.of === name ? part.leave.now : [])),
  );
  if (!ways.some((now) => now()) && player.state.selection) player.choose({ selection: null });
}

const named = ({ key, shiftKey }: KeyboardEvent) =>
  shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key.length === 1 ? key.toLowerCase() : key;
