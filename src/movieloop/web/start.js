// The ten-second start: twelve films that divide tastes; three taps and a list appears.
import {ask} from "./api.js";
import {h, put} from "./dom.js";
import {rate, refresh, smoothly, undo} from "./lesson.js";
import {poster, set, state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {label, say} from "./words.js";

const ENOUGH = 3;

/** @param {HTMLElement} place */
export function startSection(place) {
  const left = h("p", {class: "said", role: "status"});
  const grid = h("ul", {class: "grid", id: "start"});
  /** @type {Map<number, number>} */ const tapped = new Map();
  const told = () => put(left, say("startText", Math.max(1, ENOUGH - tapped.size)));

  const done = () => trying(async () => {
    await refresh();
    await smoothly(() => set({starting: false, said: state.said || say("firstSaid")}));
    /** @type {HTMLElement|null} */ (document.querySelector("#films .card"))?.focus({preventScroll: true});
    scrollTo({top: 0});
  });

  const pick = (/** @type {import("./state.js").Film} */ film) => {
    const button = h("button", {class: "pick", "aria-pressed": "false", "aria-label": label(film), onclick: async () => {
      const before = tapped.get(film.movie_id);
      if (before !== undefined) {
        tapped.delete(film.movie_id);
        button.setAttribute("aria-pressed", "false");
        await undo({feedback_id: before, title: film.title});
      } else {
        button.setAttribute("aria-pressed", "true");
        const answer = await rate(film, 1);
        if (answer) tapped.set(film.movie_id, answer.feedback_id);
        else button.setAttribute("aria-pressed", "false");
      }
      told();
      if (tapped.size >= ENOUGH) await done();
    }}, h("img", {class: "poster", src: poster(film.movie_id), alt: "", width: 200, height: 300}));
    return h("li", {class: "card"}, button, h("p", {class: "name"}, film.title), h("p", {class: "about"}, String(film.year ?? "")));
  };

  const offer = (/** @type {number} */ page) => trying(async () => {
    const {movies} = await ask("GET", `/onboarding/${encodeURIComponent(state.user)}`, {query: {n: 12 * (page + 1)}});
    put(grid, ...movies.slice(-12).map(pick));
    others.onclick = () => offer(page + 1);
  });
  const others = h("button", {}, say("others"));

  put(place, h("div", {class: "hero"}, h("h1", {}, say("startTitle")), left), grid,
    h("div", {class: "row hero"}, others, h("button", {onclick: done}, say("skip"))));
  watch(["starting"], () => {
    place.hidden = !state.starting;
    if (!state.starting) return;
    tapped.clear();
    told();
    void offer(0);
  });
}
