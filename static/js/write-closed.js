/* What this device still keeps and the server never took: shown to be copied, until it is forgotten on purpose. */

const sheet = document.getElementById("sheet");
const place = document.querySelector("[data-left-over]");
const drawer = `${sheet.dataset.drawer ?? "write"}:${sheet.dataset.participant}:`;

function leftOver() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(drawer)).map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  } catch {
    return [];
  }
}

const list = place.querySelector("[data-said]");
const texts = leftOver().map(([, copy]) => (list ? copy.words : copy.pairs.filter(([name]) => ["label", "meaning", "example", "strategy"].includes(name)).map(([, text]) => text).filter(Boolean).join("\n"))).filter(Boolean);
if (texts.length) {
  place.hidden = false;
  if (list) list.append(...texts.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  else place.querySelector("textarea").value = texts.join("\n\n");
  place.querySelector("button").addEventListener("click", () => {
    for (const [key] of leftOver()) localStorage.removeItem(key);
    place.hidden = true;
  });
}
