/* One card at a time: a tap answers, saves itself, and goes on to the next card after a moment that can be stopped.

   <div data-deck> <article class="card" id="card-…" data-item> <form data-write>…   and last <article class="card" data-end>
   <nav data-turn hidden data-next="Next" data-skip="Skip for now" data-back="Back" data-stay="Stay here">
     <button data-back-one> <button data-next-one>

   Saving is autosave.js's; keys are rate-keys.js's; how long a card takes is rate-pace.js's. As a list, all cards stand one
   below the other and nothing moves by itself. The address names the card, so that a reload comes back to it. */

const MOMENT = 700;
const main = document.getElementById("main");
const deck = document.querySelector("[data-deck]");
const turn = document.querySelector("[data-turn]");
const views = document.querySelector("[data-views]");
const begin = document.querySelector("[data-begin]");
const minutes = document.querySelector("[data-left]");
const progress = document.querySelector("[data-progress]");
const [backButton, nextButton] = turn.querySelectorAll("button");
const cards = [...deck.querySelectorAll(":scope > .card")];
const items = cards.filter((card) => "item" in card.dataset);
let current = cards.find((card) => card.classList.contains("is-current")) ?? cards[0];
let timer, isPassing = false, isClosed = false, goesOnwards = false;

const formOf = (card) => card.querySelector("form[data-write]");
const isOne = () => deck.dataset.view === "one";
const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* switched off */ } };

/* Each question of the card; where there are only ticks, one of them. */
function isAnswered(card) {
  const fields = [...(formOf(card)?.elements ?? [])];
  const questions = new Set(fields.filter((field) => field.type === "radio").map((field) => field.name));
  if (!questions.size) return fields.some((field) => field.checked);
  return [...questions].every((name) => fields.some((field) => field.name === name && field.checked));
}

// -- the moment between an answer and the next card
function soon() {
  stay();
  void turn.offsetWidth; // so that the line on the button begins anew
  turn.classList.add("is-about");
  words();
  timer = setTimeout(next, MOMENT);
}

function stay() {
  clearTimeout(timer);
  timer = null;
  turn.classList.remove("is-about");
  words();
}

const isAbout = () => turn.classList.contains("is-about");
const goesOnByItself = () => isOne() && !isClosed && views?.querySelector("[data-auto]")?.checked !== false;

/* Somebody answered by a tap or by a digit; arrow keys only choose. */
function answered(card) {
  if (card === current && goesOnByItself() && isAnswered(card)) soon();
}

// -- from card to card
function show(card, { isMoved = true } = {}) {
  stay();
  goesOnwards = false;
  if (isMoved && main.dataset.at === "first") main.dataset.at = "cards";
  current = card;
  for (const each of cards) each.classList.toggle("is-current", each === card);
  card.classList.toggle("is-coming", isMoved);
  words();
  if ("end" in card.dataset) showEnd();
  if (!isMoved) return;
  history.replaceState(history.state, "", `#${card.id}`);
  card.focus({ preventScroll: true });
  if (isOne()) lift();
  else card.scrollIntoView({ block: "start" });
}

/* The card comes to where it is read from its first word; on a phone the masthead gives up its room. */
function lift() {
  const isNarrow = matchMedia("(max-width: 62rem)").matches;
  if (isNarrow || deck.getBoundingClientRect().top < 0) current.scrollIntoView({ block: "start", behavior: "instant" });
}

function next() {
  const rest = cards.slice(cards.indexOf(current) + 1);
  const card = rest.find((each) => !isPassing || "end" in each.dataset || !isAnswered(each));
  if (card) show(card);
}

function back() {
  if (isAbout()) return stay();
  isPassing = false;
  const card = cards[cards.indexOf(current) - 1];
  if (card) show(card);
}

function words() {
  const isLast = cards.indexOf(current) === cards.length - 1;
  nextButton.querySelector("span").textContent = isLast || isAnswered(current) ? turn.dataset.next : turn.dataset.skip;
  nextButton.classList.toggle("primary", isAnswered(current));
  nextButton.hidden = isLast;
  backButton.textContent = isAbout() ? turn.dataset.stay : turn.dataset.back;
  backButton.disabled = !isAbout() && cards.indexOf(current) === 0;
}

function showEnd() {
  isPassing = false;
  const open = items.filter((card) => !isAnswered(card));
  for (const part of deck.querySelectorAll("[data-when-open]")) part.hidden = open.length === 0;
  for (const part of deck.querySelectorAll("[data-when-all]")) part.hidden = open.length > 0;
  for (const part of deck.querySelectorAll("[data-open-count]")) part.textContent = open.length;
}

