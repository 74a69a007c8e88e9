// On the page for when the connection is away: try again as soon as it is back.
addEventListener("online", () => location.reload());
document.querySelector("[data-reload]")?.addEventListener("click", () => location.reload());
