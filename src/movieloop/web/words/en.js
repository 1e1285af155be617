// English: complete. A value is a text, or a function of what it is about.

/** @param {number} n */
const films = (n) => (n === 1 ? "One film" : `${["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"][n] ?? n} films`);
/** @param {string[]} list */
const and = (list) => (list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`);
/** @param {number} n */
const nth = (n) => `${n.toLocaleString("en")}${["th", "st", "nd", "rd"][(n % 100 >> 3) ^ 1 && n % 10 < 4 ? n % 10 : 0]}`;

export default {
  names: {},
  startTitle: "Tap three films you love.",
  startText: (/** @type {number} */ left) => (left > 1 ? `${left} more and you see your list.` : "One more and you see your list."),
  skip: "Skip: show me a list",
  others: "Other films",
  listTitle: "Your next films",
  firstSaid: "Nearest to your taste first. Like or dislike one and watch the list learn.",
  like: "Like", dislike: "Dislike", seen: "Seen", undo: "Undo", why: "Why?", similar: "More like this", close: "Close",
  likeOf: (/** @type {string} */ film) => `Like ${film}`, dislikeOf: (/** @type {string} */ film) => `Dislike ${film}`, seenOf: (/** @type {string} */ film) => `Seen ${film}`,
  whyOf: (/** @type {string} */ film) => `Why ${film}?`, similarOf: (/** @type {string} */ film) => `More like ${film}`,
  find: "Find a film you know", notFound: "No film of that name.",
  genre: "Genre", allGenres: "all", from: "from", to: "to", years: "Years", familiar: "familiar", obscure: "obscure", dial: "Familiar or obscure", dialOff: "as you are",
  notThese: "Not these", surprise: "Surprise me", allFilms: "Show all again", noFilms: "No film passes these filters.",
  up: (/** @type {number} */ n) => `up ${n}`, down: (/** @type {number} */ n) => `down ${n}`, leaves: "leaves",
  liked: (/** @type {string} */ film) => `Because you like *${film}*`, disliked: (/** @type {string} */ film) => `Because you dislike *${film}*`,
  ticked: (/** @type {string} */ film) => `You have seen *${film}*`, undone: (/** @type {string} */ film) => `As if you had never rated *${film}*`,
  closer: (/** @type {string[]} */ list) => `closer to ${and(list)}`, farther: (/** @type {string[]} */ list) => `farther from ${and(list)}`, still: "your taste stayed where it was",
  movedUp: (/** @type {number} */ n) => `${films(n)} moved up`, came: (/** @type {string[]} */ list) => `${and(list.map((t) => `*${t}*`))} came in`, left: (/** @type {string[]} */ list) => `${and(list.map((t) => `*${t}*`))} left`,
  stood: (/** @type {number} */ rank) => `It had been number ${rank.toLocaleString("en")} on your list.`,
  wouldEnter: (/** @type {string[]} */ list) => `Would come in: ${list.join(", ")}.`,
  whyTitle: (/** @type {string} */ film) => `Why ${film}?`,
  rankNow: (/** @type {number} */ rank, /** @type {string} */ distance) => `It is your ${nth(rank)}, ${distance} away.`,
  sumTitle: "The distance is a sum", sumText: "Every part of the space adds its share; together they are the distance.",
  ratingsTitle: "What your ratings did", without: (/** @type {string} */ film) => `without *${film}*`, wouldBe: (/** @type {number} */ rank) => nth(rank),
  yourRating: "Your rating", place: "Place without it", effect: "Brought it nearer by", noRatings: "You have rated nothing yet: this is where every newcomer starts.", take: "Take back",
  arithmetic: "The arithmetic, with your numbers", copyCurl: "Copy as curl", copyPython: "Copy as Python", copied: "Copied", copyYourself: "Selected: press Ctrl+C",
  formulaLike: "like:     p += rate · (m − p)", formulaDislike: "dislike:  p −= rate · push · (m − p), inside the box", formulaDistance: "distance = Σ |p − m|",
  similarTitle: (/** @type {string} */ film) => `Nearest to ${film}`,
  tasteTitle: "Your taste", tasteText: "Where you stand beside a newcomer, in the words the films have.", mapTitle: "Taste map",
  mapText: (/** @type {string} */ kept) => `Near means alike; gaps and sizes mean nothing. The map keeps ${kept} of the true neighbours.`,
  mapList: "Films near you, as a list", here: "you", larger: "Larger", fromHere: "Something from here", mapLoading: "Drawing 90 years of film …",
  curveTitle: "Is it learning?",
  curveText: (/** @type {number} */ likes, /** @type {string} */ ours, /** @type {string} */ popular) => `Before each of your ${likes} likes the film had a place in your list. ${ours} stood in your top 10; in a plain popularity list it would have been ${popular}.`,
  curveAhead: "Popularity is ahead so far. A taste needs some ratings to pay off.", curveFew: "Too few likes to say more than that.", curveWins: "Learning is ahead.",
  curveFrozen: (/** @type {string} */ frozen, /** @type {string} */ learned) => `Since your fifth rating: ${learned} with learning, ${frozen} had it stopped there.`,
  curveNone: "Like a few films: each had a place in your list before, and that is the proof.", curveSaw: "likes", curveYou: "you", curvePopular: "popularity", curveStopped: "stopped after 5",
  timeTitle: "Time machine", timeText: "Go back to any moment: list, taste and map as they were.", timeAt: (/** @type {number} */ at, /** @type {number} */ of) => `after ${at} of ${of}`, timeNow: "Back to now", timeNone: "Nothing rated yet.",
  importTitle: "Bring your history", importText: "Drop an export of Letterboxd, IMDb, Trakt, Netflix or TMDB here, or ratings as CSV. It stays on this machine.", choose: "Choose a file",
  importShow: (/** @type {any} */ r) => `${r.source}: ${r.read} rows, ${r.imported} would come over, ${r.already_there} are here already.`, importGo: (/** @type {number} */ n) => `Bring ${n} ratings over`,
  importDone: (/** @type {number} */ n) => `${n} ratings came over; your list has learned them all.`, importUnclear: (/** @type {number} */ n) => `${n} films are not in the catalogue`, importBad: (/** @type {number} */ n) => `${n} rows cannot be read`, importNothing: "Nothing new in it.",
  dataTitle: "Yours", exportIt: "Export everything", forget: "Forget me", forgetSure: "Delete every rating and your profile, for real?", forgotten: (/** @type {number} */ n) => `Forgotten: ${n} ratings are gone from the disk.`,
  demoTitle: "Watch it learn", demoText: "A synthetic taste, invented from the catalogue, rates five films a second. None of it is stored.", demoStart: "Start", demoStop: "Stop", demoOn: (/** @type {string} */ who) => `Synthetic: ${who}`,
  you: "You", profileTitle: "Your profile", rename: "Name it", switchTo: "Use", newOne: "Start a new one", profileApi: "Use it from the API:", profileHint: "Kept in this browser. Anyone who knows the name can use it on this server.",
  slow: "The server takes its time. Nothing is lost.", offline: "The server cannot be reached. Nothing is lost.", failed: (/** @type {number} */ status) => `The server answered ${status}.`, again: "Try again", dismiss: "Dismiss",
  keyTitle: "This server asks for its key", keyText: "It was shown when the server first started.", keyGo: "Open",
  docs: "API", operator: "Operator", home: "Films", licence: "Posters are drawn here, from title, year and genre.", keys: "Keys: 1 like, 2 seen, 3 dislike, arrows move.",
  operatorTitle: "For the operator", everybody: (/** @type {any} */ p) => `${p.users} people, ${p.likes} likes that had been ranked.`, after: "Ratings seen", likes: "Likes", ours: "Top 10", popular: "Popularity", version: "Version", made: "Made", origin: "From", hits: "Hits", live: "live", promote: "Promote", rollback: "Roll back", health: "Requests", slowest: "mean time",
  language: "Language",
};
