// Draws the charts of a page: every <figure data-chart="address"> holds what is shown without them until its own is drawn.
//
// Vega is loaded where a chart comes near the screen, and evaluates no text (the pages forbid it). Its drawing is kept as a
// still: each mark that leads somewhere becomes a link, of which one can be tabbed to and the arrow keys reach the others.

const NEAR = "300px";
const LEAST = { timeline: 620, map: 480 };
const SVG = "http://www.w3.org/2000/svg";

let drawing;

async function loaded() {
  drawing ??= (async () => {
    await import("../vendor/vega.min.js");
    await import("../vendor/vega-lite.min.js");
    const { expressionInterpreter } = await import("../vendor/vega-interpreter.js");
    return { vega: globalThis.vega, vegaLite: globalThis.vegaLite, expr: expressionInterpreter };
  })();
  return drawing;
}

async function specification(address) {
  const answer = await fetch(`${address}?ground=page`);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** The marks of a drawing that lead somewhere: their element, address and what they say. */
function marks(item, found = []) {
  if (item.href && item._svg) found.push({ element: item._svg, href: item.href, told: item.tooltip, label: item.description });
  for (const child of item.items ?? []) marks(child, found);
  return found;
}

async function draw(figure, spec, width) {
  const { vega, vegaLite, expr } = await loaded();
  const { title, ...bare } = spec; // the page has its own words over the chart and below it
  const legend = { ...bare.config.legend, columns: Math.max(1, Math.floor(width / 165)), labelLimit: Math.min(220, width - 40) };
  const compiled = vegaLite.compile({ ...bare, width, config: { ...bare.config, legend } }).spec;
  const box = document.createElement("div");
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), { renderer: "svg", container: box, expr, hover: false });
  await view.runAsync();
  const drawn = box.querySelector("svg");
  const links = marks(view.scenegraph().root);
  links.forEach(({ element }, place) => element.setAttribute("data-mark", place));
  const still = drawn.cloneNode(true);
  view.finalize();
  still.querySelectorAll("[data-mark]").forEach((element) => linked(element, links[element.dataset.mark]));
  still.querySelectorAll("g.role-mark:empty").forEach((element) => element.remove()); // a mark of which there are none has no name
  steps(still);
  return still;
}

/** The mark inside a link of its own, which says aloud what it shows. */
function linked(element, { href, told, label }) {
  const link = document.createElementNS(SVG, "a");
  link.setAttribute("href", href);
  link.setAttribute("aria-label", label ?? "");
  link.setAttribute("tabindex", "-1");
  link.told = told;
  element.removeAttribute("data-mark");
  for (const name of ["role", "aria-label", "aria-roledescription"]) element.removeAttribute(name);
  element.style.removeProperty("cursor");
  element.replaceWith(link);
  link.append(element);
}

/** One stop for the tab key, from left to right with the arrows. */
function steps(svg) {
  const links = [...svg.querySelectorAll("a")];
  links[0]?.setAttribute("tabindex", "0");
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const ordered = step || event.key === "Home" || event.key === "End" ? inOrder(links) : [];
    const at = ordered.indexOf(document.activeElement);
    if (at < 0) return;
    const next = event.key === "Home" ? 0 : event.key === "End" ? ordered.length - 1 : at + step;
    if (!ordered[next]) return;
    event.preventDefault();
    ordered[at].setAttribute("tabindex", "-1");
    ordered[next].setAttribute("tabindex", "0");
    ordered[next].focus();
  });
}

function inOrder(links) {
  const placed = links.map((link) => ({ link, at: link.getBoundingClientRect() }));
  placed.sort((one, other) => one.at.x - other.at.x || one.at.y - other.at.y);
  return placed.map(({ link }) => link);
}

/** What is pointed at or has the focus, in words beside it; Escape puts it away. */
function tips(figure) {
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the link says the same
  figure.append(tip);
  const show = (event) => {
    const link = event.target.closest?.("a");
    if (!link?.told) return;
    tip.replaceChildren(...lines(link.told));
    tip.hidden = false;
    const mark = link.getBoundingClientRect();
    const room = figure.getBoundingClientRect();
    const left = Math.max(0, Math.min(mark.x - room.x - tip.offsetWidth / 2, room.width - tip.offsetWidth));
    const over = mark.y - room.y - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${over < 0 ? mark.bottom - room.y + 8 : over}px`;
  };
  const hide = () => { tip.hidden = true; };
  for (const kind of ["pointerover", "focusin"]) figure.addEventListener(kind, show);
  for (const kind of ["pointerout", "focusout", "scroll"]) figure.addEventListener(kind, hide, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

function lines(told) {
  const facts = typeof told === "object" ? Object.entries(told) : [["", told]];
  return facts.filter(([, value]) => value !== "" && value !== null).map(([name, value]) => {
    const line = document.createElement("p");
    const what = document.createElement("span");
    what.className = "dim";
    what.textContent = name ? `${name} ` : "";
    line.append(what, String(value));
    return line;
  });
}

async function place(figure) {
  let spec;
  try {
    spec = await specification(figure.dataset.chart);
  } catch (error) {
    console.warn(`This chart could not be drawn: ${error.message}`); // what stands in its place stays
    return;
  }
  const box = document.createElement("div");
  box.className = "chart-box";
  const instead = [...figure.children].filter((child) => child.localName !== "figcaption");
  figure.prepend(box);
  let width = 0;
  let waiting;
  const fit = async () => {
    const now = Math.max(Math.floor(box.clientWidth), LEAST[figure.dataset.kind] ?? 260);
    if (Math.abs(now - width) < 8) return;
    width = now;
    box.replaceChildren(await draw(figure, spec, width));
  };
  await fit();
  // Only now, so that whoever prints meanwhile has what stands instead of it.
  figure.querySelector("figcaption")?.removeAttribute("hidden");
  instead.forEach((child) => { child.hidden = true; });
  tips(figure);
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(fit, 150);
  }).observe(box);
}

const figures = document.querySelectorAll("figure[data-chart]");
const near = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    place(target);
  }
}, { rootMargin: NEAR });
figures.forEach((figure) => near.observe(figure));
