// The time machine: a bar over the list. List, taste and map are as they were after any rating.
import {calm} from "../browser.js";
import {html, nothing, section} from "../html.js";
import {backToNow, travel} from "../lesson.js";
import {state, watch} from "../state.js";
import {say} from "../words.js";

const PACE = 900; // milliseconds a step, so that one sees it
let playing = 0;

function stop() {
  clearTimeout(playing);
  playing = 0;
}

/** From the first rating to the last, one step after the other. */
async function play() {
  if (playing) {
    stop();
    await travel(state.past?.at ?? 0);
    return;
  }
  const step = async (/** @type {number} */ at) => {
    await travel(at);
    if (!playing) return;
    if (at >= state.log.length) {
      stop();
      await backToNow();
    } else playing = window.setTimeout(step, calm() ? 2 * PACE : PACE, at + 1);
  };
  playing = 1;
  await step(state.past && state.past.at < state.past.of ? state.past.at : 0);
}

export function momentSection() {
  watch(["log", "user"], stop);
  return section("section", "moment", ["log", "past", "visiting", "starting"], (place) => {
    const many = state.log.length;
    place.hidden = many < 2 || Boolean(state.visiting);
    place.classList.toggle("past", Boolean(state.past));
    const at = state.past?.at ?? many;
    return html`<button class="play" aria-pressed=${String(Boolean(playing))} aria-label=${say(playing ? "pause" : "play")} @click=${play}>${playing ? "❚❚" : "▶"}</button>
      <input type="range" min="0" max=${many} .value=${String(at)} aria-label=${say("timeTitle")} aria-valuetext=${say("timeAt", at, many)}
        @input=${(/** @type {Event} */ event) => {
          stop();
          const to = Number(/** @type {HTMLInputElement} */ (event.target).value);
          void (to === many ? backToNow() : travel(to));
        }}>
      ${
        state.past
          ? html`<p class="banner" role="status">${say("asYouWere", at, many)} <button @click=${() => {
              stop();
              void backToNow();
            }}>${say("timeNow")}</button></p>`
          : html`<p class="small">${say("timeAt", at, many)}</p>`
      }${nothing}`;
  });
}
