// When something goes wrong: a plain sentence, and a button that tries everything again that failed.
import {h, put} from "./dom.js";
import {say} from "./words.js";

/** @typedef {{work: () => Promise<any>, message: string}} Failure */
/** @type {Map<unknown, Failure>} what has failed and was not done since, by what it is about */
const failed = new Map();
/** @type {HTMLElement|null} */
let shown = null;

function show() {
  if (!failed.size) {
    shown?.remove();
    shown = null;
    return;
  }
  if (!shown) document.body.append((shown = h("div", {class: "trouble", role: "alert"})));
  put(
    shown,
    h("span", {}, [...new Set([...failed.values()].map((one) => one.message))].join(" ")),
    h(
      "button",
      {
        onclick: () => {
          const again = [...failed];
          failed.clear();
          show();
          for (const [about, {work}] of again) void trying(work, about);
        },
      },
      say("again"),
    ),
    h(
      "button",
      {
        onclick: () => {
          failed.clear();
          show();
        },
      },
      say("dismiss"),
    ),
  );
}

/**
 * Do something that may fail; if it does, say so and offer to do it again. What has failed stays
 * said until the same thing works: that something else worked does not mend it.
 * @template T
 * @param {() => Promise<T>} work
 * @param {unknown} [about] what it is about, so that a later try of the same takes its place
 * @returns {Promise<T|undefined>} undefined if it failed
 */
export async function trying(work, about = work) {
  try {
    const result = await work();
    if (failed.delete(about)) show();
    return result;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    failed.set(about, {work, message: error instanceof Error ? error.message : String(error)});
    show();
    return undefined;
  }
}
