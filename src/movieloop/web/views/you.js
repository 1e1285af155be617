// You: your name, what you said, your data, other profiles of this browser, and a way to bring one along.
import {ask, userPath} from "../api.js";
import {copy} from "../browser.js";
import {forgetPlace} from "../chart.js";
import {html, nothing, render, section} from "../html.js";
import {travel, undo} from "../lesson.js";
import {dropOf} from "../outbox.js";
import {go} from "../router.js";
import {set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {callThem, forgetHere, knownUsers, nameFor, newUser} from "../user.js";
import {label, say} from "../words.js";
import {paintSmall} from "./map.js";

const MARKS = /** @type {Record<string, string>} */ ({1: "♥", 0: "✕"});

/** @typedef {(user: string|null) => Promise<void>} Use */

const link = () => `${location.origin}/you?user=${encodeURIComponent(state.user)}`;

const exported = () =>
  trying(async () => {
    const data = await ask("GET", userPath(state.user, "/export"));
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], {type: "application/json"}));
    anchor.download = `movieloop-${state.user}.json`;
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  });

/** @param {Use} use */
const forget = (use) =>
  trying(async () => {
    if (!confirm(say("forgetSure"))) return;
    const gone = await ask("DELETE", userPath(state.user));
    dropOf(state.user);
    forgetHere(state.user);
    if (state.owner) {
      location.assign("/"); // the key that was theirs is gone with them
      return;
    }
    await use(newUser());
    go("/");
    set({said: {text: "", feedback: null}, progress: null, rows: []});
    sayGone(gone.deleted_feedback);
  });

/** Say what is gone, and show the map with nobody on it. @param {number} many */
function sayGone(many) {
  document.querySelector(".gone")?.remove();
  const place = document.createElement("div");
  place.className = "gone row";
  place.setAttribute("role", "status");
  const map = document.createElement("canvas");
  map.className = "small-map";
  map.width = map.height = 112;
  forgetPlace();
  paintSmall(map);
  render(html`${map}<p class="said">${say("forgotten", many)}</p>`, place);
  document.querySelector("main:not([hidden])")?.prepend(place);
}

/** Be somebody else in this browser. @param {Use} use @param {string[]} others */
function switching(use, others) {
  const go = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const user = /** @type {HTMLInputElement} */ (form.elements.namedItem("id")).value.trim();
    if (user) void use(user);
  };
  return html`<form class="row" @submit=${go}>
      <label>${say("switchTo")} <input type="text" name="id" maxlength="128" autocomplete="off" placeholder=${say("anId")}></label><button>${say("switchGo")}</button></form>
    <div class="row">${others.map((user) => html`<button @click=${() => use(user)}>${nameFor(user)}</button>`)}<button @click=${() => use(newUser())}>${say("newOne")}</button></div>
    <p class="small">${say("profileHint")}</p>`;
}

/** Give the key back; whose page it was is not kept here. @param {string} key */
function signingOut(key) {
  const leave = () => state.owner && forgetHere(state.owner);
  return html`<form class="row" method="post" action="/page/sign-out" @submit=${leave}><span class="small">${say("signedInAs", key)}</span><button>${say("signOut")}</button></form>`;
}

/** Who is near, of those who agreed; `name` to be one of them, null to be none any more. @param {string|null} [name] */
const people = (name) =>
  trying(async () => {
    const path = userPath(state.user, name === undefined ? "/similar" : "/findable");
    const agreed = name ? await ask("PUT", path, {body: {name}}) : await ask(name === null ? "DELETE" : "GET", path);
    set({people: agreed});
  }, "people");

function peoplePanel() {
  const {found_as, people: near = []} = state.people ?? {};
  const agree = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void people(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("name")).trim());
  };
  return html`<section class="panel" id="people"><header><h2>${say("peopleTitle")}</h2></header>
    <form class="row" @submit=${agree}><label>${say("foundAs")} <input type="text" name="name" maxlength="60" required .value=${found_as ?? ""}></label>
      <button>${say(found_as ? "rename" : "beFound")}</button>${found_as ? html`<button type="button" @click=${() => people(null)}>${say("hide")}</button>` : nothing}</form>
    <p class="small">${say(found_as && !near.length ? "peopleNone" : "peopleText")}</p>
    <ol>${near.map((/** @type {any} */ one) => html`<li><b>${one.name}</b> ${one.distance.toFixed(1)} <span class="small">${one.both_like.join(", ")}</span></li>`)}</ol></section>`;
}

