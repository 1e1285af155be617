// For whoever runs the server: everybody's curve, versions, requests, what waits.
import {ask} from "../api.js";
import {html, nothing, section} from "../html.js";
import {set, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {say} from "../words.js";

const ROUTES = 14; // of the table, the busiest
const EVERY = 10000; // milliseconds between two reads

/** @param {number|null|undefined} share */
const percent = (share) => (share === null || share === undefined ? "–" : `${(100 * share).toFixed(1)} %`);
const milliseconds = (/** @type {number} */ seconds) =>
  Number.isFinite(seconds)
    ? `${seconds >= 1 ? ">" : "≤"} ${(1000 * seconds).toLocaleString(undefined, {maximumFractionDigits: 1})}`
    : "–";

/** @type {{at: number, counts: Map<string, number>}|null} the read before, by which rates are told */ let before =
  null;
let again = 0;

async function read() {
  clearTimeout(again);
  if (state.route.page !== "operator") return;
  again = window.setTimeout(read, EVERY);
  await trying(async () => {
    const [progress, {versions}, model, {connections}, text] = await Promise.all([
      ask("GET", "/progress"),
      ask("GET", "/models"),
      ask("GET", "/model"),
      ask("GET", "/connections"),
      ask("GET", "/metrics", {as: "text"}),
    ]);
    set({operator: {progress, versions, model, connections, requests: requests(text), counters: counters(text)}});
  }, "operator");
}

/** @param {string} path @param {string} question */
const change = (path, question) =>
  trying(async () => {
    if (!confirm(question)) return;
    await ask("POST", path);
    await read();
  });

export function operatorSection() {
  watch(["route"], () => void read());
  return section("main", "plain operator", ["route", "operator"], (place) => {
    const told = state.operator;
    place.hidden = state.route.page !== "operator";
    if (place.hidden || !told) return place.hidden ? "" : html`<p class="small">${say("loading")}</p>`;
    const {progress, versions, model, connections, requests, counters} = told;
    const served = (/** @type {{version: number}} */ version) =>
      progress.versions.find((one) => one.embeddings_version === version.version);
    return html`<div class="hero"><h1>${say("operatorTitle")}</h1><p>${say("everybody", progress)}</p></div>
      <section class="panel"><h2>${say("curveTitle")}</h2>
        ${table(
          [say("after"), say("likes"), say("ours"), say("popular")],
          [...progress.after, {...progress, ratings_before: "Σ"}].map((row) => [
            row.ratings_before,
            row.likes,
            percent(row.hit_rate),
            percent(row.popularity_hit_rate),
          ]),
        )}
        <ul class="small">${progress.blind.filter((one) => one.wins + one.losses).map((one) => html`<li>${say(`verdict_${one.against}_${one.verdict}`, one.wins, one.wins + one.losses, ...one.interval.map((end) => Math.round(100 * end)))}</li>`)}</ul></section>
      <section class="panel"><h2>${say("waitingTitle")}</h2>
        <p id="pending">${say(model.training ? "trainingNow" : "trainingWaits", model.feedback_since_training)}</p>
        ${table(["", ""], [[say("version"), model.embeddings_version], [say("origin"), model.origin], [say("filmsWithPoint"), model.movies.toLocaleString()], ...counters])}</section>
      <section class="panel"><header><h2>${say("version")}</h2><button @click=${() => change("/models/rollback", say("rollbackSure"))}>${say("rollback")}</button></header>
        ${table(
          [say("version"), say("made"), say("origin"), say("hits"), say("ours"), say("popular"), ""],
          versions.map((version) => [
            version.version,
            version.created_at.slice(0, 16).replace("T", " "),
            version.origin,
            percent(version.hit_rate),
            percent(served(version)?.hit_rate),
            percent(served(version)?.popularity_hit_rate),
            version.live
              ? say("live")
              : html`<button @click=${() => change(`/models/${version.version}/promote`, say("promoteSure", version.version))}>${say("promote")}</button>`,
          ]),
        )}</section>
      ${
        connections.length
          ? html`<section class="panel" id="accounts"><h2>${say("accountsTitle")}</h2>
        ${connections.map(({name, people}) => people.map((one) => account(name, one)))}</section>`
          : nothing
      }
      <section class="panel"><header><h2>${say("health")}</h2><button @click=${read}>${say("readAgain")}</button></header>
        ${table([say("route"), "n", say("perMinute"), "p50 ms", "p95 ms", "p99 ms"], requests)}</section>`;
  });
}

/**
 * Say who somebody of a media server is here.
 * @param {string} server
 * @param {import("../types/state.js").Schemas["PersonOut"]} person
 */
function account(server, {person, called, user_id, waiting}) {
  const save = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const user = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("user");
    void trying(async () => {
      await ask("PUT", `/connections/${server}/people/${encodeURIComponent(person)}`, {body: {user_id: user}});
      await read();
    });
  };
  return html`<form class="row" @submit=${save}><label>${say("accountIs", called, server, waiting)}
    <input type="text" name="user" required maxlength="128" autocomplete="off" placeholder=${say("anId")} .value=${user_id ?? ""}></label><button>${say("accountSave")}</button></form>`;
}

/** @param {string[]} heads @param {unknown[][]} rows */
const table = (
  heads,
  rows,
) => html`<div class="wide-table" tabindex="0"><table><thead><tr>${heads.map((head) => (head ? html`<th>${head}</th>` : html`<td></td>`))}</tr></thead>
  <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

/** Read what Prometheus would of the requests. @param {string} text */
function requests(text) {
  /** @type {Map<string, [number, number][]>} upper ends and how many were as quick, by route */ const routes =
    new Map();
  for (const [, labels, value] of text.matchAll(
    /^movieloop_http_request_duration_seconds_bucket\{([^}]*)\} (\S+)$/gm,
  )) {
    const route = labels.match(/route="([^"]*)"/)?.[1] ?? "",
      end = Number(labels.match(/le="([^"]*)"/)?.[1].replace("+Inf", "Infinity"));
    routes.set(route, [...(routes.get(route) ?? []), [end, Number(value)]]);
  }
  const now = performance.now();
  const since = before;
  const rate = (/** @type {string} */ route, /** @type {number} */ all) =>
    since ? ((60000 * (all - (since.counts.get(route) ?? 0))) / Math.max(1, now - since.at)).toFixed(1) : "–";
  const rows = [...routes].map(([route, buckets]) => {
    /** @type {Map<number, number>} methods and statuses added up */ const summed = new Map();
    for (const [end, count] of buckets) summed.set(end, (summed.get(end) ?? 0) + count);
    const ends = [...summed].sort((a, b) => a[0] - b[0]),
      all = ends.at(-1)?.[1] ?? 0;
    const quantile = (/** @type {number} */ share) => ends.find(([, count]) => count >= share * all)?.[0] ?? Number.NaN;
    return {
      route,
      all,
      cells: [route, all, rate(route, all), ...[0.5, 0.95, 0.99].map((share) => milliseconds(quantile(share)))],
    };
  });
  before = {at: now, counts: new Map(rows.map((row) => [row.route, row.all]))};
  return rows
    .sort((a, b) => b.all - a.all)
    .slice(0, ROUTES)
    .map((row) => row.cells);
}

/** @param {string} text @returns {[string, string][]} */
function counters(text) {
  return [...text.matchAll(/^(movieloop_(?!http)[a-z_]+)(\{[^}]*\})? (\S+)$/gm)]
    .filter(([, name]) => !name.endsWith("_created") && !name.endsWith("_bucket"))
    .map(([, name, labels, value]) => [`${name}${labels ?? ""}`, Number(value).toLocaleString()]);
}
