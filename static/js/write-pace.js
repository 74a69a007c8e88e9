/* Measures how long each part keeps somebody busy, so that the pages can say honestly how long it takes. It counts seconds
   in which the page is seen and something was done within the last half minute, stays on this device until Submit, and
   is kept there without the person. */

const IDLE = 30_000, MOST = 3_600;
const sheet = document.getElementById("sheet");
const key = `pace:${sheet.dataset.participant}`;
let part = document.querySelector("[data-part]")?.dataset.part, actedAt = Date.now();

function stored() {
  try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
}

function acted(event) {
  actedAt = Date.now();
  part = event.target.closest?.("[data-part]")?.dataset.part ?? part;
}

for (const name of ["input", "pointerdown", "keydown", "focusin"]) document.addEventListener(name, acted, { passive: true });
addEventListener("scroll", () => { actedAt = Date.now(); }, { passive: true });

setInterval(() => {
  if (!part || document.hidden || Date.now() - actedAt > IDLE) return;
  const seconds = stored();
  seconds[part] = Math.min((seconds[part] ?? 0) + 1, MOST);
  try { localStorage.setItem(key, JSON.stringify(seconds)); } catch { /* switched off: nothing is measured */ }
}, 1_000);

document.querySelector("[data-submits]")?.addEventListener("submit", () => {
  const seconds = stored();
  for (const field of document.querySelectorAll("[data-seconds]")) field.value = seconds[field.dataset.seconds] ?? "";
});
