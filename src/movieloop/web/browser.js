// What browsers give only to https and localhost, made to work at plain http too: a phone in the house.

/**
 * Make up a name nobody else will. (`crypto.randomUUID` is missing at plain http.)
 * @param {number} bytes how many random bytes
 * @returns {string} hexadecimal
 */
export function randomName(bytes) {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @type {Map<string, string>} where a browser keeps nothing, at least this page does */
const kept = new Map();

/**
 * Read what this browser keeps.
 * @template T
 * @param {string} name
 * @param {T} otherwise if there is nothing, or nothing that can be read
 * @returns {T}
 */
export function recall(name, otherwise) {
  try {
    const text = localStorage.getItem(name) ?? kept.get(name);
    return text === undefined || text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value undefined forgets it */
export function keep(name, value) {
  const text = value === undefined ? undefined : JSON.stringify(value);
  try {
    if (text === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    if (text === undefined) kept.delete(name);
    else kept.set(name, text);
  }
}

/** Whether the user wants nothing to move. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Change what is shown with a smooth transition where the browser has one.
 * @param {() => void} change
 * @returns {Promise<void>} when it is changed; the transition may still run
 */
export async function smoothly(change) {
  if (calm() || document.visibilityState === "hidden" || !("startViewTransition" in document)) {
    change();
    return;
  }
  const transition = /** @type {any} */ (document).startViewTransition(change);
  transition.finished.catch(() => {}); // skipped by the next one: no harm
  transition.ready.catch(() => {});
  await transition.updateCallbackDone;
}

/**
 * Copy a text; where the browser will not, select it, so that a key press copies it.
 * @param {string} text
 * @param {HTMLElement} near an element beside which the text may be shown for a moment
 * @returns {Promise<boolean>} whether it is copied; false if it is shown and selected instead
 */
export async function copy(text, near) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      /* not allowed: the old way may be */
    }
  }
  near.parentElement?.querySelector(".to-copy")?.remove();
  const field = document.createElement("textarea");
  field.className = "to-copy";
  field.readOnly = true;
  field.value = text;
  near.after(field);
  field.select();
  const copied = document.execCommand("copy");
  if (copied) field.remove();
  return copied;
}
