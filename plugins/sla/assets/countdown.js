// Deadlines count down on the page: working time that the server computed, less what has passed since, while the calendar is open.
"use strict";
(() => {
  const begun = new WeakMap();
  const fill = (text, ...values) => text.replace(/%(\d)/g, (_, n) => values[n - 1]);
  const words = (seconds, data) => {
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? fill(data.slaMinutes, minutes) : fill(data.slaHours, Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0"));
  };
  const show = () => document.querySelectorAll("[data-sla-left]").forEach((place) => {
    const data = place.dataset;
    if (!begun.has(place)) return begun.set(place, Date.now());  // as the server has written it
    const left = Number(data.slaLeft) - Math.min(Number(data.slaOpen), (Date.now() - begun.get(place)) / 1000);
    const text = left >= 0 ? fill(data.slaText, words(left, data)) : left > -60 ? data.slaNow : fill(data.slaLate, words(-left, data));
    if (left < 0) place.className = place.className.replace(/bg-(green|orange)-lt/, "bg-red-lt");
    if (place.textContent !== text) place.textContent = text;
  });
  show();
  setInterval(show, 15000);
  document.addEventListener("htmx:afterSettle", show);
})();
