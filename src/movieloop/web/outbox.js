// What you say goes through the outbox: it waits there until the server has it, is sent in order,
// survives a reload, and counts once however often it is sent. Tabs of one browser share it.
import {ask, userPath} from "./api.js";
import {keep, randomName, recall} from "./browser.js";
import {LISTED, set, state, watch} from "./state.js";
import {fail} from "./trouble.js";

/** @typedef {import("./state.js").Entry} Entry */

const KEY = "movieloop.outbox";
const PAUSES = [1, 2, 4, 8, 15]; // seconds between tries
const PASSING = new Set([0, 401, 408, 425, 429]); // what another try may mend, as may whatever a server calls its own fault

/** @type {Map<string, (answer: any) => void>} who in this tab waits for which answer */
const asked = new Map();
/** @type {(entry: Entry, answer: any) => Promise<void>} */ let learn = async () => {};
/** @type {() => Record<string, any>} */ let filters = () => ({});
let sending = false;
let timer = 0;
let tries = 0;

/** @returns {Entry[]} */
const read = () => recall(KEY, []);

/** @param {Entry[]} entries */
function write(entries) {
  keep(KEY, entries.length ? entries : undefined);
  set({waiting: entries});
}

/**
 * Put something said into the outbox, unless the same is waiting there already.
 * @param {Omit<Entry, "once">} said
 * @returns {Promise<any>} the server's answer, whenever it comes; undefined if it refused
 */
export function put(said) {
  const waiting = read();
  const same = waiting.find(
    (entry) =>
      entry.user === said.user &&
      entry.movie_id === said.movie_id &&
      entry.kind === said.kind &&
      entry.rating === said.rating,
  );
  const entry = same ?? {...said, once: randomName(16)};
  if (!same) write([...waiting, entry]);
  return new Promise((resolve) => {
    asked.set(entry.once, resolve);
    void flush();
  });
}

/** Send what waits, the oldest first; what cannot be sent yet is tried again later. */
export async function flush() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    for (let entry = read()[0]; entry; entry = read()[0]) {
      let answer;
      try {
        answer = await send(entry);
      } catch (error) {
        const {status = 0, message = String(error)} = /** @type {any} */ (error);
        if (PASSING.has(status) || status >= 500) {
          set({cut: true});
          timer = window.setTimeout(flush, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
          return;
        }
        fail(message); // it will never be taken: say so, and let the others pass
      }
      tries = 0;
      if (state.cut) set({cut: false});
      // Taken out when the page shows it, not before: until then it waits, and is not said twice.
      if (answer) await learn(entry, answer);
      write(read().filter((other) => other.once !== entry.once));
      asked.get(entry.once)?.(answer);
      asked.delete(entry.once);
    }
  } finally {
    sending = false;
  }
}

/** @param {Entry} entry */
async function send(entry) {
  if (entry.kind === "undo") {
    try {
      return await ask("DELETE", userPath(entry.user, `/feedback/${entry.feedback_id}`));
    } catch (error) {
      if (/** @type {any} */ (error).status === 404) return {}; // taken back already, in another tab say
      throw error;
    }
  }
  const {user, movie_id, rating, source, blind} = entry;
  return ask("POST", "/feedback", {
    query: {n: LISTED, ...filters()},
    body: {user_id: user, movie_id, rating, source, ...(blind === null || blind === undefined ? {} : {blind})},
    once: entry.once,
  });
}

/**
 * Begin: send what an earlier visit left, and follow what other tabs put in.
 * @param {(entry: Entry, answer: any) => Promise<void>} learned told of every answer
 * @param {() => Record<string, any>} wanted the filters of the list that is shown
 */
export function openOutbox(learned, wanted) {
  learn = learned;
  filters = wanted;
  set({waiting: read()});
  addEventListener("storage", (event) => {
    if (event.key === KEY) set({waiting: read()});
  });
  addEventListener("online", () => void flush());
  watch(["user"], () => void flush());
}

/** Drop what waits of somebody who is forgotten. @param {string} user */
export function dropOf(user) {
  write(read().filter((entry) => entry.user !== user));
}

/** Try at once, because somebody asks for it. */
export function flushNow() {
  tries = 0;
  void flush();
}

/** What waits for the server about a film. @param {number} movieId */
export function waitingFor(movieId) {
  return state.waiting.find((entry) => entry.user === state.user && entry.movie_id === movieId);
}
