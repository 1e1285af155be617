// A film's own page: what it is, why it stands where it stands, what you think of it, and its neighbours.
import {ask, userPath} from "../api.js";
import {haunt} from "../ghost.js";
import {html, nothing, section} from "../html.js";
import {poster, set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {countryName, label, nameOf, say} from "../words.js";
import {filmGrid, opinionButtons} from "./films.js";
import {whyView} from "./why.js";

const NEAR = 12;
let asked = 0;

/** Read the film of the address, again whenever something was said. */
async function read() {
  const id = state.route.film;
  if (state.route.page !== "film" || !id || !state.user) return;
  const mine = ++asked;
  await trying(async () => {
    const [movie, near, why] = await Promise.all([
      ask("GET", `/movies/${id}`),
      ask("GET", `/movies/${id}/similar`, {query: {n: NEAR}}),
      ask("GET", userPath(state.user, `/why/${id}`)).catch((error) => {
        if (error.status === 409 || error.status === 404) return null;
        throw error;
      }),
    ]);
    const same = state.film?.movie.movie_id === id;
    if (mine === asked)
      set({
        film: {
          movie,
          similar: near.similar,
          why,
          without: same ? state.film.without : new Set(),
          list: same ? state.film.list : null,
        },
      });
  }, "film");
}

/** The watchlist, the film nearest to your taste first; what has no place yet, or is rated, comes last. */
async function readWatchlist() {
  if (!state.user || !["film", "you"].includes(state.route.page)) return; // nobody sees it elsewhere
  await trying(async () => {
    const {watchlist} = await ask("GET", userPath(state.user, "/watchlist"));
    const path = `/recommend/${encodeURIComponent(state.user)}`;
    const {recommendations} = watchlist.length
      ? await ask("GET", path, {query: {watchlist: true, n: 100}})
      : {recommendations: []};
    const place = new Map(
      recommendations.map((/** @type {any} */ film, /** @type {number} */ i) => [film.movie_id, i]),
    );
    const at = (/** @type {any} */ wish) => (wish.rated ? 1e6 : (place.get(wish.movie_id) ?? 1e5));
    set({watchlist: watchlist.toSorted((/** @type {any} */ a, /** @type {any} */ b) => at(a) - at(b))});
  }, "watchlist");
}

/** @param {any} movie @param {boolean} on */
const wishFor = (movie, on) =>
  trying(async () => {
    if (on) await ask("POST", userPath(state.user, "/watchlist"), {body: {movie_id: movie.movie_id}});
    else await ask("DELETE", userPath(state.user, `/watchlist/${movie.movie_id}`));
    await readWatchlist();
  }, "wish");

/** Ask for a film that no server here has. @param {any} film */
const requestIt = (film) =>
  trying(async () => {
    const {outcome} = await ask("POST", `/movies/${film.movie.movie_id}/request`);
    set({film: {...state.film, requested: outcome}});
  }, "request");

/** @param {any} movie */
function facts(movie) {
  const rows = [
    ["directors", movie.directors.join(", ")],
    ["cast", movie.cast.slice(0, 6).join(", ")],
    ["countries", movie.countries.map((/** @type {string} */ code) => countryName(code, code)).join(", ")],
    ["runtime", movie.runtime ? say("minutes", movie.runtime) : ""],
    ["genres", movie.genres.map(nameOf).join(", ")],
    ["otherTitles", movie.other_titles.slice(0, 4).join(" · ")],
  ].filter(([, value]) => value);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${say(name)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function filmSection() {
  watch(["route", "log", "user"], () => void read());
  watch(["user", "log", "route"], () => void readWatchlist());
  const place = section("main", "film-page", ["film", "route", "log", "waiting", "watchlist", "past"], (place) => {
    place.hidden = state.route.page !== "film";
    if (place.hidden) return "";
    const {film} = state;
    if (!film || film.movie.movie_id !== state.route.film) return html`<p class="small">${say("loading")}</p>`;
    const {movie, similar, why} = film;
    const wished = state.watchlist.some((wish) => wish.movie_id === movie.movie_id);
    document.title = `${label(movie)} – movieloop`;
    return html`<p><a href="/" data-here>← ${say("backToList")}</a></p>
      <article class="about-film">
        <img class="poster" src=${poster(movie.movie_id)} alt="" width="200" height="300">
        <div class="about-text"><h1>${movie.title} ${movie.year ? html`<span class="year">${movie.year}</span>` : nothing}</h1>
          ${movie.about ? html`<p>${movie.about}</p>` : nothing}${facts(movie)}
          ${opinionButtons(movie, "film")}
          <div class="row"><button class="wish-for" aria-pressed=${String(wished)} @click=${() => wishFor(movie, !wished)}>${say(wished ? "onWatchlist" : "toWatchlist")}</button>
            ${movie.imdb_id ? html`<a class="button" href="https://www.imdb.com/title/${movie.imdb_id}/" rel="noreferrer noopener" target="_blank">IMDb ↗</a>` : nothing}
            ${state.requests && movie.tmdb_id && !movie.owned_since ? html`<button ?disabled=${Boolean(film.requested)} @click=${() => requestIt(film)}>${say(film.requested ? "requested" : "request")}</button>` : nothing}</div></div>
      </article>
      ${why ? whyView(film) : html`<p class="small">${say("noPoint")}</p>`}
      <section class="film-row" id="neighbours"><h2>${say("similarTitle", movie.title)}</h2>${filmGrid(similar, {id: "near", source: "similar"})}</section>`;
  });
  haunt(place);
  return place;
}
