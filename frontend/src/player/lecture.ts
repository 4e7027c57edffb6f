/** A player in a lecture hall: how large its letters are, and how high it is on a slide. */

/** The smallest letters are 12.4 px: they become 24, and less where there is no room for that. */
const LARGEST = 1.95;
/** What the player needs at least, before it is enlarged. */
const [NARROWEST, LOWEST] = [287, 460];
/** Less than this is no room, whatever else is on a slide. */
const LEAST = 240;

/** By how much the player is enlarged in so much room. */
export const zoomIn = (width: number, height: number) =>
  Math.max(1, Math.min(LARGEST, width / NARROWEST, height / LOWEST));

/** The height that the slide of a reveal.js deck has left for an element; null outside of decks. */
export function slideRoom(host: HTMLElement): number | null {
  const section = host.closest<HTMLElement>(".reveal section");
  if (!section) return null;
  const last = host.parentElement?.lastElementChild as HTMLElement;
  const below = Math.max(bottomOf(last) - bottomOf(host), pixels(host, "margin-bottom"));
  const left = heightOf(section) - host.offsetTop - below - pixels(section, "padding-bottom");
  return Math.max(LEAST, left);
}

/** Decks say it in pixels, or as a part of the window. */
function heightOf(section: HTMLElement) {
  const said = getComputedStyle(section).getPropertyValue("--slide-height");
  if (said.endsWith("px")) return parseFloat(said);
  return section.closest(".slides")?.clientHeight || window.innerHeight;
}

const bottomOf = ({ offsetTop, offsetHeight }: HTMLElement) => offsetTop + offsetHeight;

const pixels = (element: HTMLElement, property: string) =>
  parseFloat(getComputedStyle(element).getPropertyValue(property));
