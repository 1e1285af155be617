// Filters and the familiar-obscure dial. The dial is plain geometry: it moves your profile's
// popularity coordinate, so the nearest films are less known ones.
import {h, put} from "./dom.js";
import {refreshList} from "./lesson.js";
import {set, state, watch} from "./state.js";
import {nameOf, say} from "./words.js";

/** @param {HTMLElement} place */
export function filtersSection(place) {
  const genre = /** @type {HTMLSelectElement} */ (h("select", {onchange: () => change({genre: genre.value})}));
  const year = (/** @type {"year_from"|"year_to"} */ which, /** @type {string} */ name) => {
    const input = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "number",
        min: 1870,
        max: 2200,
        placeholder: say(name),
        "aria-label": `${say("years")} ${say(name)}`,
        onchange: () => input.checkValidity() && change({[which]: input.value}),
      })
    );
    return input;
  };
  const from = year("year_from", "from");
  const to = year("year_to", "to");
  const dial = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "range",
      min: 0,
      max: 1,
      step: 0.05,
      value: 1,
      "aria-label": say("dial"),
      onchange: () => change({familiarity: Number(dial.value) === 1 ? null : dial.value}),
    })
  );
  const all = h(
    "button",
    {
      onclick: () => {
        genre.value = from.value = to.value = "";
        dial.value = "1";
        change({genre: "", year_from: "", year_to: "", familiarity: null, exclude: []});
      },
    },
    say("allFilms"),
  );

  function change(/** @type {any} */ some) {
    set({filters: {...state.filters, ...some}});
    void refreshList();
  }
  /** Not these: the films shown are left out until you ask for all again. */
  const others = () =>
    change({exclude: [...state.filters.exclude, ...state.films.map((film) => film.movie_id)].slice(-480)});
  /** A surprise: the same taste, seen from a random place on the dial. */
  const surprise = () => {
    dial.value = String(0.1 + 0.75 * Math.random());
    change({familiarity: dial.value});
  };

  put(
    place,
    h(
      "div",
      {class: "row filters"},
      h("label", {}, say("genre"), genre),
      h("span", {class: "row"}, from, to),
      h("label", {}, say("obscure"), dial, say("familiar")),
      h("button", {onclick: others}, say("notThese")),
      h("button", {onclick: surprise}, say("surprise")),
      all,
    ),
  );
  watch(["genres"], () =>
    put(
      genre,
      h("option", {value: ""}, say("allGenres")),
      ...state.genres.map(({name}) => h("option", {value: name}, nameOf(name))),
    ),
  );
  watch(["filters"], () => {
    const {genre: chosen, year_from, year_to, familiarity, exclude} = state.filters;
    all.hidden = !(chosen || year_from || year_to || familiarity !== null || exclude.length);
  });
  all.hidden = true;
}
