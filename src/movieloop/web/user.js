// Who you are: a random name kept in this browser, which you may change or switch.
import {randomName} from "./browser.js";
import {h, put} from "./dom.js";
import {state} from "./state.js";
import {say} from "./words.js";

const COOKIE = "movieloop_user"; // lets the server paint your list before any script runs

/** @returns {string[]} */
export function knownUsers() {
  try {
    return JSON.parse(localStorage.getItem("movieloop.users") ?? "[]");
  } catch {
    return [];
  }
}

/** Find the user of this browser, or invent one. @returns {string} */
export function currentUser() {
  return localStorage.getItem("movieloop.user") ?? remember(newUser());
}

/** @returns {string} */
export function newUser() {
  return `guest-${randomName(6)}`;
}

/** @param {string} user @returns {string} */
export function remember(user) {
  localStorage.setItem("movieloop.user", user);
  localStorage.setItem("movieloop.users", JSON.stringify([...new Set([user, ...knownUsers()])].slice(0, 8)));
  document.cookie = `${COOKIE}=${encodeURIComponent(user)}; path=/; max-age=31536000; samesite=lax`;
  return user;
}

/** @param {string} user */
export function forgetHere(user) {
  localStorage.setItem("movieloop.users", JSON.stringify(knownUsers().filter((known) => known !== user)));
  localStorage.removeItem("movieloop.user");
}

/**
 * The dialog that names and switches profiles.
 * @param {(user: string) => void} use
 */
export function openProfiles(use) {
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog", {"aria-label": say("profileTitle")}));
  const name = /** @type {HTMLInputElement} */ (
    h("input", {type: "text", value: state.user, maxlength: 128, "aria-label": say("profileTitle")})
  );
  const go = (/** @type {string} */ user) => {
    dialog.close();
    if (user.trim()) use(user.trim());
  };
  put(
    dialog,
    h(
      "div",
      {},
      h("h2", {}, say("profileTitle")),
      h(
        "form",
        {
          class: "row",
          method: "dialog",
          onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            go(name.value);
          },
        },
        name,
        h("button", {class: "first"}, say("switchTo")),
        h("button", {type: "button", onclick: () => go(newUser())}, say("newOne")),
      ),
      h("p", {class: "small"}, say("profileHint")),
      h(
        "div",
        {class: "row"},
        ...knownUsers()
          .filter((user) => user !== state.user)
          .map((user) => h("button", {onclick: () => go(user)}, user)),
      ),
      h("h3", {}, say("profileApi")),
      h("pre", {}, `curl '${location.origin}/recommend/${encodeURIComponent(state.user)}'`),
      h("button", {onclick: () => dialog.close()}, say("close")),
    ),
  );
  show(dialog);
}

/**
 * Show a dialog, and take it away when it is closed.
 * @param {HTMLDialogElement} dialog
 */
export function show(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
