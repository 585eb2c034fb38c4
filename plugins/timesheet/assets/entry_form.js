// The form of an entry: from, to and how long it took follow one another. Without this file the server says when they disagree.
"use strict";
(() => {
  const form = document.querySelector("[data-work-form]");
  if (!form) return;
  const { from, to, duration, until_day, day } = form.elements;
  const seconds_of = (clock) => clock.split(":").map(Number).concat(0, 0).slice(0, 3).reduce((sum, part) => sum * 60 + part, 0);
  // What people write most; anything else is left to the server.
  const parse = (text) => {
    const typed = text.replace(/\s/g, "").toLowerCase();
    const clock = /^(\d+):([0-5]\d)$/.exec(typed), words = /^(?:(\d+)h)?(?:([0-5]?\d)(?:min|mn|m)?)?$/.exec(typed);
    if (clock) return clock[1] * 3600 + clock[2] * 60;
    if (!words || (!words[1] && !/m/.test(typed))) return null;
    return (words[1] ?? 0) * 3600 + (words[2] ?? 0) * 60;
  };
  const two = (n) => String(n).padStart(2, "0");
  duration.addEventListener("change", () => {
    const seconds = parse(duration.value);
    if (!seconds || !from.value || seconds >= 86_400) return;
    const end = seconds_of(from.value) + seconds;
    to.value = `${two(Math.floor(end / 3600) % 24)}:${two(Math.floor(end / 60) % 60)}:${two(end % 60)}`;
    if (until_day) until_day.value = "";
    duration.value = "";
    show();
  });
  const total = form.querySelector("[data-work-total]");
  const show = () => {
    if (!from.value || !to.value) return total.replaceChildren();
    const begin = seconds_of(from.value), end = seconds_of(to.value);
    if (until_day?.value && until_day.value !== day.value) return total.replaceChildren();
    const seconds = end > begin ? end - begin : end + 86_400 - begin;
    total.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${seconds % 60 ? `:${two(seconds % 60)}` : ""}`;
  };
  for (const field of [from, to]) field.addEventListener("input", show);
})();
