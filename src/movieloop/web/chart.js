// What the taste map shows: every film's place, yours, the way you came, and the walk to where you go.
import {ask, userPath} from "./api.js";
import {calm} from "./browser.js";
import {hue, state, watch} from "./state.js";
import {trying} from "./trouble.js";

const LAYOUT = 180000; // milliseconds; a version nobody has laid out takes a while
const WALK = 450; // milliseconds the "you" dot takes for a step
const STEPS = 25; // of the trail that are drawn
const GREY = "#8a8494";

export const chart = {
  /** @type {any} */ map: null,
  /** @type {Map<number, number>} the row of every film */ rows: new Map(),
  /** @type {Map<number, number[]>} the rows of every leading genre, -1 none */ groups: new Map(),
  /** @type {string[]} a colour a genre, the first for none */ colours: [],
  /** @type {{x: number, y: number}|null} where you stand, on the way to where you go */ you: null,
  /** @type {{x: number, y: number}[]} the way you came */ trail: [],
};

/** @type {(() => void)[]} */ const painters = [];
let walking = 0;
let asked = 0;

/** Have something painted whenever the map or your place changes. @param {() => void} paint */
export function onWalk(paint) {
  painters.push(paint);
}

/** Nobody is on the map any more. */
export function forgetPlace() {
  chart.you = null;
  chart.trail = [];
  paint();
}

function paint() {
  for (const painter of painters) painter();
}

/** The dot walks from where it is to where it goes. @param {{x: number, y: number}} to */
function walk(to) {
  const from = chart.you,
    began = performance.now();
  cancelAnimationFrame(walking);
  if (!from || calm()) {
    chart.you = {x: to.x, y: to.y};
    paint();
    return;
  }
  const step = (/** @type {number} */ now) => {
    const t = Math.min(1, Math.max(0, (now - began) / WALK)),
      eased = 1 - (1 - t) ** 3;
    chart.you = {x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased};
    paint();
    if (t < 1) walking = requestAnimationFrame(step);
  };
  walking = requestAnimationFrame(step);
}

/** Read the films' places, once a version. @param {number} version */
async function readMap(version) {
  if (chart.map?.embeddings_version === version) return;
  const map = await ask("GET", "/map", {patience: LAYOUT});
  chart.rows = new Map(map.movie_ids.map((/** @type {number} */ id, /** @type {number} */ row) => [id, row]));
  chart.groups.clear();
  map.genre.forEach((/** @type {number} */ genre, /** @type {number} */ row) => {
    const members = chart.groups.get(genre);
    if (members) members.push(row);
    else chart.groups.set(genre, [row]);
  });
  chart.colours = [GREY, ...map.genres.map((/** @type {any} */ genre) => `oklch(.72 .14 ${hue(genre.name)})`)];
  chart.map = map;
}

/** Read where you stand. */
async function look() {
  if (state.starting || !state.user) return;
  const mine = ++asked;
  await trying(async () => {
    const place = await ask("GET", userPath(state.user, "/place"), {patience: LAYOUT});
    await readMap(place.embeddings_version);
    if (mine !== asked || state.past || state.visiting) return;
    chart.trail = [place.start, ...place.trail].slice(-STEPS);
    chart.you ??= {x: place.start.x, y: place.start.y};
    walk(place);
  }, "map");
}

/** Begin to follow where you are. */
export function openChart() {
  watch(["log", "starting", "user"], () => void look());
  watch(["place"], () => {
    if (!state.place || !chart.map) return;
    chart.trail = [...chart.trail, state.place].slice(-STEPS);
    walk(state.place);
  });
  watch(["past", "visiting"], () => {
    if (!state.past && !state.visiting && chart.map) void look();
  });
  watch(["ghost", "films"], paint);
}
