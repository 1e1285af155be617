// One sentence about what was learned. Every word is computed from the server's numbers.
import {nameOf, say} from "./words.js";

const NOTICED = 0.05; // standard deviations: less is not worth a word
const NAMED = 2;

/**
 * @param {{title: string}} film
 * @param {number|null|undefined} rating 1, 0, null; undefined for an undo
 * @param {{moves: any[], taste: any[]}} change
 * @param {number|null} [rankBefore]
 * @returns {string} with *films* emphasised
 */
export function sentence(film, rating, change, rankBefore) {
  const begin = say(
    rating === 1 ? "liked" : rating === 0 ? "disliked" : rating === null ? "ticked" : "undone",
    film.title,
  );
  const moved = change.taste
    .map((move) => ({name: nameOf(move.name), by: move.after - move.before}))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .filter((move) => Math.abs(move.by) >= NOTICED);
  const closer = moved
    .filter((move) => move.by > 0)
    .slice(0, NAMED)
    .map((move) => move.name);
  const farther = moved
    .filter((move) => move.by < 0)
    .slice(0, NAMED)
    .map((move) => move.name);
  // A like is told by what it brings closer, a dislike by what it drives away.
  const told =
    rating === 0 && farther.length
      ? say("farther", farther)
      : closer.length
        ? say("closer", closer)
        : farther.length
          ? say("farther", farther)
          : say("still");
  const up = change.moves.filter(
    (move) => move.rank_before && move.rank_after && move.rank_after < move.rank_before,
  ).length;
  const came = change.moves.filter((move) => !move.rank_before && move.rank_after).map((move) => move.title);
  const left = change.moves.filter((move) => !move.rank_after && move.title !== film.title).map((move) => move.title);
  const then = [
    up ? say("movedUp", up) : "",
    left.length && left.length <= NAMED ? say("left", left) : "",
    !up && came.length ? say("came", came.slice(0, NAMED)) : "",
  ].filter(Boolean);
  const stood = rankBefore ? ` ${say("stood", rankBefore)}` : "";
  return `${begin}: ${told}.${then.length ? ` ${capital(then.join(", "))}.` : ""}${stood}`;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
