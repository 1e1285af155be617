// The taste map: every film a dot in its genre's hue; you, your trail, your ratings, your picks.
import {ask} from "../api.js";
import {chart, onWalk, openChart} from "../chart.js";
import {html, nothing, render} from "../html.js";
import {go} from "../router.js";
import {poster, SHOWN, state, watch} from "../state.js";
import {trying} from "../trouble.js";
import {countryName, label, nameOf, say} from "../words.js";

const NEAREST = 0.8,
  FARTHEST = 60; // zoom
const CLOSE = 14; // zoom from which posters are shown
const POSTERS = 24;
const TAP = 6; // pixels a finger may slip
const LEVELS = [0, 2.2, 5.5]; // zoom from which the finer names of regions are shown
const LEGEND = 8;
const REST = 120; // milliseconds without a turn of the wheel: it is painted anew

let view = {x: 0, y: 0, zoom: 1};
/** @type {HTMLCanvasElement|null} the films, painted once a view */ let films = null;
let painted = {x: 0, y: 0, zoom: 1}; // the view they were painted for
let pointed = -1;
/** @type {Map<number, any>} titles are asked for when they are pointed at */ const names = new Map();

/** @param {HTMLCanvasElement} canvas */
function scaleOf(canvas) {
  return (Math.min(canvas.width, canvas.height) / (chart.map?.size ?? 1)) * view.zoom;
}

/** Dots are painted genre by genre with one colour each: 90,000 of them in some milliseconds. @param {HTMLCanvasElement} canvas @param {number} scale @param {{x: number, y: number}} middle @param {number} size */
function paintFilms(canvas, scale, middle, size) {
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.globalAlpha = 0.75;
  for (const [genre, members] of chart.groups) {
    brush.fillStyle = chart.colours[genre + 1];
    for (const i of members) {
      const x = (chart.map.x[i] - middle.x) * scale + canvas.width / 2,
        y = (chart.map.y[i] - middle.y) * scale + canvas.height / 2;
      if (x > -9 && y > -9 && x < canvas.width + 9 && y < canvas.height + 9)
        brush.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }
}

/**
 * Paint what is yours over the films.
 * @param {CanvasRenderingContext2D} pen
 * @param {(x: number) => number} across
 * @param {(y: number) => number} down
 * @param {number} one a pixel
 * @param {boolean} [small]
 */
function paintYours(pen, across, down, one, small = false) {
  const ring = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
    pen.beginPath();
    pen.arc(x, y, r, 0, 7);
    pen.stroke();
  };
  const mark = (/** @type {number} */ id, /** @type {string} */ colour, /** @type {number} */ r) => {
    const row = chart.rows.get(id);
    if (row === undefined) return;
    pen.strokeStyle = colour;
    ring(across(chart.map.x[row]), down(chart.map.y[row]), r * one);
  };
  pen.lineWidth = 2 * one;
  if (!small) {
    for (const film of state.films.slice(0, SHOWN)) mark(film.movie_id, "#f2b35e", 5);
    for (const item of state.log)
      if (item.counts && item.rating !== null) mark(item.movie_id, item.rating ? "#8fd694" : "#ff9c8c", 4);
  }
  const {you, trail} = chart;
  if (!you) return;
  pen.strokeStyle = "#fff";
  pen.globalAlpha = 0.55;
  pen.beginPath();
  trail.forEach((step, i) => (i ? pen.lineTo(across(step.x), down(step.y)) : pen.moveTo(across(step.x), down(step.y))));
  pen.stroke();
  pen.globalAlpha = 1;
  pen.fillStyle = "#fff";
  pen.beginPath();
  pen.arc(across(you.x), down(you.y), (small ? 5 : 6) * one, 0, 7);
  pen.fill();
  const to = state.ghost?.place;
  if (to) {
    pen.strokeStyle = "#fff";
    pen.setLineDash([3 * one, 3 * one]);
    pen.beginPath();
    pen.moveTo(across(you.x), down(you.y));
    pen.lineTo(across(to.x), down(to.y));
    pen.stroke();
    pen.setLineDash([]);
    ring(across(to.x), down(to.y), 6 * one);
  }
}

/** @type {HTMLCanvasElement|null} */ let smallFilms = null;
/** @type {any} */ let smallOf = null;