// -- how far one is
function count() {
  const done = items.filter(isAnswered).length;
  const place = document.querySelector("[data-count]"), here = document.querySelector("#rail [aria-current] span");
  place.textContent = place.dataset.words.replace("%(done)s", done).replace("%(all)s", items.length);
  if (here) here.textContent = place.textContent;
  progress.value = done;
  progress.setAttribute("aria-label", place.textContent);
  const { words, each, others } = minutes.dataset, all = JSON.parse(words);
  const left = Math.ceil(((items.length - done) * Number(each) + Number(others)) / 60);
  minutes.textContent = all[Math.min(left, all.length - 1)];
}

const given = () => deck.querySelectorAll("[name=star]:checked").length;

function stars() {
  for (const place of deck.querySelectorAll("[data-stars]")) place.textContent = place.dataset.words.replace("%(n)s", given()).replace("%(most)s", place.dataset.stars);
}

/* A star too many is not given, and it is said why. */
function isOneTooMany(star) {
  const { stars: most, full } = star.closest("label").querySelector("[data-stars]").dataset;
  if (!star.checked || given() <= Number(most)) return false;
  star.form.querySelector("[data-problems]").replaceChildren(Object.assign(document.createElement("p"), { className: "error", textContent: full }));
  document.getElementById("status").textContent = full;
  return true;
}

function update() {
  count();
  stars();
  words();
}

// -- what people do
deck.addEventListener("click", (event) => {
  if (event.target.name === "star" && isOneTooMany(event.target)) event.preventDefault();
}, true);
deck.addEventListener("input", (event) => { // before it is saved: none of them, or some
  const { name, form, checked } = event.target;
  if (checked && (name === "none" || name === "goal")) for (const other of form.querySelectorAll(`[name=${name === "none" ? "goal" : "none"}]`)) other.checked = false;
}, true);
deck.addEventListener("change", (event) => {
  const card = event.target.closest(".card");
  card.querySelector("form")?.saver?.save();
  update();
  if (event.target.type === "checkbox" && timer) soon();
});
deck.addEventListener("click", (event) => {
  if (event.target.type === "radio" && event.detail > 0) answered(event.target.closest(".card"));
});
deck.addEventListener("pointerdown", (event) => {
  if (timer && !event.target.closest("label")) stay();
});
deck.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (!isOne() && card && card !== current) show(card, { isMoved: false });
});
deck.addEventListener("filled", update);
deck.addEventListener("taken", () => {
  update();
  if (goesOnwards) leaveFor(deck.querySelector("[data-onwards]").href);
});
nextButton.addEventListener("click", next);
backButton.addEventListener("click", back);
document.addEventListener("visibilitychange", stay);
addEventListener("hashchange", () => {
  const card = cards.find((each) => `#${each.id}` === location.hash);
  if (card) show(card);
});

deck.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-open]")) {
    event.preventDefault();
    isPassing = true;
    show(items.find((card) => !isAnswered(card)) ?? items[0]);
  }
});

begin?.addEventListener("click", (event) => {
  event.preventDefault();
  main.dataset.at = "cards";
  show(current);
});

/* The next page asks about what was answered here, so everything has to be in before. */
deck.querySelector("[data-onwards]").addEventListener("click", async (event) => {
  const link = event.currentTarget;
  event.preventDefault();
  goesOnwards = true;
  for (const card of items) formOf(card).saver.save();
  await Promise.all(items.map((card) => formOf(card).saver.save()));
  leaveFor(link.href);
});

function leaveFor(address) {
  const isIn = !items.some((card) => formOf(card).saver.isDirty);
  deck.querySelector("[data-waits]").hidden = isIn || isClosed;
  if (isIn && goesOnwards) location.assign(address);
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// -- one at a time, or as a list
function look(view) {
  deck.dataset.view = view;
  turn.hidden = view !== "one";
  stay();
}

views?.addEventListener("change", (event) => {
  if ("auto" in event.target.dataset) return remember("rate-auto", event.target.checked);
  remember("rate-view", event.target.value);
  look(event.target.value);
  if (!isOne()) current.scrollIntoView({ block: "start" });
});

for (const card of cards) card.tabIndex = -1;
const asked = cards.find((card) => `#${card.id}` === location.hash);
if (views) {
  views.hidden = false;
  for (const radio of views.querySelectorAll("[name=view]")) radio.checked = radio.value === (remembered("rate-view") ?? "one");
  views.querySelector("[data-auto]").checked = remembered("rate-auto") !== "false";
}
const isBegun = Boolean(asked) || items.some(isAnswered);
if (isBegun) main.dataset.at = "cards";
else main.dataset.at = begin ? "start" : "first";
look(remembered("rate-view") === "list" ? "list" : "one");
show(asked ?? current, { isMoved: false });
if (main.dataset.at === "cards" && isOne()) lift();
if (main.dataset.at === "first" && matchMedia("(max-width: 62rem)").matches) document.querySelector(".start").scrollIntoView({ block: "start", behavior: "instant" });
update();

window.rating = { deck, cards, items, formOf, isAnswered, isOne, answered, next, back, stay, show, update, current: () => current, close: () => { isClosed = true; stay(); } };
