// Looks for words in the index of a static site, as they are typed: each must begin a word of an entry, in any case, with
// or without accents. Entries that begin with the first word come first, else they stay in the order of the index.

(() => {
  const MOST = 100;
  const box = document.getElementById("words");
  const hits = document.getElementById("hits");
  const told = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = globalThis.onrecordIndex.map(([kind, words, beside, file]) => ({ kind, words, beside, file, key: ` ${plain(words).replace(/[^\p{L}\p{N}]+/gu, " ")}` }));

  function look() {
    const wanted = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const found = wanted.length ? entries.filter(({ key }) => wanted.every((word) => key.includes(` ${word}`))) : [];
    const first = found.filter(({ key }) => key.startsWith(` ${wanted[0]}`));
    const ordered = [...first, ...found.filter((entry) => !first.includes(entry))].slice(0, MOST);
    hits.replaceChildren(...ordered.map(line));
    told.textContent = !wanted.length ? "" : found.length > MOST ? `${MOST} of ${found.length}` : `${found.length} found`;
    history.replaceState(null, "", wanted.length ? `#${encodeURIComponent(box.value)}` : "#");
  }

  function line({ kind, words, beside, file }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = file;
    link.textContent = words;
    const facts = document.createElement("span");
    facts.className = "dim";
    facts.textContent = ` ${kind}${beside ? `, ${beside}` : ""}`;
    item.append(link, facts);
    return item;
  }

  box.value = decodeURIComponent(location.hash.slice(1));
  box.addEventListener("input", look);
  if (box.value) look();
  box.focus();
})();
