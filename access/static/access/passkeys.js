// Passkeys: a form with data-passkey="create" or "get" asks the browser for a credential and is
// then sent with it in its field "credential". What to ask for stands in the JSON element that
// data-passkey-data names, or is fetched from data-passkey-options. Without this script the forms
// stay hidden, and the password and the authenticator app do the work.

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const known = (list) => (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

async function create({ publicKey }, form) {
  const selection = { ...publicKey.authenticatorSelection };
  if (form.elements.passwordless?.checked) {
    Object.assign(selection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
  }
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: selection,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
  return written(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return written(found, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

async function options(form) {
  const { passkeyData, passkeyOptions } = form.dataset;
  if (passkeyData) return JSON.parse(document.getElementById(passkeyData).textContent);
  const answer = await fetch(passkeyOptions, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
  return (await answer.json()).request_options;
}

const REASONS = {
  NotAllowedError: "Nothing was sent: it was cancelled, or took too long. Try again.",
  InvalidStateError: "This device already has a passkey for your account.",
  SecurityError: "Passkeys need the service's name in the address, such as localhost, and not a number.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const complaint = form.querySelector("[role=alert]");
    const button = form.querySelector("button[type=submit]");
    complaint.hidden = true;
    button.disabled = true;
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      form.elements.credential.value = JSON.stringify(await ask(await options(form), form));
      form.submit();
    } catch (error) {
      complaint.textContent = REASONS[error.name] ?? `That did not work: ${error.message}. Try again.`;
      complaint.hidden = false;
      button.disabled = false;
    }
  });
}
