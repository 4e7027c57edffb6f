// A player is made when its card is opened: thirty at once would keep a phone busy for seconds.
for (const word of document.querySelectorAll("[data-alive]")) word.textContent = word.dataset.alive;
for (const card of document.querySelectorAll(".gallery-card > details")) {
  card.addEventListener("toggle", () => {
    const waiting = card.querySelector("template");
    if (card.open && waiting) card.querySelector(".gallery-stage").replaceChildren(waiting.content);
  });
}

// The address of a card opens it.
function open() {
  const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!card?.matches(".gallery-card")) return;
  card.firstElementChild.open = true;
  card.scrollIntoView();
}
addEventListener("hashchange", open);
open();
