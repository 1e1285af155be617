// The time machine: list, taste and place as they were after any of your ratings.
import {ask, userPath} from "./api.js";
import {h, put} from "./dom.js";
import {refresh, SHOWN, smoothly, undo} from "./lesson.js";
import {set, state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {label, say} from "./words.js";

/** @param {HTMLElement} place */
export function timeSection(place) {
  const log = h("ol", {class: "log"});
  const told = h("p", {class: "small", role: "status"});
  const slider = /** @type {HTMLInputElement} */ (
    h("input", {type: "range", min: 0, max: 0, value: 0, "aria-label": say("timeTitle"), oninput: travel})
  );
  const now = h(
    "button",
    {
      hidden: true,
      onclick: () =>
        trying(async () => {
          set({place: null});
          await refresh();
        }, "time"),
    },
    say("timeNow"),
  );
  put(
    place,
    h("header", {}, h("h2", {}, say("timeTitle")), now),
    h("p", {class: "small"}, say("timeText")),
    slider,
    told,
    log,
  );
  let asked = 0;

  async function travel() {
    const mine = ++asked,
      at = Number(slider.value);
    await trying(async () => {
      const then = await ask("GET", userPath(state.user, "/timeline"), {query: {at, n: SHOWN}});
      if (mine !== asked) return;
      await smoothly(() => set({films: then.recommendations, taste: then.directions, place: then.place}));
      now.hidden = at === state.log.length;
      put(told, say("timeAt", at, state.log.length));
      [...log.children].forEach((line, i) => line.classList.toggle("later", state.log.length - i > at));
    }, "time");
  }

  watch(["log"], () => {
    asked += 1;
    slider.max = String(state.log.length); // first: a value beyond it would be cut off
    slider.value = slider.max;
    now.hidden = true;
    put(told, state.log.length ? say("timeAt", state.log.length, state.log.length) : say("timeNone"));
    const marks = /** @type {Record<string, string>} */ ({1: "♥", 0: "✕"});
    put(
      log,
      ...[...state.log]
        .reverse()
        .map((item) =>
          h(
            "li",
            {},
            h(
              "b",
              {"aria-label": say(item.rating === 1 ? "like" : item.rating === 0 ? "dislike" : "seen")},
              marks[item.rating] ?? "○",
            ),
            h("span", {}, label(item)),
            h("button", {"aria-label": `${say("undo")} ${label(item)}`, onclick: () => undo(item)}, say("undo")),
          ),
        ),
    );
  });
}
