// HTML that reads as HTML. lit-html renders it and changes only what differs, so that the keyboard,
// a running transition and a half-typed word stay where they are.
// Inline styles are set as properties, .style=${"--hue: 20"}: the page's policy forbids style attributes.

export {repeat} from "./vendor/lit-html-3.3.3/directives/repeat.js";
export {html, nothing, render, svg} from "./vendor/lit-html-3.3.3/lit-html.js";

import {html} from "./vendor/lit-html-3.3.3/lit-html.js";

/**
 * Turn "*Alien*" in a sentence into emphasis.
 * @param {string} sentence
 */
export function emphasis(sentence) {
  return sentence.split("*").map((part, i) => (i % 2 ? html`<em>${part}</em>` : part));
}
