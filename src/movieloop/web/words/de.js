// German. What is missing here is said in English.

/** @param {string[]} list */
const und = (list) => (list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} und ${list.at(-1)}`);
/** @param {number} n */
const filme = (n) => (n === 1 ? "Ein Film ist" : `${n} Filme sind`);

export default {
  names: {
    Adventure: "Abenteuer", Animation: "Animation", Biography: "Biografie", Comedy: "Komödie", Crime: "Krimi", Documentary: "Dokumentation", Family: "Familie", History: "Geschichte",
    Music: "Musik", Romance: "Liebe", War: "Krieg", "before 1950": "vor 1950", "since 2010": "seit 2010", mainstream: "bekannt",
    "the 1950s": "1950er", "the 1960s": "1960er", "the 1970s": "1970er", "the 1980s": "1980er", "the 1990s": "1990er", "the 2000s": "2000er",
  },
  startTitle: "Tippe drei Filme an, die du liebst.",
  startText: (/** @type {number} */ left) => (left > 1 ? `Noch ${left}, dann siehst du deine Liste.` : "Noch einer, dann siehst du deine Liste."),
  skip: "Gleich zur Liste", others: "Andere Filme", listTitle: "Deine nächsten Filme",
  firstSaid: "Was deinem Geschmack am nächsten ist, steht vorn. Bewerte einen Film und sieh zu, wie die Liste lernt.",
  like: "Gut", dislike: "Nein", seen: "Gesehen", undo: "Zurück", why: "Warum?", similar: "Mehr davon", close: "Schließen",
  likeOf: (/** @type {string} */ film) => `${film} gefällt mir`, dislikeOf: (/** @type {string} */ film) => `${film} gefällt mir nicht`, seenOf: (/** @type {string} */ film) => `${film} habe ich gesehen`,
  whyOf: (/** @type {string} */ film) => `Warum ${film}?`, similarOf: (/** @type {string} */ film) => `Mehr wie ${film}`,
  find: "Einen Film suchen", notFound: "Keinen solchen Film gefunden.",
  genre: "Genre", allGenres: "alle", from: "von", to: "bis", years: "Jahre", familiar: "bekannt", obscure: "entlegen", dial: "Bekannt oder entlegen", dialOff: "wie du bist",
  notThese: "Diese nicht", surprise: "Überrasche mich", allFilms: "Wieder alle", noFilms: "Kein Film passt zu diesen Filtern.",
  up: (/** @type {number} */ n) => `${n} höher`, down: (/** @type {number} */ n) => `${n} tiefer`, leaves: "geht",
  liked: (/** @type {string} */ film) => `Weil dir *${film}* gefällt`, disliked: (/** @type {string} */ film) => `Weil dir *${film}* nicht gefällt`,
  ticked: (/** @type {string} */ film) => `*${film}* hast du gesehen`, undone: (/** @type {string} */ film) => `Als hättest du *${film}* nie bewertet`,
  closer: (/** @type {string[]} */ list) => `näher an ${und(list)}`, farther: (/** @type {string[]} */ list) => `weiter weg von ${und(list)}`, still: "dein Geschmack blieb, wo er war",
  movedUp: (/** @type {number} */ n) => `${filme(n)} gestiegen`, came: (/** @type {string[]} */ list) => `neu: ${und(list.map((t) => `*${t}*`))}`, left: (/** @type {string[]} */ list) => `fort: ${und(list.map((t) => `*${t}*`))}`,
  stood: (/** @type {number} */ rank) => `Er stand bei dir auf Platz ${rank.toLocaleString("de")}.`,
  whyTitle: (/** @type {string} */ film) => `Warum ${film}?`, rankNow: (/** @type {number} */ rank, /** @type {string} */ distance) => `Dein Platz ${rank}, ${distance} entfernt.`,
  sumTitle: "Die Entfernung ist eine Summe", sumText: "Jeder Teil des Raums trägt bei; zusammen sind sie die Entfernung.",
  ratingsTitle: "Was deine Bewertungen bewirkt haben", without: (/** @type {string} */ film) => `ohne *${film}*`, wouldBe: (/** @type {number} */ rank) => `Platz ${rank}`,
  yourRating: "Deine Bewertung", place: "Platz ohne sie", effect: "Brachte ihn näher um", take: "Zurücknehmen", arithmetic: "Die Rechnung mit deinen Zahlen",
  tasteTitle: "Dein Geschmack", tasteText: "Wo du stehst, verglichen mit jemandem, der neu ist.", mapTitle: "Landkarte", here: "du", larger: "Größer", fromHere: "Etwas von hier",
  mapText: (/** @type {string} */ kept) => `Nah heißt ähnlich; Lücken und Größen heißen nichts. Die Karte bewahrt ${kept} der wahren Nachbarn.`,
  curveTitle: "Lernt es?", curveWins: "Das Lernen liegt vorn.", curveAhead: "Die Beliebtheit liegt noch vorn. Geschmack braucht einige Bewertungen.",
  timeTitle: "Zeitmaschine", timeText: "Geh zurück zu jedem Moment.", timeNow: "Zurück zu jetzt", timeAt: (/** @type {number} */ at, /** @type {number} */ of) => `nach ${at} von ${of}`,
  importTitle: "Bring deine Geschichte mit", choose: "Datei wählen", dataTitle: "Deins", exportIt: "Alles exportieren", forget: "Vergiss mich", forgetSure: "Wirklich alle Bewertungen und dein Profil löschen?",
  demoTitle: "Sieh ihm beim Lernen zu", demoStart: "Los", demoStop: "Halt", you: "Du", profileTitle: "Dein Profil", rename: "Benennen", newOne: "Neu beginnen",
  slow: "Der Server lässt sich Zeit. Nichts ist verloren.", offline: "Der Server ist nicht zu erreichen. Nichts ist verloren.", again: "Noch einmal", dismiss: "Gut", language: "Sprache", home: "Filme",
};
