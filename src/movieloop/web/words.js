// Every sentence of the page comes from one catalogue a language: words/en.js is complete.

import de from "./words/de.js";
import en from "./words/en.js";

/** @type {Record<string, Record<string, any>>} */
const LANGUAGES = {en, de};
const wanted = localStorage.getItem("movieloop.language") ?? navigator.language.slice(0, 2);
export const language = wanted in LANGUAGES ? wanted : "en";
export const languages = Object.keys(LANGUAGES);
document.documentElement.lang = language;

/**
 * Say something in the user's language; what it lacks is said in English.
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

/** @param {string} chosen */
export function speak(chosen) {
  localStorage.setItem("movieloop.language", chosen);
  location.reload();
}

/** @param {{title: string, year?: number|null}} film */
export function label(film) {
  return film.year ? `${film.title} (${film.year})` : film.title;
}
