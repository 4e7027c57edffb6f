/** Elements in one line. */

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Record<string, unknown> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** What is written anew is announced anew. */
export function write(element: HTMLElement, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** What is worked out, or shown, anew only for something else than the last time. */
export function anew<T, R>(work: (of: T) => R): (of: T) => R {
  let last: { of: T; made: R } | null = null;
  return (of) => {
    if (!last || last.of !== of) last = { of, made: work(of) };
    return last.made;
  };
}

/** A button that shows something, which is hidden at first, and hides it again. */
export function opener(
  text: string,
  shown: HTMLElement,
  properties: Record<string, unknown> = {},
  toggled: () => void = () => {},
) {
  shown.hidden = true;
  const onclick = () => {
    shown.hidden = !shown.hidden;
    button.setAttribute("aria-expanded", String(!shown.hidden));
    toggled();
  };
  const button = make(
    "button",
    { ...properties, type: "button", "aria-expanded": "false", onclick },
    text,
  );
  return button;
}

const DRAWINGS = {
  play: "M5 3.5v9l7.5-4.5z",
  pause: "M4.5 3.5h2.5v9H4.5zM9 3.5h2.5v9H9z",
  back: "M10.5 3.5v9L4.5 8z",
  forward: "M5.5 3.5v9l6-4.5z",
  first: "M4 3.5h1.6v9H4zM12.5 3.5v9l-6-4.5z",
  last: "M10.4 3.5H12v9h-1.6zM3.5 3.5v9l6-4.5z",
  less: "M4 7.2h8v1.6H4z",
  full: "M3 3h4v1.6H4.6V7H3zM9 3h4v4h-1.6V4.6H9zM3 9h1.6v2.4H7V13H3zM11.4 9H13v4H9v-1.6h2.4z",
  more: "M7.2 4h1.6v3.2H12v1.6H8.8V12H7.2V8.8H4V7.2h3.2z",
};

/** A drawn icon; its button carries the words. */
export function icon(name: keyof typeof DRAWINGS) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}
