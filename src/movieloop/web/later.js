// What is not needed for the first tap comes right after the first paint.

import {set} from "./state.js";

/** @type {Promise<void>|null} */ let coming = null;
/** @type {(user: string|null) => Promise<void>} */ let use = async () => {};

/** Say who is told when the user changes. @param {(user: string|null) => Promise<void>} become */
export function comesWith(become) {
  use = become;
}

/** Put the sections where places wait for them, once. @returns {Promise<void>} when they are there */
export function rest() {
  coming ??= import("./sections.js").then(({sections}) => {
    for (const [name, section] of Object.entries(sections(use))) {
      document.querySelector(`[data-waits="${name}"]`)?.replaceWith(section);
    }
    set({complete: true});
  });
  return coming;
}
