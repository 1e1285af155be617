// Your data: take all of it with you, or have it deleted for real.
import {ask, userPath} from "./api.js";
import {h, put} from "./dom.js";
import {set, state} from "./state.js";
import {trying} from "./trouble.js";
import {forgetHere} from "./user.js";
import {say} from "./words.js";

/** @param {HTMLElement} place @param {(user: string|null) => Promise<void>} use */
export function yoursSection(place, use) {
  const exported = () =>
    trying(async () => {
      const data = await ask("GET", userPath(state.user, "/export"));
      const link = /** @type {HTMLAnchorElement} */ (
        h("a", {
          href: URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], {type: "application/json"})),
          download: `movieloop-${state.user}.json`,
        })
      );
      link.click();
      URL.revokeObjectURL(link.href);
    });
  const forget = () =>
    trying(async () => {
      if (!confirm(say("forgetSure"))) return;
      const gone = await ask("DELETE", userPath(state.user));
      forgetHere(state.user);
      await use(null);
      set({said: say("forgotten", gone.deleted_feedback)});
    });
  put(
    place,
    h("header", {}, h("h2", {}, say("dataTitle"))),
    h(
      "div",
      {class: "row"},
      h("button", {onclick: exported}, say("exportIt")),
      h("button", {onclick: forget, id: "forget"}, say("forget")),
    ),
  );
}
