// Keeps the page for when the server is away, where the browser allows it: at https and on this machine.
// Only the page's own files, its last first paint, and posters are kept; what was said never is: the
// outbox keeps that.
/* global HASH, FILES -- the server puts them in front of this file */
const PAGE = `movieloop-${HASH}`;
const POSTERS = "movieloop-posters";
const MOST_POSTERS = 400;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(PAGE)
      .then((kept) => kept.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = caches
    .keys()
    .then((names) =>
      Promise.all(names.filter((name) => name !== PAGE && name !== POSTERS).map((name) => caches.delete(name))),
    );
  event.waitUntil(old.then(() => self.clients.claim()));
});

/** The server's answer, kept for when it is away. */
async function freshOrKept(request) {
  const kept = await caches.open(PAGE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put("/", answer.clone());
    return answer;
  } catch (error) {
    const last = await kept.match("/");
    if (last) return last;
    throw error;
  }
}

/** What never changes under its address. */
async function keptOrFresh(request, name) {
  const kept = await caches.open(name);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    await kept.put(request, answer.clone());
    const all = name === POSTERS ? await kept.keys() : [];
    for (const old of all.slice(0, Math.max(0, all.length - MOST_POSTERS))) await kept.delete(old);
  }
  return answer;
}

self.addEventListener("fetch", (event) => {
  const {request} = event,
    url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/") event.respondWith(freshOrKept(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptOrFresh(request, PAGE));
  else if (url.pathname.endsWith("/poster.svg")) event.respondWith(keptOrFresh(request, POSTERS));
});
