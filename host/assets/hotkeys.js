// Keyboard shortcuts (plugin-api/ui.md): data-hotkey="t" or "g l" on a button, a link or a control. Never while typing,
// and none at all for who has switched them off (WCAG 2.1.4).
"use strict";
(() => {
  const dialog = document.getElementById("hotkeys");
  if (!dialog) return;
  const kOff = "guichet.hotkeys";
  const is_off = () => localStorage.getItem(kOff) === "off";
  const is_typing = (element) => element.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])");
  const is_shown = (element) => element.checkVisibility?.() ?? element.offsetParent;
  const all = () => [...document.querySelectorAll("[data-hotkey]:not(:disabled)")].filter(is_shown);

  const use = (element) => {
    const then = document.getElementById(element.dataset.hotkeyThen);
    if (then) {
      element.click();
      return then.focus();
    }
    if (!element.matches("input:not([type=checkbox], [type=radio], [type=submit]), select, textarea")) return element.click();
    element.focus();
    element.select?.();
  };

  // j and k go through the rows of a list
  const rows = () => [...document.querySelectorAll(".row-link")].filter(is_shown);
  const go = (steps) => {
    const links = rows();
    const next = links[Math.max(0, links.indexOf(document.activeElement) + steps)];
    next?.focus();
  };

  const name_of = (element) => {
    const words = element.dataset.hotkeyLabel || element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent || element.title;
    return words.replaceAll(/\s+/g, " ").trim();
  };
  const show_help = () => {
    const list = dialog.querySelector("dl");
    const known = new Map(all().map((element) => [element.dataset.hotkey, name_of(element)]));
    if (rows().length) known.set("j", dialog.dataset.next).set("k", dialog.dataset.previous);
    known.set("?", dialog.dataset.help);
    list.replaceChildren(...[...known].flatMap(([keys, label]) => {
      const term = document.createElement("dt"), words = document.createElement("dd");
      term.append(...keys.split(" ").map((key) => Object.assign(document.createElement("kbd"), { textContent: key })));
      words.textContent = label;
      return [term, words];
    }));
    dialog.querySelector("#hotkeys-on").checked = !is_off();
    dialog.showModal();
  };
  dialog.querySelector("#hotkeys-on").addEventListener("change", ({ target }) => {
    if (target.checked) localStorage.removeItem(kOff);
    else localStorage.setItem(kOff, "off");
    tell_keys();
  });
  document.querySelectorAll("[data-opens=hotkeys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", show_help);
  });

  let before = "", forget; // the first key of two
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || is_off()) return;
    if (is_typing(event.target) || document.querySelector("dialog[open]")) return;
    const keys = before ? `${before} ${event.key}` : event.key;
    clearTimeout(forget);
    before = "";
    if (keys === "?") show_help();
    else if (keys === "j" || keys === "k") go(keys === "j" ? 1 : -1);
    else {
      const found = all();
      const element = found.find((one) => one.dataset.hotkey === keys);
      if (!element && found.some((one) => one.dataset.hotkey.startsWith(`${keys} `))) {
        before = keys;
        forget = setTimeout(() => { before = ""; }, 1500);
      }
      if (!element) return;
      use(element);
    }
    event.preventDefault();
  });

  // Screen readers say the keys
  const tell_keys = () => document.querySelectorAll("[data-hotkey]").forEach((element) => {
    if (is_off()) element.removeAttribute("aria-keyshortcuts");
    else element.setAttribute("aria-keyshortcuts", element.dataset.hotkey);
  });
  addEventListener("DOMContentLoaded", tell_keys);
  document.addEventListener("htmx:afterSettle", tell_keys);
})();
