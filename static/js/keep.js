/* Keeps what was typed into a form on this device until it is saved, and brings it back after a reload or a failed send.

   <form data-keep="a name for the person" data-keep-offline="words" [data-keep-answered: a refused form, as it was typed]>
     <input type="hidden" name="seen" data-keep-version>        what the form was filled from
     <p data-keep-line hidden>… <button type="button" data-keep-discard></button></p>

   Kept apart by address and person. It is given up when the page shows that it was saved, or after two weeks. */

const DAYS = 14, WAIT = 300;
const form = document.querySelector("form[data-keep]");
const line = form?.querySelector("[data-keep-line]");
const version = form?.querySelector("[data-keep-version]");
const key = form && `keep:${form.dataset.keep}:${location.pathname}`;
let waiting, touched = false; // another tab's untouched copy of the page keeps and drops nothing

/* Storage may be switched off or full: the form then works as without this. */
function storage(act) {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

const fields = () => [...form.elements].filter((field) => field.name && !/^(hidden|submit|button|password|file|fieldset)$/.test(field.type));
const isTick = (field) => field.type === "radio" || field.type === "checkbox";
const stands = (field) => (isTick(field) ? field.checked : field.value);
const came = (field) => {
  if (isTick(field)) return field.defaultChecked;
  if (field.options) return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
  return field.defaultValue;
};
const nameOf = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);
const plain = (value) => (typeof value === "string" ? value.trim().replace(/\s+/g, " ") : value);

function keep() {
  clearTimeout(waiting);
  if (!touched) return;
  const changed = fields().filter((field) => form.hasAttribute("data-keep-answered") || stands(field) !== came(field));
  const values = Object.fromEntries(changed.map((field) => [nameOf(field), stands(field)]));
  storage((store) => {
    if (changed.length) store.setItem(key, JSON.stringify({ at: Date.now(), seen: version?.value, values }));
    else store.removeItem(key);
  });
}

function drop() {
  clearTimeout(waiting);
  touched = false;
  storage((store) => store.removeItem(key));
}

/* A new name that was saved is found as the chosen one of the list. */
function isSaved(field, value) {
  if (plain(stands(field)) === plain(value)) return true;
  return field.name.startsWith("new_") && plain(form.elements[field.name.slice(4)]?.selectedOptions?.[0]?.text) === plain(value);
}

function bringBack(kept) {
  const found = fields().filter((field) => nameOf(field) in kept.values);
  if (found.every((field) => isSaved(field, kept.values[nameOf(field)]))) return drop();
  for (const field of found) {
    if (isTick(field)) field.checked = kept.values[nameOf(field)];
    else field.value = kept.values[nameOf(field)];
  }
  /* What it was written over, so that the server notices if somebody has saved since. */
  if (version && kept.seen) version.value = kept.seen;
  line.hidden = false;
  touched = true;
}

function forgetOld(store) {
  for (const name of Object.keys(store).filter((each) => each.startsWith("keep:"))) {
    let at = 0;
    try {
      at = JSON.parse(store.getItem(name)).at;
    } catch {
      // Not ours, or cut off: it goes.
    }
    if (!(Date.now() - at < DAYS * 86_400_000)) store.removeItem(name);
  }
}

function atLeast() {
  const chosen = form.querySelector("[data-smallest]:checked"), k = form.elements.k;
  if (chosen && k) k.min = chosen.dataset.smallest;
  if (chosen && k && Number(k.value) < Number(k.min)) k.value = k.min;
}

if (form) {
  storage(forgetOld);
  const kept = storage((store) => JSON.parse(store.getItem(key)));
  touched = form.hasAttribute("data-keep-answered");
  if (touched) keep();
  else if (kept) bringBack(kept);
  form.addEventListener("input", () => {
    touched = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, WAIT);
  });
  form.addEventListener("change", (event) => {
    touched = true;
    if (event.target.dataset.smallest) atLeast();
    keep();
  });
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    line.hidden = false;
    document.getElementById("status").textContent = form.dataset.keepOffline;
  });
  form.querySelector("[data-keep-discard]").addEventListener("click", () => {
    drop();
    location.assign(location.pathname);
  });
  document.querySelector("[data-keep-drop]")?.addEventListener("click", drop);
  addEventListener("pagehide", keep);
}
