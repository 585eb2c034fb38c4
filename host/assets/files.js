// Files of a form: several at once, dropped, pasted or chosen, each with its name, size and progress (plugin-api/ui.md, Files).
// Without this file the control works as browsers have it.
"use strict";
(() => {
  const chosen = new Map(); // id of the control -> its files; a form that comes back with errors gets them again
  const control_of = (element) => element.closest("[data-files-drop]")?.querySelector("input[data-files]");
  const list_of = (control) => document.getElementById(control.dataset.files);
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const shown_size = (bytes) => (bytes < 1e6 ? `${size.format(Math.ceil(bytes / 1e3))} ${document.documentElement.lang === "fr" ? "ko" : "kB"}`
    : `${size.format(bytes / 1e6)} ${document.documentElement.lang === "fr" ? "Mo" : "MB"}`);

  const say = (control, message) => {
    const place = list_of(control).previousElementSibling;
    place.textContent = message;
    place.hidden = !message;
  };
  const row = (control, file, index) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const remove = document.createElement("button");
    const bar = document.createElement("progress");
    item.className = "file-row";
    name.className = "file-name";
    name.textContent = `${file.name} (${shown_size(file.size)})`;
    Object.assign(bar, { max: 1, value: 0, hidden: true, ariaLabel: file.name });
    Object.assign(remove, { type: "button", className: "btn btn-sm btn-icon btn-ghost", textContent: "×", ariaLabel: control.dataset.remove.replace("%1", file.name) });
    remove.addEventListener("click", () => {
      put(control, [...control.files].filter((_, i) => i !== index));
      control.focus();
    });
    item.append(name, bar, remove);
    return item;
  };
  // What is too large or too many stays out, and is said.
  const put = (control, files) => {
    const most = Number(control.dataset.mostFiles), most_bytes = Number(control.dataset.mostBytes);
    const kept = new DataTransfer();
    let bytes = 0, problem = "";
    for (const file of files) {
      if (kept.files.length >= most) problem = control.dataset.tooMany;
      else if (bytes + file.size > most_bytes) problem = control.dataset.tooLarge.replace("%1", file.name);
      else {
        kept.items.add(file);
        bytes += file.size;
      }
    }
    control.files = kept.files;
    chosen.set(control.id, [...kept.files]);
    list_of(control).replaceChildren(...[...kept.files].map((file, index) => row(control, file, index)));
    say(control, problem);
  };
  const add = (control, files) => put(control, [...(chosen.get(control.id) ?? []), ...files]);

  document.addEventListener("change", ({ target }) => {
    if (target.matches("input[data-files]")) add(target, target.files);
  });
  const dragged = (event) => [...event.dataTransfer.types].includes("Files") && event.target instanceof Element && control_of(event.target);
  for (const type of ["dragenter", "dragover", "dragleave", "drop"])
    document.addEventListener(type, (event) => {
      const control = dragged(event);
      if (!control) return;
      event.preventDefault();
      control.closest("[data-files-drop]").toggleAttribute("data-dragged", type === "dragenter" || type === "dragover");
      if (type === "drop") add(control, event.dataTransfer.files);
    });
  // An image of the clipboard has no name worth keeping.
  const named = (file) => (file.name === "image.png" ? new File([file], `image-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, "-")}.png`, { type: file.type }) : file);
  document.addEventListener("paste", (event) => {
    const control = event.target instanceof Element && control_of(event.target);
    if (!control || !event.clipboardData.files.length) return;
    event.preventDefault();
    add(control, [...event.clipboardData.files].map(named));
  });

  // The files of a form are sent one after the other: how far each one is follows from how far all of it is
  const control_in = (element) => element instanceof Element && element.querySelector("input[data-files]");
  const bytes_of = (control) => [...control.files].reduce((sum, file) => sum + file.size, 0);
  const show_progress = (control, loaded) => {
    [...list_of(control).children].forEach((item, index) => {
      const before = [...control.files].slice(0, index).reduce((sum, file) => sum + file.size, 0);
      const bar = item.querySelector("progress");
      bar.hidden = false;
      bar.value = Math.min(1, Math.max(0, (loaded - before) / (control.files[index].size || 1)));
    });
  };
  const sending = (form, control, on) => {
    form.querySelectorAll("[data-files-cancel]").forEach((button) => { button.hidden = !on || !control.files.length; });
    list_of(control).querySelectorAll("button").forEach((button) => { button.hidden = on; });
  };
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const control = control_in(detail.elt);
    if (control) sending(detail.elt, control, true);
  });
  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    const control = control_in(target);
    if (control && detail.lengthComputable && detail.total >= bytes_of(control)) show_progress(control, detail.loaded);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-files-cancel]");
    if (button) htmx.trigger(button.form, "htmx:abort");
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const control = control_in(detail.requestConfig.elt); // which may have left the page
    if (!control) return;
    const sent = detail.xhr.status >= 200 && detail.xhr.status < 400; // a form with errors is a success to htmx
    if (sent) chosen.delete(control.id);
    sending(detail.requestConfig.elt, control, false);
    if (!sent && control.isConnected) put(control, chosen.get(control.id) ?? []);
  });
  // The form is on the page again, without its files
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("input[data-files]").forEach((control) => {
    if (chosen.get(control.id)?.length && !control.files.length) put(control, chosen.get(control.id));
  }));
})();
