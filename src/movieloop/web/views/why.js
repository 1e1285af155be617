// Why a film stands where it stands: a sentence, each rating as a switch, shares that sum, the arithmetic.
import {ask, userPath} from "../api.js";
import {copy} from "../browser.js";
import {distance, learnOne} from "../formula.js";
import {emphasis, html, nothing} from "../html.js";
import {undo} from "../lesson.js";
import {SHOWN, set, state} from "../state.js";
import {trying} from "../trouble.js";
import {countryName, nameOf, say} from "../words.js";

const HUES = [60, 210, 300, 140, 20, 260, 100];
const MOST = 12; // ratings that are told
const COORDINATES = 5; // of the arithmetic that are written out
const number = (/** @type {number} */ value) => value.toFixed(3);

/** @param {any} film the film page's state */
export function whyView(film) {
  const {why} = film;
  return html`<section class="panel why" id="why"><header><h2>${say("whyTitle", why.movie.title)}</h2><span>${say("rankNow", why.rank, number(why.distance))}</span></header>
    <p class="because">${emphasis(because(film))}</p>
    ${ratings(film)}${without(film)}
    <h3>${say("sumTitle")}</h3><p class="small">${say("sumText")}</p>${shares(why)}
    <details class="arithmetic" @toggle=${(/** @type {Event} */ event) => /** @type {HTMLDetailsElement} */ (event.target).open && readNumbers(why.movie.movie_id)}>
      <summary>${say("arithmetic")}</summary>${film.numbers ? numbers(film) : say("loading")}</details></section>`;
}

/** The sentence: which of your ratings bring it near, and what they share with it. @param {any} film */
function because(film) {
  const {why, kin} = film;
  const near = why.ratings.filter((/** @type {any} */ rating) => rating.effect > 1e-9).slice(0, 2);
  const far = why.ratings.filter((/** @type {any} */ rating) => rating.effect < -1e-9);
  if (!kin) void readKin(film, near);
  if (!why.ratings.length) return say("noRatings");
  if (!near.length)
    return say(
      "inSpiteOf",
      far.slice(0, 2).map((/** @type {any} */ rating) => rating.title),
    );
  return say(
    "becauseOf",
    near.map((/** @type {any} */ rating) => rating.title),
    shared(why.movie, kin ?? []),
  );
}

/** What a film shares with others, the rarest first. @param {any} movie @param {any[]} others */
function shared(movie, others) {
  const both = (/** @type {string} */ kind) =>
    movie[kind].filter((/** @type {any} */ one) => others.some((other) => other[kind].includes(one)));
  const decade = Math.floor((movie.year ?? 0) / 10) * 10;
  return [
    ...both("directors").map((/** @type {string} */ name) => say("byDirector", name)),
    ...both("cast")
      .slice(0, 2)
      .map((/** @type {string} */ name) => say("withActor", name)),
    ...both("countries")
      .filter((/** @type {string} */ code) => code !== "US")
      .slice(0, 1)
      .map((/** @type {string} */ code) => say("fromCountry", countryName(code, code))),
    ...both("genres").slice(0, 2).map(nameOf),
    ...(movie.year && others.some((other) => Math.floor((other.year ?? 0) / 10) * 10 === decade)
      ? [say("ofDecade", decade)]
      : []),
  ].slice(0, 4);
}

/** Read what the films behind it are. @param {any} film @param {any[]} near */
async function readKin(film, near) {
  film.kin = [];
  const kin = await trying(() => Promise.all(near.map((rating) => ask("GET", `/movies/${rating.movie_id}`))), "kin");
  if (kin?.length && state.film === film) set({film: {...film, kin}});
}

/** @param {any} film */
function ratings(film) {
  const {why, without: off} = film;
  if (!why.ratings.length) return nothing;
  return html`<h3>${say("ratingsTitle")}</h3><p class="small">${say("switchText")}</p>
    <div class="wide-table" tabindex="0"><table><thead><tr><th>${say("yourRating")}</th><th class="number">${say("effect")}</th><th class="number">${say("place")}</th><td></td></tr></thead>
    <tbody>${why.ratings.slice(0, MOST).map(
      (/** @type {any} */ rating) => html`<tr class=${off.has(rating.feedback_id) ? "off" : ""}>
      <td><label class="switch"><input type="checkbox" role="switch" .checked=${!off.has(rating.feedback_id)} @change=${() => turn(film, rating.feedback_id)}><span class="mark">${rating.rating === 1 ? "♥" : rating.rating === 0 ? "✕" : "○"}</span> ${rating.title}</label></td>
      <td class="number">${rating.effect > 0 ? "+" : ""}${number(rating.effect)}</td><td class="number" data-without=${rating.rank_without}>${say("nth", rating.rank_without)}</td>
      <td><button class="quiet" aria-label=${say("takeOf", rating.title)} @click=${() => undo(rating)}>${say("take")}</button></td></tr>`,
    )}</tbody></table></div>`;
}

