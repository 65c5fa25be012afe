// A form with data-passkey asks the browser for a passkey (data-passkey="create" or "get") and sends what it says.
// data-begin: where the challenge is fetched; data-field: the hidden input that takes the answer (default "passkey").
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const opened = (options) => {
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    for (const list of [key.excludeCredentials, key.allowCredentials]) for (const one of list || []) one.id = bytes(one.id);
    return { publicKey: key };
  };

  const said = (credential) => {
    const found = { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {} };
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) found.response[name] = text(credential.response[name]);
    }
    found.clientExtensionResults = credential.getClientExtensionResults();
    return JSON.stringify(found);
  };

  const ask = async (form) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content || "";
    const reply = await fetch(form.dataset.begin, { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    if (!reply.ok) throw new Error(`begin: ${reply.status}`);
    const credential = await navigator.credentials[form.dataset.passkey](opened(await reply.json()));
    form.elements[form.dataset.field || "passkey"].value = said(credential);
    HTMLFormElement.prototype.submit.call(form);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    if (error) error.hidden = true;
    ask(form).catch(() => {
      if (error) error.hidden = false;
    });
  });
})();
