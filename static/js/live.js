/* Live updates: hears which region changed and lets htmx read it again from its own address. Content never comes by stream.

   <p id="status" role="status"></p>                                  once per page, polite
   <div id="live" hidden data-stream="/stream/{{ workshop.public_id }}/" data-regions="job analysis"
        data-paused="{% translate 'Live updates paused. …' %}" data-again="{% translate 'Live again.' %}"></div>
   <section id="job" hx-get="…" hx-swap="outerMorph"
            hx-trigger="job from:body, everything from:body, quiet from:body">…</section>

   `everything` comes when nobody knows what was missed; `quiet` every 15 s while nothing can be heard.

   The browser's EventSource, not htmx's hx-sse: that one puts a refused stream's text on the page, asks on for ever
   where access was lost, ignores a lone `retry:`, and does not notice a connection that died in silence. */

const SILENCE = 30_000, PATIENCE = 8_000, POLL = 15_000, SPREAD = 800;
const place = document.getElementById("live");
const line = document.getElementById("status");
const planned = new Set();
let source, heardAt, openedAt, polledAt = 0, redisAway = false, fine = true;

/* All pages hear of a change at the same moment; this spreads their questions. */
function tell(name) {
  if (planned.has(name)) return;
  planned.add(name);
  setTimeout(() => {
    planned.delete(name);
    document.body.dispatchEvent(new CustomEvent(name));
  }, Math.random() * SPREAD);
}

function open() {
  source?.close();
  source = new EventSource(place.dataset.stream);
  openedAt = Date.now();
  const on = (name, act) => source.addEventListener(name, () => { heardAt = Date.now(); act?.(); });
  for (const name of [...place.dataset.regions.split(" "), "everything"]) on(name, () => tell(name));
  on("open", () => { redisAway = false; });
  on("everything", () => { redisAway = false; });
  on("paused", () => { redisAway = true; });
  on("alive");
}

function say(isFine) {
  if (isFine === fine) return;
  fine = isFine;
  if (line) line.textContent = isFine ? place.dataset.again : place.dataset.paused;
}

function look() {
  if (document.hidden) return;
  const now = Date.now(), isOpen = source.readyState === EventSource.OPEN;
  const isSilent = now - heardAt > (isOpen ? SILENCE : PATIENCE);
  say(!redisAway && !isSilent);
  if (!fine && now - polledAt > POLL) {
    polledAt = now;
    tell("quiet");
  }
  /* A refused stream is not tried again by the browser, a dead one not noticed. One that waits to reconnect is left alone. */
  const isLost = source.readyState === EventSource.CLOSED || (isOpen && isSilent);
  if (isLost && now - openedAt > POLL) open();
}

/* A hidden tab gives its connection to the others; a browser has few per site. */
function follow() {
  heardAt = Date.now();
  if (document.hidden) source?.close();
  else open();
}

if (place) {
  follow();
  document.addEventListener("visibilitychange", follow);
  setInterval(look, 2_000);
}
