// Every sentence of the page comes from one catalogue a language; a test compares them. Only the one
// that is spoken is fetched.
export const languages = ["en", "de"];
const wanted =
  chosen() ?? navigator.languages.map((one) => one.slice(0, 2)).find((one) => languages.includes(one)) ?? "en";
export const language = languages.includes(wanted) ? wanted : "en";
/** @type {Record<string, any>} */
const WORDS = (await import(`./words/${language}.js`)).default;
document.documentElement.lang = language;
const places = "DisplayNames" in Intl ? new Intl.DisplayNames([language], {type: "region"}) : null;

function chosen() {
  try {
    return localStorage.getItem("movieloop.language");
  } catch {
    return null;
  }
}

/**
 * Say something in the user's language.
 * @param {string} name
 * @param {...any} about
 * @returns {string}
 */
export function say(name, ...about) {
  const words = WORDS[name] ?? name;
  return typeof words === "function" ? words(...about) : words;
}

/**
 * The name of a genre or an era in the user's language.
 * @param {string} name
 */
export function nameOf(name) {
  return WORDS.names?.[name] ?? name;
}

/** @param {string} code @param {string} otherwise */
export function countryName(code, otherwise) {
  try {
    return places?.of(code) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} to */
export function speak(to) {
  try {
    localStorage.setItem("movieloop.language", to);
  } catch {
    /* it is spoken until the page is left */
  }
  location.reload();
}

/** @param {{title: string, year?: number|null}} film */
export function label(film) {
  return film.year ? `${film.title} (${film.year})` : film.title;
}
