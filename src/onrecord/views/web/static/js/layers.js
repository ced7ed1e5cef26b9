// A document's page: which layers are marked is remembered, what is pointed at in the text is shown beside it and the
// other way round, and j and k go from statement to statement. Without this the page is the same, but for these three.

const REMEMBERED = "onrecord-layers";
const text = document.querySelector(".text");
const side = document.querySelector(".side");
const boxes = [...document.querySelectorAll(".layers input")];
const statements = [...document.querySelectorAll(".records .record")];
let current = -1; // the place among the statements of the one that was shown last

function restore() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    // No storage, or not ours: the layers stand as the page sets them.
  }
  for (const box of boxes) if (typeof kept[box.id] === "boolean") box.checked = kept[box.id];
}

function remember() {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(Object.fromEntries(boxes.map((box) => [box.id, box.checked]))));
  } catch {
    // Storage is full or forbidden: the switch still works on this page.
  }
}

const row = (record) => document.getElementById(`row-${record}`);
const pieces = (record) => text.querySelectorAll(`[data-of~="${CSS.escape(record)}"]`);
const scrolls = () => side.scrollHeight > side.clientHeight && getComputedStyle(side).overflowY === "auto";

function dim() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
}

// The records of a piece stand with the widest first; what the person means is the narrowest whose record is shown.
function meant(piece) {
  return piece.dataset.of.split(" ").reverse().find((record) => row(record)?.offsetParent);
}

function show(record, { follow }) {
  dim();
  for (const piece of pieces(record)) piece.classList.add("lit");
  const shown = row(record);
  if (!shown) return;
  shown.classList.add("lit");
  const place = statements.indexOf(shown.closest(".record"));
  if (place >= 0) current = place;
  if (!follow || !scrolls()) return;
  // scrollIntoView would move the text too; the head of the record's card is to be seen with it.
  const card = shown.closest(".record") ?? shown;
  const below = shown.getBoundingClientRect().bottom - card.getBoundingClientRect().top > side.clientHeight * 0.7;
  side.scrollTop += (below ? shown : card).getBoundingClientRect().top - side.getBoundingClientRect().top - 48;
}

let waiting;
text.addEventListener("pointerover", (event) => {
  const piece = event.target.closest("[data-of]");
  clearTimeout(waiting);
  // A moment's rest, so that the records do not race past while the pointer only crosses the text.
  const record = piece && meant(piece);
  if (record) waiting = setTimeout(() => show(record, { follow: true }), 120);
});
text.addEventListener("pointerleave", () => {
  clearTimeout(waiting);
  dim();
});
side.addEventListener("pointerover", (event) => {
  const line = event.target.closest("[data-of]");
  if (line) show(line.dataset.of, { follow: false });
});
side.addEventListener("pointerleave", dim);

// The statement whose words, or whose record, the address names comes into view beside them.
function target() {
  const named = location.hash.slice(1);
  if (named.startsWith("row-")) show(named.slice(4), { follow: true });
  let piece = named.startsWith("c") ? document.getElementById(named) : null;
  while (piece && !piece.dataset.of) piece = piece.nextElementSibling;
  const record = piece && meant(piece);
  if (record) show(record, { follow: true });
}

function go(step) {
  if (!statements.length) return;
  current = Math.min(Math.max(current + step, 0), statements.length - 1);
  const record = statements[current].dataset.of;
  const first = [...pieces(record)].find((piece) => piece.classList.contains("content"));
  show(record, { follow: true });
  first?.scrollIntoView({ block: "center" });
  statements[current].focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "Escape") dim();
});
side.addEventListener("focusin", (event) => {
  const place = statements.indexOf(event.target.closest(".record"));
  if (place >= 0) current = place;
});

const keys = document.createElement("span");
keys.className = "keys";
keys.innerHTML = "<kbd>j</kbd> next statement, <kbd>k</kbd> the one before";
document.querySelector(".layers").append(keys);

restore();
for (const box of boxes) box.addEventListener("change", remember);
addEventListener("hashchange", target);
target();
