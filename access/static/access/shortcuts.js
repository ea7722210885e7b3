// Keys that act on what the page offers: any link, button or field with data-shortcut="g c" or "n";
// "mod+enter" is Ctrl or ⌘ with Enter, and acts while one types too.
// The help dialog is written from the same attributes, so it cannot tell of a key that does nothing.

const PATIENCE = 1500; // milliseconds between the keys of a sequence
const OFF = "casemgr.shortcuts.off";
const CAPS = { mod: /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl", enter: "Enter" };

export function listenForShortcuts(page) {
  let typed = "";
  let last = 0;
  for (const opener of page.querySelectorAll('[data-opens="help"]')) {
    opener.hidden = false;
    opener.addEventListener("click", () => showHelp(page));
  }
  page.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendOff(page, event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length !== 1 || isTyping(event.target) || page.querySelector("dialog[open]")) return;
    const now = Date.now();
    typed = now - last > PATIENCE ? event.key : `${typed} ${event.key}`;
    last = now;
    if (isOff() && event.key !== "?") return;
    const offered = targets(page);
    const hit = offered.get(typed) ?? offered.get(event.key);
    if (hit) {
      typed = "";
      event.preventDefault();
      follow(hit);
    }
  });
}

function sendOff(page, event) {
  const hit = targets(page).get("mod+enter");
  if (!hit || event.defaultPrevented || page.querySelector("dialog[open]")) return;
  event.preventDefault();
  follow(hit);
}

function targets(page) {
  const found = new Map();
  for (const element of page.querySelectorAll("[data-shortcut]")) {
    // The page's own offer comes after the frame's in the document and wins.
    if (!element.disabled) found.set(element.dataset.shortcut, element);
  }
  return found;
}

function follow(element) {
  if (element.matches("input:not([type=submit], [type=button]), textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function isTyping(element) {
  return element.isContentEditable || Boolean(element.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select"));
}

// Whoever dictates or presses keys by accident can turn single keys off; help stays reachable.
function isOff() {
  return localStorage.getItem(OFF) === "1";
}

function showHelp(page) {
  const dialog = page.getElementById("help") ?? page.body.appendChild(madeHelp(page));
  const rows = [...targets(page)].map(([keys, element]) => row(page, keys, label(element)));
  dialog.querySelector("tbody").replaceChildren(...rows);
  dialog.showModal();
}

function label(element) {
  const words = element.dataset.shortcutLabel || element.getAttribute("aria-label") || element.textContent;
  return words.trim().replace(/\s+/g, " ");
}

function row(page, keys, words) {
  const line = page.createElement("tr");
  const name = page.createElement("th");
  name.scope = "row";
  keys.split(" ").forEach((key, place) => {
    if (place) name.append(" then ");
    key.split("+").forEach((part, within) => {
      if (within) name.append(" + ");
      const cap = page.createElement("kbd");
      cap.textContent = CAPS[part] ?? part;
      name.append(cap);
    });
  });
  const what = page.createElement("td");
  what.textContent = words;
  line.append(name, what);
  return line;
}

function madeHelp(page) {
  const dialog = page.createElement("dialog");
  dialog.id = "help";
  dialog.setAttribute("aria-labelledby", "help-title");
  dialog.innerHTML = `
    <h2 id="help-title">Keys on this page</h2>
    <table><thead><tr><th scope="col">Keys</th><th scope="col">What they do</th></tr></thead><tbody></tbody></table>
    <p class="usa-checkbox"><input class="usa-checkbox__input" type="checkbox" id="help-on">
      <label class="usa-checkbox__label" for="help-on">Single keys act on pages</label></p>
    <form method="dialog" class="actions"><button class="usa-button">Close</button></form>`;
  const on = dialog.querySelector("#help-on");
  on.checked = !isOff();
  on.addEventListener("change", () => localStorage.setItem(OFF, on.checked ? "0" : "1"));
  return dialog;
}
