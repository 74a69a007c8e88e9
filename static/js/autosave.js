/* Saves what is typed, form by form: after a pause, when a field or the page is left, and again until it is taken.

   <form data-write data-key="…" data-needs="…" action="…">       one thing that is kept, with its `version`
   <span id="saved" data-saved="Saved %(time)s" …>         says what became of it

   Until the server has taken it, a copy stays on this device. One request a form at a time; when its outcome is unknown,
   the same text is sent again first, which changes nothing if it had arrived. A field is never filled while it is typed
   in: only when the page opens, or when somebody chooses the text from another window. */

const PAUSE = 800, FIRST_WAIT = 1_000, LONGEST_WAIT = 30_000;
const { line, copies, read, fill, wordsOf, saidOf, pairsOf, gist, tell, clock, post, turnIn, note, isBehind } = window.writing;
const savers = new Set();

class Saver {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.key;
    this.state = "";
    this.wait = FIRST_WAIT;
    this.pending = null; // sent, and nobody knows yet whether it arrived
    this.taken = gist(read(form)); // what the server has
    this.requests = 0;
    this.takeUpCopy();
    this.begin();
    form.saver = this;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", () => this.save());
  }

  get version() { return Number(this.form.elements.version.value); }
  set version(version) { this.form.elements.version.value = version; }
  get pairs() { return read(this.form); }
  get isDirty() { return this.pending !== null || gist(this.pairs) !== this.taken; }
  get isNothing() { return this.version === 0 && !this.pairs.some(([name, value]) => name !== "kind" && value.trim()); }
  /* What has none of the answers that its data-needs names yet, as a blank form with a tick and no word, is nothing to send. */
  get isTooLittle() {
    const needs = this.form.dataset.needs?.split(" ");
    return this.version === 0 && !this.pairs.some(([name, value]) => (needs ? needs.includes(name) : name !== "kind") && value.trim());
  }

  get hasNews() { return this.isDirty && !(this.isTooLittle && this.pending === null); }

  /* Newer text that is only here is put back and saved; if another window was faster meanwhile, the server says so. */
  takeUpCopy() {
    const copy = copies.get(this.key);
    if (!copy) return;
    if (gist(copy.pairs) === this.taken) return copies.drop(this.key);
    fill(this.form, copy.pairs);
    this.version = copy.version;
    this.pending = copy.pending;
    this.taken = "";
    this.schedule(0);
  }

  keepCopy() {
    if (this.isDirty && !(this.isNothing && this.pending === null)) copies.put(this.key, { version: this.version, pairs: this.pairs, pending: this.pending, kind: this.form.dataset.kind, words: saidOf(this.form) });
    else copies.drop(this.key);
  }

  changed() {
    this.keepCopy();
    if (["stale", "closed"].includes(this.state)) return;
    if (this.isDirty && !this.isTooLittle) this.become("saving");
    this.schedule(PAUSE);
  }

  become(state) {
    this.state = state;
    tell([...savers].map((saver) => saver.state));
    this.form.dispatchEvent(new CustomEvent("became", { bubbles: true, detail: state }));
  }

  schedule(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /* Send the latest, and go on until nothing is left to send. Resolves to whether everything is taken. */
  async save() {
    clearTimeout(this.timer);
    if (["stale", "closed"].includes(this.state)) return false;
    this.run ??= this.work().finally(() => { this.run = null; });
    return this.run;
  }

  async work() {
    while (this.hasNews) {
      const wait = turnIn();
      if (wait > 0) await this.turn(wait);
      if (!this.hasNews) break;
      const pairs = (this.pending ??= this.pairs);
      this.keepCopy();
      this.become("saving");
      if (!(await this.send(pairs, this.version))) return false;
    }
    if (this.state === "saving" || this.state === "refused") this.become(clock.savedAt ? "saved" : "");
    return true;
  }

  /* A key held down makes more writes than the server takes: the next one waits for its turn, unless the page is going. Who
     asked for the next page meanwhile gets it as soon as this one is taken. */
  async turn(wait) {
    await new Promise((go) => { this.go = go; setTimeout(go, wait); });
    this.go = null;
  }

  /* The page is going: what was typed since the request that is under way follows it at once, on the version it makes. */
  leave() {
    this.keepCopy();
    if (!this.isDirty || this.isTooLittle || ["stale", "closed", "sign-in"].includes(this.state)) return;
    if (this.go) this.go();
    else if (!this.requests) this.save();
    else if (gist(this.pairs) !== gist(this.pending ?? [])) post(this.form.action, this.pairs, this.version + 1, this.form).catch(() => {});
  }

  async send(pairs, version) {
    this.requests++;
    let response, answer;
    try {
      response = await post(this.form.action, pairs, version, this.form);
      answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : null;
    } catch {
      return this.again(navigator.onLine ? "kept" : "offline");
    } finally {
      this.requests--;
    }
    return this.heard(response, answer, pairs);
  }

  async heard(response, answer, pairs) {
    if (response.ok && answer) return this.accepted(answer, pairs);
    if (response.status === 409 && answer) return this.overtaken(answer);
    if (response.status === 422 && answer) return this.refused(answer.errors);
    if (response.status === 429) return this.turn(1_000 * (1 + Math.random() / 4)).then(() => this.send(pairs, this.version));
    if ([401, 403, 404].includes(response.status) || response.redirected) return this.strange(response.status);
    return this.again("kept");
  }

  accepted(answer, pairs) {
    const isNew = this.version === 0;
    this.version = answer.version;
    this.pending = null;
    this.taken = gist(pairs);
    this.wait = FIRST_WAIT;
    clock.savedAt = new Date(answer.saved_at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.keepCopy();
    note(this.key, this.version);
    showErrors(this.form, {});
    this.form.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: { ...answer, isNew } }));
    return true;
  }

  again(state, wait = this.wait) {
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.become(state);
    this.schedule(wait * (1 + Math.random() / 4));
    return false;
  }

  refused(errors) {
    this.pending = null;
    this.keepCopy();
    showErrors(this.form, errors);
    this.become("refused");
    return false;
  }

  /* Signed out, no longer taking part, or a token that another window renewed: with a new one it is tried once more. */
  async strange(status) {
    if (status === 403 && !this.renewed) {
      this.renewed = true;
      if (await renewToken()) return this.again("saving", 0);
    }
    this.renewed = false;
    return this.again("sign-in", LONGEST_WAIT);
  }

  overtaken(answer) {
    this.pending = null;
    if (answer.reason === "closed") return this.shut();
    const theirs = pairsOf(answer.theirs);
    if (!answer.is_gone && gist(theirs) === gist(this.pairs)) {
      this.version = answer.version;
      this.taken = gist(theirs);
      this.keepCopy();
      return true;
    }
    this.keepCopy();
    this.become("stale");
    this.offer(answer, theirs);
    return false;
  }

  offer(answer, theirs) {
    const box = document.getElementById("choice").content.firstElementChild.cloneNode(true);
    for (const part of box.querySelectorAll("[data-changed]")) part.hidden = answer.is_gone;
    for (const part of box.querySelectorAll("[data-gone]")) part.hidden = !answer.is_gone;
    box.querySelector("[data-theirs]").hidden = answer.is_gone;
    const list = document.createElement("dl");
    box.querySelector("[data-theirs]").append(list);
    for (const [heading, text] of answer.shown) {
      const words = Object.assign(document.createElement("dd"), { textContent: text, dir: "auto" });
      list.append(Object.assign(document.createElement("dt"), { textContent: heading }), words);
    }
    box.addEventListener("click", (event) => {
      const keep = event.target.closest("[data-keep]")?.dataset.keep;
      if (keep) this.choose(keep, answer, theirs, box);
    });
    this.form.querySelector(".choice")?.remove();
    this.form.prepend(box);
  }

  choose(keep, answer, theirs, box) {
    if (keep === "theirs") fill(this.form, theirs);
    this.taken = keep === "theirs" ? gist(this.pairs) : "";
    this.version = answer.version;
    this.become(clock.savedAt ? "saved" : ""); // only now: with the box its focus goes, and that saves
    box.remove();
    this.keepCopy();
    if (keep === "theirs" && answer.is_gone) this.form.dispatchEvent(new CustomEvent("gone", { bubbles: true }));
    else this.form.querySelector("[name=label], textarea, :checked, [type=radio], [type=checkbox]")?.focus();
    this.save();
  }

  shut() {
    this.become("closed");
    const box = document.getElementById("not-taken").content.firstElementChild.cloneNode(true);
    const place = box.querySelector("textarea, [data-said]");
    place["value" in place ? "value" : "textContent"] = wordsOf(this.form);
    this.form.querySelector(".choice")?.remove();
    this.form.prepend(box);
    return false;
  }

  begin() { savers.add(this); }

  /* Forget this form: it was deleted, on purpose. */
  end() {
    clearTimeout(this.timer);
    copies.drop(this.key);
    savers.delete(this);
    tell([...savers].map((saver) => saver.state));
  }
}

