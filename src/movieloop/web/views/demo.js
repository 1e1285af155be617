// Watch it learn: a synthetic taste rates five films a second. Nothing of it is stored: every list
// is asked for with all opinions so far, and at the end you are yourself again.
import {ask} from "../api.js";
import {smoothly} from "../browser.js";
import {compared, tasteMoves} from "../change.js";
import {html, section} from "../html.js";
import {refresh} from "../lesson.js";
import {sentence} from "../sentence.js";
import {LISTED, set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {say} from "../words.js";

const PACE = 200; // milliseconds
const OPINIONS = 40;
let run = 0; // another number for every start and stop: an older run sees that it is over

function stop() {
  run += 1;
}

/** @param {{movie_id: number, rating: number}[]} given */
async function look(given) {
  const opinions = given.map(({movie_id, rating}) => ({movie_id, rating}));
  const {recommendations, picture} = await ask("POST", "/session/recommend", {
    body: {opinions, n: LISTED, picture: true},
  });
  return {films: recommendations, taste: picture.directions, place: picture.place};
}

const start = () =>
  trying(async () => {
    const mine = ++run;
    set({visiting: {who: "…", at: 0, of: OPINIONS}, past: null});
    try {
      const seed = Math.floor(Math.random() * 1e6);
      const {opinions, description} = await ask("GET", "/demo", {query: {seed, n: OPINIONS}});
      const visiting = {who: description, at: 0, of: opinions.length};
      const newcomer = await look([]);
      set({...newcomer, visiting, said: {text: "", feedback: null}});
      scrollTo({top: 0});
      for (let i = 0; i < opinions.length && mine === run; i++) {
        const next = new Promise((resolve) => setTimeout(resolve, PACE));
        const before = {films: state.films, taste: state.taste};
        const now = await look(opinions.slice(0, i + 1));
        if (mine !== run) break;
        const change = {
          moves: compared(before.films, now.films, opinions[i].movie_id),
          taste: tasteMoves(before.taste, now.taste),
        };
        await smoothly(() =>
          set({
            ...now,
            visiting: {...visiting, at: i + 1},
            said: {text: sentence(opinions[i], opinions[i].rating, change), feedback: null},
          }),
        );
        await next;
      }
    } finally {
      set({visiting: null, place: null, said: {text: say("backToYou"), feedback: null}});
      await refresh();
    }
  }, "demo");

export function demoSection() {
  watch(["log", "user"], stop); // you have said something, or are somebody else: that comes first
  return section(
    "section",
    "panel",
    ["visiting"],
    () => html`<header><h2>${say("demoTitle")}</h2></header>
    <p class="small">${say("demoText")}</p>
    <div class="row"><button class="first" id="demo" @click=${() => (state.visiting ? stop() : start())}>${say(state.visiting ? "demoStop" : "demoStart")}</button></div>`,
  );
}

/** The banner over a list that is not yours. */
export function visitBanner() {
  return section("div", "moment past", ["visiting"], (place) => {
    place.hidden = !state.visiting;
    if (!state.visiting) return "";
    const {who, at, of} = state.visiting;
    return html`<p class="banner" role="status">${say("demoOn", who)} ${say("timeAt", at, of)} <button @click=${stop}>${say("demoStop")}</button></p>`;
  });
}
