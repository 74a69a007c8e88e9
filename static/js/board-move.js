/* "Move to …": a dialog that lists the items of one kind, narrowed while typing, chosen with arrow keys and Enter or a tap.

   choose({ heading, about, kind, not, own })   resolves to an item, to "own" (an item of its own), or to null */

const { board, words, merge, place, plain, nameOf, itemOf, statementOf, say, fill } = window.board;
const dialog = document.getElementById("board-move");
const field = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const more = dialog.querySelector("[data-more]");
const MOST = 60;
let offered = [], active = -1, answer = null;

function choose({ heading, about, kind, not, own }) {
  dialog.querySelector("h2").textContent = heading;
  dialog.querySelector("[data-about]").textContent = about;
  offered = [...board().querySelectorAll(`.board-item[data-kind="${kind}"]`)].filter((item) => item !== not).map((item) => {
    const title = nameOf(item), said = item.querySelectorAll("[data-statement]").length;
    return { value: item.id, title, note: said > 1 ? fill(words.said, { n: said }) : "", text: plain(`${title} ${[...item.querySelectorAll("[data-words]")].map((part) => part.textContent).join(" ")}`) };
  });
  if (own) offered.unshift({ value: "own", title: words.own, note: "", text: plain(words.own), isOwn: true });
  field.value = "";
  relist();
  answer = null;
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(answer === "own" ? "own" : answer && document.getElementById(answer)), { once: true });
  });
}

function relist() {
  const asked = plain(field.value).split(/\s+/).filter(Boolean);
  const found = offered.filter((one) => asked.every((word) => one.text.includes(word)));
  list.replaceChildren(...found.slice(0, MOST).map(option));
  more.textContent = found.length > MOST ? fill(words.more, { n: MOST, all: found.length }) : found.length ? "" : words.nothing;
  activate(found.length ? 0 : -1);
}

function option(one, n) {
  const made = Object.assign(document.createElement("li"), { id: `board-move-${n}`, className: one.isOwn ? "own" : "" });
  made.setAttribute("role", "option");
  made.dataset.value = one.value;
  made.append(Object.assign(document.createElement("span"), { textContent: one.title, dir: "auto" }));
  if (one.note) made.append(" ", Object.assign(document.createElement("small"), { textContent: one.note }));
  return made;
}

function activate(n) {
  active = n;
  for (const [at, one] of [...list.children].entries()) one.setAttribute("aria-selected", String(at === n));
  if (n < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", list.children[n].id);
    list.children[n].scrollIntoView({ block: "nearest" });
  }
}

function take(one) {
  if (!one) return;
  answer = one.dataset.value;
  dialog.close();
}

field.addEventListener("input", relist);
field.addEventListener("keydown", (event) => {
  const last = list.children.length - 1;
  const to = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last, PageDown: Math.min(active + 8, last), PageUp: Math.max(active - 8, 0) }[event.key];
  if (to !== undefined && last >= 0) activate(to);
  else if (event.key === "Enter") take(list.children[active]);
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());

/* What the row in hand is moved to is asked for, then done. */
async function moveStatement(statement, about) {
  const item = itemOf(statement), key = statement.dataset.statement;
  const isAlone = item.querySelectorAll("[data-statement]").length < 2;
  const target = await choose({ heading: words.moveTo, about: about.trim(), kind: item.dataset.kind, not: item, own: !isAlone });
  const there = board().querySelector(`[data-statement="${key}"]`);
  if (!target) return;
  if (!there) return say(words.gone);
  place(there, target === "own" ? null : target);
}

async function moveItem(item) {
  const id = item.id;
  const target = await choose({ heading: words.together, about: nameOf(item), kind: item.dataset.kind, not: item, own: false });
  const there = document.getElementById(id);
  if (!target) return;
  if (!there) return say(words.gone);
  merge([target, there]);
}

function move(row) {
  return row.matches("[data-statement]") ? moveStatement(row, row.querySelector("[data-words]").textContent) : moveItem(row);
}

/* A row's own button asks the same. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("#board [data-move]");
  if (button) move(statementOf(button) ?? itemOf(button));
});

Object.assign(window.board, { move, moveStatement });
