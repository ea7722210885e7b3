// The entry form: a file may be dropped anywhere on it, and an upload shows how far it is.
// Without this the file input is a plain one and goes with the form.

const form = document.getElementById("entry");

function fileInput() {
  return document.getElementById("file");
}

form?.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) {
    event.preventDefault();
    form.classList.add("dropping");
  }
});

form?.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) form.classList.remove("dropping");
});

form?.addEventListener("drop", (event) => {
  form.classList.remove("dropping");
  const files = event.dataTransfer?.files;
  if (!files?.length) return;
  event.preventDefault();
  const one = new DataTransfer();
  one.items.add(files[0]);
  fileInput().files = one.files;
  fileInput().dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = document.getElementById("file-progress");
  if (!bar || event.target !== fileInput() || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});

// A browser says nothing when the same file is chosen twice, so what did not arrive is let go of.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target !== fileInput()) return;
    fileInput().value = "";
    document.getElementById("file-progress").hidden = true;
  });
}

// What was kept as a draft need not be asked about when one leaves.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && form?.contains(event.target)) form.dispatchEvent(new Event("saved"));
});
