// When something goes wrong: a plain sentence and a button that tries again.
import {h} from "./dom.js";
import {say} from "./words.js";

/** @type {HTMLElement|null} */
let shown = null;

/** Take the message away. */
export function calm() {
  shown?.remove();
  shown = null;
}

/**
 * Do something that may fail; if it does, say so and offer to do it again.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T|undefined>} undefined if it failed
 */
export async function trying(work) {
  try {
    const result = await work();
    calm();
    return result;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    calm();
    shown = h("div", {class: "trouble", role: "alert"},
      h("span", {}, error instanceof Error ? error.message : String(error)),
      h("button", {onclick: () => { calm(); void trying(work); }}, say("again")),
      h("button", {onclick: calm}, say("dismiss")));
    document.body.append(shown);
    return undefined;
  }
}