async function renewToken() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("form[data-write] [name=csrfmiddlewaretoken]")?.value;
    if (!token) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  } catch {
    return false;
  }
}

function showErrors(form, errors) {
  const place = form.querySelector("[data-problems]");
  place?.replaceChildren(...Object.values(errors).flat().map((words) => Object.assign(document.createElement("p"), { className: "error", textContent: words })));
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const name of Object.keys(errors)) if (name) form.querySelector(`[name="${name}"]:not([type=hidden])`)?.setAttribute("aria-invalid", "true");
}

// -- the page
if (isBehind()) location.reload();
Object.assign(window.writing, { Saver, savers });
document.documentElement.dataset.savesItself = "";
for (const form of document.querySelectorAll("form[data-write]")) new Saver(form);

/* A form that leads on goes on only when it is taken. */
document.addEventListener("submit", async (event) => {
  const form = event.target, saver = form.saver;
  if (!saver || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  const isTaken = await saver.save();
  if (!("leaves" in form.dataset)) return;
  if (!isTaken) return;
  saver.end();
  if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  form.submit();
});

const leaving = () => { for (const saver of savers) saver.leave(); };
const back = () => { for (const saver of savers) if (saver.isDirty) saver.schedule(0); };
addEventListener("pagehide", leaving);
document.addEventListener("visibilitychange", () => (document.hidden ? leaving() : back()));
addEventListener("online", back);
addEventListener("offline", () => { for (const saver of savers) if (saver.isDirty) saver.become("offline"); });

/* Scrolled away from the masthead, the line comes along. */
new IntersectionObserver(([entry]) => line.classList.toggle("is-floating", !entry.isIntersecting)).observe(document.querySelector(".masthead"));
