// Keys, the modes of the chosen type, and words taken from the text. The pages work without it, but for modes of another type.
"use strict";

let selected = "";

document.addEventListener("selectionchange", () => {
  const found = document.getSelection();
  const inside = found.anchorNode && found.anchorNode.parentElement && found.anchorNode.parentElement.closest(".words");
  if (inside && found.toString().trim()) selected = found.toString().trim();
});

const open = (id) => {
  const details = document.getElementById(id);
  details.open = true;
  details.querySelector("select, input:not([type=hidden])").focus();
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open], [data-take]");
  if (!button) return;
  if (button.dataset.open) open(button.dataset.open);
  else if (selected) document.getElementById(button.dataset.take).value = selected;
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-types]")) return;
  for (const group of event.target.form.querySelectorAll("[data-event]")) {
    group.hidden = group.dataset.event !== event.target.value;
    if (group.hidden) for (const box of group.querySelectorAll("input")) box.checked = false;
  }
});

// A key is one letter, and does nothing while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, select, textarea")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
