// Parts of a page that change in place (htmx): what takes more than a second says so, and what
// fails says so, in the page and to a screen reader.

const SLOW = 1000; // milliseconds until a request is said to be under way

export function tellOfRequests(page) {
  const bar = element(page, "div", "progress");
  const said = element(page, "p", "busy-said");
  said.setAttribute("role", "status");
  said.hidden = true;
  said.textContent = "Working…";
  const failures = element(page, "div", "failures");
  failures.setAttribute("role", "alert");
  page.body.append(bar, said, failures);

  const waiting = new Map();
  const settle = (xhr) => {
    clearTimeout(waiting.get(xhr));
    waiting.delete(xhr);
    if (!waiting.size) {
      bar.classList.remove("busy");
      said.hidden = true;
    }
  };
  page.addEventListener("htmx:beforeSend", (event) => {
    const show = () => {
      bar.classList.add("busy");
      said.hidden = false;
    };
    waiting.set(event.detail.xhr, setTimeout(show, SLOW));
    failures.replaceChildren();
  });
  page.addEventListener("htmx:afterRequest", (event) => settle(event.detail.xhr));

  const fail = (words) => failures.replaceChildren(alert(page, failures, words));
  page.addEventListener("htmx:responseError", (event) => fail(reason(event.detail.xhr.status)));
  page.addEventListener("htmx:sendError", () => fail("The service could not be reached."));
  page.addEventListener("htmx:timeout", () => fail("The service took too long to answer."));
  page.addEventListener("htmx:beforeSwap", (event) => {
    // The answer to a person who is no longer signed in is the login page: not to be put in here.
    const address = new URL(event.detail.xhr.responseURL || page.URL);
    if (address.pathname.startsWith("/accounts/login")) {
      event.detail.shouldSwap = false;
      fail("You are no longer signed in. Sign in again in another window, then repeat this.");
    }
  });
}

function reason(status) {
  if (status === 403) return "You may not do this.";
  if (status === 404) return "This is no longer here, or you may no longer see it.";
  if (status === 429) return "That was too often. Wait a minute.";
  return "The service failed. Try again; if it fails again, tell an administrator when it was.";
}

function alert(page, place, words) {
  const box = element(page, "div", "alert alert-error");
  const title = element(page, "p", "alert-title");
  title.textContent = "Not done, and nothing was lost";
  const text = page.createElement("p");
  text.textContent = `${words} What you typed is still on this page.`;
  const close = element(page, "button", "usa-button usa-button--outline usa-button--small");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => place.replaceChildren());
  box.append(title, text, close);
  return box;
}

function element(page, tag, name) {
  const made = page.createElement(tag);
  made.className = name;
  return made;
}
