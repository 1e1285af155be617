// The ghost preview: what would change if you pressed the button. Nothing is stored.
import {ask} from "./api.js";
import {filtered, wanted} from "./lesson.js";
import {isNow, LISTED, set, state} from "./state.js";
import {trying} from "./trouble.js";

const PAUSE = 110; // milliseconds a pointer rests before it counts as a question
const LONG_PRESS = 450;
let timer = 0;
/** @type {AbortController|null} */ let asking = null;
/** @type {Map<string, any>} */ const known = new Map();
/** @type {any[]} what the known answers depend on */ let knownFor = [];

/** @param {number} movieId @param {number|null} rating */
function look(movieId, rating) {
  clearTimeout(timer);
  asking?.abort();
  if (!isNow()) return;
  timer = window.setTimeout(
    () =>
      trying(async () => {
        if (knownFor[0] !== state.log || knownFor[1] !== state.filters) known.clear();
        knownFor = [state.log, state.filters];
        const question = `${movieId} ${rating}`;
        asking = new AbortController();
        const {signal} = asking;
        const body = {user_id: state.user, movie_id: movieId, rating, n: LISTED};
        const {change, place} = known.get(question) ?? (await ask("POST", "/preview", {query: wanted(), body, signal}));
        known.set(question, {change, place});
        // In a blind list places are drawn by lot; the taste still moves.
        const after = state.blind.on && !filtered() ? [] : change.recommendations;
        if (!signal.aborted) set({ghost: {movie_id: movieId, rating, after, taste: change.taste, place}});
      }, "preview"),
    PAUSE,
  );
}

/** The pointer has gone: show what is. */
export function noGhost() {
  clearTimeout(timer);
  asking?.abort();
  if (state.ghost) set({ghost: null});
}

/** @param {Event} event @returns {HTMLButtonElement|null} a button that likes or dislikes */
const button = (event) => /** @type {Element} */ (event.target).closest("button[data-opinion]");

/**
 * Give the like and dislike buttons of a place their preview: by pointer, by keyboard focus, by a
 * long press.
 * @param {HTMLElement} place
 */
export function haunt(place) {
  let pressed = 0,
    long = false;
  const ask_ = (/** @type {Event} */ event) => {
    const {movie, opinion} = button(event)?.dataset ?? {};
    if (movie) look(Number(movie), Number(opinion));
  };
  place.addEventListener("pointerover", (event) => event.pointerType !== "touch" && ask_(event));
  place.addEventListener("pointerout", (event) => button(event) && !long && noGhost());
  place.addEventListener("focusin", (event) => button(event)?.matches(":focus-visible") && ask_(event));
  place.addEventListener("focusout", (event) => button(event) && noGhost());
  place.addEventListener("pointerdown", (event) => {
    long = false;
    clearTimeout(pressed);
    if (event.pointerType !== "touch" || !button(event)) return;
    pressed = window.setTimeout(() => {
      long = true;
      ask_(event);
    }, LONG_PRESS);
  });
  place.addEventListener("pointerup", () => clearTimeout(pressed));
  place.addEventListener("pointercancel", () => clearTimeout(pressed));
  place.addEventListener("contextmenu", (event) => long && event.preventDefault());
  place.addEventListener(
    "click",
    (event) => {
      if (!long) return;
      // A long press has only looked: the finger's click is not an opinion.
      event.stopPropagation();
      event.preventDefault();
      long = false;
      setTimeout(noGhost, 1500);
    },
    {capture: true},
  );
}
