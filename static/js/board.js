/* The board on which statements are put together as items: what its parts share (board-drag, board-keys, board-move).

   <div id="board" data-version …>                                 the server's; every answer is this part, morphed in
     <li class="board-item" id="item-…" data-item data-version>    its checkbox names it, `item=<id>:<version>`
       <li id="statement-…" data-statement tabindex="-1">
   <input id="board-filter">, <div id="board-toast">, <div id="board-strings" data-…>      beside it, so never swapped

   Requests go one after the other, each with the versions that stand there when its turn comes. What a reader holds on to
   (focus, place on the screen, ticks, filter) is put back after every change, one's own or somebody else's. */

const words = document.getElementById("board-strings").dataset;
const line = document.getElementById("status");
const toast = document.getElementById("board-toast");
const TOAST = 15_000;

const board = () => document.getElementById("board");
const itemOf = (node) => node?.closest("#board .board-item") ?? null;
const statementOf = (node) => node?.closest("#board [data-statement]") ?? null;
const tickOf = (item) => item.querySelector(":scope input[name=item]");
const idOf = (item) => item.id.replace(/^item-/, "");
const nameOf = (item) => item.querySelector("[data-title]").textContent.trim();
const search = document.getElementById("board-filter");
const named = (item) => `${idOf(item)}:${item.dataset.version}`;
const ticked = () => [...board().querySelectorAll("input[name=item]:checked")].map(itemOf);
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");

function say(text) {
  line.textContent = line.textContent === text ? `${text}\u00a0` : text; // the same words twice are said twice
}

// -- the line with Undo
let fading;

function show(text, { undoable = false } = {}) {
  toast.querySelector("[data-toast-words]").textContent = text;
  toast.querySelector("[data-toast-undo]").hidden = !undoable;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(hide, TOAST);
  say(text);
}

function hide() {
  if (toast.matches(":hover, :focus-within")) fading = setTimeout(hide, TOAST);
  else toast.hidden = true;
}

// -- what the reader holds on to
let held = null, dragging = false, missed = false;

/* Where the focus is, in words that outlive a new reading of the board. */
function whereabouts(node) {
  const row = statementOf(node) ?? itemOf(node);
  if (!row) return null;
  const controls = [...row.querySelectorAll("a, button, input, select, summary")];
  return { id: row.id, control: controls.indexOf(node), place: stops().indexOf(statementOf(node) ?? itemOf(node)) };
}

/* The row that shall not move on the screen: the one in hand, else the first that is in view. */
function anchor() {
  const row = itemOf(document.activeElement) ?? itemOf(document.elementFromPoint(innerWidth / 3, innerHeight / 3));
  return row && { id: row.id, top: row.getBoundingClientRect().top };
}

function hold() {
  held = { focus: whereabouts(document.activeElement), row: anchor() };
}

function restore() {
  narrow();
  countTicks();
  document.dispatchEvent(new CustomEvent("board:shown"));
  if (!held) return;
  const { focus, row } = held;
  held = null;
  const after = row && document.getElementById(row.id);
  if (after && !after.hidden) scrollBy({ top: after.getBoundingClientRect().top - row.top, behavior: "instant" });
  if (focus && !board().contains(document.activeElement) && (!document.activeElement || document.activeElement === document.body)) refocus(focus);
}

function refocus({ id, control, place }) {
  const row = document.getElementById(id);
  if (row && !row.hidden) return (row.querySelectorAll("a, button, input, select, summary")[control] ?? focusable(row)).focus({ preventScroll: true });
  const rows = stops();
  const next = rows[Math.min(Math.max(place, 0), rows.length - 1)];
  if (next) focusable(next).focus({ preventScroll: true });
}

/* The rows that arrow keys go through: items, and the statements that are seen in them. */
function stops() {
  const rows = board().querySelectorAll(".board-item:not([hidden]), .board-item:not([hidden]) [data-said]:not([hidden]) > [data-statement]");
  return [...rows].filter((row) => !row.closest("details:not([open])")); // asking for what is painted would lay out all of it
}

