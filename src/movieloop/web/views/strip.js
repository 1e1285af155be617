// The strip that stays in sight: what was learned, Undo, and where you are on the map.

import {onWalk} from "../chart.js";
import {emphasis, html, nothing, section} from "../html.js";
import {undo} from "../lesson.js";
import {flushNow} from "../outbox.js";
import {state, watch} from "../state.js";
import {nameOf, say} from "../words.js";
import {paintSmall} from "./map.js";

export function stripSection() {
  const small = document.createElement("canvas");
  small.className = "small-map";
  small.width = small.height = 112;
  small.setAttribute("aria-hidden", "true");
  onWalk(() => paintSmall(small));
  watch(["genres"], () => paintSmall(small));
  return section(
    "section",
    "strip",
    ["said", "ghost", "waiting", "cut", "log", "past", "visiting", "starting"],
    (place) => {
      place.hidden = state.starting;
      place.setAttribute("aria-label", say("stripTitle"));
      const {text, feedback} = state.said;
      const takes = feedback && state.log.some((item) => item.feedback_id === feedback.feedback_id);
      return html`${small}
      <p class="said" id="said" role="status" aria-live="polite">${emphasis(text)}</p>
      ${state.ghost ? html`<p class="would">${would()}</p>` : nothing}
      ${
        state.cut && state.waiting.length
          ? html`<p class="waiting" role="alert"><span>${say("waiting", state.waiting.length)}</span> <button @click=${flushNow}>${say("tryNow")}</button></p>`
          : nothing
      }
      ${takes ? html`<button class="take-back" @click=${() => undo(feedback)}>${say("undo")}</button>` : nothing}`;
    },
  );
}

/** What a tap would do to the taste, in words. */
function would() {
  const moves = [...(state.ghost?.taste ?? [])]
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, 2);
  return say(
    "would",
    moves.map(
      (move) =>
        `${nameOf(move.name)} ${move.after > move.before ? "+" : "−"}${Math.abs(move.after - move.before).toFixed(2)}`,
    ),
  );
}
