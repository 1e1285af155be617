// The learn beat: you say something, the server learns it, everything on the page moves one step.
import {ask, userPath} from "./api.js";
import {keep, recall, smoothly} from "./browser.js";
import {compared, movedTaste, tasteMoves} from "./change.js";
import {put} from "./outbox.js";
import {sentence} from "./sentence.js";
import {LISTED, set, state} from "./state.js";
import {trying} from "./trouble.js";
import {say} from "./words.js";

const news = "BroadcastChannel" in window ? new BroadcastChannel("movieloop") : null;

/** The filters as the server takes them. @returns {Record<string, any>} */
export function wanted() {
  const {wish, ...rest} = state.filters;
  return {...rest, wish: Object.entries(wish ?? {}).map(([name, by]) => `${name}:${by}`)};
}

/** @returns {boolean} whether the list is anything but the plain one */
export function filtered() {
  const {exclude, wish, ...rest} = state.filters;
  return Boolean(
    exclude?.length ||
      Object.keys(wish ?? {}).length ||
      Object.values(rest).some((value) => value !== "" && value !== null && value !== undefined),
  );
}

/**
 * Ask for the list as the filters want it, or for a blind one where that was agreed to.
 * @returns {Promise<Pick<typeof state, "films"|"blind">>}
 */
async function list() {
  if (state.blind.on && !filtered()) {
    const {movies, as_of} = await ask("GET", userPath(state.user, "/blind"));
    return {films: movies, blind: {on: true, as_of}};
  }
  const {recommendations} = await ask("GET", `/recommend/${encodeURIComponent(state.user)}`, {
    query: {n: LISTED, ...wanted()},
  });
  return {films: recommendations, blind: {...state.blind, as_of: null}};
}

/** Read everything about the user anew. */
export async function refresh() {
  const asked = state.user;
  const [films, {feedback}, {directions}] = await Promise.all([
    list(),
    ask("GET", userPath(asked, "/feedback")),
    ask("GET", userPath(asked, "/taste")),
  ]);
  if (asked !== state.user) return;
  await smoothly(() => set({...films, log: feedback, taste: directions, ghost: null, past: null, visiting: null}));
}

/** Ask only for another list, when filters have changed. */
export async function refreshList() {
  if (state.past) return travel(state.past.at);
  return trying(async () => {
    const asked = state.filters;
    const films = await list();
    if (asked === state.filters) await smoothly(() => set({...films, ghost: null}));
  }, "list");
}

/**
 * Say what you think of a film.
 * @param {{movie_id: number, title: string, year?: number|null}} film
 * @param {number|null} rating
 * @param {string} source how the film was met
 * @returns {Promise<any>} the server's answer, as soon as it comes
 */
export function rate(film, rating, source) {
  if (refused()) return Promise.resolve();
  const blind = source === "list" ? state.blind.as_of : null;
  const {movie_id, title, year} = film;
  return put({kind: "rate", user: state.user, movie_id, title, year, rating, source, blind});
}

/**
 * Take a rating back, as if it had never been given.
 * @param {{feedback_id: number, movie_id: number, title: string}} item
 */
export function undo({feedback_id, movie_id, title}) {
  if (refused()) return Promise.resolve();
  return put({kind: "undo", user: state.user, movie_id, title, feedback_id});
}

/** In the past nothing is rated: say why. */
function refused() {
  if (!state.past && !state.visiting) return false;
  set({said: {text: say(state.past ? "pastSaid" : "visitSaid"), feedback: null}});
  return true;
}

/**
 * Move the page one step: what the server has learned is shown.
 * @param {import("./state.js").Entry} entry
 * @param {any} answer
 */
export async function learned(entry, answer) {
  if (entry.user !== state.user) return;
  await trying(async () => {
    if (state.past || state.visiting) await refresh();
    const before = {films: state.films, taste: state.taste};
    if (entry.kind === "undo" || !answer.change) {
      await refresh();
      tell(
        entry,
        compared(before.films, state.films, entry.movie_id),
        tasteMoves(before.taste, state.taste),
        null,
        null,
      );
    } else {
      await step(entry, answer, before.films);
    }
    news?.postMessage(entry.user);
  }, "learned");
}

/** @param {import("./state.js").Entry} entry @param {any} answer @param {import("./state.js").Film[]} before */
async function step(entry, answer, before) {
  const {change, feedback_id, rank_before} = answer;
  const item = {
    feedback_id,
    movie_id: entry.movie_id,
    title: entry.title,
    year: entry.year ?? null,
    rating: entry.rating ?? null,
    counts: true,
    rank_before,
  };
  const shown = state.blind.on && !filtered() ? await list() : {films: change.recommendations};
  const log = [
    ...state.log.map((other) => (other.movie_id === entry.movie_id ? {...other, counts: false} : other)),
    item,
  ];
  const moves = compared(before, shown.films, entry.movie_id);
  await smoothly(() => {
    set({...shown, log, taste: movedTaste(state.taste, change.taste), ghost: null});
    tell(entry, moves, change.taste, item, rank_before);
  });
}

/**
 * @param {import("./state.js").Entry} entry
 * @param {import("./change.js").Move[]} moves
 * @param {{name: string, before: number, after: number}[]} taste
 * @param {any} feedback what may be taken back
 * @param {number|null} stood
 */
function tell(entry, moves, taste, feedback, stood) {
  // The places of a blind list are drawn by lot: they tell nothing about learning.
  const change = {moves: state.blind.as_of === null ? moves : [], taste};
  const rating = entry.kind === "undo" ? undefined : entry.rating;
  set({said: {text: sentence(entry, rating, change, rating === 1 ? stood : null), feedback}});
}

let asked = 0;

/**
 * Go to another moment: list, taste and place as they were.
 * @param {number} at after so many ratings
 */
export async function travel(at) {
  const mine = ++asked;
  await trying(async () => {
    const then = await ask("GET", userPath(state.user, "/timeline"), {query: {at, n: LISTED, ...wanted()}});
    if (mine !== asked) return;
    const past = {at: then.at, of: then.ratings};
    await smoothly(() =>
      set({films: then.recommendations, taste: then.directions, place: then.place, past, ghost: null}),
    );
  }, "time");
}

/** Come back to now. */
export async function backToNow() {
  asked += 1;
  await trying(async () => {
    await refresh();
    set({said: {text: state.log.length ? say("firstSaid") : "", feedback: null}});
  }, "time");
}

/** @param {boolean} on */
export async function compareBlindly(on) {
  keep("movieloop.blind", on || undefined);
  set({blind: {on, as_of: null}});
  await refreshList();
}

/** Follow what another tab of this browser says. */
export function followOtherTabs() {
  set({blind: {on: recall("movieloop.blind", false), as_of: null}});
  news?.addEventListener("message", ({data}) => data === state.user && void trying(refresh, "refresh"));
}
