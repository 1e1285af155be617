// The page begins here: who are you, what is there, which sections show it.
import {ask, Trouble, useKey, userPath} from "./api.js";
import {curveSection} from "./curve.js";
import {demoSection} from "./demo.js";
import {emphasised, h, put} from "./dom.js";
import {filmsSection} from "./films.js";
import {filtersSection} from "./filters.js";
import {findSection} from "./find.js";
import {importSection} from "./importer.js";
import {followOtherTabs, refresh, smoothly} from "./lesson.js";
import {mapSection} from "./map.js";
import {operatorSection} from "./operator.js";
import {startSection} from "./start.js";
import {set, state, watch} from "./state.js";
import {tasteSection} from "./taste.js";
import {timeSection} from "./time.js";
import {trying} from "./trouble.js";
import {currentUser, openProfiles, remember} from "./user.js";
import {language, languages, say, speak} from "./words.js";
import {yoursSection} from "./yours.js";

/**
 * Make a section: a place on the page and the function that fills it.
 * @param {string} kind
 * @param {(place: HTMLElement) => void} fill
 */
function section(kind, fill) {
  const place = h("section", {class: kind});
  fill(place);
  return place;
}

/** Build the page. Sections draw themselves when the state they watch changes. */
function build() {
  const who = h("button", {onclick: () => openProfiles(use)}, say("you"));
  const said = h("p", {class: "said", role: "status", "aria-live": "polite", id: "said"});
  const list = h(
    "div",
    {},
    h("div", {class: "hero"}, h("h1", {}, say("listTitle")), said),
    h(
      "div",
      {class: "columns"},
      h("div", {}, section("", filtersSection), section("", filmsSection), h("div", {id: "wide"})),
      h(
        "aside",
        {class: "side", "aria-label": say("tasteTitle")},
        section("panel", tasteSection),
        section("panel", mapSection),
        section("panel", curveSection),
      ),
    ),
    h(
      "div",
      {class: "tools"},
      section("panel", timeSection),
      section("panel", (place) => demoSection(place, () => use(state.user))),
      section("panel", (place) => yoursSection(place, use)),
    ),
  );
  const start = section("", startSection);
  const operator = h("section", {class: "plain", hidden: true});
  const shared = h("div", {class: "tools"}, section("panel", importSection));
  const home = h("main", {}, start, list, shared);
  const room = h("main", {hidden: true}, operator);
  const speaks = /** @type {HTMLSelectElement} */ (
    h(
      "select",
      {"aria-label": say("language"), onchange: () => speak(speaks.value)},
      ...languages.map((one) => h("option", {value: one, selected: one === language}, one)),
    )
  );
  put(
    /** @type {HTMLElement} */ (document.querySelector("#app")),
    h(
      "header",
      {class: "top"},
      h("a", {class: "brand", href: "#/"}, "movie", h("i", {}, "loop")),
      section("find", findSection),
      who,
    ),
    home,
    room,
    h(
      "footer",
      {},
      h("span", {}, say("licence")),
      h("a", {href: "/docs"}, say("docs")),
      h("a", {href: "#/operator"}, say("operator")),
      speaks,
    ),
  );

  watch(["user"], () => put(who, `${say("you")}: ${state.user}`));
  watch(["said"], () => put(said, ...emphasised(state.said)));
  watch(["starting"], () => {
    list.hidden = state.starting;
  });
  const route = () => {
    const operating = location.hash === "#/operator";
    home.hidden = operating;
    room.hidden = operator.hidden = !operating;
    if (operating) void operatorSection(operator);
  };
  addEventListener("hashchange", route);
  route();
}

/**
 * Be somebody: read what they said and what they get.
 * @param {string|null} user null for somebody new
 */
async function use(user) {
  await trying(async () => {
    const name = user === null ? currentUser() : remember(user);
    set({user: name, said: "", place: null});
    const {feedback} = await ask("GET", userPath(name, "/feedback"));
    await refresh();
    await smoothly(() => set({starting: feedback.length === 0, said: feedback.length ? say("firstSaid") : ""}));
  }, "use");
}

/** A server that listens beyond this machine asks for its key. */
function askForKey() {
  const input = /** @type {HTMLInputElement} */ (
    h("input", {type: "password", "aria-label": say("keyTitle"), autocomplete: "off"})
  );
  put(
    /** @type {HTMLElement} */ (document.querySelector("#app")),
    h(
      "main",
      {class: "plain"},
      h("h1", {}, say("keyTitle")),
      h("p", {}, say("keyText")),
      h(
        "form",
        {
          class: "row",
          onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            useKey(input.value);
            void begin();
          },
        },
        input,
        h("button", {class: "first"}, say("keyGo")),
      ),
    ),
  );
}

async function begin() {
  await trying(async () => {
    let known;
    try {
      known = await ask("GET", "/genres");
    } catch (error) {
      if (error instanceof Trouble && error.status === 401) {
        askForKey();
        return;
      }
      throw error;
    }
    build();
    set({genres: known.genres, posterVersion: known.poster_version});
    followOtherTabs();
    await use(null);
  });
}

void begin();
