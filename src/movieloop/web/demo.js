// Watch it learn: a synthetic taste rates five films a second, as a user of its own.
import {ask} from "./api.js";
import {h, put} from "./dom.js";
import {rate} from "./lesson.js";
import {state} from "./state.js";
import {trying} from "./trouble.js";
import {newUser} from "./user.js";
import {say} from "./words.js";

const PACE = 200; // milliseconds

/** @param {HTMLElement} place @param {(user: string) => Promise<void>} use */
export function demoSection(place, use) {
  const who = h("p", {class: "small", role: "status"}, say("demoText"));
  let running = false;
  const button = h("button", {class: "first", id: "demo", onclick: () => (running ? stop() : start())}, say("demoStart"));

  function stop() {
    running = false;
    put(button, say("demoStart"));
  }

  const start = () => trying(async () => {
    const seed = Math.floor(Math.random() * 1e6);
    const {opinions, description} = await ask("GET", "/demo", {query: {seed, n: 40}});
    running = true;
    put(button, say("demoStop"));
    put(who, say("demoOn", description));
    const demo = newUser().replace("guest", "synthetic");
    await use(demo);
    for (const opinion of opinions) {
      if (!running || state.user !== demo) break;
      const next = new Promise((resolve) => setTimeout(resolve, PACE));
      if (!(await rate(opinion, opinion.rating))) break;
      await next;
    }
    stop();
  });
  put(place, h("header", {}, h("h2", {}, say("demoTitle"))), who, h("div", {class: "row"}, button));
}
