/* The cards by keyboard: digits answer, n and r are the two other answers, s is the star, arrows turn the cards. Only while
   the focus is in a card: whoever reads the page by letters of a screen reader is not disturbed. */

const { deck, current, isOne, isAnswered, answered, next, back, stay } = window.rating;
const LETTERS = { n: "unknown", r: "not_real" };

/* The question that a digit answers: where the focus is, else the first without an answer. */
function question(card, target) {
  const sets = [...card.querySelectorAll("fieldset")].filter((set) => set.querySelector("[type=radio]"));
  return target.closest("fieldset") ?? sets.find((set) => !set.querySelector(":checked")) ?? sets[0];
}

function choose(field, card, isTick = false) {
  if (!field || field.disabled) return;
  field.click();
  if (!isTick) answered(card);
}

deck.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const { target, key } = event;
  if (target.matches("textarea, button, a, [type=text]")) return;
  const card = target.closest(".card");
  if (!card || (isOne() && card !== current())) return;
  if (act(key, target, card)) event.preventDefault();
});

function act(key, target, card) {
  const isOnField = target.matches("input");
  if (/^[1-9]$/.test(key)) choose(question(card, target)?.querySelectorAll(".levels [type=radio]")[Number(key) - 1], card);
  else if (LETTERS[key.toLowerCase()]) choose(card.querySelector(`[value="${LETTERS[key.toLowerCase()]}"]`), card);
  else if (key.toLowerCase() === "s") choose(card.querySelector("[name=star]"), card, true);
  else if (key === "Escape") stay();
  else if (!isOne()) return false;
  else if (key === "ArrowRight" && !isOnField) next();
  else if (key === "ArrowLeft" && !isOnField) back();
  else if (key === "Enter" && (!isOnField || isAnswered(card))) next();
  else return false;
  return true;
}
