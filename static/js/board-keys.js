/* Keys on the board. They work only while a row of it has the focus, and not while somebody types (WCAG 2.1.4).

   ↓ ↑ Home End through the rows · x tick · m put together or move · s an item of its own · Enter look closer ·
   u undo · Shift+u redo · / filter · ? what the keys are · Esc take back ticks and filter */

const { board, words, say, fill, merge, place, undo, redo, move, ticked, countTicks, widen, search, stops, focusable, itemOf, statementOf, tickOf, nameOf } = window.board;
const help = document.getElementById("board-keys");
const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

function current() {
  return statementOf(document.activeElement) ?? itemOf(document.activeElement);
}

function go(row) {
  if (!row) return;
  focusable(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const rows = stops();
  go(rows[Math.min(Math.max(rows.indexOf(current()) + by, 0), rows.length - 1)]);
}

function tick(row) {
  const item = itemOf(row), box = tickOf(item);
  box.checked = !box.checked;
  countTicks();
  say(fill(box.checked ? words.isTicked : words.isFree, { title: nameOf(item), n: ticked().length }));
}

/* Two ticks or more are put together where the row in hand is; else it asks where to. */
function bring(row) {
  const item = itemOf(row);
  const chosen = ticked().filter((one) => one.dataset.kind === item.dataset.kind);
  if (row.matches("[data-statement]") || chosen.length < 2) return move(row);
  return merge(chosen);
}

function split(row) {
  if (!row.matches("[data-statement]")) return say(words.onStatement);
  if (itemOf(row).querySelectorAll("[data-statement]").length < 2) return say(words.isAlone);
  return place(row, null);
}

function clear() {
  for (const item of ticked()) tickOf(item).checked = false;
  countTicks();
  if (search.value) widen();
}

function open(row) {
  itemOf(row).querySelector("[data-open]").click();
}

const ACTS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  j: () => step(1),
  k: () => step(-1),
  Home: () => go(stops()[0]),
  End: () => go(stops().at(-1)),
  x: () => tick(current()),
  m: () => bring(current()),
  s: () => split(current()),
  u: undo,
  U: redo,
  "/": () => search.focus(),
  "?": () => help.showModal(),
  Escape: clear,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog:modal")) return;
  const row = current();
  if (!row || !board().contains(event.target) || event.target.matches(TYPED)) return;
  if (event.key === "Enter" && (event.target === row || event.target === tickOf(itemOf(row)))) {
    event.preventDefault();
    return open(row);
  }
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

search.form.addEventListener("submit", (event) => event.preventDefault());

/* From the search down into the list. */
document.addEventListener("keydown", (event) => {
  if (event.target !== search) return;
  if (event.key === "Escape" && search.value) widen();
  else if (event.key === "ArrowDown" || event.key === "Enter") go(stops()[0]);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) help.showModal();
});
for (const button of help.querySelectorAll("[data-close]")) button.addEventListener("click", () => help.close());
