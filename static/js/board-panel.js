/* One item beside the board: opened from its title, and in place while the board around it changes.

   What is typed there is never swapped away. If somebody else changed the item meanwhile, the text that stands there now is
   shown above what was typed, and the next try knows of it. */

const { words, board, send, say, moveStatement } = window.board;
const panel = document.getElementById("item-panel");
const body = panel.querySelector("[data-panel-body]");
const isNarrow = matchMedia("(max-width: 62rem)");
let opener = null;

const shownItem = () => body.querySelector("[data-panel-item]");
const rowOf = (shown) => document.getElementById(`item-${shown.dataset.panelItem}`);
const wordsOf = (holder) => holder.querySelector("form[data-words]");
const isTyped = () => [...(wordsOf(body)?.elements ?? [])].some((field) => field.name && field.type !== "hidden" && field.value !== field.defaultValue);

async function read(address) {
  const response = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" } });
  const text = await response.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  return response.ok ? page.querySelector("[data-panel-item]") : null;
}

async function open(link) {
  const fresh = await read(link.href).catch(() => null);
  if (!fresh) return location.assign(link.href);
  opener = link.closest(".board-item").id;
  show(fresh);
  if (!panel.open) panel[isNarrow.matches ? "showModal" : "show"]();
  document.documentElement.dataset.panel = "";
  mark();
  body.querySelector(".panel-title").focus();
}

function show(fresh) {
  ask(fresh);
  body.replaceChildren(fresh);
  body.dataset.address = `${location.pathname}items/${fresh.dataset.panelItem}/`;
}

/* Where a statement goes is asked in the dialog, not in a list below all of them. */
function ask(fresh) {
  const form = fresh.querySelector("#move-statement");
  if (form) form.hidden = true;
  for (const button of fresh.querySelectorAll("[form=move-statement]")) {
    button.type = "button";
    button.dataset.panelMove = "";
    button.firstChild.textContent = words.moveButton;
  }
}

function moveFrom(button) {
  const said = button.closest("[data-statement]");
  const statement = board().querySelector(`[data-statement="${said.dataset.statement}"]`);
  return statement ? moveStatement(statement, said.querySelector("b").textContent) : say(words.gone);
}

/* By the button, by Escape, or because the item is gone. */
function closed() {
  body.replaceChildren();
  delete document.documentElement.dataset.panel;
  mark();
  document.getElementById(opener)?.querySelector("[data-open]")?.focus();
}

/* The row that is open is marked on the board. */
function mark() {
  for (const row of board().querySelectorAll(".is-open")) row.classList.remove("is-open");
  if (shownItem()) rowOf(shownItem())?.classList.add("is-open");
}

/* The board has changed: so may have what is open. */
async function follow() {
  mark();
  const shown = shownItem();
  if (!shown) return;
  const row = rowOf(shown);
  if (row?.dataset.version === shown.dataset.version) return;
  if (!row && !isTyped()) return panel.close();
  const fresh = row && (await read(body.dataset.address).catch(() => null));
  if (!fresh || shownItem() !== shown) return;
  const focused = body.contains(document.activeElement) ? document.activeElement.id : "";
  if (isTyped()) keepTyped(fresh);
  show(fresh);
  if (focused) document.getElementById(focused)?.focus();
}

/* What was typed moves over to the newer panel, below what stands there now. */
function keepTyped(fresh) {
  const form = wordsOf(fresh);
  if (!form) return;
  const stands = Object.assign(document.createElement("dl"), { className: "stands" });
  stands.setAttribute("role", "alert");
  stands.append(Object.assign(document.createElement("dt"), { textContent: words.changedBelow }));
  for (const name of ["title", "definition"]) {
    const field = form.elements[name];
    if (field.value) stands.append(Object.assign(document.createElement("dd"), { textContent: field.value, dir: "auto", className: name }));
    field.value = wordsOf(body).elements[name].value;
  }
  form.prepend(stands);
}

function submit(form, submitter) {
  const action = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const pairs = [...new FormData(form, submitter)];
  const isWords = form.matches("[data-words]");
  return send(action, () => pairs, { undoable: true }).then((isDone) => {
    if (!isDone) return complain();
    if (isWords) for (const field of form.elements) if (field.name) field.defaultValue = field.value;
    return follow();
  });
}

function complain() {
  const banner = board().querySelector(".refusal")?.cloneNode(true);
  body.querySelector(".refusal")?.remove();
  if (banner && shownItem()) shownItem().prepend(banner);
  return follow();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#board [data-open]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link);
});
panel.addEventListener("click", (event) => {
  const button = event.target.closest("[data-panel-move]");
  if (button) moveFrom(button);
});
panel.querySelector("[data-close]").addEventListener("click", () => panel.close());
panel.addEventListener("close", closed);
panel.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(event.target, event.submitter);
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !isTyped()) panel.close();
});
document.addEventListener("board:shown", follow);
