// What browsers give only to https and localhost, made to work at plain http too: a phone in the house.

/**
 * Make up a name nobody else will. (`crypto.randomUUID` is missing at plain http.)
 * @param {number} bytes how many random bytes
 * @returns {string} hexadecimal
 */
export function randomName(bytes) {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
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
  near.after(field); // inside an open dialog everything outside it is out of reach
  field.select();
  const copied = document.execCommand("copy");
  if (copied) field.remove();
  return copied;
}
