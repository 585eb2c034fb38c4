// Charts beside tables (plugin-api/ui.md): a table with data-chart is drawn from its rows. Without this file, and for screen readers,
// the table is all there is.
"use strict";
(() => {
  const slices_of = (table) => [...table.tBodies[0].rows]
    .map((row) => ({ label: row.cells[0].textContent.trim(), value: Number(row.dataset.value), href: row.querySelector("a")?.href,
                     color: getComputedStyle(row.querySelector("[data-chart-color]")).backgroundColor }))
    .filter((slice) => slice.value > 0);

  const draw = (table) => {
    const slices = slices_of(table);
    if (!slices.length) return;
    const frame = document.createElement("div");
    const canvas = document.createElement("canvas");
    frame.className = "chart";
    canvas.setAttribute("aria-hidden", "true");
    frame.append(canvas);
    table.before(frame);
    const chart = new Chart(canvas, {
      type: table.dataset.chart,
      data: {
        labels: slices.map((slice) => slice.label),
        datasets: [{ data: slices.map((slice) => slice.value), backgroundColor: slices.map((slice) => slice.color),
                     borderColor: getComputedStyle(table.closest(".card") ?? document.body).backgroundColor }],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        plugins: { legend: { display: false } },
        onHover: (event, [slice]) => { canvas.style.cursor = slice && slices[slice.index].href ? "pointer" : ""; },
        onClick: (event, [slice]) => { if (slice && slices[slice.index].href) location.href = slices[slice.index].href; },
      },
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      chart.data.datasets[0].backgroundColor = slices_of(table).map((slice) => slice.color);
      chart.data.datasets[0].borderColor = getComputedStyle(table.closest(".card") ?? document.body).backgroundColor;
      chart.update();
    });
  };

  const draw_all = (within) => within.querySelectorAll("table[data-chart]:not([data-chart-drawn])").forEach((table) => {
    table.toggleAttribute("data-chart-drawn", true);
    draw(table);
  });
  addEventListener("DOMContentLoaded", () => draw_all(document));
  document.addEventListener("htmx:afterSettle", ({ detail }) => draw_all(detail.elt.parentElement ?? document));
})();
