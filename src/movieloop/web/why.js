// Why this film: the exact account, each rating removable on the spot, and the arithmetic itself.
import {ask, userPath} from "./api.js";
import {copy} from "./browser.js";
import {emphasised, h, put} from "./dom.js";
import {rate, undo} from "./lesson.js";
import {poster, state} from "./state.js";
import {trying} from "./trouble.js";
import {show} from "./user.js";
import {label, nameOf, say} from "./words.js";

const HUES = [60, 210, 300, 140, 20, 260, 100];
const number = (/** @type {number} */ value) => value.toFixed(3);

/** @param {{movie_id: number, title: string, year?: number|null}} film */
export async function openWhy(film) {
  await trying(async () => {
    const account = await ask("GET", userPath(state.user, `/why/${film.movie_id}`));
    const dialog = /** @type {HTMLDialogElement} */ (
      h("dialog", {"aria-label": say("whyTitle", film.title), id: "why"})
    );
    put(
      dialog,
      h(
        "div",
        {},
        head(film, say("rankNow", account.rank, number(account.distance)), dialog),
        shares(account),
        ratings(account, film, dialog),
        drawer(account),
      ),
    );
    show(dialog);
  });
}

/** @param {{movie_id: number, title: string, year?: number|null}} film @param {string} line @param {HTMLDialogElement} dialog */
function head(film, line, dialog) {
  return h(
    "header",
    {},
    h("img", {src: poster(film.movie_id), alt: "", width: 92, height: 138}),
    h("div", {}, h("h2", {}, say("whyTitle", label(film))), h("p", {}, line)),
    h("button", {onclick: () => dialog.close()}, say("close")),
  );
}

/** The distance is a sum: one bar, one row a part. @param {any} account */
function shares(account) {
  const parts = account.contributions.filter((/** @type {any} */ part) => part.distance > 0);
  return h(
    "section",
    {},
    h("h3", {}, say("sumTitle")),
    h("p", {class: "small"}, say("sumText")),
    h(
      "div",
      {class: "sum", "aria-hidden": "true"},
      ...parts.map((/** @type {any} */ part, /** @type {number} */ i) =>
        h("span", {style: {"--hue": HUES[i % HUES.length], "flex-grow": part.distance}}),
      ),
    ),
    h(
      "table",
      {},
      h(
        "tbody",
        {},
        ...parts.map((/** @type {any} */ part, /** @type {number} */ i) =>
          h(
            "tr",
            {},
            h("td", {}, h("span", {class: "dot", style: {"--hue": HUES[i % HUES.length]}}), nameOf(part.name)),
            h("td", {class: "number", "data-share": part.distance}, number(part.distance)),
          ),
        ),
        h(
          "tr",
          {},
          h("th", {}, "Σ"),
          h("th", {class: "number", "data-sum": account.distance}, number(account.distance)),
        ),
      ),
    ),
  );
}

/** @param {any} account @param {any} film @param {HTMLDialogElement} dialog */
function ratings(account, film, dialog) {
  if (!account.ratings.length) return h("p", {class: "small"}, say("noRatings"));
  return h(
    "section",
    {},
    h("h3", {}, say("ratingsTitle")),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", {}, say("yourRating")),
          h("th", {class: "number"}, say("effect")),
          h("th", {class: "number"}, say("place")),
          h("td", {}),
        ),
      ),
      h(
        "tbody",
        {},
        ...account.ratings.slice(0, 12).map((/** @type {any} */ rating) =>
          h(
            "tr",
            {},
            h("td", {}, ...emphasised(say("without", rating.title))),
            h("td", {class: "number"}, number(rating.effect)),
            h("td", {class: "number"}, say("wouldBe", rating.rank_without)),
            h(
              "td",
              {},
              h(
                "button",
                {
                  onclick: async () => {
                    dialog.close();
                    await undo(rating);
                    await openWhy(film);
                  },
                },
                say("take"),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The arithmetic: formula, live numbers, and the same question from a terminal. @param {any} account */
function drawer(account) {
  const url = `${location.origin}${userPath(state.user, `/why/${account.movie.movie_id}`)}`;
  const sum = account.contributions.map((/** @type {any} */ part) => number(part.distance)).join(" + ");
  const copying = (/** @type {string} */ name, /** @type {string} */ text) => {
    const button = h(
      "button",
      {onclick: async () => put(button, say((await copy(text, button)) ? "copied" : "copyYourself"))},
      say(name),
    );
    return button;
  };
  return h(
    "details",
    {},
    h("summary", {}, say("arithmetic")),
    h(
      "pre",
      {},
      `${say("formulaLike")}\n${say("formulaDislike")}\n${say("formulaDistance")}\n\n${sum}\n= ${number(account.distance)}`,
    ),
    h(
      "div",
      {class: "row"},
      copying("copyCurl", `curl '${url}'`),
      copying(
        "copyPython",
        `import json, urllib.request\nprint(json.load(urllib.request.urlopen("${url}"))["distance"])`,
      ),
    ),
  );
}

/** @param {{movie_id: number, title: string, year?: number|null}} film */
export async function openSimilar(film) {
  await trying(async () => {
    const {similar} = await ask("GET", `/movies/${film.movie_id}/similar`, {query: {n: 8}});
    const dialog = /** @type {HTMLDialogElement} */ (h("dialog", {"aria-label": say("similarTitle", film.title)}));
    put(
      dialog,
      h(
        "div",
        {},
        h(
          "header",
          {},
          h("div", {}, h("h2", {}, say("similarTitle", label(film)))),
          h("button", {onclick: () => dialog.close()}, say("close")),
        ),
        h(
          "ul",
          {class: "grid"},
          ...similar.map((/** @type {any} */ near) =>
            h(
              "li",
              {class: "card"},
              h("img", {class: "poster", src: poster(near.movie_id), alt: "", width: 200, height: 300}),
              h("p", {class: "name"}, label(near)),
              h(
                "div",
                {class: "rate"},
                h(
                  "button",
                  {
                    class: "like",
                    "aria-label": say("likeOf", label(near)),
                    onclick: async () => {
                      dialog.close();
                      await rate(near, 1);
                    },
                  },
                  say("like"),
                ),
              ),
            ),
          ),
        ),
      ),
    );
    show(dialog);
  });
}
