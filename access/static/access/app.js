// What pages do beyond links and forms. Everything here is a convenience: without it, and without
// JavaScript at all, every page still works.

import { keepFocus } from "./focus.js";
import { listenForShortcuts } from "./shortcuts.js";
import { tellOfRequests } from "./requests.js";
import { warnOfUnsaved } from "./unsaved.js";

listenForShortcuts(document);
tellOfRequests(document);
keepFocus(document);
warnOfUnsaved(document, window);

// The account menu closes like a menu: on Escape, and when one turns to something else.
for (const menu of document.querySelectorAll("details.account")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
