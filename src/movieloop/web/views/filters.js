// Filters, the familiar-obscure dial and variety. None of it is an opinion: it changes what is shown.
import {html, nothing, section} from "../html.js";
import {compareBlindly, filtered, refreshList} from "../lesson.js";
import {SHOWN, set, state} from "../state.js";
import {countryName, nameOf, say} from "../words.js";

const MOST_LEFT_OUT = 480;
const COUNTRIES = [
  "US",
  "GB",
  "FR",
  "DE",
  "IT",
  "ES",
  "JP",
  "KR",
  "IN",
  "CN",
  "HK",
  "SE",
  "DK",
  "NO",
  "IR",
  "BR",
  "MX",
  "AR",
  "PL",
  "RU",
  "TR",
  "AU",
  "CA",
];

/** @param {any} some */
export function change(some) {
  set({filters: {...state.filters, ...some}});
  void refreshList();
}

/** Not these: the films shown are left out until you ask for all again. */
const others = () =>
  change({
    exclude: [...(state.filters.exclude ?? []), ...state.films.slice(0, SHOWN).map((film) => film.movie_id)].slice(
      -MOST_LEFT_OUT,
    ),
  });

/** A surprise: the same taste, seen from a random place on the dial. */
const surprise = () => change({familiarity: (0.1 + 0.75 * Math.random()).toFixed(2)});

/** @param {Event} event */
const value = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {"year_from"|"year_to"} which @param {string} word */
const year = (
  which,
  word,
) => html`<input type="number" min="1870" max="2200" placeholder=${say(word)} aria-label="${say("years")} ${say(word)}" .value=${state.filters[which] ?? ""}
  @change=${(/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).checkValidity() && change({[which]: value(event)})}>`;

/** @param {"familiarity"|"variety"} which @param {number} otherwise @param {string} low @param {string} high @param {string} name */
const dial = (
  which,
  otherwise,
  low,
  high,
  name,
) => html`<label>${say(low)}<input type="range" min="0" max="1" step="0.05" aria-label=${say(name)} .value=${String(state.filters[which] ?? otherwise)}
  @change=${(/** @type {Event} */ event) => change({[which]: Number(value(event)) === otherwise ? null : value(event)})}>${say(high)}</label>`;

export function filtersSection() {
  return section("div", "row filters", ["filters", "films", "genres", "visiting", "blind"], (place) => {
    place.inert = Boolean(state.visiting);
    const {genre = "", country = "", owned = ""} = state.filters;
    const libraries = owned || state.films.some((film) => film.owned);
    const wishes = Object.entries(state.filters.wish ?? {});
    return html`
      <label>${say("genre")}<select .value=${genre} @change=${(/** @type {Event} */ event) => change({genre: value(event)})}>
        <option value="">${say("allGenres")}</option>${state.genres.map(({name}) => html`<option value=${name} ?selected=${name === genre}>${nameOf(name)}</option>`)}</select></label>
      <label>${say("country")}<select .value=${country} @change=${(/** @type {Event} */ event) => change({country: value(event)})}>
        <option value="">${say("allGenres")}</option>${COUNTRIES.map((code) => html`<option value=${code} ?selected=${code === country}>${countryName(code, code)}</option>`)}</select></label>
      ${
        libraries
          ? html`<label>${say("library")}<select .value=${owned} @change=${(/** @type {Event} */ event) => change({owned: value(event)})}>
        <option value="">${say("allGenres")}</option>${[
          ["true", "owned"],
          ["false", "notOwned"],
        ].map(
          ([is, word]) => html`<option value=${is} ?selected=${is === owned}>${say(word)}</option>`,
        )}</select></label>`
          : nothing
      }
      <span class="row">${year("year_from", "from")}${year("year_to", "to")}</span>
      ${dial("familiarity", 1, "obscure", "familiar", "dial")}
      ${dial("variety", 0, "nearest", "varied", "variety")}
      <button @click=${others}>${say("notThese")}</button><button @click=${surprise}>${say("surprise")}</button>
      ${wishes.map(([name, by]) => html`<button class="wish" aria-label=${say("wishAway", nameOf(name))} @click=${() => change({wish: Object.fromEntries(wishes.filter(([other]) => other !== name))})}>${nameOf(name)} ${Number(by) > 0 ? "+" : "−"}${Math.abs(Number(by)).toFixed(1)} ×</button>`)}
      ${filtered() ? html`<button class="all" @click=${() => change({genre: "", country: "", year_from: "", year_to: "", familiarity: null, variety: null, owned: "", exclude: [], wish: {}})}>${say("allFilms")}</button>` : nothing}
      ${state.blind.on ? html`<span class="small blind">${say(filtered() ? "blindOff" : "blindOn")} <button @click=${() => compareBlindly(false)}>${say("blindStop")}</button></span>` : nothing}`;
  });
}
