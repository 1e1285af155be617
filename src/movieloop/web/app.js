// The page begins here: who are you, what is there, which sections show it.
import {ask, userPath} from "./api.js";
import {html, render, section} from "./html.js";
import {comesWith, rest} from "./later.js";
import {backToNow, followOtherTabs, learned, refresh, travel, wanted} from "./lesson.js";
import {openOutbox} from "./outbox.js";
import {address, openRouter} from "./router.js";
import {set, state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {currentUser, followIdentity, knownUsers, nameFor, remember} from "./user.js";
import {findSection} from "./views/find.js";
import {startSection} from "./views/start.js";
import {language, languages, say, speak} from "./words.js";

/** A fresh place for the whole page, instead of what the server painted or what was there before. */
function emptied() {
  const root = document.createElement("div");
  document.querySelector("#app")?.replaceChildren(root);
  return root;
}

/** What the server put into the page, so that nothing has to be asked for before the first tap. */
function first() {
  try {
    return JSON.parse(document.querySelector("#first")?.textContent ?? "null");
  } catch {
    return null;
  }
}

/** The way past what one does not want to hear again. */
function skipLinks() {
  return section("nav", "skip", ["starting", "complete"], (place) => {
    place.setAttribute("aria-label", say("skipLinks"));
    return html`<a href="#home">${say("skipFilms")}</a>${state.complete && !state.starting ? html`<a href="#taste">${say("skipTaste")}</a>` : ""}`;
  });
}

/** Build the page; all but the start comes a moment later, into the places that wait for it. */
function build() {
  const home = document.createElement("main");
  home.id = "home";
  home.tabIndex = -1;
  render(
    html`${startSection()}<div data-waits="list"></div><div class="tools"><div data-waits="import"></div></div>`,
    home,
  );
  const who = document.createElement("a");
  who.className = "button who";
  who.href = "/you";
  who.dataset.here = "";
  render(
    html`${skipLinks()}
    <header class="top"><a class="brand" href="/" data-here>movie<i>loop</i></a>${findSection()}${who}</header>
    <div data-waits="strip"></div>${home}<div data-waits="film"></div><div data-waits="you"></div><div data-waits="operator"></div>
    <footer><span>${say("licence")}</span><a href="/docs">${say("docs")}</a><a href="/operator" data-here>${say("operator")}</a>
      <label class="hidden-text" for="language">${say("language")}</label><select id="language" @change=${(/** @type {Event} */ event) => speak(/** @type {HTMLSelectElement} */ (event.target).value)}>${languages.map((one) => html`<option value=${one} ?selected=${one === language}>${one}</option>`)}</select></footer>`,
    emptied(),
  );
  const named = () => {
    who.textContent = `${say("you")}: ${nameFor(state.user)}`;
  };
  const shown = () => {
    home.hidden = state.route.page !== "home";
    if (state.route.page === "home") document.title = "movieloop";
  };
  watch(["user"], named);
  watch(["route"], shown);
  named();
  shown();
  // Only https and this machine have one; everywhere else the page works all the same.
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
}

/**
 * Be somebody: read what they said and what they get.
 * @param {string|null} user null for whom this browser knows
 */
async function use(user) {
  await trying(async () => {
    const name = remember(state.owner ?? user ?? currentUser());
    set({
      user: name,
      said: {text: "", feedback: null},
      place: null,
      past: null,
      film: null,
      rows: [],
      progress: null,
      picks: [],
      evening: null,
    });
    const {feedback} = await ask("GET", userPath(name, "/feedback"));
    if (feedback.length) await refresh();
    set({
      log: feedback,
      starting: feedback.length === 0,
      said: {text: feedback.length ? say("firstSaid") : "", feedback: null},
    });
  }, "use");
}

async function begin() {
  // The server asks for its key: the form it painted needs no script.
  if (document.documentElement.dataset.locked === "true") return;
  await trying(async () => {
    const there = first();
    let known = there?.genres;
    if (!known) {
      const told = await ask("GET", "/genres");
      known = told.genres;
      set({posterVersion: told.poster_version});
    }
    const {route, filters, at} = address();
    const owner = there?.owner ?? null;
    const user = owner ?? currentUser();
    // What the server painted is this user's: it is taken as it is.
    const mine = there?.user === user || (!there?.user && there?.starting && !knownUsers().length);
    const painted = mine ? {films: there.films ?? [], picks: there.picks ?? [], starting: there.starting} : {};
    set({
      ...(there ? {posterVersion: there.poster_version} : {}),
      genres: known,
      owner,
      signedIn: there?.signed_in ?? null,
      requests: Boolean(there?.requests),
      route,
      filters,
      user: remember(user),
      ...painted,
    });
    followOtherTabs();
    openOutbox(learned, wanted);
    comesWith(use);
    build();
    // A newcomer's films are painted first; who knows the page waits for all of it.
    if (!(mine && there.starting && route.page === "home")) await rest();
    else setTimeout(() => void trying(rest, "rest"));
    set({route});
    openRouter((to) => void (to === null ? backToNow() : travel(to)));
    followIdentity((other) => {
      if (other !== state.user && !state.owner) void use(other);
    });
    if (mine && there.starting) {
      await trying(rest, "rest");
      return;
    }
    await use(null);
    if (at !== null && state.log.length) await travel(Math.min(at, state.log.length));
  });
}

void begin();
