// Is it learning? The curve of promises: before each like, where had the film stood?
import {ask, userPath} from "./api.js";
import {h, put, svg} from "./dom.js";
import {state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {say} from "./words.js";

const WIDE = 320,
  HIGH = 150,
  LEFT = 34,
  BOTTOM = 22;
const FEW = 8;
const percent = (/** @type {number|null} */ share) => (share === null ? "–" : `${Math.round(100 * share)} %`);

/** @param {HTMLElement} place */
export function curveSection(place) {
  const drawing = h("div", {});
  const told = h("p", {class: "small"});
  put(place, h("header", {}, h("h2", {}, say("curveTitle"))), drawing, told);
  let asked = 0;
  watch(["log", "starting"], async () => {
    if (state.starting) return;
    const mine = ++asked;
    await trying(async () => {
      const progress = await ask("GET", userPath(state.user, "/progress"));
      if (mine === asked) draw(progress, drawing, told);
    }, "curve");
  });
}

/** @param {any} progress @param {HTMLElement} drawing @param {HTMLElement} told */
function draw(progress, drawing, told) {
  if (!progress.likes) {
    put(drawing);
    put(told, say("curveNone"));
    return;
  }
  const {likes, hit_rate: ours, popularity_hit_rate: popular} = progress;
  const verdict = likes < FEW ? say("curveFew") : ours > popular ? say("curveWins") : say("curveAhead");
  const frozen = progress.frozen_likes
    ? ` ${say("curveFrozen", percent(progress.frozen_hit_rate), percent(progress.learned_hit_rate))}`
    : "";
  put(told, `${say("curveText", likes, percent(ours), percent(popular))} ${verdict}${frozen}`);
  put(drawing, chart(progress));
}

/** @param {any} progress */
function chart(progress) {
  const promises = progress.promises;
  const x = (/** @type {number} */ i) =>
    LEFT + (WIDE - LEFT - 8) * (promises.length > 1 ? i / (promises.length - 1) : 1);
  const y = (/** @type {number} */ share) => 10 + (HIGH - BOTTOM - 10) * (1 - share);
  const line = (/** @type {(promise: any, i: number) => number|null} */ of) =>
    promises
      .map((/** @type {any} */ promise, /** @type {number} */ i) => [x(i), of(promise, i)])
      .filter((/** @type {any} */ point) => point[1] !== null)
      .map(
        (/** @type {any} */ point, /** @type {number} */ i) =>
          `${i ? "L" : "M"}${point[0].toFixed(1)} ${y(point[1]).toFixed(1)}`,
      )
      .join("");
  let hits = 0,
    later = 0;
  const stopped = (/** @type {any} */ promise) => {
    if (promise.frozen_rank === null) return null;
    later += 1;
    hits += promise.frozen_rank <= 10 ? 1 : 0;
    return hits / later;
  };
  const band = promises.map((/** @type {any} */ promise, /** @type {number} */ i) => wilson(promise.hit_rate, i + 1));
  const edge = (/** @type {0|1} */ end) =>
    band.map((/** @type {any} */ ends, /** @type {number} */ i) => `${x(i).toFixed(1)} ${y(ends[end]).toFixed(1)}`);
  return svg(
    "svg",
    {
      class: "curve",
      viewBox: `0 0 ${WIDE} ${HIGH}`,
      role: "img",
      "aria-label": `${say("curveTitle")} ${percent(progress.hit_rate)} / ${percent(progress.popularity_hit_rate)}`,
    },
    svg("path", {class: "band", d: `M${[...edge(0), ...edge(1).reverse()].join("L")}z`}),
    svg("path", {class: "popular", d: line((promise) => promise.popularity_hit_rate)}),
    svg("path", {class: "frozen", d: line(stopped)}),
    svg("path", {class: "ours", d: line((promise) => promise.hit_rate)}),
    ...[0, 0.5, 1].map((share) => svg("text", {x: 0, y: y(share) + 4}, percent(share))),
    svg(
      "text",
      {x: LEFT, y: HIGH - 4},
      `— ${say("curveYou")}   - - ${say("curvePopular")}   ··· ${say("curveStopped")}`,
    ),
  );
}

/** Where a true share lies with 95 % confidence. @param {number} share @param {number} of */
function wilson(share, of) {
  const z = 1.96,
    scale = 1 + (z * z) / of,
    middle = share + (z * z) / (2 * of),
    reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return [Math.max(0, (middle - reach) / scale), Math.min(1, (middle + reach) / scale)];
}
