/* What autosave.js knows of forms: the copy on this device, what a form says, how it is sent, what the page says of it. */

const sheet = document.getElementById("sheet");
const line = document.getElementById("saved");
const spoken = document.getElementById("status");
const drawer = `${sheet.dataset.drawer ?? "write"}:${sheet.dataset.participant}:`;

// -- the copy on this device
const copies = {
  put(key, copy) { try { localStorage.setItem(drawer + key, JSON.stringify(copy)); } catch { /* switched off or full */ } },
  drop(key) { try { localStorage.removeItem(drawer + key); } catch { /* switched off */ } },
  get(key) { try { return JSON.parse(localStorage.getItem(drawer + key)); } catch { return null; } },
  keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(drawer)).map((key) => key.slice(drawer.length)); } catch { return []; } },
};

// -- what a form says
const OWN = new Set(["version", "csrfmiddlewaretoken", "sentence_only", "seconds"]);

function read(form) {
  return [...new FormData(form)].filter(([name]) => !OWN.has(name)).map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
}

function fill(form, pairs) {
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "submit" || field.name === "kind") continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => String(value ?? ""));
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  for (const fold of form.querySelectorAll("details")) if (fold.querySelector("textarea")?.value || fold.querySelector(":checked")) fold.open = true;
  form.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
}

/* In words that can be read again: the texts, or where a form has none what is ticked, each with its question. */
function wordsOf(form) {
  const texts = [...form.querySelectorAll("textarea, input[type=text], input:not([type])")].map((field) => field.value);
  const ticks = [...form.querySelectorAll(":checked")].map((field) => [field.closest("fieldset")?.querySelector("legend"), field.closest("label")].map((part) => part?.textContent.trim()).filter(Boolean).join(" "));
  return (texts.length ? texts : ticks).filter((words) => words.trim()).join("\n\n");
}

/* The same under the heading that it stands below: for when the form itself is not there to be seen. */
function saidOf(form) {
  const heading = form.querySelector("h2, h3")?.textContent.trim();
  return heading ? `${heading}: ${wordsOf(form)}` : wordsOf(form);
}

function pairsOf(theirs) {
  return Object.entries(theirs).flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]));
}

/* As the server would keep it, whatever the order. */
function gist(pairs) {
  const kept = pairs.map(([name, value]) => [name, name === "label" ? String(value ?? "").trim().split(/\s+/).join(" ") : String(value ?? "").trim()]);
  return JSON.stringify(kept.filter(([name, value]) => value && name !== "kind").sort());
}

// -- what the page says about all of them
const clock = { savedAt: "" };
let said = "";
const ORDER = ["closed", "sign-in", "stale", "refused", "offline", "kept", "saving", "saved"];

function tell(states) {
  const worst = ORDER.find((state) => states.includes(state)) ?? (clock.savedAt ? "saved" : "");
  if (!worst) return;
  const camel = worst.replace(/-./g, (letters) => letters[1].toUpperCase());
  const words = line.dataset[camel].replace("%(time)s", clock.savedAt);
  line.hidden = false;
  line.dataset.state = worst;
  line.classList.toggle("is-trouble", !["saving", "saved"].includes(worst));
  const place = line.querySelector("span");
  if (place.textContent !== words) place.textContent = words;
  if (worst === "sign-in" && !line.querySelector("a")) {
    const link = Object.assign(document.createElement("a"), { href: line.dataset.signInAt, target: "_blank", textContent: line.dataset.again });
    place.append(" ", link);
  }
  if (worst !== "saving" && words !== said) spoken.textContent = said = words;
}

/* Five writes a second of one person are taken, and five at once; this counts along with one to spare, and begins low for
   what the page before has sent. Takes the next turn and gives the milliseconds until it comes. */
const A_SECOND = 5, AT_ONCE = 4;
let left = 1, countedAt = performance.now();

function turnIn() {
  const now = performance.now();
  left = Math.min(left + ((now - countedAt) / 1_000) * A_SECOND, AT_ONCE) - 1;
  countedAt = now;
  return Math.max((-left / A_SECOND) * 1_000, 0);
}

function post(action, pairs, version, form) {
  const seconds = form.elements.seconds?.value;
  const body = new URLSearchParams([...pairs, ["version", version], ...(seconds ? [["seconds", seconds]] : [])]);
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  return fetch(action, { method: "POST", body, headers, keepalive: true, redirect: "follow" });
}

/* While a page is read again, the old one may still be told that something was taken: the new one is then older than what
   is kept. The versions of the last seconds, no texts, tell; one more reading mends it. */
const JUST_NOW = 10_000, noted = `taken:${sheet.dataset.participant}`;

function note(key, version) {
  try { sessionStorage.setItem(noted, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(noted)), [key]: [version, Date.now()] })); } catch { /* switched off */ }
}

function isBehind() {
  try {
    const versions = Object.entries(JSON.parse(sessionStorage.getItem(noted)) ?? {});
    sessionStorage.removeItem(noted);
    return versions.some(([key, [version, at]]) => {
      const form = document.querySelector(`form[data-key="${key}"]`);
      return form && Date.now() - at < JUST_NOW && Number(form.elements.version.value) < version;
    });
  } catch {
    return false;
  }
}

window.writing = { line, copies, read, fill, wordsOf, saidOf, pairsOf, gist, tell, clock, post, turnIn, note, isBehind };
