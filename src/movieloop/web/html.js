// HTML that reads as HTML. lit-html renders it and changes only what differs, so that the keyboard,
// a running transition and a half-typed word stay where they are.
// Inline styles are set as properties, .style=${"--hue: 20"}: the page's policy forbids style attributes.

import {watch} from "./state.js";
import {html, nothing, render, svg} from "./vendor/lit-html-3.3.3/lit-html.js";

export {repeat} from "./vendor/lit-html-3.3.3/directives/repeat.js";
export {html, nothing, render, svg};

/**
 * Make a place that draws itself whenever some parts of the state change.
 * @param {string} tag
 * @param {string} kind its class
 * @param {(keyof typeof import("./state.js").state)[]} parts
 * @param {(place: HTMLElement) => unknown} view
 */
export function section(tag, kind, parts, view) {
  const place = document.createElement(tag);
  place.className = kind;
  const draw = () => render(view(place), place);
  watch(parts, draw);
  draw();
  return place;
}

/**
 * Turn "*Alien*" in a sentence into emphasis.
 * @param {string} sentence
 */
export function emphasis(sentence) {
  return sentence.split("*").map((part, i) => (i % 2 ? html`<em>${part}</em>` : part));
}
