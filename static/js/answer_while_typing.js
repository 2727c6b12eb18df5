// Answers a form while somebody types into it: what the server says to <form data-answers="id"> goes into the element
// of that id. Without this script the button of the form does the same. The focus stays where it is; its element of
// role "status" tells in words how many were found. With data-answers-only-while-typing the button sends the form as ever.

const PAUSE = 300; // milliseconds after the last key
const LEAST = 20; // letters: of less nobody can say what it is about

for (const form of document.querySelectorAll("form[data-answers]")) attach(form);

function attach(form) {
  const answers = document.getElementById(form.dataset.answers);
  const status = form.querySelector("[role=status]");
  const text = form.querySelector("textarea[required]") ?? form.querySelector("[required]");
  let pause;
  let asking;

  form.addEventListener("input", () => {
    clearTimeout(pause);
    if (isEnough()) pause = setTimeout(ask, PAUSE);
  });

  // Whatever is wrong is told by the whole page, as without a script.
  form.addEventListener("submit", async (event) => {
    if ("answersOnlyWhileTyping" in form.dataset) return;
    event.preventDefault();
    clearTimeout(pause);
    const outcome = await ask();
    if (outcome === "answered") answers.querySelector("h2").focus();
    if (outcome === "refused" || outcome === "failed") form.submit();
  });

  // Whoever comes back to this page finds the text that the browser kept, and the answers again.
  addEventListener("pageshow", () => {
    if (isEnough() && text.value !== text.defaultValue) ask();
  });

  function isEnough() {
    return text.value.trim().length >= LEAST;
  }

  async function ask() {
    asking?.abort();
    const mine = (asking = new AbortController());
    answers.ariaBusy = "true";
    let outcome = "failed";
    try {
      outcome = await put(mine.signal);
    } catch {
      if (mine.signal.aborted) return "overtaken";
    }
    answers.ariaBusy = null;
    if (outcome === "failed" && status.dataset.failed) show(`<p class="notice" data-said>${status.dataset.failed}</p>`);
    return outcome;
  }

  async function put(signal) {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Requested-With": "fetch" },
      credentials: "omit",
      signal,
    });
    if (!response.ok && response.status !== 422) return "failed";
    show(await response.text());
    return response.ok ? "answered" : "refused";
  }

  function show(html) {
    answers.innerHTML = html;
    status.textContent = [...answers.querySelectorAll("[data-said]")].map((each) => each.textContent.trim()).join(". ");
  }
}
