// Buttons that copy the field they stand beside. Without this file the field is selected and copied by hand.
"use strict";
(() => {
  const show = () => document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:load", show);

  const copy = async (field) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
    field.select(); // a page that came without TLS has no other way
    if (!document.execCommand("copy")) throw new Error("not copied");
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element && target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    const status = document.getElementById(`${button.dataset.copy}-copied`);
    status.textContent = ""; // so that the same word is said again
    try {
      await copy(field);
      status.textContent = button.dataset.copied;
    } catch {
      field.select();
      status.textContent = button.dataset.failed;
    }
  });
})();
