// A form whose answer takes a while says so on its button, and is not sent twice.

for (const button of document.querySelectorAll("button[data-busy]")) {
  const said = button.textContent;
  button.form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true"); // not `disabled`: the focus would be lost
    button.textContent = button.dataset.busy;
  });
  // Coming back to the page with the browser's own button finds it as it was left.
  window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = said;
  });
}