/** Switch a rating off or on: the list without it comes at once, nothing is stored. @param {any} film @param {number} feedbackId */
async function turn(film, feedbackId) {
  const off = new Set(film.without);
  if (!off.delete(feedbackId)) off.add(feedbackId);
  set({film: {...film, without: off, list: null}});
  if (!off.size) return;
  await trying(async () => {
    const opinions = state.log
      .filter((item) => item.counts && !off.has(item.feedback_id))
      .map(({movie_id, rating}) => ({movie_id, rating}));
    const {recommendations} = await ask("POST", "/session/recommend", {body: {opinions: opinions.slice(-500), n: 100}});
    if (state.film?.without === off) set({film: {...state.film, list: recommendations}});
  }, "without");
}

/** @param {any} film */
function without({without: off, list, why}) {
  if (!off.size) return nothing;
  if (!list) return html`<p class="small">${say("loading")}</p>`;
  const at = list.findIndex((/** @type {any} */ other) => other.movie_id === why.movie.movie_id);
  return html`<div class="list-without" role="status"><p>${at < 0 ? say("withoutFar", list.length) : say("withoutRank", at + 1, why.rank)}</p>
    <ol>${list.slice(0, SHOWN).map((/** @type {any} */ other) => html`<li class=${other.movie_id === why.movie.movie_id ? "this" : ""}>${other.title}</li>`)}</ol></div>`;
}

/** The distance is a sum: one bar, one row a part. @param {any} why */
function shares(why) {
  const parts = why.contributions.filter((/** @type {any} */ part) => part.distance > 0);
  const hue = (/** @type {number} */ i) => `--hue: ${HUES[i % HUES.length]}`;
  return html`<div class="sum" aria-hidden="true">${parts.map((/** @type {any} */ part, /** @type {number} */ i) => html`<span .style="${hue(i)}; flex-grow: ${part.distance}"></span>`)}</div>
    <table><tbody>${parts.map((/** @type {any} */ part, /** @type {number} */ i) => html`<tr><td><span class="dot" .style=${hue(i)}></span>${nameOf(part.name)}</td><td class="number" data-share=${part.distance}>${number(part.distance)}</td></tr>`)}
      <tr><th>Σ</th><th class="number" data-sum=${why.distance}>${number(why.distance)}</th></tr></tbody></table>`;
}

/** @param {number} movieId */
async function readNumbers(movieId) {
  if (state.film?.numbers) return;
  await trying(async () => {
    const numbers = await ask("GET", userPath(state.user, `/arithmetic/${movieId}`));
    if (state.film?.movie.movie_id === movieId) set({film: {...state.film, numbers}});
  }, "numbers");
}

/** The arithmetic of taste.py, done again here with your numbers. @param {any} film */
function numbers({numbers: told, why}) {
  const {profile, point, rates, lesson} = told;
  const gaps = profile.map((/** @type {number} */ at, /** @type {number} */ i) => Math.abs(point[i] - at));
  const here = distance(profile, point);
  const far = `distance = Σ |p − m| = ${gaps.slice(0, COORDINATES).map(number).join(" + ")} + … (${gaps.length})\n         = ${here.toFixed(10)}   ${same(here, told.distance)}`;
  const url = `${location.origin}${userPath(state.user, `/why/${why.movie.movie_id}`)}`;
  const copying = (/** @type {string} */ name, /** @type {string} */ text) =>
    html`<button @click=${async (/** @type {Event} */ event) => {
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      button.textContent = say((await copy(text, button)) ? "copied" : "copyYourself");
    }}>${say(name)}</button>`;
  return html`<pre tabindex="0">${lesson ? `${step(lesson, rates)}\n\n` : ""}${far}</pre>
    <div class="row">${copying("copyCurl", `curl '${url}' -H 'X-API-Key: ${say("keyPlace")}'`)}
      ${copying("copyPython", `import json, urllib.request\nasked = urllib.request.Request("${url}", headers={"X-API-Key": "${say("keyPlace")}"})\nprint(json.load(urllib.request.urlopen(asked))["distance"])`)}</div><p class="small">${say("keyNote")}</p>`;
}

/** The last lesson, coordinate by coordinate. @param {any} lesson @param {any} rates */
function step(lesson, rates) {
  const {rate, after} = learnOne(lesson, rates);
  const rule =
    lesson.rating === 0
      ? "p − rate · push · (m − p)"
      : lesson.rating === 1
        ? "p + rate · (m − p)"
        : "p + rate · seen · (m − p)";
  const sign = lesson.rating === 0 ? "−" : "+";
  const lines = after
    .slice(0, COORDINATES)
    .map(
      (value, i) =>
        `p[${i}] = ${number(lesson.before[i])} ${sign} ${number(rate[i])} · (${number(lesson.point[i])} − ${number(lesson.before[i])}) = ${value.toFixed(10)}`,
    );
  const equal = after.every((value, i) => value === lesson.after[i]);
  return `${lesson.title}: ${rule}\n${lines.join("\n")}\n… (${after.length})   ${say(equal ? "sameAll" : "notSame")}`;
}

/** @param {number} ours @param {number} theirs */
const same = (ours, theirs) =>
  say(Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs)) ? "sameAsServer" : "notSame");
