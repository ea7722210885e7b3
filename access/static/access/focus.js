// Whoever works by keyboard stays where they were: when the part that holds the focus is replaced,
// what came in its place takes it. A button that is there again, by its id, gets it back by htmx.

export function keepFocus(page) {
  let held = false;
  page.addEventListener("htmx:beforeSwap", (event) => {
    const { shouldSwap, target } = event.detail;
    held = shouldSwap && page.activeElement !== page.body && target.contains(page.activeElement);
  });
  page.addEventListener("htmx:afterSettle", (event) => {
    if (!held || page.activeElement !== page.body) return;
    held = false;
    const place = event.target;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  });
}
