// Watch it learn: a synthetic taste rates five films a second. Nothing of it is stored: every list
// is asked for with all opinions so far, and at the end you are yourself again.
import {ask} from "./api.js";
import {h, put} from "./dom.js";
import {compared, SHOWN, smoothly} from "./lesson.js";
import {sentence} from "./sentence.js";
import {set, state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {say} from "./words.js";

const PACE = 200; // milliseconds

/** @param {HTMLElement} place @param {() => Promise<void>} back shows the user again */
export function demoSection(place, back) {
  const who = h("p", {class: "small", role: "status"}, say("demoText"));
  let run = 0; // another number for every start and stop: an older run sees that it is over
  let running = false;
  const button = h(
    "button",
    {class: "first", id: "demo", onclick: () => (running ? stop() : start())},
    say("demoStart"),
  );

  function stop() {
    run += 1;
  }

  /** @param {{movie_id: number, rating: number}[]} given */
  async function look(given) {
    const opinions = given.map(({movie_id, rating}) => ({movie_id, rating}));
    const {recommendations, picture} = await ask("POST", "/session/recommend", {
      body: {opinions, n: SHOWN, picture: true},
    });
    return {films: recommendations, taste: picture.directions, place: picture.place};
  }

  const start = () =>
    trying(async () => {
      const mine = ++run;
      running = true;
      put(button, say("demoStop"));
      try {
        const seed = Math.floor(Math.random() * 1e6);
        const {opinions, description} = await ask("GET", "/demo", {query: {seed, n: 40}});
        put(who, say("demoOn", description));
        const newcomer = await look([]);
        await smoothly(() => set({...newcomer, visiting: true, said: ""}));
        for (let i = 0; i < opinions.length && mine === run; i++) {
          const next = new Promise((resolve) => setTimeout(resolve, PACE));
          const before = {films: state.films, taste: state.taste};
          const now = await look(opinions.slice(0, i + 1));
          if (mine !== run) break;
          await smoothly(() => set({...now, said: sentence(opinions[i], opinions[i].rating, compared(before, now))}));
          await next;
        }
      } finally {
        set({visiting: false, place: null});
        await back();
        running = false;
        put(button, say("demoStart"));
        put(who, say("demoText"));
      }
    }, "demo");
  watch(["log", "user"], stop); // you have said something, or are somebody else: that comes first
  put(place, h("header", {}, h("h2", {}, say("demoTitle"))), who, h("div", {class: "row"}, button));
}
