// Who you are: an id kept in this browser, with a name you may give it.
import {keep, randomName, recall} from "./browser.js";

const COOKIE = "movieloop_user"; // lets the server paint your list before any script runs
const KNOWN = 8;

/** @returns {string|null} */
function fromCookie() {
  const found = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([^;]+)`));
  try {
    return found ? decodeURIComponent(found[1]) : null;
  } catch {
    return null;
  }
}

/** Who is known here, the newest first. @returns {string[]} */
export function knownUsers() {
  return recall("movieloop.users", []);
}

/** Find the user of this browser, or invent one; whom the forms without script knew is known. @returns {string} */
export function currentUser() {
  return stored() ?? fromCookie() ?? newUser();
}

/** @returns {string|null} */
function stored() {
  try {
    return localStorage.getItem("movieloop.user");
  } catch {
    return null;
  }
}

/** @returns {string} */
export function newUser() {
  return `guest-${randomName(6)}`;
}

/** @param {string} user @returns {string} */
export function remember(user) {
  try {
    localStorage.setItem("movieloop.user", user);
  } catch {
    /* nothing is kept here: the cookie may be */
  }
  keep("movieloop.users", [...new Set([user, ...knownUsers()])].slice(0, KNOWN));
  document.cookie = `${COOKIE}=${encodeURIComponent(user)}; path=/; max-age=31536000; samesite=lax`;
  return user;
}

/** @param {string} user */
export function forgetHere(user) {
  keep(
    "movieloop.users",
    knownUsers().filter((known) => known !== user),
  );
  keep("movieloop.names", {...recall("movieloop.names", {}), [user]: undefined});
  try {
    localStorage.removeItem("movieloop.user");
  } catch {
    /* nothing was kept */
  }
  document.cookie = `${COOKIE}=; path=/; max-age=0; samesite=lax`;
  // The last first paint, kept for when the server is away, shows their list.
  if ("caches" in window) void caches.keys().then((names) => names.forEach((name) => void caches.delete(name)));
}

/** The name somebody is shown by. @param {string} user */
export function nameFor(user) {
  return recall("movieloop.names", /** @type {Record<string, string>} */ ({}))[user] || user;
}

/** @param {string} user @param {string} name */
export function callThem(user, name) {
  keep("movieloop.names", {...recall("movieloop.names", {}), [user]: name.trim() || undefined});
}

/**
 * Be told when another tab of this browser becomes somebody else.
 * @param {(user: string) => void} follow
 */
export function followIdentity(follow) {
  addEventListener("storage", ({key, newValue}) => {
    if (key === "movieloop.user" && newValue) follow(newValue);
  });
}
