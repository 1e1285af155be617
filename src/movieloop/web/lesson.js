// The learn beat: you say something, the server learns it, everything on the page moves one step.
import {ask, userPath} from "./api.js";
import {randomName} from "./browser.js";
import {keepFocus} from "./dom.js";
import {sentence} from "./sentence.js";
import {set, state} from "./state.js";
import {trying} from "./trouble.js";

export const SHOWN = 12;
const news = "BroadcastChannel" in window ? new BroadcastChannel("movieloop") : null;

/** @returns {boolean} */
function filtered() {
  const {genre, year_from, year_to, familiarity, exclude} = state.filters;
  return Boolean(genre || year_from || year_to || familiarity !== null || exclude.length);
}

/** Ask for the list as the filters want it. @returns {Promise<any[]>} */
async function list() {
  const {recommendations} = await ask("GET", `/recommend/${encodeURIComponent(state.user)}`, {
    query: {n: SHOWN, ...state.filters},
  });
  return recommendations;
}

/** Read everything about the user anew. */
export async function refresh() {
  const [films, {feedback}, {directions}] = await Promise.all([
    list(),
    ask("GET", userPath(state.user, "/feedback")),
    ask("GET", userPath(state.user, "/taste")),
  ]);
  await smoothly(() => set({films, log: feedback, taste: directions, ghost: null}));
}

/** Ask only for another list, when filters have changed. */
export async function refreshList() {
  await trying(async () => {
    const films = await list();
    await smoothly(() => set({films, ghost: null}));
  }, "list");
}

/**
 * Say what you think of a film.
 * @param {{movie_id: number, title: string, year?: number|null}} film
 * @param {number|null} rating
 */
export async function rate(film, rating) {
  const once = randomName(16); // the same for every try: it counts once
  const user = state.user;
  return trying(async () => {
    const answer = await ask("POST", "/feedback", {
      query: {n: SHOWN},
      body: {user_id: user, movie_id: film.movie_id, rating},
      once,
    });
    if (user !== state.user) return answer;
    const films = filtered() ? await list() : (answer.change?.recommendations ?? (await list()));
    const change = answer.change ?? {moves: [], taste: []};
    const log = [
      ...state.log.map((item) => (item.movie_id === film.movie_id ? {...item, counts: false} : item)),
      {
        feedback_id: answer.feedback_id,
        movie_id: film.movie_id,
        title: film.title,
        year: film.year,
        rating,
        counts: true,
        rank_before: answer.rank_before,
      },
    ];
    await smoothly(() =>
      set({
        films,
        log,
        taste: moved(change.taste),
        ghost: null,
        said: sentence(film, rating, change, rating === 1 ? answer.rank_before : null),
      }),
    );
    news?.postMessage(user);
    return answer;
  }, `rate ${film.movie_id}`);
}

/**
 * Take a rating back, as if it had never been given.
 * @param {{feedback_id: number, title: string}} item
 */
export async function undo(item) {
  await trying(async () => {
    const before = {films: state.films, taste: state.taste};
    try {
      await ask("DELETE", userPath(state.user, `/feedback/${item.feedback_id}`));
    } catch (error) {
      if (/** @type {any} */ (error).status !== 404) throw error; // undone already, in another tab say
    }
    await refresh();
    set({said: sentence(item, undefined, compared(before, state))});
    news?.postMessage(state.user);
  }, `undo ${item.feedback_id}`);
}

/**
 * What changed between two lists and tastes, as the server tells it after a rating.
 * @param {{films: any[], taste: any[]}} before
 * @param {{films: any[], taste: any[]}} after
 */
export function compared(before, after) {
  const stood = new Map(before.taste.map((direction) => [direction.name, direction.value]));
  const shown = new Map(before.films.map((film, i) => [film.movie_id, i + 1]));
  const there = new Set(after.films.map((film) => film.movie_id));
  const left = before.films.filter((film) => !there.has(film.movie_id));
  return {
    taste: after.taste.map((direction) => ({
      name: direction.name,
      before: stood.get(direction.name) ?? 0,
      after: direction.value,
    })),
    moves: [
      ...after.films.map((film, i) => ({
        movie_id: film.movie_id,
        title: film.title,
        rank_before: shown.get(film.movie_id) ?? null,
        rank_after: i + 1,
      })),
      ...left.map((film) => ({
        movie_id: film.movie_id,
        title: film.title,
        rank_before: shown.get(film.movie_id) ?? null,
        rank_after: null,
      })),
    ],
  };
}

/** @param {any[]} moves */
function moved(moves) {
  const now = new Map(moves.map((move) => [move.name, move.after]));
  // Which memory holds it is read with the next refresh; the sum is what moves now.
  return state.taste.map((direction) =>
    now.has(direction.name) ? {...direction, value: now.get(direction.name), fast: null} : direction,
  );
}

/**
 * Change what is shown with a smooth transition where the browser has one.
 * @param {() => void} change
 * @returns {Promise<void>} when it is changed; the transition may still run
 */
export async function smoothly(change) {
  const draw = () => keepFocus(change);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || document.visibilityState === "hidden";
  if (calm || !("startViewTransition" in document)) draw();
  else {
    const transition = /** @type {any} */ (document).startViewTransition(draw);
    transition.finished.catch(() => {}); // skipped by the next one: no harm
    transition.ready.catch(() => {});
    await transition.updateCallbackDone;
  }
}

/** Follow what another tab of this browser says. */
export function followOtherTabs() {
  news?.addEventListener("message", ({data}) => data === state.user && void trying(refresh, "refresh"));
}
