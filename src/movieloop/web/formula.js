// The idea in four lines, as taste.py has it: the same sums, done again in this browser.

/** @typedef {number[]} Point */

/** How far a film is from a profile. @param {Point} profile @param {Point} movie */
export function distance(profile, movie) {
  return profile.reduce((sum, at, i) => sum + Math.abs(movie[i] - at), 0);
}

/** Go toward a film. @param {Point} profile @param {Point} movie @param {Point} rate */
export function pull(profile, movie, rate) {
  return profile.map((at, i) => at + rate[i] * (movie[i] - at));
}

/** Go away from a film, inside the walls. @param {Point} profile @param {Point} movie @param {Point} rate @param {Point} low @param {Point} high */
export function push(profile, movie, rate, low, high) {
  return profile.map((at, i) => Math.min(Math.max(at - rate[i] * (movie[i] - at), low[i]), high[i]));
}

/**
 * Learn one opinion.
 * @param {{before: Point, point: Point, rating: number|null, likes_before: number}} lesson
 * @param {{floor: Point, ceiling: Point, push: Point, seen: Point, patience: Point, low: Point, high: Point}} rates
 * @returns {{rate: Point, after: Point}} how fast each coordinate learned, and where the profile stands then
 */
export function learnOne({before, point, rating, likes_before}, rates) {
  const rate = rates.patience.map((patience, i) =>
    Math.min(Math.max(1 / (likes_before + 1 + patience), rates.floor[i]), rates.ceiling[i]),
  );
  const times = (/** @type {Point} */ share) => rate.map((one, i) => one * share[i]);
  if (rating === 1) return {rate, after: pull(before, point, rate)};
  if (rating === 0)
    return {rate: times(rates.push), after: push(before, point, times(rates.push), rates.low, rates.high)};
  return {rate: times(rates.seen), after: pull(before, point, times(rates.seen))};
}
