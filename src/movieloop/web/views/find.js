// The search box: finds films by a part of their title, slips forgiven.
import {ask} from "../api.js";
import {haunt} from "../ghost.js";
import {html, nothing, section} from "../html.js";
import {poster, set, state} from "../state.js";
import {trying} from "../trouble.js";
import {label, say} from "../words.js";
import {opinionButtons} from "./films.js";

const MOST = 6;
/** @type {AbortController|null} */ let asking = null;

/** @param {Event} event */
async function look(event) {
  asking?.abort();
  const sought = /** @type {HTMLInputElement} */ (event.target).value.trim();
  if (!sought) return close();
  await trying(async () => {
    asking = new AbortController();
    const {signal} = asking;
    const {movies} = await ask("GET", "/movies", {query: {q: sought, limit: MOST}, signal});
    set({found: movies});
  }, "find");
}

function close() {
  set({found: null});
}

export function findSection() {
  const place = section(
    "section",
    "find",
    ["found", "log", "waiting"],
    () => html`
    <input type="search" placeholder=${say("find")} aria-label=${say("find")} autocomplete="off" @input=${look} @focus=${look}>
    ${
      state.found
        ? html`<ul class="found">${state.found.map(
            (film) => html`<li>
      <a href="/film/${film.movie_id}" data-here @click=${() => setTimeout(close)}><img src=${poster(film.movie_id)} alt="" width="34" height="51"><span>${label(film)}</span></a>
      ${opinionButtons(film, "search")}</li>`,
          )}
      ${state.found.length ? nothing : html`<li>${say("notFound")}</li>`}</ul>`
        : nothing
    }`,
  );
  place.setAttribute("role", "search");
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.found) return;
    const input = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    input.value = "";
    close();
    input.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (state.found && !place.contains(/** @type {Node} */ (event.target))) close();
  });
  place.addEventListener("focusout", ({relatedTarget}) => {
    if (state.found && relatedTarget && !place.contains(/** @type {Node} */ (relatedTarget))) close();
  });
  haunt(place);
  return place;
}
