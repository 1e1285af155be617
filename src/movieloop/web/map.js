// The taste map: every film a dot in its genre's hue; you, your trail, your ratings, your picks.
import {ask, userPath} from "./api.js";
import {h, put} from "./dom.js";
import {state, watch} from "./state.js";
import {trying} from "./trouble.js";
import {openWhy} from "./why.js";
import {label, nameOf, say} from "./words.js";

const LAYOUT = 180000; // milliseconds; 90,000 films take some forty seconds
const WALK = 450; // milliseconds the "you" dot takes for a step

/** @param {HTMLElement} place */
export function mapSection(place) {
  const canvas = /** @type {HTMLCanvasElement} */ (
    h("canvas", {class: "map", role: "img", "aria-label": say("mapTitle")})
  );
  const tip = h("p", {class: "tip", "aria-hidden": "true"}, say("mapLoading"));
  const about = h("p", {class: "small"});
  const list = h("details", {}, h("summary", {}, say("mapList")));
  const larger = h(
    "button",
    {
      "aria-pressed": "false",
      onclick: () => {
        const wide = place.classList.toggle("wide");
        larger.setAttribute("aria-pressed", String(wide));
        (wide ? document.querySelector("#wide") : document.querySelector(".side"))?.append(place);
        sized();
      },
    },
    say("larger"),
  );
  const here = h("button", {onclick: () => fromHere()}, say("fromHere"));
  put(
    place,
    h("header", {}, h("h2", {}, say("mapTitle")), larger),
    canvas,
    tip,
    h("div", {class: "row"}, here),
    about,
    list,
  );

  /** @type {any} */ let map = null;
  /** @type {any} */ let you = null;
  /** @type {Map<number, number>} */ let rows = new Map();
  /** @type {string[]} */ let colours = [];
  /** @type {Map<number, number[]>} the rows of every leading genre */ const groups = new Map();
  let view = {x: 0, y: 0, zoom: 1};
  let walking = 0;
  /** @type {{x: number, y: number}} */ let dot = {x: 0, y: 0};
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {HTMLCanvasElement|null} the films, painted once a view */ let films = null;
  let painted = {x: 0, y: 0}; // the middle of the view they were painted for

  const scale = () => (Math.min(canvas.width, canvas.height) / (map?.size ?? 1)) * view.zoom;
  const across = (/** @type {number} */ x) => (x - view.x) * scale() + canvas.width / 2;
  const down = (/** @type {number} */ y) => (y - view.y) * scale() + canvas.height / 2;
  const unAcross = (/** @type {number} */ px) => Math.round((px - canvas.width / 2) / scale() + view.x);
  const unDown = (/** @type {number} */ py) => Math.round((py - canvas.height / 2) / scale() + view.y);

  function sized() {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    canvas.width = box.width * devicePixelRatio;
    canvas.height = box.height * devicePixelRatio;
    films = null;
    draw();
  }

  /** Dots are painted genre by genre with one colour each: 90,000 of them in some milliseconds. */
  function paintFilms() {
    films = document.createElement("canvas");
    films.width = canvas.width;
    films.height = canvas.height;
    painted = {x: view.x, y: view.y};
    const brush = /** @type {CanvasRenderingContext2D} */ (films.getContext("2d"));
    const size = Math.max(1.4, Math.min(5, 1.5 * Math.sqrt(view.zoom))) * devicePixelRatio;
    brush.globalAlpha = 0.75;
    for (const [genre, members] of groups) {
      brush.fillStyle = colours[genre + 1];
      for (const i of members) {
        const x = across(map.x[i]),
          y = down(map.y[i]);
        if (x > -9 && y > -9 && x < films.width + 9 && y < films.height + 9)
          brush.fillRect(x - size / 2, y - size / 2, size, size);
      }
    }
  }

  function draw() {
    if (!map || !canvas.width) return;
    if (!films) paintFilms();
    pen.clearRect(0, 0, canvas.width, canvas.height);
    // While the map is dragged the painting is only shifted; it is painted anew when let go.
    pen.drawImage(
      /** @type {HTMLCanvasElement} */ (films),
      (painted.x - view.x) * scale(),
      (painted.y - view.y) * scale(),
    );
    const one = devicePixelRatio;
    const mark = (/** @type {number} */ id, /** @type {(x: number, y: number) => void} */ how) => {
      const row = rows.get(id);
      if (row !== undefined) how(across(map.x[row]), down(map.y[row]));
    };
    pen.lineWidth = 2 * one;
    for (const film of state.films)
      mark(film.movie_id, (x, y) => {
        pen.strokeStyle = "#f2b35e";
        ring(x, y, 5 * one);
      });
    for (const item of state.log)
      if (item.counts && item.rating !== null)
        mark(item.movie_id, (x, y) => {
          pen.strokeStyle = item.rating ? "#8fd694" : "#ff9c8c";
          ring(x, y, 4 * one);
        });
    if (!you) return;
    pen.strokeStyle = "#fff";
    pen.globalAlpha = 0.55;
    pen.beginPath();
    const steps = [you.start, ...you.trail];
    steps
      .slice(-25)
      .forEach((step, i) => (i ? pen.lineTo(across(step.x), down(step.y)) : pen.moveTo(across(step.x), down(step.y))));
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = "#fff";
    pen.beginPath();
    pen.arc(across(dot.x), down(dot.y), 6 * one, 0, 7);
    pen.fill();
    pen.font = `600 ${13 * one}px system-ui`;
    pen.fillText(say("here"), across(dot.x) + 10 * one, down(dot.y) + 4 * one);
  }

  const ring = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => {
    pen.beginPath();
    pen.arc(x, y, r, 0, 7);
    pen.stroke();
  };

  /** The dot walks from where it was to where it is. */
  function walk() {
    const from = {...dot},
      began = performance.now();
    cancelAnimationFrame(walking);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      dot = {x: you.x, y: you.y};
      draw();
      return;
    }
    const step = (/** @type {number} */ now) => {
      const t = Math.min(1, (now - began) / WALK),
        eased = 1 - (1 - t) ** 3;
      dot = {x: from.x + (you.x - from.x) * eased, y: from.y + (you.y - from.y) * eased};
      draw();
      if (t < 1) walking = requestAnimationFrame(step);
    };
    walking = requestAnimationFrame(step);
  }

  /** @param {number} px @param {number} py @returns {number} the row of the film there, -1 none */
  function filmAt(px, py) {
    let best = -1,
      near = (9 * devicePixelRatio) ** 2;
    for (let i = 0; i < map.x.length; i++) {
      const gap = (across(map.x[i]) - px) ** 2 + (down(map.y[i]) - py) ** 2;
      if (gap < near) {
        near = gap;
        best = i;
      }
    }
    return best;
  }

  /** @param {PointerEvent|WheelEvent} event @returns {[number, number]} where on the canvas */
  const at = (event) => [event.offsetX * devicePixelRatio, event.offsetY * devicePixelRatio];
  /** @type {Map<number, any>} titles are asked for when they are pointed at */ const names = new Map();
  let pointed = -1;
  async function name(/** @type {number} */ row) {
    pointed = row;
    if (row < 0) {
      put(tip, "");
      return;
    }
    const id = map.movie_ids[row];
    if (!names.has(id)) await trying(async () => names.set(id, await ask("GET", `/movies/${id}`)), "name");
    const film = names.get(id);
    if (film && pointed === row) put(tip, `${label(film)} · ${film.genres.map(nameOf).join(", ")}`);
  }

  /** @type {Map<number, number[]>} fingers or the mouse */ const held = new Map();
  let dragged = 0;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, at(event));
    dragged = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!map) return;
    const before = held.get(event.pointerId),
      now = at(event);
    if (!before) {
      void name(filmAt(now[0], now[1]));
      return;
    }
    if (held.size === 2) {
      const other = /** @type {number[]} */ ([...held].find(([id]) => id !== event.pointerId)?.[1]);
      const far = (/** @type {number[]} */ p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
      zoomed(far(now) / Math.max(1, far(before)), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    }
    dragged += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
    view.x -= (now[0] - before[0]) / scale() / held.size;
    view.y -= (now[1] - before[1]) / scale() / held.size;
    held.set(event.pointerId, now);
    if (Math.max(Math.abs(painted.x - view.x), Math.abs(painted.y - view.y)) * scale() > canvas.width / 3) films = null;
    requestAnimationFrame(draw);
  });
  canvas.addEventListener("pointerup", async (event) => {
    held.delete(event.pointerId);
    films = null;
    draw();
    if (!map || dragged > 6) return;
    const row = filmAt(...at(event));
    if (row >= 0) {
      await name(row);
      const film = names.get(map.movie_ids[row]);
      if (film) await openWhy(film);
    }
  });
  canvas.addEventListener("pointercancel", (event) => held.delete(event.pointerId));
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (map) zoomed(Math.exp(-event.deltaY / 400), ...at(event));
    },
    {passive: false},
  );

  /** @param {number} by @param {number} [px] @param {number} [py] */
  function zoomed(by, px = canvas.width / 2, py = canvas.height / 2) {
    const x = unAcross(px),
      y = unDown(py);
    view.zoom = Math.min(40, Math.max(0.8, view.zoom * by));
    view.x = x - (px - canvas.width / 2) / scale();
    view.y = y - (py - canvas.height / 2) / scale();
    films = null;
    requestAnimationFrame(draw);
  }

  async function fromHere() {
    await trying(async () => {
      const middle = {
        x: Math.min(map.size, Math.max(0, Math.round(view.x))),
        y: Math.min(map.size, Math.max(0, Math.round(view.y))),
      };
      const {recommendations} = await ask("GET", "/map/near", {query: {...middle, user_id: state.user, n: 1}});
      if (recommendations[0]) await openWhy(recommendations[0]);
    }, "here");
  }

  /** Read where you stand; the map itself only once a version. */
  async function look() {
    if (state.starting || !state.user) return;
    await trying(async () => {
      const asked = state.user;
      // A version that no training has laid out is laid out when it is first asked for.
      const place = await ask("GET", userPath(asked, "/place"), {patience: LAYOUT});
      if (!map || map.embeddings_version !== place.embeddings_version) {
        map = await ask("GET", "/map", {patience: LAYOUT});
        rows = new Map(map.movie_ids.map((/** @type {number} */ id, /** @type {number} */ row) => [id, row]));
        groups.clear();
        map.genre.forEach(
          (/** @type {number} */ genre, /** @type {number} */ row) =>
            groups.get(genre)?.push(row) ?? groups.set(genre, [row]),
        );
        colours = ["#888", ...map.genres.map((/** @type {any} */ genre) => `oklch(.72 .14 ${genre.hue})`)];
        view = {x: map.size / 2, y: map.size / 2, zoom: 1};
        put(about, say("mapText", `${Math.round(100 * map.neighbours_kept)} %`));
        put(tip, "");
        dot = {x: place.start.x, y: place.start.y};
        sized();
      }
      if (asked !== state.user) return;
      you = place;
      walk();
    }, "map");
  }

  list.addEventListener("toggle", () => {
    if (!(/** @type {HTMLDetailsElement} */ (list).open) || !you) return;
    void trying(async () => {
      const {recommendations} = await ask("GET", "/map/near", {
        query: {x: you.x, y: you.y, user_id: state.user, n: 12},
      });
      put(
        list,
        h("summary", {}, say("mapList")),
        h(
          "ol",
          {},
          ...recommendations.map((/** @type {any} */ film) =>
            h("li", {}, h("button", {onclick: () => openWhy(film)}, label(film))),
          ),
        ),
      );
    }, "near");
  });
  new ResizeObserver(() => sized()).observe(canvas);
  watch(["log", "films"], draw);
  watch(["log", "starting"], () => void look());
  watch(["place"], () => {
    if (state.place) {
      you = {...(you ?? state.place), x: state.place.x, y: state.place.y};
      walk();
    }
  });
}
