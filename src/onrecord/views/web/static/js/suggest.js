// Suggestions below a search field (the combobox pattern of WAI-ARIA 1.2). Without scripts the form is a plain one.

const PAGES = { speaker: "/speakers/", story: "/stories/", claim: "/claims/", series: "/series/", document: "/documents/" };
const NAMES = { speaker: "who", story: "story", claim: "claim", series: "figures", document: "article" };
const PAUSE = 120; // ms after the last key: a fast typist asks once a word

document.querySelectorAll("form[data-suggest]").forEach(prepare);

function prepare(form, place) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${place}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const told = document.createElement("span");
  told.className = "hidden";
  told.setAttribute("role", "status");
  form.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);

  let chosen = -1;
  let waiting;
  let asking = new AbortController();

  const options = () => [...list.children];
  const close = () => {
    clearTimeout(waiting);
    asking.abort();
    list.hidden = true;
    list.replaceChildren();
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  };
  const choose = (number) => {
    const all = options();
    chosen = all.length ? (number + all.length + 1) % (all.length + 1) : -1;
    if (chosen === all.length) chosen = -1; // past either end: back in the field
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (rows) => {
    list.replaceChildren(...rows.map((row, at) => optionOf(row, `${list.id}-${at}`)));
    list.hidden = rows.length === 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    told.textContent = rows.length === 1 ? "1 suggestion" : `${rows.length} suggestions`;
    choose(-1);
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?words=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).items);
      else close(); // the form itself still works
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen < 0 ? options().length - 1 : chosen - 1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.page);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // The field keeps the focus while an option is pressed, or its blur would take the list away first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.page);
  });
}

function optionOf(row, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.page = PAGES[row.kind] + encodeURIComponent(row.id);
  const kind = document.createElement("span");
  kind.className = "badge";
  kind.textContent = NAMES[row.kind];
  const text = document.createElement("span");
  text.textContent = row.text;
  option.append(kind, text);
  if (row.detail) {
    const detail = document.createElement("small");
    detail.className = "dim";
    detail.textContent = row.detail.replace(/T\d\d:\S*/, ""); // of a date-time the day
    option.append(detail);
  }
  return option;
}
