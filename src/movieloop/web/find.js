// The search box: finds films by a part of their title, slips forgiven.
import {ask} from "./api.js";
import {h, put} from "./dom.js";
import {rate} from "./lesson.js";
import {poster} from "./state.js";
import {trying} from "./trouble.js";
import {label, say} from "./words.js";

/** @param {HTMLElement} place */
export function findSection(place) {
  const found = h("ul", {class: "found", hidden: true});
  /** @type {AbortController|null} */ let asking = null;
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "search",
      placeholder: say("find"),
      "aria-label": say("find"),
      autocomplete: "off",
      oninput: look,
    })
  );

  async function look() {
    asking?.abort();
    const asked = input.value.trim();
    if (!asked) {
      found.hidden = true;
      return;
    }
    await trying(async () => {
      const {signal} = (asking = new AbortController());
      const {movies} = await ask("GET", "/movies", {query: {q: asked, limit: 6}, signal});
      put(found, ...movies.map(row), movies.length ? null : h("li", {}, say("notFound")));
      found.hidden = false;
    }, "find");
  }

  const row = (/** @type {import("./state.js").Film} */ film) => {
    const say_ = (/** @type {number|null} */ rating, /** @type {string} */ kind) =>
      h(
        "button",
        {
          "aria-label": say(`${kind}Of`, label(film)),
          onclick: async () => {
            close();
            await rate(film, rating);
          },
        },
        say(kind),
      );
    return h(
      "li",
      {},
      h("img", {src: poster(film.movie_id), alt: "", width: 34, height: 51}),
      h("span", {}, label(film)),
      say_(1, "like"),
      say_(null, "seen"),
      say_(0, "dislike"),
    );
  };

  function close() {
    input.value = "";
    found.hidden = true;
    input.focus();
  }
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());
  place.addEventListener("focusout", () =>
    setTimeout(() => {
      if (!place.contains(document.activeElement)) found.hidden = true;
    }, 150),
  );
  put(place, input, found);
}
