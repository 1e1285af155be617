// The one place of state. Sections read `state`, change it with `set`, and are told by `watch`.

/**
 * @typedef {object} Film
 * @property {number} movie_id
 * @property {string} title
 * @property {number|null} year
 * @property {string[]} genres
 * @property {number} [distance]
 */

export const state = {
  /** @type {string} */ user: "",
  /** @type {Film[]} the films that are shown */ films: [],
  /** @type {any[]} what the user has said, oldest first */ log: [],
  /** @type {any[]} directions of the taste */ taste: [],
  /** @type {{movie_id: number, rating: number|null, change: any}|null} what would change */ ghost: null,
  /** @type {string} the sentence of the last lesson */ said: "",
  /** @type {any} */ filters: {genre: "", year_from: "", year_to: "", familiarity: null, exclude: []},
  /** @type {{name: string, hue: number, movies: number}[]} */ genres: [],
  /** @type {number} */ posterVersion: 1,
  /** @type {any} a place of the past, while the time machine runs */ place: null,
  /** @type {boolean} whether the list is somebody else's, the demo's say, and must not be rated */ visiting: false,
  /** @type {boolean} whether the newcomer's twelve films are shown */ starting: false,
};

/** @type {[(keyof typeof state)[], () => void][]} */
const watchers = [];

/**
 * Call a function whenever one of some parts of the state has changed.
 * @param {(keyof typeof state)[]} parts
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
 * @param {Partial<typeof state>} changes
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
