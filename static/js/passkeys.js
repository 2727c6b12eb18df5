// Makes and shows passkeys. <form data-passkey="get"> shows one, "create" makes one: what the server wants to know of it
// stands in data-options, or is asked at data-options-at when the button is pressed. The answer goes into the form's
// field “credential”, and the form is sent. Where the browser knows no passkeys the form stays hidden.

const knows = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

if (knows) {
  for (const form of document.querySelectorAll("form[data-passkey]")) attach(form);
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
}

function attach(form) {
  const status = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await ask(form.dataset.passkey, await options(form)));
      form.submit();
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const response = await fetch(form.dataset.optionsAt);
  return (await response.json()).publicKey;
}

function ask(deed, publicKey) {
  if (deed === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}
