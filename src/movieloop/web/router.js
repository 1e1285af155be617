// Every state has an address: a film, a filter, a moment can be shared, and Back works.
import {refreshList} from "./lesson.js";
import {set, state, watch} from "./state.js";

const PLAIN = ["genre", "year_from", "year_to", "country", "familiarity", "variety", "owned"];

/** Read the address. @returns {{route: typeof state.route, filters: any, at: number|null}} */
export function address() {
  const url = new URL(location.href);
  const film = url.pathname.match(/^\/film\/(\d{1,16})$/);
  const page = film
    ? "film"
    : url.pathname === "/you"
      ? "you"
      : url.pathname === "/operator" || url.hash === "#/operator"
        ? "operator"
        : "home";
  /** @type {Record<string, any>} */ const filters = {};
  for (const name of PLAIN) if (url.searchParams.get(name)) filters[name] = url.searchParams.get(name);
  const wishes = url.searchParams
    .getAll("wish")
    .map((wish) => wish.match(/^(.+):(-?\d(?:\.\d{1,4})?)$/))
    .filter((wish) => wish !== null);
  if (wishes.length) filters.wish = Object.fromEntries(wishes.map(([, name, by]) => [name, Number(by)]));
  const at = url.searchParams.get("at");
  return {
    route: {page, film: film ? Number(film[1]) : null, user: url.searchParams.get("user")},
    filters,
    at: at && /^\d+$/.test(at) ? Number(at) : null,
  };
}

/** Write what is shown into the address. @param {string} [path] @returns {string} */
function written(path = location.pathname) {
  const query = new URLSearchParams();
  for (const name of PLAIN) if (state.filters[name]) query.set(name, state.filters[name]);
  for (const [name, by] of Object.entries(state.filters.wish ?? {})) query.append("wish", `${name}:${by}`);
  if (state.past) query.set("at", String(state.past.at));
  const text = query.toString();
  return path + (text && path === "/" ? `?${text}` : "");
}

/**
 * Go to another page of this page.
 * @param {string} path
 */
export function go(path) {
  history.replaceState({top: scrollY}, "");
  history.pushState({top: 0}, "", path === "/" ? written("/") : path);
  set({route: address().route});
  scrollTo({top: 0});
}

/**
 * Follow links within the page and the Back button, and keep the address up to date.
 * @param {(at: number|null) => void} moved told which moment the address names
 */
export function openRouter(moved) {
  history.scrollRestoration = "manual";
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest("a[data-here]"));
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href") ?? "/");
  });
  addEventListener("popstate", (event) => {
    const {route, filters, at} = address();
    const other = JSON.stringify(filters) !== JSON.stringify(plain());
    set({route, ...(other ? {filters} : {})});
    scrollTo({top: event.state?.top ?? 0});
    if (at !== (state.past?.at ?? null)) moved(at);
    else if (other) void refreshList();
  });
  watch(["filters", "past"], () => {
    if (state.route.page === "home" && written() !== location.pathname + location.search)
      history.replaceState(history.state, "", written());
  });
}

/** The filters that stand in the address. */
function plain() {
  const {exclude, ...rest} = state.filters;
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== "" && value !== null && value !== undefined),
  );
}
