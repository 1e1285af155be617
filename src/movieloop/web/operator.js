// For whoever runs the server, at /#/operator: everybody's curve, versions, requests.
import {ask} from "./api.js";
import {h, put} from "./dom.js";
import {trying} from "./trouble.js";
import {say} from "./words.js";

const percent = (/** @type {number|null} */ share) =>
  share === null || share === undefined ? "–" : `${(100 * share).toFixed(1)} %`;

/** @param {HTMLElement} place */
export async function operatorSection(place) {
  await trying(async () => {
    const [progress, {versions}, metrics] = await Promise.all([
      ask("GET", "/progress"),
      ask("GET", "/models"),
      counters(),
    ]);
    const change = (/** @type {string} */ path) =>
      trying(async () => {
        await ask("POST", path);
        await operatorSection(place);
      });
    put(
      place,
      h("div", {class: "hero"}, h("h1", {}, say("operatorTitle")), h("p", {}, say("everybody", progress))),
      h(
        "section",
        {class: "panel"},
        h("h2", {}, say("curveTitle")),
        table(
          [say("after"), say("likes"), say("ours"), say("popular")],
          [
            ...progress.after.map((/** @type {any} */ row) => [
              row.ratings_before,
              row.likes,
              percent(row.hit_rate),
              percent(row.popularity_hit_rate),
            ]),
            ["Σ", progress.likes, percent(progress.hit_rate), percent(progress.popularity_hit_rate)],
          ],
        ),
      ),
      h(
        "section",
        {class: "panel"},
        h(
          "header",
          {},
          h("h2", {}, say("version")),
          h("button", {onclick: () => change("/models/rollback")}, say("rollback")),
        ),
        table(
          [say("version"), say("made"), say("origin"), say("hits"), say("ours"), ""],
          versions.map((/** @type {any} */ version) => {
            const served = progress.versions.find(
              (/** @type {any} */ one) => one.embeddings_version === version.version,
            );
            return [
              version.version,
              version.created_at.slice(0, 16).replace("T", " "),
              version.origin,
              percent(version.hit_rate),
              percent(served?.hit_rate ?? null),
              version.live
                ? say("live")
                : h("button", {onclick: () => change(`/models/${version.version}/promote`)}, say("promote")),
            ];
          }),
        ),
      ),
      h("section", {class: "panel"}, h("h2", {}, say("health")), table(["", "n", say("slowest")], metrics)),
    );
  }, "operator");
}

/** @param {string[]} heads @param {any[][]} rows */
function table(heads, rows) {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...heads.map((head) => h(head ? "th" : "td", {}, head)))),
    h(
      "tbody",
      {},
      ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell instanceof Node ? cell : String(cell))))),
    ),
  );
}

/** Read the counters that Prometheus would. @returns {Promise<any[][]>} */
async function counters() {
  const text = await ask("GET", "/metrics", {as: "text"});
  /** @type {Map<string, number[]>} */ const routes = new Map();
  for (const [, part, route, value] of text.matchAll(
    /^movieloop_http_request_duration_seconds_(count|sum)\{[^}]*route="([^"]*)"\} (\S+)$/gm,
  )) {
    const row = routes.get(route) ?? [0, 0];
    row[part === "count" ? 0 : 1] += Number(value);
    routes.set(route, row);
  }
  return [...routes]
    .sort((a, b) => b[1][0] - a[1][0])
    .slice(0, 12)
    .map(([route, [count, seconds]]) => [route, count, `${((1000 * seconds) / Math.max(1, count)).toFixed(1)} ms`]);
}