const focusable = (row) => (row.matches("[data-statement]") ? row : tickOf(row) ?? row.querySelector("[data-open]"));

// -- answers
let answered = 0; // how many of one's own changes were answered
let shown = ""; // what the board was last read as

// Without what differs from one reading to the next although nothing has changed.
const gist = (text) => text.replace(/name="csrfmiddlewaretoken" value="[^"]*"|<p [^>]*(role="alert"|data-done)[^]*?<\/p>/g, "").replace(/\s+/g, " ");

document.addEventListener("htmx:before:request", (event) => {
  if (event.detail.ctx.target?.id === "board") event.detail.ctx.after = answered;
});

/* What one did oneself is announced to oneself too; and a reading that was begun before it may come after. */
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target?.id !== "board" || ctx.mine) return;
  if (dragging || ctx.after !== answered) missed = true;
  if (missed || !ctx.text.includes('id="board"') || gist(ctx.text) === shown) {
    event.preventDefault();
    return dragging || catchUp();
  }
  if (shown) say(words.others); // the first reading only makes sure
  shown = gist(ctx.text);
  hold();
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id === "board") restore();
});

/* Nothing may move under a hand that drags; it is read again after. */
function drag(isOn) {
  dragging = isOn;
  if (!isOn) catchUp();
}

function catchUp() {
  if (dragging || !missed) return;
  missed = false;
  document.body.dispatchEvent(new CustomEvent("items"));
}

let queue = Promise.resolve();

/* Post to the server and show the board it answers with. Resolves to whether it was done. */
function send(action, pairs, { done = "", undoable = false, focus = null } = {}) {
  const turn = queue.then(() => post(action, pairs(), { done, undoable, focus }));
  queue = turn.catch(() => {});
  return turn;
}

async function post(action, pairs, { done, undoable, focus }) {
  const token = document.querySelector("main [name=csrfmiddlewaretoken]").value;
  let response, text;
  board().setAttribute("aria-busy", "true");
  try {
    response = await fetch(action, { method: "POST", body: new URLSearchParams(pairs), headers: { "HX-Request": "true", Accept: "text/html", "X-CSRFToken": token } });
    text = await response.text();
  } catch {
    show(navigator.onLine ? words.notSent : words.offline);
    return false;
  } finally {
    board().removeAttribute("aria-busy");
  }
  if (!text.includes('id="board"')) {
    show(words.notSent);
    return false;
  }
  hold();
  if (focus) held.focus = { ...(held.focus ?? { place: 0 }), ...focus };
  answered++;
  shown = gist(text);
  await htmx.swap({ text, target: board(), sourceElement: board(), swap: "outerMorph", mine: true });
  catchUp();
  if (response.ok) show(board().querySelector("[data-done]")?.textContent.trim() || done || words.changed, { undoable });
  else show(board().querySelector(".refusal")?.textContent.trim() || words.notSent);
  return response.ok;
}

// -- what can be done
// The first is kept; the others go into it.
function merge(items) {
  const [kept] = items;
  const ids = items.map((item) => item.id);
  if (items.length < 2) return say(words.tickTwo);
  if (items.some((item) => item.dataset.kind !== kept.dataset.kind)) return show(words.otherKind);
  for (const item of items) tickOf(item).checked = false;
  const now = () => ids.map((id) => document.getElementById(id)).filter(Boolean).map((item) => ["item", named(item)]);
  return send(kept.closest("form").action, now, { done: fill(words.merged, { title: nameOf(kept) }), undoable: true, focus: { id: kept.id, control: -1 } });
}

/* To another item, or without one to an item of its own. */
function place(statement, target) {
  const from = itemOf(statement), to = target?.id;
  const pairs = () => [["from_version", from.dataset.version], ["to", to ? named(document.getElementById(to)) : ""]];
  const done = target ? fill(words.moved, { title: nameOf(target) }) : words.split;
  const action = `${location.pathname}statements/${statement.dataset.statement}/place/`;
  return send(action, pairs, { done, undoable: true, focus: { id: statement.id, control: -1 } });
}

