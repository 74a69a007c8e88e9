/* Dragging on the board: an item onto another of its kind, a statement onto another item or out of its own.

   SortableJS knows when a drag begins and ends, draws what is dragged and scrolls at the edges; nothing is sorted. What lies
   under the pointer is looked up here, once a frame. A finger scrolls: on a touch screen the
   same is done by taps. */

const { words, merge, place, drag, ticked, itemOf, statementOf, tickOf, fill } = window.board;
const own = document.getElementById("board-own");
const made = new WeakSet();
let source, target, point, frame;

const OPTIONS = {
  sort: false,
  animation: 0,
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 5,
  scroll: true,
  scrollSensitivity: 80,
  scrollSpeed: 16,
  filter: (event) => event.pointerType === "touch" || Boolean(event.target.closest("input, button, summary")),
  preventOnFilter: false,
  fallbackClass: "is-carried",
  ghostClass: "is-source",
  onStart: begin,
  onEnd: end,
};

/* Only lists that a pointer comes near: a board of a thousand items would wait for as many. */
function prepare(event) {
  const list = event.target.closest?.("#board [data-list], #board [data-said]");
  if (!list || made.has(list)) return;
  made.add(list);
  const draggable = list.matches("[data-said]") ? "[data-statement]" : ".board-item";
  new Sortable(list, { ...OPTIONS, draggable, group: { name: "board", put: false } });
}

document.addEventListener("pointerover", (event) => {
  prepare(event);
  const outer = event.target.closest?.("#board [data-list]");
  if (outer) prepare({ target: outer });
}, { passive: true });

function begin(event) {
  source = event.item;
  drag(true);
  document.documentElement.dataset.dragging = source.matches("[data-statement]") ? "statement" : "item";
  for (const twin of document.querySelectorAll("body > .is-carried")) twin.removeAttribute("id");
  const carried = document.querySelector("body > .is-carried");
  const count = group().length;
  if (carried && count > 1) carried.dataset.count = fill(words.carried, { n: count });
  own.hidden = !source.matches("[data-statement]");
  document.addEventListener("pointermove", follow, { passive: true });
  document.addEventListener("keydown", giveUp, true);
}

/* A ticked item takes along what else is ticked of its kind. */
function group() {
  if (source.matches("[data-statement]")) return [source];
  if (!tickOf(source).checked) return [source];
  return [source, ...ticked().filter((item) => item !== source && item.dataset.kind === source.dataset.kind)];
}

function follow(event) {
  point = [event.clientX, event.clientY];
  frame ??= requestAnimationFrame(() => {
    frame = null;
    if (source) aim(under(...point));
  });
}

function under(x, y) {
  const node = document.elementFromPoint(x, y);
  if (!node) return null;
  if (node.closest("#board-own")) return own.hidden ? null : own;
  const item = itemOf(node), home = itemOf(source);
  if (!item || item === home || item.dataset.kind !== home.dataset.kind || group().includes(item)) return null;
  return item;
}

function aim(next) {
  if (next === target) return;
  target?.classList.remove("is-target");
  target = next;
  target?.classList.add("is-target");
  if (target && target !== own) target.dataset.drop = source.matches("[data-statement]") ? words.dropStatement : words.drop;
}

function giveUp(event) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  aim(null);
  source = null;
  document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
}

function end() {
  document.removeEventListener("pointermove", follow);
  document.removeEventListener("keydown", giveUp, true);
  if (source && point) aim(under(...point));
  const [taken, onto] = [source, target], together = source ? group() : [];
  aim(null);
  source = point = null;
  own.hidden = true;
  delete document.documentElement.dataset.dragging;
  letGo();
  if (!taken || !onto) return drag(false);
  const done = taken.matches("[data-statement]") ? place(taken, onto === own ? null : onto) : merge([onto, ...together]);
  Promise.resolve(done).finally(() => drag(false));
}

/* Letting go over the row that was taken is no click on its title. */
function letGo() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}

/* A row that is clicked beside its controls is the row in hand, as keys mean it. */
document.addEventListener("click", (event) => {
  if (event.target.closest("input, button, select, textarea, a, summary, label, dialog") || String(getSelection())) return;
  const row = statementOf(event.target) ?? itemOf(event.target);
  if (row) window.board.focusable(row).focus({ preventScroll: true });
});
