// Puts a citation where the writer's cursor stands. Without this script one types the short id.
(() => {
  const field = document.querySelector("#write textarea[name=text]");
  if (!field) return;
  for (const button of document.querySelectorAll("[data-cite]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const start = field.selectionStart;
      const before = field.value.slice(0, start);
      const words = (/\S$/.test(before) ? " " : "") + button.dataset.cite;
      field.setRangeText(words, start, field.selectionEnd, "end");
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
})();
