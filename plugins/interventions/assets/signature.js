// The customer draws his signature with a finger, a pen or the mouse; the form sends it as a PNG. Without a drawing, or
// without this script, the typed name is the signature.
"use strict";

for (const form of document.querySelectorAll("form[data-signature]")) {
  const pad = form.querySelector("[data-signature-pad]");
  const canvas = pad.querySelector("canvas");
  const file = form.querySelector("input[name=signature]");
  const ink = canvas.getContext("2d");
  let drawn = false;
  let drawing = null;

  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };

  pad.hidden = false;
  clear();
  ink.lineWidth = 4;
  ink.lineCap = ink.lineJoin = "round";
  ink.strokeStyle = "#1a2233";

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button > 0) return;
    drawing = event.pointerId;
    canvas.setPointerCapture(drawing);
    ink.beginPath();
    ink.moveTo(...place(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) ink.lineTo(...place(step));
    ink.stroke();
    drawn = true;
  });
  const lift = (event) => {
    if (event.pointerId === drawing) drawing = null;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  form.querySelector("[data-signature-clear]").addEventListener("click", clear);

  // at once, so that the form is sent as any other
  form.addEventListener("submit", () => {
    const files = new DataTransfer();
    if (drawn) {
      const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), (c) => c.charCodeAt(0));
      files.items.add(new File([bytes], "signature.png", { type: "image/png" }));
    }
    file.files = files.files;
  });
}
