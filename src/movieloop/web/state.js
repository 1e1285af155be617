// The one place of state. Sections read `state`, change it with `set`, and are drawn when what they watch changes.

/**
 * What every part is: `types/state.d.ts`.
 * @typedef {import("./types/state.js").Film} Film
 * @typedef {import("./types/state.js").Said} Said
 * @typedef {import("./types/state.js").Entry} Entry
 * @typedef {import("./types/state.js").Past} Past
 * @typedef {import("./types/state.js").State} State
 */

export const SHOWN = 12; // films of the list
export const LISTED = 24; // films asked for: those behind the list tell where a film came from

/** @type {State} */
export const state = {
  user: "",
  owner: null,
  signedIn: null,
  requests: false,
  route: {page: "home", film: null, user: null},
  films: [],
  found: null,
  rows: [],
  log: [],
  taste: [],
  progress: null,
  film: null,
  ghost: null,
  said: {text: "", feedback: null},
  filters: {},
  genres: [],
  posterVersion: 1,
  past: null,
  place: null,
  visiting: null,
  starting: false,
  complete: false,
  picks: [],
  waiting: [],
  cut: false,
  blind: {on: false, as_of: null},
  bringing: null,
  evening: null,
  company: null,
  operator: null,
  people: null,
  watchlist: [],
};

/** @type {[(keyof State)[], () => void][]} */
const watchers = [];

/**
 * Call a function whenever one of some parts of the state has changed.
 * @param {(keyof State)[]} parts
 * @param {() => void} draw
 */
export function watch(parts, draw) {
  watchers.push([parts, draw]);
}

/** @type {Set<string>} parts that changed and are not drawn yet */
const changed = new Set();
let drawing = false;

/**
 * Change the state, all of it at once, then draw what depends on it, each section once. What is
 * changed while drawing is drawn afterwards: no section ever sees half a change.
 * @param {Partial<State>} changes
 */
export function set(changes) {
  Object.assign(state, changes);
  for (const part of Object.keys(changes)) changed.add(part);
  if (drawing) return;
  drawing = true;
  try {
    while (changed.size) {
      const parts = new Set(changed);
      changed.clear();
      for (const [watched, draw] of watchers) if (watched.some((part) => parts.has(part))) draw();
    }
  } finally {
    drawing = false;
  }
}

/** Whether ratings are taken: not of the past, and not of somebody else's list. */
export function isNow() {
  return !state.past && !state.visiting;
}

/**
 * The hue of a film or of a genre, the same everywhere.
 * @param {string|undefined} genre
 * @returns {number}
 */
export function hue(genre) {
  return state.genres.find((known) => known.name === genre)?.hue ?? 60;
}

/** @param {number} movieId */
export function poster(movieId) {
  return `/movies/${movieId}/poster.svg?v=${state.posterVersion}`;
}

/** @param {number} movieId */
export function opinionOn(movieId) {
  return state.log.findLast((item) => item.movie_id === movieId && item.counts);
}
