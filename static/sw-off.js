// Takes the service worker back: put this in the place of sw.js, and every browser that comes by forgets its copy of the page.
//
// A page that is open goes on; from its next visit on it comes from the server again. Other pages of the same site keep theirs.
'use strict';
const START = `waiting-room@${new URL(self.registration.scope).pathname}@`;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(off()));

async function off() {
  const names = (await caches.keys()).filter((name) => name.startsWith(START));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
