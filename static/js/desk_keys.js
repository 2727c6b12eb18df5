// Decides by keys: what is marked data-key="p" answers to p, and says so. A link is followed, a button is put under the
// finger (Enter presses it), a summary opens with its prepared words, which then answer to their numbers. Never while
// somebody types, and not at all once switched off. Prepared words are put into their field without loading the page.

const SWITCH = "desk-keys";
const panel = document.querySelector("[data-keys]");
const toggle = panel.querySelector("[data-keys-switch]");
const rows = [...document.querySelectorAll("[data-row]")];

for (const chip of document.querySelectorAll("[data-words]")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    choose(chip);
  });
}
for (const each of document.querySelectorAll("[data-key]")) hint(each);

panel.hidden = false;
toggle.checked = localStorage.getItem(SWITCH) !== "off";
show();
toggle.addEventListener("change", () => {
  localStorage.setItem(SWITCH, toggle.checked ? "on" : "off");
  show();
});

document.addEventListener("keydown", (event) => {
  const isOurs = toggle.checked && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  if (isOurs && answered(event.key.toLowerCase())) event.preventDefault();
});

function answered(key) {
  if (/^[1-9]$/.test(key)) return choose(document.querySelector(`details[open] [data-number="${key}"]`));
  if (rows.length && (key === "j" || key === "k")) return step(key === "j" ? 1 : -1);
  const found = document.querySelector(`[data-key="${key}"]`);
  if (!found) return false;
  if (found.matches("summary")) open(found.parentElement);
  else if (found.matches("a")) found.click();
  else found.focus();
  return true;
}

function step(way) {
  const place = rows.indexOf(document.activeElement);
  const next = place < 0 ? 0 : Math.min(Math.max(place + way, 0), rows.length - 1);
  rows[next].focus();
  return true;
}

function open(details) {
  for (const other of document.querySelectorAll("details.deed[open]")) other.open = other === details;
  details.open = true;
  // Where nothing has to be written the button is next.
  (details.querySelector("[data-words], textarea:required") ?? details.querySelector("[type=submit]")).focus();
}

function choose(chip) {
  if (!chip) return false;
  const form = chip.closest("form");
  form.querySelector("textarea").value = chip.dataset.words;
  form.querySelector("[type=submit]").focus();
  return true;
}

function hint(element) {
  element.setAttribute("aria-keyshortcuts", element.dataset.key);
  const key = document.createElement("kbd");
  key.textContent = element.dataset.key;
  key.ariaHidden = "true";
  element.append(key);
}

function show() {
  document.documentElement.toggleAttribute("data-keys-off", !toggle.checked);
}

function isTyping(element) {
  return element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}