/** @param {Use} use */
export function youSection(use) {
  watch(["route", "user", "log"], () => {
    if (state.route.page === "you") void people();
  });
  watch(["user"], () => document.querySelector(".gone")?.remove());
  return section("main", "you plain", ["route", "user", "log", "past", "waiting", "watchlist", "people"], (place) => {
    place.hidden = state.route.page !== "you";
    if (place.hidden) return "";
    document.title = `${nameFor(state.user)} – movieloop`;
    const others = knownUsers().filter((user) => user !== state.user);
    const coming = !state.owner && state.route.user && state.route.user !== state.user ? state.route.user : null;
    return html`<p><a href="/" data-here>← ${say("backToList")}</a></p>
      ${
        coming
          ? html`<section class="panel coming"><p>${say("comingText", coming)}</p><div class="row"><button class="first" @click=${async () => {
              await use(coming);
              go("/you");
            }}>${say("comingGo", coming)}</button><button @click=${() => go("/you")}>${say("cancel")}</button></div></section>`
          : nothing
      }
      <div class="hero"><h1>${nameFor(state.user)}</h1></div>
      <div class="tools">
      <section class="panel"><header><h2>${say("profileTitle")}</h2></header>
        <form class="row" @submit=${(/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          callThem(
            state.user,
            /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("name"))
              .value,
          );
          set({user: state.user});
        }}>
          <label>${say("displayName")} <input type="text" name="name" maxlength="60" autocomplete="nickname" .value=${nameFor(state.user) === state.user ? "" : nameFor(state.user)}></label><button>${say("rename")}</button></form>
        <p class="small">${say("yourId")} <code>${state.user}</code></p>
        ${state.owner ? nothing : switching(use, others)}
        ${state.signedIn ? signingOut(state.signedIn) : nothing}</section>
      <section class="panel"><header><h2>${say("sendTitle")}</h2></header><p class="small">${say("sendText")}</p>
        <img class="qr" src="/qr.svg?text=${encodeURIComponent(link())}" alt=${say("qrAlt")} width="180" height="180">
        <div class="row"><button @click=${async (/** @type {Event} */ event) => {
          const button = /** @type {HTMLElement} */ (event.currentTarget);
          button.textContent = say((await copy(link(), button)) ? "copied" : "copyYourself");
        }}>${say("copyLink")}</button></div></section>
      <section class="panel"><header><h2>${say("dataTitle")}</h2></header>
        <div class="row"><button @click=${exported}>${say("exportIt")}</button><button id="forget" @click=${() => forget(use)}>${say("forget")}</button></div>
        <p class="small">${say("profileApi")}</p><pre tabindex="0">curl '${location.origin}/recommend/${encodeURIComponent(state.user)}'</pre></section>
      <section class="panel"><header><h2>${say("watchlistTitle")}</h2></header>
        ${state.watchlist.length ? html`<ul class="log">${state.watchlist.map((wish) => html`<li><a href="/film/${wish.movie_id}" data-here>${label(wish)}</a></li>`)}</ul>` : html`<p class="small">${say("watchlistNone")}</p>`}</section>
      ${peoplePanel()}
      <section class="panel"><header><h2>${say("saidTitle")}</h2></header>${history()}</section></div>`;
  });
}

/** What was said, the newest first: take back, or go there. */
function history() {
  if (!state.log.length) return html`<p class="small">${say("timeNone")}</p>`;
  return html`<ol class="log" id="log" reversed>${[...state.log]
    .map((item, i) => ({item, at: i + 1}))
    .reverse()
    .slice(0, 200)
    .map(
      ({item, at}) => html`<li class=${state.past && at > state.past.at ? "later" : ""}>
    <b aria-label=${say(item.rating === 1 ? "like" : item.rating === 0 ? "dislike" : "seen")}>${MARKS[String(item.rating)] ?? "○"}</b>
    <a href="/film/${item.movie_id}" data-here>${label(item)}</a>
    <button class="quiet" aria-label=${say("goThereOf", label(item))} @click=${() => {
      go("/");
      void travel(at);
    }}>${say("goThere")}</button>
    <button class="quiet" aria-label="${say("undo")} ${label(item)}" @click=${() => undo(item)}>${say("undo")}</button></li>`,
    )}</ol>`;
}
