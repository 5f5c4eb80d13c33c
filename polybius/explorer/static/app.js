// What every page does beyond links and forms. Pages work without it.
"use strict";

// The token that every write must carry, for requests made by scripts.
window.polybius = {
  token: () => document.querySelector('meta[name="csrf-token"]').content,
};

// Empty fields of a form that filters do not go into the address.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
// After going back the page is shown as it was left: with those fields disabled.
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
});