/** Paint the small map of the strip. @param {HTMLCanvasElement} canvas */
export function paintSmall(canvas) {
  const {map} = chart;
  if (!map) return;
  const scale = canvas.width / map.size,
    middle = {x: map.size / 2, y: map.size / 2};
  if (!smallFilms || smallOf !== map) {
    smallOf = map;
    smallFilms = document.createElement("canvas");
    smallFilms.width = canvas.width;
    smallFilms.height = canvas.height;
    paintFilms(smallFilms, scale, middle, 1.2);
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.globalAlpha = 0.55;
  pen.drawImage(smallFilms, 0, 0);
  pen.globalAlpha = 1;
  if (chart.you) canvas.dataset.you = `${Math.round(chart.you.x)} ${Math.round(chart.you.y)}`;
  paintYours(
    pen,
    (x) => x * scale,
    (y) => y * scale,
    2,
    true,
  );
}

export function mapSection() {
  openChart();
  const place = document.createElement("section");
  place.className = "panel map-panel";
  const canvas = document.createElement("canvas");
  canvas.className = "map";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", say("mapTitle"));
  const over = document.createElement("div");
  over.className = "map-over";
  over.setAttribute("aria-hidden", "true");
  const tip = document.createElement("p");
  tip.className = "tip";
  const box = document.createElement("div");
  box.className = "map-box";
  box.append(canvas, over);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let resting = 0,
    near = /** @type {any[]} */ ([]),
    open = false,
    drawing = 0;

  const scale = () => scaleOf(canvas);
  const across = (/** @type {number} */ x) => (x - view.x) * scale() + canvas.width / 2;
  const down = (/** @type {number} */ y) => (y - view.y) * scale() + canvas.height / 2;
  const unAcross = (/** @type {number} */ px) => (px - canvas.width / 2) / scale() + view.x;
  const unDown = (/** @type {number} */ py) => (py - canvas.height / 2) / scale() + view.y;

  function sized() {
    const {width, height} = canvas.getBoundingClientRect();
    if (!width) return;
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    films = null;
    draw();
  }

  /** The whole map in sight. */
  function fit() {
    if (!chart.map) return;
    view = {x: chart.map.size / 2, y: chart.map.size / 2, zoom: 1};
    films = null;
    draw();
  }

  let known = /** @type {any} */ (null);
  function draw() {
    if (!chart.map || !canvas.width) return;
    if (known !== chart.map) {
      known = chart.map;
      view = {x: known.size / 2, y: known.size / 2, zoom: 1};
      films = null;
      frame();
    }
    const fresh = !films;
    if (!films) {
      films = document.createElement("canvas");
      films.width = canvas.width;
      films.height = canvas.height;
      painted = {...view};
      paintFilms(films, scale(), view, Math.max(1.4, Math.min(5, 1.5 * Math.sqrt(view.zoom))) * devicePixelRatio);
    }
    pen.clearRect(0, 0, canvas.width, canvas.height);
    // While the map is dragged or zoomed the painting is shifted and stretched; it is painted anew
    // when the map comes to rest.
    const grown = view.zoom / painted.zoom;
    const dx = (painted.x - view.x) * scale() + (canvas.width * (1 - grown)) / 2;
    const dy = (painted.y - view.y) * scale() + (canvas.height * (1 - grown)) / 2;
    pen.drawImage(films, dx, dy, canvas.width * grown, canvas.height * grown);
    over.style.transform = `translate(${dx / devicePixelRatio}px, ${dy / devicePixelRatio}px) scale(${grown})`;
    paintYours(pen, across, down, devicePixelRatio);
    if (chart.you) {
      pen.font = `600 ${13 * devicePixelRatio}px system-ui`;
      pen.fillText(say("here"), across(chart.you.x) + 10 * devicePixelRatio, down(chart.you.y) + 4 * devicePixelRatio);
    }
    if (fresh) overlay();
  }

  function soon() {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(draw);
  }

  /** Names of regions, and posters up close: they lie over the painting and move with it. */
  function overlay() {
    const at = (/** @type {{x: number, y: number}} */ one) =>
      `left: ${across(one.x) / devicePixelRatio}px; top: ${down(one.y) / devicePixelRatio}px`;
    const inside = (/** @type {{x: number, y: number}} */ one) => {
      const x = across(one.x),
        y = down(one.y);
      return x > 0 && y > 0 && x < canvas.width && y < canvas.height;
    };
    const level = LEVELS.findLastIndex((from) => view.zoom >= from);
    const regions = (chart.map.regions ?? []).filter(
      (/** @type {any} */ region) => region.level === level && inside(region),
    );
    render(
      html`${regions.map((/** @type {any} */ region) => html`<span class="region" .style=${at(region)}>${region.names.map((/** @type {string} */ name, /** @type {number} */ i) => (region.kinds[i] === "country" ? countryName(name, name) : nameOf(name))).join(" · ")}</span>`)}
      ${view.zoom >= CLOSE ? closest(inside).map((/** @type {any} */ one) => html`<a class="map-poster" href="/film/${one.id}" data-here tabindex="-1" .style=${at(one)}><img src=${poster(one.id)} alt="" width="40" height="60"></a>`) : nothing}`,
      over,
    );
  }

  /**
   * The films nearest to the middle of the view whose posters cover neither each other nor you.
   * @param {(one: {x: number, y: number}) => boolean} inside
   */
  function closest(inside) {
    const {x, y, movie_ids: ids} = chart.map;
    const near = ids
      .map((/** @type {number} */ id, /** @type {number} */ i) => ({
        id,
        x: x[i],
        y: y[i],
        far: Math.abs(x[i] - view.x) + Math.abs(y[i] - view.y),
      }))
      .filter(inside)
      .sort((/** @type {any} */ a, /** @type {any} */ b) => a.far - b.far);
    /** @type {{x: number, y: number}[]} */ const taken = chart.you ? [chart.you] : [];
    const [wide, high] = [42, 62].map((pixels) => (pixels * devicePixelRatio) / scale());
    const shown = [];
    for (const one of near) {
      if (taken.some((other) => Math.abs(other.x - one.x) < wide && Math.abs(other.y - one.y) < high)) continue;
      taken.push(one);
      shown.push(one);
      if (shown.length === POSTERS) break;
    }
    return shown;
  }

  /** @param {number} px @param {number} py @returns {number} the row of the film there, -1 none */
  function filmAt(px, py) {
    let best = -1,
      gap = (9 * devicePixelRatio) ** 2;
    for (let i = 0; i < chart.map.x.length; i++) {
      const far = (across(chart.map.x[i]) - px) ** 2 + (down(chart.map.y[i]) - py) ** 2;
      if (far < gap) {
        gap = far;
        best = i;
      }
    }
    return best;
  }

  async function name(/** @type {number} */ row) {
    pointed = row;
    if (row < 0) {
      tip.textContent = "";
      return;
    }
    const id = chart.map.movie_ids[row];
    if (!names.has(id)) await trying(async () => names.set(id, await ask("GET", `/movies/${id}`)), "name");
    const film = names.get(id);
    if (film && pointed === row) tip.textContent = `${label(film)} · ${film.genres.map(nameOf).join(", ")}`;
  }

  /** @param {PointerEvent|WheelEvent} event @returns {[number, number]} where on the canvas */
  const at = (event) => {
    const {left, top} = canvas.getBoundingClientRect();
    return [(event.clientX - left) * devicePixelRatio, (event.clientY - top) * devicePixelRatio];
  };
  /** @type {Map<number, number[]>} fingers or the mouse */ const held = new Map();
  let dragged = 0;
  canvas.addEventListener("pointerdown", (event) => {
    held.set(event.pointerId, at(event));
    dragged = 0;
    if (event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!chart.map) return;
    const before = held.get(event.pointerId),
      now = at(event);
    if (!before) {
      void name(filmAt(now[0], now[1]));
      return;
    }
    dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    if (event.pointerType === "touch" && held.size < 2) return; // one finger scrolls the page
    if (held.size === 2) {
      const other = /** @type {number[]} */ ([...held].find(([id]) => id !== event.pointerId)?.[1]);
      const far = (/** @type {number[]} */ p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoomed(far(now) / Math.max(1, far(before)), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    }
    moved((before[0] - now[0]) / held.size, (before[1] - now[1]) / held.size);
    held.set(event.pointerId, now);
  });
  const settle = () => {
    films = null;
    soon();
  };
  canvas.addEventListener("pointerup", (event) => {
    held.delete(event.pointerId);
    settle();
    if (!chart.map || dragged > TAP * devicePixelRatio) return;
    const row = filmAt(...at(event));
    if (row >= 0) go(`/film/${chart.map.movie_ids[row]}`);
  });
  for (const end of ["pointercancel", "pointerleave"])
    canvas.addEventListener(end, (event) => {
      if (held.delete(/** @type {PointerEvent} */ (event).pointerId)) settle();
    });
  // Two fingers move the map; the browser would zoom the page.
  canvas.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length > 1) event.preventDefault();
    },
    {passive: false},
  );
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (chart.map) zoomed(Math.exp(-event.deltaY / 400), ...at(event));
    },
    {passive: false},
  );
  canvas.addEventListener("keydown", (event) => {
    const step = canvas.width / 8;
    const by = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]}[event.key];
    if (by) moved(by[0], by[1], true);
    else if (event.key === "+" || event.key === "=") zoomedAtYou(1.4);
    else if (event.key === "-") zoomedAtYou(1 / 1.4);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });

  /** @param {number} dx pixels @param {number} dy @param {boolean} [whole] whether to paint anew at once */
  function moved(dx, dy, whole = false) {
    if (!chart.map) return;
    view.x += dx / scale();
    view.y += dy / scale();
    if (whole || Math.max(Math.abs(painted.x - view.x), Math.abs(painted.y - view.y)) * scale() > canvas.width / 3)
      films = null;
    soon();
  }

  /** @param {number} by @param {number} [px] @param {number} [py] */
  function zoomed(by, px = canvas.width / 2, py = canvas.height / 2) {
    const x = unAcross(px),
      y = unDown(py);
    view.zoom = Math.min(FARTHEST, Math.max(NEAREST, view.zoom * by));
    view.x = x - (px - canvas.width / 2) / scale();
    view.y = y - (py - canvas.height / 2) / scale();
    clearTimeout(resting);
    resting = window.setTimeout(settle, REST);
    soon();
  }

  /** Without a place to zoom at, zoom at where you are, if that is in sight. @param {number} by */
  function zoomedAtYou(by) {
    const {you} = chart;
    const x = you ? across(you.x) : -1,
      y = you ? down(you.y) : -1;
    const seen = x > 0 && y > 0 && x < canvas.width && y < canvas.height;
    zoomed(by, seen ? x : undefined, seen ? y : undefined);
  }

  /** Something from the part of the map that is in the middle. */
  const fromHere = () =>
    trying(async () => {
      const within = (/** @type {number} */ value) => Math.min(chart.map.size, Math.max(0, Math.round(value)));
      const {recommendations} = await ask("GET", "/map/near", {
        query: {x: within(view.x), y: within(view.y), user_id: state.user, n: 1},
      });
      if (recommendations[0]) go(`/film/${recommendations[0].movie_id}`);
    }, "here");

  /** The neighbours of the true space, in words: the map cannot keep them all. */
  const readNear = () =>
    trying(async () => {
      const {recommendations} = await ask("GET", `/recommend/${encodeURIComponent(state.user)}`, {query: {n: SHOWN}});
      near = recommendations;
      frame();
    }, "near");

  function larger() {
    place.classList.toggle("wide");
    (place.classList.contains("wide") ? document.querySelector("#wide") : document.querySelector(".side"))?.append(
      place,
    );
    frame();
    sized();
  }

  function frame() {
    const wide = place.classList.contains("wide"),
      {map} = chart;
    render(
      html`<header><h2>${say("mapTitle")}</h2><button aria-pressed=${String(wide)} @click=${larger}>${say("larger")}</button></header>
      ${box}
      <div class="row map-tools"><button aria-label=${say("zoomIn")} @click=${() => zoomedAtYou(1.4)}>+</button><button aria-label=${say("zoomOut")} @click=${() => zoomedAtYou(1 / 1.4)}>−</button><button @click=${fit}>${say("fit")}</button><button @click=${fromHere}>${say("fromHere")}</button></div>
      ${tip}
      ${
        map
          ? html`<p class="legend small">${map.genres.slice(0, LEGEND).map((/** @type {any} */ genre, /** @type {number} */ i) => html`<span><i .style="background: ${chart.colours[i + 1]}"></i>${nameOf(genre.name)}</span>`)}
        <span><i class="ring picks"></i>${say("legendPicks")}</span><span><i class="ring likes"></i>${say("like")}</span><span><i class="ring dislikes"></i>${say("dislike")}</span></p>
        <p class="small">${say("mapText", `${Math.round(100 * map.neighbours_kept)} %`)}</p>`
          : html`<p class="small">${say("mapLoading")}</p>`
      }
      <details .open=${open} @toggle=${(/** @type {Event} */ event) => {
        open = /** @type {HTMLDetailsElement} */ (event.target).open;
        if (open) void readNear();
      }}><summary>${say("mapList")}</summary>
        <ol>${near.map((film) => html`<li><a href="/film/${film.movie_id}" data-here>${label(film)}</a></li>`)}</ol></details>`,
      place,
    );
  }

  frame();
  onWalk(draw);
  new ResizeObserver(sized).observe(canvas);
  watch(["log"], () => {
    soon();
    if (open) void readNear();
  });
  return place;
}
