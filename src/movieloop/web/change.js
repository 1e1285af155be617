// What changed between two lists and two tastes. The ghost shows what would change and the learn beat
// what did, both by these functions, so that the one is what the other promised.
import {SHOWN} from "./state.js";

/**
 * @typedef {object} Move
 * @property {number} movie_id
 * @property {string} title
 * @property {number|null} from its place before, films taken out not counted; null: not among those known
 * @property {number|null} to its place now; null: not in the list any more
 */

/**
 * Compare two lists film by film. A film that was rated leaves the list and all below it go up one:
 * that is no lesson, so its place is closed before the places are compared; a film that comes back
 * because its rating was taken back is left out the same way.
 * @param {import("./state.js").Film[]} before as long as it is known, longer than what is shown
 * @param {import("./state.js").Film[]} after
 * @param {number|null} [rated] the film whose rating was given or taken back
 * @returns {Move[]} every film that is shown now, in order, then those that left
 */
export function compared(before, after, rated = null) {
  const old = before.filter((film) => film.movie_id !== rated);
  const now = after.filter((film) => film.movie_id !== rated);
  const stood = new Map(old.map((film, i) => [film.movie_id, i + 1]));
  const stands = new Map(now.map((film, i) => [film.movie_id, i + 1]));
  const move = (/** @type {import("./state.js").Film} */ film, /** @type {number|null} */ to) => ({
    movie_id: film.movie_id,
    title: film.title,
    from: stood.get(film.movie_id) ?? null,
    to,
  });
  return [
    ...now.slice(0, SHOWN).map((film, i) => move(film, i + 1)),
    ...old
      .slice(0, SHOWN)
      .filter((film) => (stands.get(film.movie_id) ?? SHOWN + 1) > SHOWN)
      .map((film) => move(film, null)),
  ];
}

/** @param {Move[]} moves */
export function counted(moves) {
  return {
    up: moves.filter((move) => move.to && move.from && move.from <= SHOWN && move.to < move.from),
    down: moves.filter((move) => move.to && move.from && move.from <= SHOWN && move.to > move.from),
    came: moves.filter((move) => move.to && (!move.from || move.from > SHOWN)),
    left: moves.filter((move) => !move.to),
  };
}

/**
 * Tell how a taste moved.
 * @param {any[]} before directions
 * @param {any[]} after directions
 * @returns {{name: string, before: number, after: number}[]} those that moved at all
 */
export function tasteMoves(before, after) {
  const stood = new Map(before.map((direction) => [direction.name, direction.value]));
  return after
    .map(({name, value}) => ({name, before: stood.get(name) ?? 0, after: value}))
    .filter((move) => move.before !== move.after);
}

/**
 * Give a taste after it moved. Which memory holds it is read with the next refresh.
 * @param {any[]} taste
 * @param {{name: string, after: number}[]} moves
 */
export function movedTaste(taste, moves) {
  const now = new Map(moves.map((move) => [move.name, move.after]));
  return taste.map((direction) =>
    now.has(direction.name) ? {...direction, value: now.get(direction.name), fast: null} : direction,
  );
}
