// "cite" and "correct" open in a dialog over the page that they stand on, instead of a page of their own. The dialog shows
// the very page that the link leads to: its <main>, its styles, its scripts. Whatever fails, the link is followed.

const OPENS = "a.cite, a.correct";

let dialog = null;
let shown = null; // the address of what the dialog shows
let changed = false; // something was written: the page below is out of date

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(OPENS);
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented || link.target || new URL(link.href).origin !== location.origin) return;
  event.preventDefault();
  if (leave()) open(link.href);
});

async function open(url) {
  const answer = await ask(url);
  if (answer === null) location.assign(url);
  else show(answer);
}

// The page at an address, or what a form is answered with; null where there is none to show. What a form is refused with
// (409: somebody else was faster; 422: something is missing) is a page too, with the form as it was typed.
async function ask(url, sent) {
  try {
    const response = await fetch(url, { ...sent, headers: { accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = page.querySelector("main");
    return main && { url: response.url, ok: response.ok, title: page.title, main, page };
  } catch {
    return null;
  }
}

function show(answer) {
  if (dialog === null) make();
  shown = answer.url;
  const body = dialog.querySelector(".dialog-body");
  body.replaceChildren(...answer.main.childNodes);
  dialog.setAttribute("aria-label", answer.title.replace(/ · Onrecord$/, ""));
  dialog.querySelector("a.whole").href = answer.url;
  load(answer.page);
  if (!dialog.open) dialog.showModal(); // the browser keeps the focus inside, and gives it back to the link at the end
  dialog.scrollTop = 0;
  const first = body.querySelector("[role=alert], [role=status], h1");
  if (first) {
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
  document.dispatchEvent(new CustomEvent("onrecord:shown", { detail: body }));
}

function make() {
  dialog = document.createElement("dialog");
  dialog.className = "over";
  const head = document.createElement("div");
  head.className = "dialog-head";
  const whole = document.createElement("a");
  whole.className = "whole";
  whole.textContent = "Open as a page";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => {
    if (leave()) dialog.close();
  });
  head.append(whole, close);
  const body = document.createElement("div");
  body.className = "dialog-body";
  dialog.append(head, body);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !typed()) dialog.close(); // beside it, on the backdrop
  });
  // Escape must not throw away what somebody has typed.
  dialog.addEventListener("cancel", (event) => {
    if (!leave()) event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    dialog.querySelector(".dialog-body").replaceChildren();
    if (changed) location.reload();
  });
  dialog.addEventListener("submit", send);
  document.body.append(dialog);
}

// Whether what the dialog shows may be left: nothing is typed in it, or somebody means to throw it away.
function leave() {
  return !dialog?.open || !typed() || confirm("Close it? What you have typed is not recorded yet.");
}

function typed() {
  // A form that was refused came back with what was typed as its own values.
  if (dialog.querySelector(".dialog-body [role=alert]")) return true;
  const fields = dialog.querySelectorAll("textarea, input:not([type=hidden], [type=radio])");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

async function send(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  const said = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy ?? said;
  const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer === null || !(answer.ok || answer.main.querySelector("form[method=post]"))) {
    button.removeAttribute("aria-disabled");
    button.textContent = said;
    const why = answer?.main.querySelector("p")?.textContent ?? "There was no answer.";
    complain(form, `${why} Nothing is known to be recorded; what you typed is still here.`);
    return;
  }
  changed ||= answer.ok;
  show(answer);
}

function complain(form, words) {
  form.querySelector(".unsent")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice bad unsent";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  form.prepend(notice);
}

// What the whole page would have loaded, and this one has not yet.
function load(page) {
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    const href = sheet.getAttribute("href");
    if (![...document.querySelectorAll("link[rel=stylesheet]")].some((one) => one.getAttribute("href") === href)) {
      document.head.append(document.importNode(sheet));
    }
  }
  for (const script of page.querySelectorAll("script[type=module][src]")) {
    const src = script.getAttribute("src");
    if (new URL(src, location.href).origin === location.origin) import(src).catch(() => {});
  }
}
