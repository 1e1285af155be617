// Rows beside the list: near each of your tastes, less known, recent, from a country you love.
import {ask, userPath} from "../api.js";
import {haunt} from "../ghost.js";
import {emphasis, html, section} from "../html.js";
import {wanted} from "../lesson.js";
import {set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {countryName, say} from "../words.js";
import {filmGrid} from "./films.js";

const LONG = 12; // films of a row
let asked = 0;

/** What a row is, in words. @param {any} row */
function title(row) {
  if (row.kind === "because") return say("becauseYouLove", row.because.title);
  if (row.kind === "recent") return say("recentRow", row.year_from);
  if (row.kind === "new_here") return say("newHereRow");
  if (row.kind === "country") return say("countryRow", countryName(row.country, row.name));
  return say("lessKnown");
}

async function read() {
  const mine = ++asked;
  if (state.starting || state.past || state.visiting || !state.log.length) return;
  await trying(async () => {
    const {familiarity, variety, wish, ...filters} = wanted();
    const {rows} = await ask("GET", userPath(state.user, "/rows"), {query: {n: LONG, ...filters}});
    if (mine === asked) set({rows});
  }, "rows");
}

export function rowsSection() {
  watch(["log", "filters", "starting", "past"], () => void read());
  const place = section("div", "rows", ["rows", "log", "waiting", "past", "visiting", "starting"], (place) => {
    place.hidden = Boolean(state.past || state.visiting || state.starting || !state.log.length);
    return state.rows.map(
      (row, i) => html`<section class="film-row" aria-labelledby="row-${i}">
      <h2 id="row-${i}">${emphasis(title(row))}</h2>${filmGrid(row.recommendations, {id: `row-of-${row.kind}-${row.because?.movie_id ?? ""}`, source: "rows", row: true})}</section>`,
    );
  });
  haunt(place);
  return place;
}
