// Tonight: two either-or questions, each of which halves the list, then one film.
import {ask} from "../api.js";
import {html, nothing, section} from "../html.js";
import {wanted} from "../lesson.js";
import {poster, set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {label, nameOf, say} from "../words.js";
import {opinionButtons} from "./films.js";

const ASKED = 40; // films the questions choose from
const QUESTIONS = 2;

/** @typedef {{name: string, is: (film: any) => boolean, yes: string, no: string}} Question */

/** Everything two films of a list can differ in. @param {any[]} films @returns {Question[]} */
function questions(films) {
  const genres = [...new Set(films.flatMap((film) => film.genres))];
  const years = films.map((film) => film.year ?? 0).sort((a, b) => a - b),
    middle = years[years.length >> 1];
  return [
    ...genres.map((genre) => ({
      name: genre,
      is: (/** @type {any} */ film) => film.genres.includes(genre),
      yes: nameOf(genre),
      no: say("notGenre", nameOf(genre)),
    })),
    {
      name: "year",
      is: (film) => (film.year ?? 0) >= middle,
      yes: say("sinceYear", middle),
      no: say("beforeYear", middle),
    },
  ];
}

/** The question that halves best and was not asked. @param {any[]} films @param {Question[]} asked */
export function halving(films, asked) {
  const worth = (/** @type {Question} */ question) =>
    Math.min(films.filter(question.is).length, films.filter((film) => !question.is(film)).length);
  const open = questions(films).filter(
    (question) => !asked.some((other) => other.name === question.name) && worth(question) > 0,
  );
  return open.sort((a, b) => worth(b) - worth(a))[0] ?? null;
}

const begin = () =>
  trying(async () => {
    const {recommendations} = await ask("GET", `/recommend/${encodeURIComponent(state.user)}`, {
      query: {n: ASKED, ...wanted()},
    });
    set({evening: {films: recommendations, asked: [], question: halving(recommendations, []), at: 0}});
  }, "tonight");

/** @param {boolean} yes */
function answer(yes) {
  const {evening} = state;
  if (!evening?.question) return;
  const {question} = evening;
  const films = evening.films.filter((/** @type {any} */ film) => question.is(film) === yes),
    asked = [...evening.asked, question];
  set({evening: {films, asked, question: asked.length < QUESTIONS ? halving(films, asked) : null, at: 0}});
}

function close() {
  set({evening: null});
}

export function tonightSection() {
  watch(["log", "user", "filters"], () => {
    if (state.evening) close();
  });
  return section("section", "tonight", ["evening", "starting", "past", "visiting", "waiting"], (place) => {
    const {evening} = state;
    place.hidden = state.starting || Boolean(state.past || state.visiting);
    if (place.hidden) return "";
    if (!evening) return html`<button class="first" id="tonight" @click=${begin}>${say("tonight")}</button>`;
    if (evening.question)
      return html`<div class="panel either" role="group" aria-label=${say("tonight")}><p class="small">${say("eitherOr", evening.asked.length + 1, QUESTIONS, evening.films.length)}</p>
      <div class="row"><button class="first" @click=${() => answer(true)}>${evening.question.yes}</button><span>${say("or")}</span><button class="first" @click=${() => answer(false)}>${evening.question.no}</button><button class="quiet" @click=${close}>${say("cancel")}</button></div></div>`;
    const film = evening.films[evening.at % evening.films.length];
    return html`<article class="panel one-film"><img class="poster" src=${poster(film.movie_id)} alt="" width="200" height="300">
      <div><p class="small">${say("tonightIs")}</p><h2><a href="/film/${film.movie_id}" data-here>${label(film)}</a></h2><p>${film.genres.map(nameOf).join(" · ")}</p>
      ${opinionButtons(film, "list")}
      <div class="row">${evening.films.length > 1 ? html`<button @click=${() => set({evening: {...evening, at: evening.at + 1}})}>${say("another")}</button>` : nothing}<button class="quiet" @click=${close}>${say("backToList")}</button></div></div></article>`;
  });
}
