// The service worker: keeps the page as it was built, so that a second visit needs no server.
//
// One cache a build, filled whole or not at all: every file is compared with the digest that the build has written here. What is kept bears
// its hash in its name, but for the licences; the page itself has the build's in it. A page that runs is never changed: a new worker waits until no page of the
// old build is open, or until the learner presses Reload, and a build's cache goes only when no page of that build holds its lock.
// Pages in frames are not answered from here, but for files that bear their hash. `cargo xtask build` writes build and files;
// docs/hosting.md says how a worker is taken back (sw-off.js).
'use strict';
const BUILD = '{build}';
const FILES = {files};

const SCOPE = self.registration.scope;
const START = `waiting-room@${new URL(SCOPE).pathname}@`;
const OWN = START + BUILD;

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(sweep()));
self.addEventListener('message', (event) => {
  const { data, source } = event;
  if (data === 'waiting-room:take') event.waitUntil(self.skipWaiting());
  if (data === 'waiting-room:look') event.waitUntil(look(source));
  // A page says its build: it hears whether this is another one.
  if (data?.build && data.build !== BUILD) source?.postMessage('waiting-room:new');
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = request.url.replace(/[?#].*$/, '');
  if (request.method !== 'GET' || !address.startsWith(SCOPE)) return;
  if (request.mode !== 'navigate') return event.respondWith(kept(address).then((found) => found ?? fetch(request)));
  if (request.destination !== 'document') return;
  // The page, or a file that it links to: the licences.
  const name = address.slice(SCOPE.length);
  const page = name === '' || name === 'index.html';
  if (page || FILES[name]) event.respondWith(own(page ? SCOPE : address).then((found) => found ?? fetch(request)));
});

const own = (address) => caches.match(address, { cacheName: OWN, ignoreVary: true });

/** A file of this build, or of one that a page still runs; the page itself is no such file. */
async function kept(address) {
  if (address === SCOPE) return undefined;
  const found = await own(address);
  if (found) return found;
  for (const cacheName of (await caches.keys()).filter((name) => name.startsWith(START))) {
    const other = await caches.match(address, { cacheName, ignoreVary: true });
    if (other) return other;
  }
  return undefined;
}

async function fill() {
  // One that was begun and broken off.
  await caches.delete(OWN);
  try {
    const files = Object.entries(FILES).map(async ([name, digest]) => [SCOPE + name, await whole(name, digest)]);
    const all = await Promise.all([page(), ...files]);
    const cache = await caches.open(OWN);
    for (const [address, answer] of all) await cache.put(address, answer);
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
}

/** The page, if it is of this build; a block of data in it may have been changed since. */
async function page() {
  const answer = await fetch(SCOPE, { cache: 'no-cache' });
  const text = await answer.text();
  if (!answer.ok || !text.includes(BUILD)) throw new Error(`the page is not of build ${BUILD}`);
  return [SCOPE, copy(answer, text)];
}

async function whole(name, digest) {
  for (const cache of ['default', 'reload']) {
    const answer = await fetch(SCOPE + name, { cache });
    const bytes = await answer.arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (answer.ok && found === digest) return copy(answer, bytes);
  }
  throw new Error(`${name} is not of build ${BUILD}`);
}

/** An answer as it is kept: unpacked, with the policies that the server sends. */
function copy(answer, body) {
  const headers = new Headers(answer.headers);
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return new Response(body, { headers });
}

/** A page asks what is new: one whose data was changed on the server is kept anew, for the next visit. */
async function look(client) {
  await sweep();
  const kept = await own(SCOPE);
  const answer = await fetch(SCOPE, { cache: 'no-cache' }).catch(() => null);
  if (!kept || !answer?.ok) return;
  const text = await answer.text();
  if (!text.includes(BUILD) || text === await kept.text()) return;
  await (await caches.open(OWN)).put(SCOPE, copy(answer, text));
  client?.postMessage('waiting-room:new');
}

/** Takes away the caches of builds that no page runs. One that is being filled belongs to a worker that is on its way. */
async function sweep() {
  const others = (await caches.keys()).filter((name) => name.startsWith(START) && name !== OWN);
  const { held } = await navigator.locks.query();
  const { installing, waiting } = self.registration;
  if (installing || waiting) return;
  const free = others.filter((name) => held.every((lock) => lock.name !== name));
  await Promise.all(free.map((name) => caches.delete(name)));
}
