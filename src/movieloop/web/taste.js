// Your taste as bars: how far you have gone along each direction people have a word for.
import {h, put} from "./dom.js";
import {hue, state, watch} from "./state.js";
import {nameOf, say} from "./words.js";

const LEAST = 1; // standard deviations at the end of a bar, at least
const SHOWN = {genre: 7, era: 2, mainstream: 1};
const SURE = 0.3; // directions that hardly tell their films from others are not shown

/** @param {HTMLElement} place */
export function tasteSection(place) {
  const bars = h("ul", {class: "bars"});
  put(place, h("header", {}, h("h2", {}, say("tasteTitle"))), h("p", {class: "small"}, say("tasteText")), bars);
  watch(["taste", "genres"], () => draw(bars));
  watch(["ghost"], () => ghost(bars));
}

let reach = LEAST;
const share = (/** @type {number} */ value) => Math.min(Math.max(value / reach, -1), 1) * 48;

/** @param {HTMLElement} bars */
function draw(bars) {
  const sure = state.taste.filter((direction) => direction.sure >= SURE);
  const strongest = Object.entries(SHOWN).flatMap(([kind, many]) =>
    sure
      .filter((direction) => direction.kind === kind)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, many),
  );
  const wanted = strongest.sort((a, b) => b.value - a.value);
  reach = Math.max(LEAST, ...wanted.map((direction) => 1.1 * Math.abs(direction.value)));
  const old = new Map(
    [...bars.children].map((bar) => [/** @type {HTMLElement} */ (bar).dataset.name, /** @type {HTMLElement} */ (bar)]),
  );
  put(
    bars,
    ...wanted.map((direction) => {
      const bar =
        old.get(direction.name) ??
        h(
          "li",
          {class: "bar", "data-name": direction.name, style: {"--hue": hue(direction.name)}},
          h("span", {}),
          h("span", {class: "track"}, h("span", {class: "fill"})),
        );
      bar.children[0].textContent = nameOf(direction.name);
      bar.title = `${direction.value.toFixed(2)} σ · ${Math.round(100 * direction.sure)} %`;
      fill(/** @type {HTMLElement} */ (bar.querySelector(".fill")), direction.value);
      memory(bar, direction.fast);
      return bar;
    }),
  );
}

/** @param {HTMLElement} element @param {number} value */
function fill(element, value) {
  const wide = share(value);
  element.style.left = `${50 + Math.min(wide, 0)}%`;
  element.style.width = `${Math.abs(wide)}%`;
}

/** Where a fast memory has its own opinion, it is a thin bar inside. @param {HTMLElement} bar @param {number|null} fast */
function memory(bar, fast) {
  bar.querySelector(".fast")?.remove();
  if (fast === null || fast === undefined) return;
  const thin = h("span", {class: "fill fast"});
  fill(thin, fast);
  bar.querySelector(".track")?.append(thin);
}

/** Hollow targets: where the bars would go. @param {HTMLElement} bars */
function ghost(bars) {
  for (const target of bars.querySelectorAll(".target")) target.remove();
  if (!state.ghost) return;
  const moves = new Map(state.ghost.change.taste.map((/** @type {any} */ move) => [move.name, move.after]));
  for (const bar of /** @type {HTMLElement[]} */ ([...bars.children])) {
    const to = moves.get(bar.dataset.name);
    if (to === undefined) continue;
    const target = h("span", {class: "target"});
    target.style.left = `${50 + share(to)}%`;
    bar.querySelector(".track")?.append(target);
  }
}
