// Buttons that copy the text of another element: <button data-copy="its id" hidden>Copy</button>.
// Without a clipboard (plain http, old browsers) they stay hidden and the text is selected by hand.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not copied: select the text";
      }
      setTimeout(() => { button.textContent = label; }, 3000);
    });
  }
}
