// Quicker, not necessary: every page works without this file (plugin-api/ui.md).
"use strict";
(() => {
  const on = (type, selector, handler, options) =>
    document.addEventListener(type, (event) => {
      const element = event.target instanceof Element && event.target.closest(selector);
      if (element) handler(element, event);
    }, options);

  // Choices saved at once
  on("change", "[data-autosubmit]", (control) => {
    // a date changes with each of its parts: it is saved when it is left
    if (control.dataset.autosubmit === "blur" && control === document.activeElement) control.toggleAttribute("data-unsaved", true);
    else control.form.requestSubmit();
  });
  on("focusout", "[data-unsaved]", (control) => control.form.requestSubmit());

  // Rows chosen for an action: all of them at once, and how many
  const boxes_of = (form_id) => [...document.querySelectorAll(`input[name=ids][form="${form_id}"]`)];
  const count_checked = (form_id) => document.querySelectorAll(`[data-checked="${form_id}"]`).forEach((place) => {
    place.textContent = boxes_of(form_id).filter((box) => box.checked).length || "";
  });
  on("change", "[data-check-all]", (all) => {
    boxes_of(all.dataset.checkAll).forEach((box) => { box.checked = all.checked; });
    count_checked(all.dataset.checkAll);
  });
  on("change", "input[name=ids][form]", (box) => count_checked(box.getAttribute("form")));

  // Numbers in the menus are asked for again while somebody is there: a page that is left open keeps nobody logged in
  const badges = document.querySelector("[data-badges]");
  let last_sign = Date.now();
  for (const type of ["pointermove", "pointerdown", "keydown", "scroll"])
    addEventListener(type, () => { last_sign = Date.now(); }, { passive: true });
  setInterval(() => {
    if (document.visibilityState !== "visible" || Date.now() - last_sign > 300_000) return;
    badges?.dispatchEvent(new Event("guichet:badges"));
    document.body.dispatchEvent(new Event("guichet:tick"));
  }, 20_000);

  // Text edited in place
  const show_edit = (input) => {
    input.form.toggleAttribute("data-changed", input.value !== input.defaultValue);
    const text = input.parentElement.querySelector(".inline-edit-text");
    if (text) text.textContent = input.value;
  };
  on("input", ".inline-edit-input", show_edit);
  on("keydown", ".inline-edit-input", (input, event) => {
    if (event.key !== "Escape") return;
    input.value = input.defaultValue;
    show_edit(input);
    input.blur();
  });

  // Rows that are dragged into order; the form named by data-sortable is sent with the ids
  const make_sortable = (within) => within.querySelectorAll("[data-sortable]:not([data-sortable-ready])").forEach((rows) => {
    if (!window.Sortable) return;
    rows.toggleAttribute("data-sortable-ready", true);
    Sortable.create(rows, {
      handle: ".drag-handle", animation: 120, direction: "vertical",
      onUpdate() {
        const form = document.getElementById(rows.dataset.sortable);
        form.elements.order.value = [...rows.children].map((row) => row.dataset.id).join(",");
        form.requestSubmit();
      },
    });
  });
  addEventListener("DOMContentLoaded", () => make_sortable(document));
  document.addEventListener("htmx:afterSettle", ({ detail }) => make_sortable(detail.elt.parentElement ?? document));

  // Questions before a form is sent
  const dialog = document.getElementById("confirm");
  let pending = null;
  const asks = (form, submitter) => [submitter, form].find((element) => element?.dataset.confirm); // a button may ask for itself
  const ask = (form, submitter) => {
    pending = { form, submitter };
    const asked = asks(form, submitter);
    dialog.querySelector(".dialog-body").textContent = asked.dataset.confirm;
    const yes = dialog.querySelector("[value=yes]");
    yes.textContent = asked.dataset.confirmLabel || yes.dataset.label;
    yes.classList.toggle("btn-danger", "confirmDanger" in asked.dataset);
    yes.classList.toggle("btn-primary", !("confirmDanger" in asked.dataset));
    dialog.returnValue = "";
    dialog.showModal();
  };
  dialog?.addEventListener("close", () => {
    if (dialog.returnValue !== "yes" || !pending) return;
    const { form, submitter } = pending;
    pending = null;
    const confirmed = document.createElement("input");
    Object.assign(confirmed, { type: "hidden", name: "confirmed", value: "1" });
    form.append(confirmed);
    form.requestSubmit(submitter);
    confirmed.remove();  // the next action of a form that stays asks again
  });

  // Runs before htmx sees the form
  document.addEventListener("submit", (event) => {
    const form = event.target;
    form.querySelectorAll("[data-unsaved]").forEach((control) => control.removeAttribute("data-unsaved"));
    const stop = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (asks(form, event.submitter) && dialog && !form.querySelector("input[name=confirmed]")) {
      stop();
      ask(form, event.submitter);
    } else if (form.method === "post" && !form.hasAttribute("hx-post")) {
      if (form.ariaBusy === "true") stop();
      form.ariaBusy = "true";
    }
  }, true);
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")));

  // Menus close on Escape, on a click elsewhere and when the focus leaves
  const close_menus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!except || !menu.contains(except)) menu.open = false;
  });
  document.addEventListener("click", (event) => close_menus(event.target));
  document.addEventListener("focusin", (event) => close_menus(event.target));
  on("keydown", "details.menu[open]", (menu, event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // The search everywhere: arrows through what it has found
  const close_search = () => document.querySelectorAll(".search-found").forEach((found) => found.replaceChildren());
  on("keydown", "[data-live-search]", (form, event) => {
    if (event.key === "Escape") {
      close_search();
      return form.querySelector("input").focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [form.querySelector("input"), ...form.querySelectorAll(".search-hit")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops.length === 1 || !stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  });
  for (const type of ["click", "focusin"])
    document.addEventListener(type, ({ target }) => target.closest("[data-live-search]") || close_search());

  // Short messages
  const toasts = document.getElementById("toasts");
  const toast = (kind, message) => {
    for (const old of [...toasts.children]) // the same again, or one of many
      if (old.querySelector(".notice-body").textContent === message || toasts.children.length > 2) old.remove();
    const notice = document.createElement("div");
    notice.className = `notice notice-${kind}`;
    const body = document.createElement("div");
    body.className = "notice-body";
    body.textContent = message;
    const close = document.createElement("button");
    Object.assign(close, { type: "button", className: "notice-close", textContent: "×", ariaLabel: toasts.dataset.close });
    close.addEventListener("click", () => notice.remove());
    notice.append(body, close);
    toasts.append(notice);
    if (kind === "success" || kind === "info") setTimeout(() => notice.remove(), 6000);
  };
  // A header arrives as Latin-1, whatever was sent
  const from_header = (text) => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(text, (c) => {
        if (c > "\u00ff") throw new RangeError();
        return c.charCodeAt(0);
      }));
    } catch {
      return text;
    }
  };
  document.addEventListener("guichet:toast", ({ detail }) => toast(detail.kind || "success", from_header(detail.message)));

  // htmx: the session's token, and answers that are not swapped
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector("meta[name=csrf-token]");
    if (token && detail.verb !== "get") detail.headers["X-CSRF-Token"] = token.content;
    const action = detail.triggeringEvent?.submitter?.getAttribute("formaction");
    if (action) detail.path = action; // htmx forgets the button while a question is asked
  });
  const not_saved = (element, message) => {
    const form = element.closest("form");
    if (form?.querySelector("[data-autosubmit]")) form.reset();
    toast("danger", message);
  };
  // The session has ended: what was typed on the page is there again after logging in
  const typed_here = () => `typed ${location.pathname} ${document.querySelector(".me-name")?.textContent}`;
  const log_in_again = () => {
    const typed = [...document.querySelectorAll("textarea[id]")].filter((text) => text.value !== text.defaultValue);
    if (typed.length) sessionStorage.setItem(typed_here(), JSON.stringify(typed.map((text) => [text.id, text.value])));
    location.reload();
  };
  addEventListener("DOMContentLoaded", () => {
    const typed = sessionStorage.getItem(typed_here());
    if (!typed) return;
    sessionStorage.removeItem(typed_here());
    for (const [id, value] of JSON.parse(typed)) {
      const text = document.getElementById(id);
      if (!text) continue;
      text.value = value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    toast("info", toasts.dataset.restored);
  });
  const is_quiet = (element) => element.hasAttribute("data-quiet"); // what the page also works without
  const problem_of = (xhr) => {
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const text = page.querySelector(".problem-text")?.textContent.trim();
    const reference = xhr.status >= 500 && page.querySelector(".problem-id")?.textContent.trim();
    return reference ? `${text} ${reference}` : text;
  };
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 400 || !problem_of(detail.xhr)) return;
    detail.shouldSwap = false;
    detail.isError = true;
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status === 401) log_in_again();
    else if (detail.xhr.status === 413) not_saved(detail.elt, toasts.dataset.tooLarge);
    else if (!is_quiet(detail.elt)) not_saved(detail.elt, problem_of(detail.xhr) || toasts.dataset.failed);
  });
  for (const type of ["htmx:sendError", "htmx:timeout"])
    document.addEventListener(type, ({ detail }) => is_quiet(detail.elt) || not_saved(detail.elt, toasts.dataset.offline));

  // A page that could not be shown comes back when the service is ready
  const retry = document.querySelector("[data-retry]");
  if (retry) {
    retry.hidden = false;
    const ask_again = async () => {
      const ready = await fetch(retry.dataset.retry).then((answer) => answer.ok, () => false);
      if (ready) location.replace(location.href);
      else setTimeout(ask_again, 3000);
    };
    setTimeout(ask_again, 3000);
  }

  // A form that came back with errors is read from its summary
  const read_errors = () => document.querySelector(".errors")?.focus();
  addEventListener("DOMContentLoaded", read_errors);
  document.addEventListener("htmx:afterSettle", ({ detail }) => detail.target.querySelector?.(".errors") && read_errors());
})();
