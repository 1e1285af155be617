// One sentence about what was learned. Every word is computed from what is shown.
import {counted} from "./change.js";
import {nameOf, say} from "./words.js";

const NOTICED = 0.05; // standard deviations: less is not worth a name
const NAMED = 2;

/**
 * @param {{title: string}} film
 * @param {number|null|undefined} rating 1, 0, null; undefined for what was taken back
 * @param {{moves: import("./change.js").Move[], taste: {name: string, before: number, after: number}[]}} change
 * @param {number|null} [stood] where a liked film had stood
 * @returns {string} with *films* emphasised
 */
export function sentence(film, rating, change, stood) {
  const begin = say(
    rating === 1 ? "liked" : rating === 0 ? "disliked" : rating === null ? "ticked" : "undone",
    film.title,
  );
  const then = listWords(change.moves);
  return `${begin}: ${tasteWords(rating, change.taste)}.${then ? ` ${capital(then)}.` : ""}${stood ? ` ${say("stood", stood)}` : ""}`;
}

/** @param {number|null|undefined} rating @param {{name: string, before: number, after: number}[]} taste */
function tasteWords(rating, taste) {
  const moved = taste
    .map((move) => ({name: nameOf(move.name), by: move.after - move.before}))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  if (!moved.length) return say("still");
  const noticed = moved.filter((move) => Math.abs(move.by) >= NOTICED);
  if (!noticed.length) return say("hardly");
  const named = (/** @type {1|-1} */ side) =>
    noticed
      .filter((move) => Math.sign(move.by) === side)
      .slice(0, NAMED)
      .map((move) => move.name);
  const closer = named(1),
    farther = named(-1);
  // A like is told by what it brings closer, a dislike by what it drives away; what was only seen,
  // or taken back, by what moved most.
  const away = rating === 0 || (rating !== 1 && noticed[0].by < 0);
  return away && farther.length
    ? say("farther", farther)
    : closer.length
      ? say("closer", closer)
      : say("farther", farther);
}

/** @param {import("./change.js").Move[]} moves */
function listWords(moves) {
  const {up, came, left} = counted(moves);
  const titles = (/** @type {import("./change.js").Move[]} */ some) => some.slice(0, NAMED).map((move) => move.title);
  return [
    up.length ? say("movedUp", up.length) : "",
    came.length ? say("came", titles(came), Math.max(0, came.length - NAMED)) : "",
    left.length && left.length <= NAMED ? say("left", titles(left)) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
