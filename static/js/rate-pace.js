/* Measures how long the first answer to a card takes, so that the pages can say honestly how long it is going to be. It counts
   time in which the card is seen, alone, and something was done within the last half minute; nothing else is measured. */

const IDLE = 30_000, TICK = 500, MOST = 600;
const deck = document.querySelector("[data-deck]");
const busy = new WeakMap();
let actedAt = Date.now();

for (const name of ["pointerdown", "pointermove", "keydown", "focusin", "scroll"]) addEventListener(name, () => { actedAt = Date.now(); }, { passive: true, capture: true });

setInterval(() => {
  const card = deck.querySelector(".card.is-current[data-item]");
  if (!card || document.hidden || deck.dataset.view !== "one" || !card.offsetParent || Date.now() - actedAt > IDLE) return;
  busy.set(card, (busy.get(card) ?? 0) + TICK / 1000);
}, TICK);

deck.addEventListener("change", (event) => {
  const { form } = event.target, card = event.target.closest(".card");
  if (!form || Number(form.elements.version?.value) > 0 || form.elements.seconds || !busy.has(card)) return;
  const seconds = Math.min(Math.max(Math.round(busy.get(card)), 1), MOST);
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "seconds", value: seconds }));
});
