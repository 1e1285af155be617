// Your taste as bars: what you love first, beside the average taste; a bar that is dragged is a wish.
import {html, nothing, repeat, section} from "../html.js";
import {hue, state} from "../state.js";
import {nameOf, say} from "../words.js";
import {change} from "./filters.js";

const LEAST = 1; // standard deviations at the end of a bar, at least
const SHOWN = {genre: 8, era: 3, mainstream: 1};
const SURE = 0.3; // directions that hardly tell their films from others are not shown
const MOST_WISHED = 5; // standard deviations

/** @param {number} value */
const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

/** The directions worth a bar, the most loved first. */
function strongest() {
  const wished = state.filters.wish ?? {};
  const sure = state.taste.filter((direction) => direction.sure >= SURE || direction.name in wished);
  return Object.entries(SHOWN)
    .flatMap(([kind, many]) =>
      sure
        .filter((direction) => direction.kind === kind)
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
        .slice(0, many),
    )
    .sort((a, b) => b.value - a.value);
}

/** What is loved and what is not, in a sentence. @param {any[]} directions */
function inWords(directions) {
  const named = (/** @type {any[]} */ some) => some.slice(0, 3).map((direction) => nameOf(direction.name));
  const loved = directions.filter((direction) => direction.value >= 0.2);
  const not = directions.filter((direction) => direction.value <= -0.2).reverse();
  if (!loved.length && !not.length) return say("tasteNone");
  return [loved.length ? say("tasteLoves", named(loved)) : "", not.length ? say("tasteNot", named(not)) : ""]
    .filter(Boolean)
    .join(" ");
}

/** @param {any} direction @param {number} to where the bar has been dragged */
function wish(direction, to) {
  const by = Math.round(10 * Math.max(-MOST_WISHED, Math.min(MOST_WISHED, to - direction.value))) / 10;
  const {[direction.name]: _, ...others} = state.filters.wish ?? {};
  change({wish: by ? {...others, [direction.name]: by} : others});
}

export function tasteSection() {
  return section("section", "panel taste", ["taste", "genres", "ghost", "filters", "past", "visiting"], () => {
    const bars = strongest();
    const wished = state.filters.wish ?? {};
    const targets = new Map((state.ghost?.taste ?? []).map((move) => [move.name, move.after]));
    const reach = Math.max(
      LEAST,
      ...bars.map((direction) => 1.15 * Math.abs(direction.value + (wished[direction.name] ?? 0))),
    );
    const share = (/** @type {number} */ value) => Math.min(Math.max(value / reach, -1), 1) * 48;
    const fill = (/** @type {number} */ value) =>
      `left: ${50 + Math.min(share(value), 0)}%; width: ${Math.abs(share(value))}%`;
    return html`<header><h2>${say("tasteTitle")}</h2></header>
      <p class="in-words">${inWords(bars)}</p>
      <ul class="bars" id="bars">${repeat(
        bars,
        (direction) => direction.name,
        (direction) => {
          const {name, value, fast} = direction;
          const target = targets.get(name);
          return html`<li class="bar" data-name=${name} .style="--hue: ${hue(name)}"><span class="bar-name">${nameOf(name)}</span>
          <span class="track"><span class="fill" .style=${fill(value)}></span>
            ${fast === null || fast === undefined ? nothing : html`<span class="fill fast" .style=${fill(fast)}></span>`}
            ${target === undefined ? nothing : html`<span class="target" data-to=${target} .style="left: ${50 + share(target)}%"></span>`}
            ${wished[name] ? html`<span class="target wished" .style="left: ${50 + share(value + wished[name])}%"></span>` : nothing}
            <input type="range" min=${-reach} max=${reach} step="0.1" .value=${String(value + (wished[name] ?? 0))} aria-label=${say("wishFor", nameOf(name))}
              aria-valuetext=${signed(value + (wished[name] ?? 0))} ?disabled=${Boolean(state.visiting)}
              @change=${(/** @type {Event} */ event) => wish(direction, Number(/** @type {HTMLInputElement} */ (event.target).value))}></span>
          <span class="bar-number" data-value=${value}>${signed(value)}</span></li>`;
        },
      )}</ul>
      <p class="small">${say("tasteText")}</p>`;
  });
}
