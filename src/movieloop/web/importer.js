// Bring your history: drop an export, see what would come over, then store it.
import {ask, userPath} from "./api.js";
import {h, put} from "./dom.js";
import {refresh} from "./lesson.js";
import {set, state} from "./state.js";
import {trying} from "./trouble.js";
import {say} from "./words.js";

/** @param {HTMLElement} place */
export function importSection(place) {
  const shown = h("div", {role: "status"});
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "file",
      id: "export",
      class: "hidden-text",
      accept: ".zip,.csv,.json,.dat",
      onchange: () => input.files?.[0] && look(input.files[0]),
    })
  );
  const drop = h(
    "div",
    {
      class: "drop",
      ondragover: over,
      ondragleave: () => drop.classList.remove("over"),
      ondrop: (/** @type {DragEvent} */ event) => {
        over(event);
        drop.classList.remove("over");
        const file = event.dataTransfer?.files[0];
        if (file) void look(file);
      },
    },
    input,
    h("label", {for: "export", class: "button"}, say("choose")),
  );

  function over(/** @type {Event} */ event) {
    event.preventDefault();
    drop.classList.add("over");
  }

  const send = (/** @type {File} */ file, /** @type {boolean} */ dry) =>
    ask("POST", userPath(state.user, "/import"), {query: {dry_run: dry}, file, patience: 120000});

  /** Nothing is stored before you have seen what was understood. */
  async function look(/** @type {File} */ file) {
    await trying(async () => {
      const report = await send(file, true);
      const go = h(
        "button",
        {
          class: "first",
          onclick: () =>
            trying(async () => {
              const {imported} = await send(file, false);
              put(shown, h("p", {}, say("importDone", imported)));
              await refresh();
              set({starting: false, said: say("importDone", imported)});
            }),
        },
        say("importGo", report.imported),
      );
      put(
        shown,
        h("p", {}, say("importShow", report)),
        unclear([...report.unmatched, ...report.ambiguous]),
        report.bad
          ? h(
              "details",
              {},
              h("summary", {}, say("importBad", report.bad)),
              ...report.bad_rows.map((/** @type {string} */ row) => h("p", {class: "small"}, row)),
            )
          : null,
        report.imported ? go : h("p", {class: "small"}, say("importNothing")),
      );
    });
    input.value = "";
  }

  const unclear = (/** @type {any[]} */ films) =>
    films.length === 0
      ? null
      : h(
          "details",
          {},
          h("summary", {}, say("importUnclear", films.length)),
          ...films
            .slice(0, 60)
            .map((film) =>
              h(
                "p",
                {class: "small"},
                film.film,
                film.candidates.length ? ` → ${film.candidates.slice(0, 3).join(", ")}?` : "",
              ),
            ),
        );

  put(
    place,
    h("header", {}, h("h2", {}, say("importTitle"))),
    h("p", {class: "small"}, say("importText")),
    drop,
    shown,
  );
}
