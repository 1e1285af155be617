// The list of recommendations: posters with buttons, and how they would move.
import {h, put} from "./dom.js";
import {haunted} from "./ghost.js";
import {rate} from "./lesson.js";
import {hue, poster, state, watch} from "./state.js";
import {openSimilar, openWhy} from "./why.js";
import {label, nameOf, say} from "./words.js";

/** @param {HTMLElement} place */
export function filmsSection(place) {
  const grid = h("ul", {class: "grid", id: "films", onkeydown: keys});
  const none = h("p", {class: "small"}, say("noFilms"));
  put(place, grid, none, h("p", {class: "small"}, say("keys")));
  watch(["films"], () => {
    put(grid, ...state.films.map(card));
    none.hidden = state.films.length > 0;
    document.documentElement.style.setProperty("--mood", String(hue(state.films[0]?.genres[0])));
  });
  watch(["ghost"], () => haunt(grid));
  watch(["visiting"], () => {
    grid.inert = state.visiting;
  });
}

/** @param {import("./state.js").Film} film */
function card(film) {
  const name = label(film);
  const button = (/** @type {number|null} */ rating, /** @type {string} */ kind) =>
    h(
      "button",
      {
        class: kind,
        "data-key": `${kind} ${film.movie_id}`,
        "aria-label": say(`${kind}Of`, name),
        onclick: () => rate(film, rating),
      },
      say(kind),
    );
  return h(
    "li",
    {
      class: "card",
      tabindex: 0,
      "data-movie": film.movie_id,
      "data-key": `card ${film.movie_id}`,
      "aria-label": name,
      style: {"view-transition-name": `film-${film.movie_id}`},
    },
    h("img", {class: "poster", src: poster(film.movie_id), alt: "", width: 200, height: 300}),
    h(
      "div",
      {},
      h("p", {class: "name"}, film.title),
      h("p", {class: "about"}, [film.year, ...film.genres.slice(0, 2).map(nameOf)].filter(Boolean).join(" · ")),
    ),
    h(
      "div",
      {class: "rate"},
      haunted(button(1, "like"), film, 1),
      button(null, "seen"),
      haunted(button(0, "dislike"), film, 0),
    ),
    h(
      "div",
      {class: "more"},
      h("button", {"aria-label": say("whyOf", name), onclick: () => openWhy(film)}, say("why")),
      h("button", {"aria-label": say("similarOf", name), onclick: () => openSimilar(film)}, say("similar")),
    ),
  );
}

/**
 * Show on every card where it would go.
 * @param {HTMLElement} grid
 */
function haunt(grid) {
  for (const old of grid.querySelectorAll(".badge, .enters")) old.remove();
  for (const faded of grid.querySelectorAll(".leaving")) faded.classList.remove("leaving");
  if (!state.ghost) return;
  const moves = new Map(state.ghost.change.moves.map((/** @type {any} */ move) => [move.movie_id, move]));
  for (const card of /** @type {NodeListOf<HTMLElement>} */ (grid.querySelectorAll(".card"))) {
    const move = moves.get(Number(card.dataset.movie));
    if (!move) continue;
    const by = move.rank_after ? move.rank_before - move.rank_after : 0;
    if (!move.rank_after) card.querySelector(".poster")?.classList.add("leaving");
    if (move.rank_before)
      card.append(
        h(
          "span",
          {class: by > 0 ? "badge" : "badge down"},
          !move.rank_after ? say("leaves") : by > 0 ? say("up", by) : say("down", -by),
        ),
      );
  }
}

const RATINGS = {1: 1, 2: null, 3: 0};

/**
 * 1 like, 2 seen, 3 dislike on the film that has the keyboard; arrows move along the list.
 * @param {KeyboardEvent} event
 */
function keys(event) {
  const card = /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (event.target).closest(".card"));
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const cards = /** @type {HTMLElement[]} */ ([...(card.parentElement?.children ?? [])]);
  const at = cards.indexOf(card);
  const across = cards.filter((other) => other.offsetTop === cards[0].offsetTop).length;
  const step = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across}[event.key];
  if (step) {
    event.preventDefault();
    cards[Math.min(Math.max(at + step, 0), cards.length - 1)].focus();
  } else if (event.key in RATINGS) {
    const film = state.films.find((shown) => shown.movie_id === Number(card.dataset.movie));
    if (!film) return;
    void rate(film, RATINGS[/** @type {"1"|"2"|"3"} */ (event.key)]).then(() => {
      // The card has left: the one that took its place has the keyboard now.
      if (!document.activeElement?.closest(".card"))
        /** @type {HTMLElement|undefined} */ (document.querySelectorAll("#films .card")[at])?.focus();
    });
  }
}
