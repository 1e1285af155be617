// Together: pick the people, and one film comes, with what it is to each of them. Nothing is stored.
import {ask} from "../api.js";
import {emphasis, html, nothing, section} from "../html.js";
import {wanted} from "../lesson.js";
import {poster, set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {knownUsers, nameFor} from "../user.js";
import {label, nameOf, say} from "../words.js";

/** @param {any} changes */
const change = (changes) => set({company: {...state.company, ...changes}});

function open() {
  set({company: {with: [], others: knownUsers().filter((user) => user !== state.user), film: null, veto: []}});
}

function close() {
  set({company: null});
}

/** @param {string} user */
function choose(user) {
  const chosen = state.company.with;
  change({
    with: chosen.includes(user) ? chosen.filter((/** @type {string} */ one) => one !== user) : [...chosen, user],
  });
}

/** Somebody this browser does not know. @param {SubmitEvent} event */
function add(event) {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (
    /** @type {HTMLFormElement} */ (event.target).elements.namedItem("friend")
  );
  const user = field.value.trim();
  field.value = "";
  const {company} = state;
  if (!user || user === state.user || company.with.includes(user)) return;
  change({others: [...new Set([...company.others, user])], with: [...company.with, user]});
}

/** @param {number[]} veto */
const find = (veto) =>
  trying(async () => {
    const {variety, ...filters} = wanted();
    const told = await ask("POST", "/group/recommend", {
      query: filters,
      body: {users: [state.user, ...state.company.with], n: 1, veto},
    });
    if (state.company) change({film: told.recommendations[0] ?? false, newcomers: told.newcomers, veto});
  }, "together");

export function togetherSection() {
  watch(["log", "user", "filters"], () => {
    if (state.company) close();
  });
  return section("section", "tonight", ["company", "starting", "past", "visiting", "user", "owner"], (place) => {
    // A key of one user may not ask for others.
    place.hidden = state.starting || Boolean(state.past || state.visiting || state.owner);
    if (place.hidden) return "";
    const {company} = state;
    if (!company) return html`<button id="together" @click=${open}>${say("together")}</button>`;
    if (company.film === null) return people(company);
    if (!company.film)
      return html`<div class="panel"><p>${say("togetherNone")}</p><div class="row"><button class="quiet" @click=${close}>${say("backToList")}</button></div></div>`;
    return oneFilm(company);
  });
}

/** Who watches? @param {any} company */
function people(company) {
  return html`<div class="panel either" role="group" aria-label=${say("together")}><p>${say("togetherWho")}</p>
    <div class="row">${company.others.map((/** @type {string} */ user) => html`<button class="friend" aria-pressed=${company.with.includes(user)} @click=${() => choose(user)}>${nameFor(user)}</button>`)}</div>
    <form class="row" @submit=${add}><label>${say("togetherAdd")} <input type="text" name="friend" maxlength="128" autocomplete="off" placeholder=${say("anId")}></label><button>${say("togetherAddGo")}</button></form>
    <div class="row"><button class="first" id="together-find" ?disabled=${!company.with.length} @click=${() => find([])}>${say("togetherFind")}</button><button class="quiet" @click=${close}>${say("cancel")}</button></div></div>`;
}

/** One film, and what it is to whom. @param {any} company */
function oneFilm(company) {
  const {film} = company;
  return html`<article class="panel one-film" id="together-film"><img class="poster" src=${poster(film.movie_id)} alt="" width="200" height="300">
    <div><p class="small">${say("togetherIs", [state.user, ...company.with].map(nameFor))}</p><h2><a href="/film/${film.movie_id}" data-here>${label(film)}</a></h2><p>${film.genres.map(nameOf).join(" · ")}</p>
    <ul class="accounts">${film.members.map((/** @type {any} */ member) => html`<li>${emphasis(say("togetherFor", nameFor(member.user_id), member.rank, member.because[0]?.title ?? ""))}</li>`)}</ul>
    ${company.newcomers.length ? html`<p class="small">${say("togetherNew", company.newcomers.map(nameFor))}</p>` : nothing}
    <div class="row"><button @click=${() => find([...company.veto, film.movie_id])}>${say("togetherVeto")}</button><button class="quiet" @click=${close}>${say("backToList")}</button></div></div></article>`;
}
