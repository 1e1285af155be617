// When something goes wrong: a plain sentence, and a button that tries everything again that failed.
import {html, render} from "./html.js";
import {say} from "./words.js";

/** @typedef {{work: (() => Promise<any>)|null, message: string}} Failure */
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
  if (!shown) {
    shown = document.createElement("div");
    shown.className = "trouble";
    shown.setAttribute("role", "alert");
    document.body.append(shown);
  }
  const again = [...failed.values()].some(({work}) => work);
  render(
    html`<span>${[...new Set([...failed.values()].map(({message}) => message))].join(" ")}</span>
      ${again ? html`<button @click=${tryAgain}>${say("again")}</button>` : ""}
      <button @click=${dismiss}>${say("dismiss")}</button>`,
    shown,
  );
}

function tryAgain() {
  const again = [...failed];
  dismiss();
  for (const [about, {work}] of again) if (work) void trying(work, about);
}

function dismiss() {
  failed.clear();
  show();
}

/** Say that something failed which no other try will mend. @param {string} message */
export function fail(message) {
  failed.set(message, {work: null, message});
  show();
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
