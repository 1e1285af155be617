// The ten-second start: twelve films that divide tastes; three taps and a list appears.
import {ask} from "../api.js";
import {smoothly} from "../browser.js";
import {html, repeat, section} from "../html.js";
import {rest} from "../later.js";
import {rate, refresh, undo} from "../lesson.js";
import {waitingFor} from "../outbox.js";
import {opinionOn, poster, set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {label, say} from "../words.js";

const ENOUGH = 3;
const OFFERED = 12;
let page = 0;
let leaving = false; // the list is on its way

/** Offer other films. @param {number} number which dozen */
export const offer = (number) =>
  trying(async () => {
    page = number;
    const {movies} = await ask("GET", `/onboarding/${encodeURIComponent(state.user)}`, {
      query: {n: OFFERED * (page + 1)},
    });
    set({picks: movies.slice(-OFFERED)});
  }, "offer");

/** Show the list. */
const done = () =>
  trying(async () => {
    leaving = true;
    try {
      const said = state.said;
      await rest();
      await refresh();
      await smoothly(() => set({starting: false, said: said.text ? said : {text: say("firstSaid"), feedback: null}}));
    } finally {
      leaving = false;
    }
    scrollTo({top: 0});
    /** @type {HTMLElement|null} */ (document.querySelector("#films .card"))?.focus({preventScroll: true});
  }, "start");

/** A button looks pressed if its like is stored, or on its way; never otherwise. @param {number} movieId */
const pressed = (movieId) => Boolean(waitingFor(movieId)?.kind === "rate" || opinionOn(movieId)?.rating === 1);

/** @param {import("../state.js").Film} film */
function tap(film) {
  const before = opinionOn(film.movie_id);
  if (before) void undo(before);
  else if (!waitingFor(film.movie_id)) void rate(film, 1, "start");
}

export function startSection() {
  watch(["log", "starting"], () => {
    if (state.starting && state.log.length >= ENOUGH && !leaving) void done();
  });
  watch(["starting", "user"], () => {
    if (state.starting && !state.picks.length) void offer(0);
  });
  return section("section", "start", ["starting", "picks", "log", "waiting"], (place) => {
    place.hidden = !state.starting;
    if (!state.starting) return "";
    const left = Math.max(1, ENOUGH - state.log.length);
    return html`<div class="hero"><h1>${say("startTitle")}</h1><p class="said" role="status">${say("startText", left)}</p></div>
      <ul class="grid" id="start">${repeat(
        state.picks,
        (film) => film.movie_id,
        (film) => html`<li class="card">
        <button class="pick" aria-pressed=${String(pressed(film.movie_id))} aria-label=${label(film)} data-movie=${film.movie_id} @click=${() => tap(film)}>
          <img class="poster" src=${poster(film.movie_id)} alt="" width="200" height="300"></button>
        <p class="name">${film.title}</p><p class="about">${film.year ?? ""}</p></li>`,
      )}</ul>
      <div class="row hero"><button @click=${() => offer(page + 1)}>${say("others")}</button><button @click=${done}>${say("skip")}</button></div>`;
  });
}
