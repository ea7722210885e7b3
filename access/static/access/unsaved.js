// A form with data-warn-unsaved asks before one leaves it with something typed and not saved.
// Whoever saves a form in another way (autosave) tells it so: form.dispatchEvent(new Event("saved")).

export function warnOfUnsaved(page, window) {
  const unsaved = new Set();
  const formOf = (event) => event.target.closest?.("form[data-warn-unsaved]");
  page.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) unsaved.add(form);
  });
  const clear = (event) => unsaved.delete(formOf(event));
  page.addEventListener("submit", clear);
  page.addEventListener("saved", clear, true);
  page.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) clear(event);
    else if (formOf(event)) unsaved.add(formOf(event));
  });
  window.addEventListener("beforeunload", (event) => {
    const here = [...unsaved].some((form) => form.isConnected);
    if (here) event.preventDefault();
  });
}
