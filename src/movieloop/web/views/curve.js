// Is it learning? Before each like, where had the film stood? And who wins when nobody knows whose film it is?
import {ask, userPath} from "../api.js";
import {html, nothing, section, svg} from "../html.js";
import {compareBlindly} from "../lesson.js";
import {set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {say} from "../words.js";

const WIDE = 320,
  HIGH = 170,
  LEFT = 40,
  BOTTOM = 24,
  TOP = 10;
const SMOOTH = 6; // likes whose middle place makes the line
const FEW = 5; // likes that make a picture
const UNPROMPTED = new Set(["search", "import"]);
let asked = 0;

/** @param {number[]} some */
const median = (some) => {
  const sorted = [...some].sort((a, b) => a - b),
    half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
};

async function read() {
  const mine = ++asked;
  if (state.starting || !state.user) return;
  await trying(async () => {
    const progress = await ask("GET", userPath(state.user, "/progress"));
    if (mine === asked) set({progress});
  }, "curve");
}

/** How a comparison stands, in words. @param {any} one */
function verdict(one) {
  if (!(one.wins + one.losses)) return "";
  const [low, high] = one.interval.map((/** @type {number} */ end) => Math.round(100 * end));
  return say(`verdict_${one.against}_${one.verdict}`, one.wins, one.wins + one.losses, low, high);
}

export function curveSection() {
  watch(["log", "starting"], () => void read());
  return section("section", "panel curve-panel", ["progress", "blind"], () => {
    const {progress, blind} = state;
    const counted = (progress?.promises ?? []).filter((/** @type {any} */ promise) => UNPROMPTED.has(promise.source));
    const blindly = (progress?.blind ?? []).map(verdict).filter(Boolean);
    return html`<header><h2>${say("curveTitle")}</h2></header>
      ${
        counted.length >= FEW
          ? html`${chart(counted)}<p class="small" id="curve-said">${say("curveMedian", counted.length, Math.round(median(counted.map((/** @type {any} */ p) => p.rank))), Math.round(median(counted.map((/** @type {any} */ p) => p.popularity_rank))))}
            ${(progress?.unprompted ?? []).filter((/** @type {any} */ one) => one.against === "frozen").map(verdict)}</p>`
          : html`<p class="small" id="curve-said">${say("curveNone", progress?.prompted_likes ?? 0)}</p>`
      }
      ${blindly.length ? html`<ul class="small verdicts">${blindly.map((/** @type {string} */ line) => html`<li>${line}</li>`)}</ul>` : nothing}
      <details ?open=${!blind.on && counted.length === 0}><summary>${say("blindTitle")}</summary><p class="small">${say("blindText")}</p>
        <label class="switch"><input type="checkbox" id="blind" .checked=${blind.on} @change=${(/** @type {Event} */ event) => compareBlindly(/** @type {HTMLInputElement} */ (event.target).checked)}>${say("blindAgree")}</label></details>`;
  });
}

/**
 * Places on a logarithmic axis, the first on top: a dot a like, a line of the middle of the last ones.
 * @param {any[]} promises
 */
function chart(promises) {
  const worst = Math.max(100, ...promises.flatMap((promise) => [promise.rank, promise.popularity_rank]));
  const x = (/** @type {number} */ i) => LEFT + ((WIDE - LEFT - 8) * (i + 0.5)) / promises.length;
  const y = (/** @type {number} */ rank) => TOP + ((HIGH - TOP - BOTTOM) * Math.log(rank)) / Math.log(worst);
  const line = (/** @type {string} */ of) =>
    promises
      .map((_, i) => {
        const some = promises
          .slice(Math.max(0, i - SMOOTH + 1), i + 1)
          .map((promise) => promise[of])
          .filter((rank) => rank !== null);
        return some.length ? `${x(i).toFixed(1)} ${y(median(some)).toFixed(1)}` : null;
      })
      .filter(Boolean)
      .join("L");
  const path = (/** @type {string} */ kind, /** @type {string} */ of) => {
    const d = line(of);
    return d ? svg`<path class=${kind} d="M${d}"/>` : nothing;
  };
  const grid = [1, 10, 100, 1000, 10000].filter((rank) => rank <= worst);
  return html`<svg class="curve" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${say("curveAlt")}>
    ${grid.map((rank) => svg`<path class="level" d="M${LEFT} ${y(rank)}H${WIDE - 8}"/><text x=${LEFT - 5} y=${y(rank) + 4} text-anchor="end">${rank.toLocaleString()}</text>`)}
    ${path("popular", "popularity_rank")}${path("frozen", "frozen_rank")}${path("ours", "rank")}
    ${promises.map((promise, i) => svg`<circle class="like" cx=${x(i).toFixed(1)} cy=${y(promise.rank).toFixed(1)} r="2.6" data-rank=${promise.rank}><title>${promise.title}: ${promise.rank}</title></circle>`)}
    <text x=${LEFT} y=${HIGH - 5}>— ${say("curveYou")}   - - ${say("curvePopular")}   ··· ${say("curveStopped")}</text></svg>`;
}
