// Every sentence of the page comes from one catalogue a language; a test compares them.
import de from "./words/de.js";
import en from "./words/en.js";

/** @type {Record<string, Record<string, any>>} */
const LANGUAGES = {en, de};
const wanted = chosen() ?? navigator.language.slice(0, 2);
export const language = wanted in LANGUAGES ? wanted : "en";
export const languages = Object.keys(LANGUAGES);
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
  const words = LANGUAGES[language][name] ?? LANGUAGES.en[name] ?? name;
  return typeof words === "function" ? words(...about) : words;
}

/**
 * The name of a genre or an era in the user's language.
 * @param {string} name
 */
export function nameOf(name) {
  return LANGUAGES[language].names?.[name] ?? name;
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
