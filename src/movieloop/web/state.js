// The one place of state. Sections read `state`, change it with `set`, and are drawn when what they watch changes.

/**
 * What the server answers has the types of its OpenAPI document; `make page-types` writes them.
 * @typedef {import("./types/openapi.js").components["schemas"]} Schemas
 * @typedef {Pick<Schemas["Recommendation"], "movie_id"|"title"|"year"|"genres"> & {distance?: number, owned?: boolean}} Film
 * @typedef {Pick<Schemas["FeedbackItem"], "feedback_id"|"movie_id"|"title"|"year"|"rating"|"counts"|"rank_before">} Said
 *
 * @typedef {object} Entry something said that the server has not confirmed yet
 * @property {string} once names the request: sent twice, it counts once
 * @property {"rate"|"undo"} kind
 * @property {string} user
 * @property {number} movie_id
 * @property {string} title
 * @property {number|null} [year]
 * @property {number|null} [rating]
 * @property {string} [source] how the film was met
 * @property {number|null} [blind] the blind list it was rated in
 * @property {number} [feedback_id] what is taken back
 *
 * @typedef {object} Past
 * @property {number} at after so many ratings
 * @property {number} of of so many
 */

export const SHOWN = 12; // films of the list
export const LISTED = 24; // films asked for: those behind the list tell where a film came from

export const state = {
  /** @type {string} */ user: "",
  /** @type {string|null} the only user this browser may be, if its key belongs to one */ owner: null,
  /** @type {string|null} the name of the key it has signed in with */ signedIn: null,
  /** @type {{page: "home"|"film"|"you"|"operator", film: number|null, user: string|null}} */
  route: {page: "home", film: null, user: null},
  /** @type {Film[]} the list, the first `SHOWN` of it on the screen */ films: [],
  /** @type {Film[]|null} what a search found, null while nothing is sought */ found: null,
  /** @type {Schemas["Row"][]} rows beside the list */ rows: [],
  /** @type {Said[]} what the user has said, oldest first */ log: [],
  /** @type {Schemas["Direction"][]} directions of the taste */ taste: [],
  /** @type {Schemas["ProgressOut"]|null} the learning curve */ progress: null,
  /** @type {any} the film of the film page, its neighbours and why it stands where it stands */ film: null,
  /** @type {{movie_id: number, rating: number|null, after: Film[], taste: Schemas["TasteMove"][], place: Schemas["PlaceAfter"]|null}|null} what a tap would change */
  ghost: null,
  /** @type {{text: string, feedback: any}} the sentence of the last lesson, and what it was about */
  said: {text: "", feedback: null},
  /** @type {any} */ filters: {},
  /** @type {{name: string, hue: number, movies: number}[]} */ genres: [],
  /** @type {number} */ posterVersion: 1,
  /** @type {Past|null} the moment the page shows, null for now */ past: null,
  /** @type {Schemas["Step"]|null} where you are on the map */ place: null,
  /** @type {{who: string, at: number, of: number}|null} the demo's taste, while it is shown */ visiting: null,
  /** @type {boolean} whether the newcomer's twelve films are shown */ starting: false,
  /** @type {boolean} whether all sections are there */ complete: false,
  /** @type {Film[]} the newcomer's films */ picks: [],
  /** @type {Entry[]} what waits for the server */ waiting: [],
  /** @type {boolean} whether the server has been out of reach */ cut: false,
  /** @type {{on: boolean, as_of: number|null}} the blind comparison */ blind: {on: false, as_of: null},
  /** @type {any} an import that is being looked at */ bringing: null,
  /** @type {any} the questions of tonight, null while none are asked */ evening: null,
  /** @type {any} who watches together and what, null while nobody is asked for */ company: null,
  /** @type {any} what the operator sees */ operator: null,
  /** @type {Schemas["WishItem"][]} films the user wants to see */ watchlist: [],
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
