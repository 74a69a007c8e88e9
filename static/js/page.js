// What every page does: the choice of light and dark, and the page for when the connection is away.

const choices = document.querySelector("[data-scheme-choice]");

function stored() {
  try {
    return localStorage.getItem("scheme") ?? "";
  } catch {
    return "";
  }
}

function choose(scheme) {
  if (scheme) document.documentElement.dataset.scheme = scheme;
  else delete document.documentElement.dataset.scheme;
  try {
    if (scheme) localStorage.setItem("scheme", scheme);
    else localStorage.removeItem("scheme");
  } catch {
    // Storage may be switched off; the choice then holds for this page.
  }
}

function show(scheme) {
  for (const radio of choices.querySelectorAll("input")) radio.checked = radio.value === scheme;
}

if (choices) {
  show(stored());
  choices.hidden = false;
  choices.addEventListener("change", (event) => choose(event.target.value));
  // Another tab chose.
  addEventListener("storage", (event) => {
    if (event.key !== "scheme") return;
    choose(event.newValue ?? "");
    show(event.newValue ?? "");
  });
}

const worker = document.querySelector("meta[name=service-worker]")?.content;
if (worker && "serviceWorker" in navigator) {
  // Refused in private windows and without https; the site then works as before.
  navigator.serviceWorker.register(worker).catch(() => {});
}
