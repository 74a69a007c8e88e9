/* Says on top of the cards what became of an answer that was not taken, since its card may be gone from sight by then. */

const { deck, cards, formOf, isOne, show, stay, close, current } = window.rating;
const { wordsOf } = window.writing;
const place = document.querySelector("[data-tell]");
const TROUBLE = ["stale", "refused", "closed"];
const told = new Map();

deck.addEventListener("became", (event) => {
  const card = event.target.closest(".card"), state = event.detail;
  if (!TROUBLE.includes(state)) return mended(card);
  setTimeout(() => { // then the card holds both texts, or what is wrong with it
    if (state === "closed") shut(card);
    else tell(card, state);
  });
});

function tell(card, state) {
  stay();
  if (told.has(card)) return;
  if (card === current() || !isOne()) return card.scrollIntoView({ block: "nearest" });
  const banner = document.getElementById("not-kept").content.firstElementChild.cloneNode(true);
  banner.querySelector("[data-words]").textContent = banner.dataset[state].replace("%(title)s", titleOf(card));
  banner.querySelector("button").addEventListener("click", () => show(card));
  place.append(banner);
  told.set(card, banner);
}

function mended(card) {
  told.get(card)?.remove();
  told.delete(card);
}

/* Nothing is taken any more: whatever was not in by then is named, and no further answer is begun. */
function shut(card) {
  close();
  deck.dataset.closed = "";
  let banner = place.querySelector("[data-over]");
  if (!banner) {
    banner = document.getElementById("closed").content.firstElementChild.cloneNode(true);
    place.append(banner);
  }
  const words = [titleOf(card), wordsOf(formOf(card))].join(": ");
  if (!told.has(card)) banner.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: words }));
  told.set(card, banner.querySelector("li:last-child"));
  if (card !== current() && isOne() && cards.includes(card)) banner.scrollIntoView({ block: "nearest" });
}

const titleOf = (card) => card.querySelector("h2").textContent.trim();

deck.addEventListener("click", (event) => {
  if ("closed" in deck.dataset && event.target.matches("input")) event.preventDefault();
}, true);
