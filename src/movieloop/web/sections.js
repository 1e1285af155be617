// All sections but the newcomer's twelve films: they come while those are looked at.
import {html, render} from "./html.js";
import {state, watch} from "./state.js";
import {curveSection} from "./views/curve.js";
import {demoSection, visitBanner} from "./views/demo.js";
import {filmSection} from "./views/film.js";
import {filmsSection} from "./views/films.js";
import {filtersSection} from "./views/filters.js";
import {importSection, takeDrops} from "./views/importer.js";
import {mapSection} from "./views/map.js";
import {momentSection} from "./views/moment.js";
import {operatorSection} from "./views/operator.js";
import {rowsSection} from "./views/rows.js";
import {stripSection} from "./views/strip.js";
import {tasteSection} from "./views/taste.js";
import {togetherSection} from "./views/together.js";
import {tonightSection} from "./views/tonight.js";
import {youSection} from "./views/you.js";
import {say} from "./words.js";

/** Your list, with your taste beside it. */
function listSection() {
  const list = document.createElement("div");
  render(
    html`<div class="hero"><h1>${say("listTitle")}</h1></div>
    <div class="columns"><div id="list" tabindex="-1">${momentSection()}${visitBanner()}${filtersSection()}${filmsSection()}${tonightSection()}${togetherSection()}<div id="wide"></div>${rowsSection()}</div>
      <aside class="side" id="taste" aria-label=${say("tasteTitle")} tabindex="-1">${tasteSection()}${mapSection()}${curveSection()}</aside></div>
    <div class="tools">${demoSection()}</div>`,
    list,
  );
  watch(["starting"], () => {
    list.hidden = state.starting;
  });
  list.hidden = state.starting;
  return list;
}

/**
 * Make all of them, by the name of the place that waits for each.
 * @param {(user: string|null) => Promise<void>} use
 * @returns {Record<string, HTMLElement>}
 */
export function sections(use) {
  takeDrops();
  return {
    strip: stripSection(),
    list: listSection(),
    import: importSection(),
    film: filmSection(),
    you: youSection(use),
    operator: operatorSection(),
  };
}
