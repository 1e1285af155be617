// The only place that talks to the server, and only to the one the page came from.
import {language, say} from "./words.js";

const PATIENCE = 12000; // milliseconds

/** What the server (or the network) says went wrong, in words for people. */
export class Trouble extends Error {
  /** @param {string} message @param {number} status @param {string[]} [choices] */
  constructor(message, status, choices = []) {
    super(message);
    this.status = status;
    this.choices = choices;
  }
}

/**
 * Ask the server.
 * @param {string} method
 * @param {string} path
 * @param {{query?: Record<string, any>, body?: any, file?: Blob, signal?: AbortSignal, once?: string, patience?: number, as?: "json"|"text", prefer?: string}} [options]
 *   `once` names the request, so that sending it again cannot count twice; `patience` in milliseconds;
 *   `prefer` is how it would like to be answered.
 * @returns {Promise<any>}
 */
export async function ask(
  method,
  path,
  {query = {}, body, file, signal, once, patience = PATIENCE, as = "json", prefer} = {},
) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat())
      if (item !== "" && item !== null && item !== undefined) url.searchParams.append(name, item);
  }
  /** @type {Record<string, string>} */
  const headers = {Accept: as === "text" ? "text/plain" : "application/json"};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (file) headers["Content-Type"] = "application/octet-stream";
  if (once) headers["Idempotency-Key"] = once;
  if (prefer) headers["Prefer"] = prefer;
  const late = AbortSignal.timeout(patience);
  const stop = signal ? AbortSignal.any([signal, late]) : late;
  let answer, text;
  try {
    for (;;) {
      answer = await fetch(url, {
        method,
        headers,
        signal: stop,
        body: file ?? (body === undefined ? undefined : JSON.stringify(body)),
      });
      text = await answer.text();
      const again = Number(answer.headers.get("Retry-After"));
      if (method !== "GET" || answer.status !== 503 || !again) break;
      await pause(1000 * again, stop); // the map is being laid out, say: the server says when to ask again
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Trouble(say(late.aborted ? "slow" : "offline"), 0);
  }
  if (answer.ok && as === "text") return text;
  const told = parsed(text);
  // What is not JSON comes from somebody in between, a proxy say.
  if (!answer.ok || told === undefined) throw new Trouble(worded(answer.status, told), answer.status, choicesOf(told));
  return told;
}

/** @param {number} milliseconds @param {AbortSignal} stop */
function pause(milliseconds, stop) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds);
    stop.addEventListener("abort", () => reject(stop.reason), {once: true});
  });
}

/**
 * What the server says is in English; where that is not spoken, its codes have words of their own.
 * @param {number} status @param {any} told
 */
function worded(status, told) {
  if (status === 401) return say("signedOut");
  const own = `problem_${status}`;
  if (language !== "en" && say(own) !== own) return say(own);
  return told?.detail ?? say("failed", status);
}

/** What there is to choose from, where the server wants a choice. @param {any} told @returns {string[]} */
function choicesOf(told) {
  return (told?.errors ?? []).flatMap((/** @type {any} */ error) => error.choices ?? []);
}

/** @param {string} text @returns {any} undefined if it is no JSON */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return undefined;
  }
}

/** @param {string} user @param {string} [rest] */
export function userPath(user, rest = "") {
  return `/user/${encodeURIComponent(user)}${rest}`;
}
