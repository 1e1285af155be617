// The ghost preview: what would change if you pressed the button. Nothing is stored.
import {ask} from "./api.js";
import {SHOWN} from "./lesson.js";
import {set, state} from "./state.js";
import {trying} from "./trouble.js";

const PAUSE = 110; // milliseconds a pointer rests before it counts as a question
const LONG_PRESS = 450;
let timer = 0;
/** @type {AbortController|null} */ let asking = null;
/** @type {Map<string, any>} */ const known = new Map();
/** @type {any[]} */ let knownFor = [];

/** @param {{movie_id: number}} film @param {number|null} rating */
function ask_(film, rating) {
  clearTimeout(timer);
  asking?.abort();
  timer = window.setTimeout(async () => {
    if (knownFor !== state.log) {
      known.clear();
      knownFor = state.log;
    }
    const question = `${film.movie_id} ${rating}`;
    await trying(async () => {
      const {signal} = (asking = new AbortController());
      const change =
        known.get(question) ??
        (
          await ask("POST", "/preview", {
            body: {user_id: state.user, movie_id: film.movie_id, rating, n: SHOWN},
            signal,
          })
        ).change;
      known.set(question, change);
      if (!signal.aborted) set({ghost: {movie_id: film.movie_id, rating, change}});
    }, "preview");
  }, PAUSE);
}

/** The pointer has gone: show what is. */
export function noGhost() {
  clearTimeout(timer);
  asking?.abort();
  if (state.ghost) set({ghost: null});
}

/**
 * Give a like or dislike button its preview: by pointer, by keyboard focus, by a long press.
 * @param {HTMLElement} button
 * @param {{movie_id: number}} film
 * @param {number|null} rating
 */
export function haunted(button, film, rating) {
  let pressed = 0;
  let long = false;
  button.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && ask_(film, rating));
  button.addEventListener("pointerleave", noGhost);
  button.addEventListener("focus", () => button.matches(":focus-visible") && ask_(film, rating));
  button.addEventListener("blur", noGhost);
  button.addEventListener("pointerdown", (event) => {
    long = false;
    if (event.pointerType === "touch")
      pressed = window.setTimeout(() => {
        long = true;
        ask_(film, rating);
      }, LONG_PRESS);
  });
  button.addEventListener("pointerup", () => clearTimeout(pressed));
  button.addEventListener("contextmenu", (event) => long && event.preventDefault());
  button.addEventListener(
    "click",
    (event) => {
      if (long) {
        event.stopImmediatePropagation();
        long = false;
        noGhost();
      }
    },
    {capture: true},
  );
  return button;
}
