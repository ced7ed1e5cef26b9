// A form whose answer takes a while says so on its button, and is not sent twice.

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.busy) return;
  if (button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-disabled", "true"); // not `disabled`: the focus would be lost
  button.dataset.said = button.textContent;
  button.textContent = button.dataset.busy;
});

// Coming back to the page with the browser's own button finds it as it was left.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[data-busy][aria-disabled]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.said;
  }
});