function turnBack(action, done) {
  const form = document.querySelector(`form[action$="/consolidate/${action}/"]`);
  if (!form || form.querySelector("button:disabled")) return say(words[`no${done}`]);
  return submit(form);
}

const undo = () => turnBack("undo", "Undo");
const redo = () => turnBack("redo", "Redo");

/* The page's own forms, taken over: same fields, same address. */
function submit(form, submitter) {
  const read = () => [...new FormData(form, submitter)];
  if (form.id === "merge") return merge(ticked());
  if (form.action.endsWith("/undo/")) return send(form.action, read, { done: words.undone });
  if (form.action.endsWith("/redo/")) return send(form.action, read, { done: words.redone, undoable: true });
  return send((submitter?.hasAttribute("formaction") ? submitter.formAction : form.action), read, { done: words.changed, undoable: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest("#board, [data-board-forms]")) return;
  event.preventDefault();
  event.stopPropagation();
  submit(form, event.submitter);
}, true);

toast.querySelector("[data-toast-undo]").addEventListener("click", () => {
  toast.hidden = true;
  undo();
});

// -- ticks
function countTicks() {
  const count = ticked().length;
  document.getElementById("merge")?.classList.toggle("has-ticks", count > 0);
  const place = board().querySelector("[data-ticked]");
  if (place) place.textContent = count ? fill(words.ticked, { n: count }) : "";
}

document.addEventListener("change", (event) => {
  if (event.target.name === "item" && itemOf(event.target)) countTicks();
});

// -- the filter
const texts = new WeakMap();
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let telling;

function textOf(item) {
  const kept = texts.get(item);
  if (kept?.version === item.dataset.version) return kept.text;
  const text = plain([...item.querySelectorAll("[data-title], [data-words]")].map((part) => part.textContent).join(" "));
  texts.set(item, { version: item.dataset.version, text });
  return text;
}

/* Hides what does not fit; says how much does, where something was asked. */
function narrow() {
  const asked = plain(search.value).split(/\s+/).filter(Boolean), kind = search.form.elements.kind.value;
  let fit = 0, all = 0;
  for (const lane of board().querySelectorAll(".lane")) {
    const list = lane.querySelector("[data-list]");
    const isOff = kind !== "" && lane.dataset.kind !== kind;
    if (lane.hidden !== isOff) lane.hidden = isOff;
    let here = 0;
    for (const item of list.children) {
      const text = textOf(item);
      const fits = !isOff && asked.every((word) => text.includes(word));
      if (item.hidden === fits) item.hidden = !fits;
      here += fits;
    }
    list.toggleAttribute("data-nothing", list.children.length > 0 && !here);
    all += list.children.length;
    fit += here;
  }
  document.documentElement.toggleAttribute("data-narrowed", fit < all / 2);
  const said = asked.length || kind ? fill(words.found, { n: fit, all }) : "";
  document.getElementById("board-found").textContent = said;
  return said;
}

function widen() {
  search.value = "";
  narrow();
}

search.form.addEventListener("input", () => {
  const said = narrow();
  clearTimeout(telling);
  if (said) telling = setTimeout(say, 700, said);
});

/* Opened with a filter in its address, the page has a part of the board only: read all, and narrow that. */
function readAll() {
  if (!/[?&](q|kind)=./.test(location.search)) return;
  board().setAttribute("hx-get", `${location.pathname}?part=board`);
  htmx.process(board());
  document.body.dispatchEvent(new CustomEvent("items"));
}

window.board = { words, board, fill, say, send, merge, place, undo, redo, drag, ticked, countTicks, widen, search, stops, focusable, itemOf, statementOf, tickOf, nameOf, plain };
document.documentElement.dataset.board = "";
restore();
addEventListener("DOMContentLoaded", readAll);
