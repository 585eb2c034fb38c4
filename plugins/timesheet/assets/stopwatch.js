// Stopwatches count on the page. data-elapsed has the seconds that the server counted; the browser's clock only adds those since.
"use strict";
(() => {
  const begun = new WeakMap();
  const two = (n) => String(n).padStart(2, "0");
  const show = () => document.querySelectorAll("[data-elapsed]").forEach((place) => {
    if (!begun.has(place)) begun.set(place, Date.now() - Number(place.dataset.elapsed) * 1000);
    const seconds = Math.max(0, Math.floor((Date.now() - begun.get(place)) / 1000));
    const text = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    if (place.textContent !== text) place.textContent = text;
  });
  show();
  setInterval(show, 1000);
  document.addEventListener("htmx:afterSettle", show);
})();
