// A button that copies, on each `pre` with data-copy; without scripts the words are there to be marked.

const done = new WeakSet();
const scan = () => document.querySelectorAll("pre[data-copy]").forEach(add);
scan();
// A citation that is opened within another page has them too.
new MutationObserver(scan).observe(document.body, { childList: true, subtree: true });

function add(words) {
  if (!navigator.clipboard || done.has(words)) return;
  done.add(words);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy: ${words.dataset.copy}`);
  const told = document.createElement("span");
  told.className = "hidden";
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent);
      button.textContent = "Copied";
      told.textContent = `${words.dataset.copy} copied`;
    } catch (error) {
      button.textContent = "Not copied";
      told.textContent = `Not copied: ${error.message}`;
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  words.before(button, told);
}
