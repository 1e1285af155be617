// Bring your history: drop an export anywhere, see what was understood, decide, then store it.
import {ask, Trouble, userPath} from "../api.js";
import {html, nothing, section} from "../html.js";
import {refresh} from "../lesson.js";
import {set, state} from "../state.js";
import {fail, trying} from "../trouble.js";
import {say} from "../words.js";

const PATIENCE = 120000; // milliseconds
const LISTED = 60; // films of a list that are shown
const ASKED_EVERY = 300; // milliseconds

/** @param {{file: File, profile: string|null, accept: Set<string>}} brought @param {boolean} dry */
const send = ({file, profile, accept}, dry) =>
  ask("POST", userPath(state.user, "/import"), {
    query: {dry_run: dry, profile, accept: [...accept]},
    file,
    patience: PATIENCE,
    prefer: dry ? undefined : "respond-async",
  });

/**
 * Send it, show how far it is, and give the report once it is done.
 * @param {{file: File, profile: string|null, accept: Set<string>}} brought
 */
async function carry(brought) {
  let running = await send(brought, false);
  const where = userPath(state.user, `/import/${running.import_id}`);
  while (running.state === "running") {
    set({bringing: {...brought, busy: true, running, where}});
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY));
    running = await ask("GET", where);
  }
  if (running.state !== "done") throw new Trouble(worded(running), 0);
  return running.report;
}

/** @param {{state: string, problem: string|null}} ended */
function worded({state: how, problem}) {
  if (how === "stopped") return say("importStopped");
  return how === "lost" ? say("importLost") : (problem ?? say("importLost"));
}

/**
 * Nothing is stored before you have seen what was understood.
 * @param {{file: File, profile: string|null, accept: Set<string>}} brought
 */
async function look(brought) {
  set({bringing: {...brought, busy: true}});
  const done = await trying(async () => {
    try {
      const report = await send(brought, true);
      set({bringing: {...brought, report}});
    } catch (error) {
      // A household's file: somebody has to say whose rows to take.
      const {choices} = /** @type {any} */ (error);
      if (!choices?.length) throw error;
      set({bringing: {...brought, choices}});
    }
    return true;
  }, "look");
  if (!done) set({bringing: null});
}

/** @param {File|undefined} file */
const bring = (file) => file && look({file, profile: null, accept: new Set()});

const store = () =>
  trying(async () => {
    const brought = state.bringing;
    set({bringing: {...brought, busy: true}});
    try {
      const {imported, wished} = await carry(brought);
      await refresh();
      const progress = await ask("GET", userPath(state.user, "/progress"));
      set({
        starting: false,
        progress,
        said: {text: say("importDone", imported, wished), feedback: null},
        bringing: {done: {imported, wished}, progress},
      });
      document.querySelector(".curve-panel")?.scrollIntoView({block: "nearest", behavior: "smooth"});
    } catch (error) {
      set({bringing: brought});
      throw error;
    }
  }, "store");

/** Leave it, and stop it if it runs. @param {any} bringing */
function leave({running, where}) {
  if (running) void trying(() => ask("DELETE", where), "stop");
  else set({bringing: null});
}

/** Take a film that was not sure, or leave it. @param {string} film */
function accept(film) {
  const accepted = new Set(state.bringing.accept);
  if (!accepted.delete(film)) accepted.add(film);
  void look({...state.bringing, accept: accepted});
}

/** A drop anywhere on the page is an import. */
export function takeDrops() {
  const over = (/** @type {boolean} */ on) => document.documentElement.classList.toggle("dropping", on);
  addEventListener("dragover", (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && over(false));
  addEventListener("drop", (event) => {
    over(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    if (files.length > 1) fail(say("oneFile"));
    else {
      void bring(files[0]);
      document.querySelector("#import")?.scrollIntoView({block: "center"});
    }
  });
}

/** @param {string} kind */
export function importSection(kind = "panel") {
  return section("section", `${kind} import`, ["bringing"], (place) => {
    place.id = "import";
    return html`<header><h2>${say("importTitle")}</h2></header><p class="small">${say("importText")}</p>
      <div class="drop"><input type="file" id="export" class="hidden-text" accept=".zip,.csv,.json,.dat,.gz,.tsv,.txt"
        @change=${(/** @type {Event} */ event) => {
          const input = /** @type {HTMLInputElement} */ (event.target);
          void bring(input.files?.[0]);
          input.value = "";
        }}>
        <label for="export" class="button">${say("choose")}</label></div>
      <div role="status">${state.bringing ? told(state.bringing) : nothing}</div>`;
  });
}

/** @param {any} bringing */
function told(bringing) {
  const {busy, choices, report, done} = bringing;
  if (done) return html`<p id="import-done">${say("importDone", done.imported, done.wished)}</p>`;
  if (busy && !report) return html`<p>${say("importReading")}</p>`;
  if (choices)
    return html`<p>${say("importWhose")}</p><div class="row">${choices.map((/** @type {string} */ name) => html`<button @click=${() => look({...bringing, profile: name})}>${name}</button>`)}</div>`;
  const passed = Object.entries(report.skipped);
  return html`<p>${say("importShow", report)}</p>
    ${report.notes.map((/** @type {string} */ note) => html`<p class="small">${note}</p>`)}
    ${films(say("importUncertain", report.uncertain.length), report.uncertain, (film) => html`${film.film} → ${film.candidates[0]}`)}
    ${films(
      say("importUnclear", report.unmatched.length + report.ambiguous.length),
      [...report.unmatched, ...report.ambiguous],
      (film) => html`${film.film}
      ${film.candidates.length ? html`<button class="quiet" aria-pressed=${String(bringing.accept.has(film.film))} @click=${() => accept(film.film)}>${say("importMeant", film.candidates[0])}</button>` : nothing}`,
    )}
    ${bringing.accept.size ? html`<p class="small">${say("importAccepted", bringing.accept.size)} ${[...bringing.accept].map((film) => html`<button class="quiet" aria-pressed="true" @click=${() => accept(film)}>${film} ×</button>`)}</p>` : nothing}
    ${report.new_films ? html`<p class="small">${say("importNew", report.new_films)}</p>` : nothing}
    ${
      passed.length
        ? html`<details><summary>${say(
            "importPassed",
            passed.reduce((sum, [, many]) => sum + Number(many), 0),
          )}</summary>${passed.map(([why, many]) => html`<p class="small">${many} ${why}</p>`)}</details>`
        : nothing
    }
    ${report.bad ? html`<details><summary>${say("importBad", report.bad)}</summary>${report.bad_rows.map((/** @type {string} */ row) => html`<p class="small">${row}</p>`)}</details>` : nothing}
    ${
      report.imported || report.wished
        ? html`<div class="row"><button class="first" ?disabled=${busy} @click=${store}>${say("importGo", report.imported, report.wished)}</button><button @click=${() => leave(bringing)}>${say("cancel")}</button></div>${bringing.running ? html`<progress aria-label=${say("importTitle")} max="1" .value=${bringing.running.share}></progress><p class="small">${say("importRunning", bringing.running.rows)}</p>` : nothing}`
        : html`<p class="small">${say("importNothing")}</p>`
    }`;
}

/** @param {string} title @param {any[]} some @param {(film: any) => unknown} line */
const films = (title, some, line) =>
  some.length
    ? html`<details ?open=${some.length <= 8}><summary>${title}</summary><ul class="unclear">${some.slice(0, LISTED).map((film) => html`<li>${line(film)}</li>`)}</ul></details>`
    : nothing;
