/* What the page of statements does by itself: another blank form, ticks for new statements, places, deleting and undoing.
   Saving is autosave.js's; a form tells of it with the event `taken`. */

const { Saver, savers, copies, post } = window.writing;
const all = document.getElementById("statements");
const spare = all.dataset.spare.split(" ");
const blanks = {};

for (const section of all.querySelectorAll("[data-section]")) {
  const blank = section.querySelector(".is-blank");
  blanks[section.dataset.section] = { html: pristine(blank), key: blank.dataset.statement };
}

/* As the server sent it: what the browser or a copy on this device filled in is left out. */
function pristine(blank) {
  const copy = blank.cloneNode(true);
  for (const field of copy.querySelectorAll("input, textarea")) {
    if (field.type === "text") field.setAttribute("value", "");
    if (field.name === "version") field.setAttribute("value", "0");
    field.removeAttribute("checked");
  }
  for (const box of copy.querySelectorAll(".choice")) box.remove();
  copy.querySelector(".tools").hidden = true;
  return copy.outerHTML;
}

function open(kind, key) {
  const holder = document.createElement("template");
  holder.innerHTML = blanks[kind].html.replaceAll(blanks[kind].key, key);
  const article = holder.content.firstElementChild;
  article.querySelector("label span").textContent = sectionOf(kind).dataset.another;
  list(kind).append(article);
  refreshTicks();
  new Saver(article.querySelector("form"));
  return article;
}

const sectionOf = (kind) => all.querySelector(`[data-section="${kind}"]`);
const list = (kind) => sectionOf(kind).querySelector("[data-list]");
const labelOf = (article) => article.querySelector("[name=label]").value.trim();
const counts = () => document.body.dispatchEvent(new CustomEvent("counts"));

// -- another blank form after the one that was begun
all.addEventListener("input", (event) => {
  const article = event.target.closest(".is-blank");
  if (!article || !event.target.value?.trim()) return;
  begin(article);
});

function begin(article) {
  const { kind } = article.querySelector("form").dataset;
  article.classList.remove("is-blank");
  article.querySelector("label span").textContent = sectionOf(kind).dataset.name;
  const key = spare.shift();
  if (key) open(kind, key);
}

all.addEventListener("taken", (event) => {
  const article = event.target.closest(".statement");
  if (event.detail.next) spare.push(event.detail.next);
  if (!article) return;
  if (article.classList.contains("is-blank")) begin(article);
  article.querySelector(".tools").hidden = false;
  const had = article.dataset.label ?? null;
  article.dataset.label = labelOf(article);
  if (had !== article.dataset.label) refreshTicks();
  if (event.detail.isNew || Boolean(had) !== Boolean(article.dataset.label)) counts();
});

// -- ticks: each new or renamed statement can be linked to at once
function refreshTicks() {
  const kept = [...all.querySelectorAll(".statement")].filter((article) => !article.hidden && Number(article.querySelector("[name=version]").value) > 0);
  for (const place of all.querySelectorAll("[data-ticks]")) {
    const own = place.closest(".statement").dataset.statement;
    const kinds = place.dataset.kinds.split(" ");
    for (const article of kept) {
      const key = article.dataset.statement;
      if (key === own || !kinds.includes(article.querySelector("form").dataset.kind)) continue;
      const words = labelOf(article);
      const there = place.querySelector(`[data-end="${key}"]`);
      if (there && words) there.querySelector("span").textContent = words;
      if (!there && words) place.append(tick(place.dataset.ticks, key, words));
    }
    for (const label of place.querySelectorAll("[data-end]")) label.hidden = Boolean(document.getElementById(`statement-${label.dataset.end}`)?.hidden);
    const isEmpty = !place.querySelector("[data-end]:not([hidden])");
    place.hidden = isEmpty;
    if (place.closest("[data-fold]")) place.closest("[data-fold]").hidden = isEmpty;
  }
}

function tick(name, key, words) {
  const label = Object.assign(document.createElement("label"), { className: "check" });
  label.dataset.end = key;
  label.append(Object.assign(document.createElement("input"), { type: "checkbox", name, value: key }), Object.assign(document.createElement("span"), { textContent: words }));
  return label;
}

// -- places and deleting, each after what is typed is saved
document.addEventListener("submit", async (event) => {
  const does = event.submitter?.dataset.does;
  if (!does || !event.target.saver) return;
  event.preventDefault();
  const form = event.target, { submitter } = event;
  await Promise.all([...savers].map((saver) => saver.save())); // a tick for what is deleted comes back with it
  if (!(await form.saver.save())) return;
  const pairs = does === "place" ? [["to", submitter.value]] : [];
  const answer = await ask(submitter.formAction, pairs, form);
  if (!answer) return;
  form.saver.version = answer.version;
  if (does === "place") shift(form.closest(".statement"), submitter);
  else remove(form.closest(".statement"), submitter.formAction.replace(/deletion\/$/, "restoration/"));
}, true);

async function ask(action, pairs, form) {
  try {
    const response = await post(action, pairs, form.saver.version, form);
    if (response.ok) return await response.json();
    if (response.status === 409) form.saver.overtaken(await response.json());
    else form.saver.again(response.status === 429 ? "saving" : "kept");
  } catch {
    form.saver.again(navigator.onLine ? "kept" : "offline");
  }
  return null;
}

function shift(article, submitter) {
  const others = [...article.parentElement.querySelectorAll(".statement:not(.is-blank):not([hidden])")];
  const other = others[others.indexOf(article) + (submitter.value === "down" ? 1 : -1)];
  if (!other) return;
  if (submitter.value === "down") other.after(article);
  else other.before(article);
  submitter.focus();
  article.scrollIntoView({ block: "nearest" });
}

function remove(article, action) {
  const form = article.querySelector("form"), { saver } = form;
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  const words = toast.querySelector("span");
  words.textContent = words.dataset.words.replace("%(label)s", labelOf(article) || "…");
  article.before(toast);
  article.hidden = true;
  saver.end();
  refreshTicks();
  counts();
  const undo = toast.querySelector("button");
  undo.addEventListener("click", async () => {
    const answer = await ask(action, [], form);
    if (!answer) return;
    saver.version = answer.version;
    saver.begin();
    article.hidden = false;
    toast.remove();
    refreshTicks();
    counts();
    article.querySelector("[name=label]").focus();
  });
  undo.focus();
}

all.addEventListener("gone", (event) => {
  const article = event.target.closest(".statement");
  event.target.saver.end();
  article.hidden = true;
  refreshTicks();
  counts();
});

// -- statements that were begun while nothing could be saved, and are only on this device yet
for (const key of copies.keys()) {
  const copy = copies.get(key);
  if (!copy?.kind || !blanks[copy.kind] || document.getElementById(`statement-${key}`)) continue;
  const article = open(copy.kind, key);
  article.classList.remove("is-blank");
  article.querySelector("label span").textContent = sectionOf(copy.kind).dataset.name;
  list(copy.kind).append(list(copy.kind).querySelector(".is-blank"));
}

for (const article of all.querySelectorAll(".statement:not(.is-blank)")) article.dataset.label = labelOf(article);

// -- the rail says where on the page one is
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    for (const link of document.querySelectorAll("#rail a")) link.removeAttribute("aria-current");
    document.querySelector(`#rail a[href$="#${entry.target.id}"]`)?.setAttribute("aria-current", "step");
  }
}, { rootMargin: "-30% 0px -60% 0px" });
for (const section of all.querySelectorAll("[data-part]")) seen.observe(section);
