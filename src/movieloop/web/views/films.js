// Lists of films: cards with buttons, one tab stop a list, keys, and how a tap would move them.
import {compared} from "../change.js";
import {haunt} from "../ghost.js";
import {html, nothing, repeat, section} from "../html.js";
import {rate, undo} from "../lesson.js";
import {waitingFor} from "../outbox.js";
import {go} from "../router.js";
import {hue, isNow, opinionOn, poster, SHOWN, state} from "../state.js";
import {label, nameOf, say} from "../words.js";

/** @typedef {import("../state.js").Film} Film */

const OPINIONS = /** @type {[string, number|null][]} */ ([
  ["like", 1],
  ["seen", null],
  ["dislike", 0],
]);

/** The list itself. */
export function filmsSection() {
  const place = section("div", "films", ["films", "ghost", "log", "waiting", "past", "visiting", "genres"], () => {
    document.documentElement.style.setProperty("--mood", String(hue(state.films[0]?.genres[0])));
    if (!state.films.length) return html`<p class="small">${say("noFilms")}</p>`;
    return html`${filmGrid(state.films.slice(0, SHOWN), {id: "films", source: "list", badges: badges()})}
      <p class="small keys">${say("keys")}</p>`;
  });
  haunt(place);
  return place;
}

/** Which badge each film of the list has while a tap is previewed. @returns {Map<number, {text: string, kind: string}>} */
function badges() {
  const marks = new Map();
  const {ghost} = state;
  if (!ghost?.after.length) return marks;
  for (const move of compared(state.films, ghost.after, ghost.movie_id)) {
    if (!move.to) marks.set(move.movie_id, {text: say("leaves"), kind: "down"});
    else if (move.from && move.to < move.from)
      marks.set(move.movie_id, {text: say("up", move.from - move.to), kind: "up"});
    else if (move.from && move.to > move.from)
      marks.set(move.movie_id, {text: say("down", move.to - move.from), kind: "down"});
  }
  marks.set(ghost.movie_id, {text: say("leaves"), kind: "down"});
  return marks;
}

/**
 * A list of films.
 * @param {Film[]} films
 * @param {{id: string, source: string, badges?: Map<number, {text: string, kind: string}>, row?: boolean}} how
 *   `source`: how a film rated here was met; `row`: one line that scrolls
 */
export function filmGrid(films, {id, source, badges, row = false}) {
  const stop = films.findIndex((film) => film.movie_id === current.get(id));
  return html`<ul class=${row ? "grid line" : "grid"} id=${id} data-source=${source} aria-keyshortcuts="1 2 3 Enter" @keydown=${keys} @focusin=${stood}>
    ${repeat(
      films,
      (film) => film.movie_id,
      (film, i) =>
        card(film, {source, stop: i === Math.max(stop, 0), badge: badges?.get(film.movie_id), moves: id === "films"}),
    )}
  </ul>`;
}

/** @param {Film} film @param {{source: string, stop: boolean, badge?: {text: string, kind: string}, moves: boolean}} how */
function card(film, {source, stop, badge, moves}) {
  const name = label(film);
  const waits = waitingFor(film.movie_id);
  const said = waits?.kind === "rate" ? waits : opinionOn(film.movie_id);
  return html`<li class="card ${waits ? "waits" : ""}" tabindex=${stop ? 0 : -1} data-movie=${film.movie_id} aria-label=${name}
      .style=${moves ? `view-transition-name: film-${film.movie_id}` : ""}>
    <a class="face" href="/film/${film.movie_id}" title=${name} data-here tabindex="-1" aria-hidden="true">
      <img class="poster ${badge?.kind === "down" && badge.text === say("leaves") ? "leaving" : ""}" src=${poster(film.movie_id)} alt="" width="200" height="300" loading="lazy" decoding="async"></a>
    ${badge ? html`<span class="badge ${badge.kind}">${badge.text}</span>` : nothing}
    <p class="name">${film.title}</p>
    <p class="about">${[film.year, ...film.genres.slice(0, 2).map(nameOf), film.owned && say("ownedFilm")].filter(Boolean).join(" · ")}</p>
    ${opinionButtons(film, source, {said, tab: -1})}
    <p class="more"><a href="/film/${film.movie_id}" data-here tabindex="-1" aria-label=${say("whyOf", name)}>${say("why")}</a></p>
  </li>`;
}

/**
 * Like, seen, dislike.
 * @param {Film} film
 * @param {string} source
 * @param {{said?: any, tab?: number}} [how] the opinion that stands; where Tab finds the buttons
 */
export function opinionButtons(film, source, {said = opinionOn(film.movie_id), tab = 0} = {}) {
  const name = label(film);
  return html`<div class="rate" role="group" aria-label=${say("opinionOn", name)}>${OPINIONS.map(
    ([
      kind,
      rating,
    ]) => html`<button class=${kind} tabindex=${tab} data-movie=${film.movie_id} data-opinion=${rating ?? nothing}
      aria-label=${say(`${kind}Of`, name)} aria-pressed=${String(Boolean(said) && said.rating === rating)} aria-disabled=${String(!isNow())}
      @click=${() => tapped(film, rating, source)}>${say(kind)}</button>`,
  )}</div>`;
}

/** @param {Film} film @param {number|null} rating @param {string} source */
async function tapped(film, rating, source) {
  const list = document.activeElement?.closest(".grid");
  const at = list ? [...list.children].findIndex((one) => one.contains(document.activeElement)) : -1;
  const stands = opinionOn(film.movie_id);
  // A pressed button is let go: what was said is taken back.
  const answer = await (stands && stands.rating === rating ? undo(stands) : rate(film, rating, source));
  // The card that had the keyboard has left: the one that took its place has it now.
  if (answer && list && at >= 0 && !list.contains(document.activeElement)) {
    /** @type {HTMLElement|undefined} */ (list.children[Math.min(at, list.children.length - 1)])?.focus();
  }
}

/** @type {Map<string, number>} the film of each list that Tab comes back to */
const current = new Map();

/** @param {FocusEvent} event */
function stood(event) {
  const card = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest(".card"));
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  if (!card) return;
  current.set(list.id, Number(card.dataset.movie));
  for (const other of list.children) /** @type {HTMLElement} */ (other).tabIndex = other === card ? 0 : -1;
}

/** 1 like, 2 seen, 3 dislike, Enter opens; arrows move along the list. @param {KeyboardEvent} event */
function keys(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const card = /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (event.target).closest(".card"));
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const cards = /** @type {HTMLElement[]} */ ([...list.children]);
  const at = cards.indexOf(card);
  const across = cards.filter((other) => other.offsetTop === cards[0].offsetTop).length;
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + across,
    ArrowUp: at - across,
    Home: 0,
    End: cards.length - 1,
  }[event.key];
  const opinion = OPINIONS[Number(event.key) - 1];
  const film = {
    movie_id: Number(card.dataset.movie),
    title: card.querySelector(".name")?.textContent ?? "",
    year: null,
    genres: [],
  };
  if (to !== undefined) {
    event.preventDefault();
    cards[Math.min(Math.max(to, 0), cards.length - 1)].focus();
  } else if (opinion) {
    void tapped(film, opinion[1], list.dataset.source ?? "list");
  } else if (event.key === "Enter" && event.target === card) {
    go(`/film/${film.movie_id}`);
  }
}
