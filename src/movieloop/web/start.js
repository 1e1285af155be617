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
  /** @type {Set<number>} films whose tap is on its way to the server */ const sent = new Set();
  const tapped = (/** @type {number} */ id) =>
    state.log.find((item) => item.movie_id === id && item.counts && item.rating === 1);

  let leaving = false; // the list is on its way
  const done = () =>
    trying(async () => {
      leaving = true;
      try {
        await refresh();
      } finally {
        leaving = false;
      }
      await smoothly(() => set({starting: false, said: state.said || say("firstSaid")}));
      /** @type {HTMLElement|null} */ (document.querySelector("#films .card"))?.focus({preventScroll: true});
      scrollTo({top: 0});
    }, "start");

  /** A button looks pressed if its like is stored, or on its way; never otherwise. */
  function told() {
    put(left, say("startText", Math.max(1, ENOUGH - state.log.length)));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (grid.querySelectorAll(".pick"))) {
      const id = Number(button.dataset.movie);
      button.setAttribute("aria-pressed", String(sent.has(id) || Boolean(tapped(id))));
    }
  }

  const tap = async (/** @type {import("./state.js").Film} */ film) => {
    if (sent.has(film.movie_id)) return;
    const before = tapped(film.movie_id);
    if (before) {
      await undo(before);
      return;
    }
    sent.add(film.movie_id);
    told();
    await rate(film, 1);
    sent.delete(film.movie_id);
    told();
  };
  const pick = (/** @type {import("./state.js").Film} */ film) =>
    h(
      "li",
      {class: "card"},
      h(
        "button",
        {
          class: "pick",
          "aria-pressed": "false",
          "aria-label": label(film),
          "data-movie": film.movie_id,
          onclick: () => tap(film),
        },
        h("img", {class: "poster", src: poster(film.movie_id), alt: "", width: 200, height: 300}),
      ),
      h("p", {class: "name"}, film.title),
      h("p", {class: "about"}, String(film.year ?? "")),
    );

  const offer = (/** @type {number} */ page) =>
    trying(async () => {
      const {movies} = await ask("GET", `/onboarding/${encodeURIComponent(state.user)}`, {query: {n: 12 * (page + 1)}});
      put(grid, ...movies.slice(-12).map(pick));
      others.onclick = () => offer(page + 1);
    }, "offer");
  const others = h("button", {}, say("others"));

  put(
    place,
    h("div", {class: "hero"}, h("h1", {}, say("startTitle")), left),
    grid,
    h("div", {class: "row hero"}, others, h("button", {onclick: done}, say("skip"))),
  );
  watch(["log"], () => {
    if (!state.starting) return;
    told();
    if (state.log.length >= ENOUGH && !leaving) void done();
  });
  watch(["starting"], () => {
    place.hidden = !state.starting;
    if (!state.starting) return;
    told();
    void offer(0);
  });
}
