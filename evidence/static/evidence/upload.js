// Attaching a file to an item in pieces: it shows how far it is, can pause, and goes on after a cut.
// Without this, or without the library, the form sends the whole file at once.

const PIECE = 8 * 1024 * 1024;
const form = document.getElementById("attach");
const now = document.getElementById("attach-now");
const [bar, said, pause] = ["progress", "[role=status]", "button"].map((each) => now?.querySelector(each));

function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let power = 0;
  for (; bytes >= 1024 && power < 3; power++) bytes /= 1024;
  return `${bytes.toFixed(power ? 1 : 0)} ${units[power]}`;
}

function problem(error) {
  try {
    const told = JSON.parse(error.originalResponse.getBody());
    return told.errors?.map((each) => each.detail).join(" ") || told.detail;
  } catch {
    return "The connection was cut. What has arrived is kept: choose the same file to go on.";
  }
}

function metadata(file) {
  const given = new FormData(form);
  const words = { filename: file.name, role: given.get("role"), acquired_on: given.get("acquired"), reason: given.get("reason") || "a file of the item came in" };
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word));
}

async function send(file) {
  let paused = false;
  const halt = (word) => {
    said.textContent = word;
    pause.textContent = "Go on";
    paused = true;
  };
  const upload = new window.tus.Upload(file, {
    endpoint: form.dataset.uploads,
    chunkSize: PIECE,
    retryDelays: [0, 1000, 3000, 5000, 10000],
    removeFingerprintOnSuccess: true,
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    metadata: metadata(file),
    fingerprint: async () => [form.dataset.uploads, file.name, file.size, file.lastModified].join("|"),
    onProgress(sent, total) {
      bar.value = (100 * sent) / total;
      said.textContent = `${size(sent)} of ${size(total)}`;
    },
    onError: (error) => halt(problem(error)),
    onSuccess() {
      form.dispatchEvent(new Event("saved"));
      // The query makes it another address: a fragment alone would not load the page again.
      location.assign(`${location.pathname}?attached=${Date.now()}#files`);
    },
  });
  pause.onclick = () => {
    if (paused) {
      paused = false;
      pause.textContent = "Pause";
      upload.start();
    } else {
      upload.abort();
      halt("Paused. What has arrived is kept for a week.");
    }
  };
  now.hidden = false;
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
}

form?.addEventListener("submit", (event) => {
  const file = form.elements.file.files[0];
  if (!file || !window.tus?.isSupported) return;
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true;
  send(file);
});
