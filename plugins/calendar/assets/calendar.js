// Events are dragged to another day or hour; the form "Move" of each event does the same.
(() => {
  const form = document.getElementById("cal-drop");
  if (!form) return;
  let dragged;
  const cell = (event) => dragged && event.target.closest("[data-day]");
  const mark = (target) => {
    document.querySelectorAll(".cal-over").forEach((each) => each.classList.remove("cal-over"));
    target?.classList.add("cal-over");
  };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  });
  document.addEventListener("dragover", (event) => {
    const target = cell(event);
    if (!target) return;
    event.preventDefault();
    mark(target);
  });
  document.addEventListener("dragend", () => {
    mark();
    dragged = undefined;
  });
  document.addEventListener("drop", (event) => {
    const target = cell(event);
    if (!target) return;
    event.preventDefault();
    form.action = dragged.dataset.move;
    form.elements.at.value = dragged.dataset.at;
    form.elements.version.value = dragged.dataset.version;
    form.elements.day.value = target.dataset.day;
    form.elements.hour.value = target.dataset.hour ?? "";
    if (target.contains(dragged)) return;
    form.requestSubmit();
  });
})();
