// Visits with a service worker: when a copy of the page is whole, and how a visit without a server is made.

import assert from 'node:assert/strict';
import { PATIENCE } from './house.mjs';

/** What fails where there is no server, and is no fault then: looking for a newer build. */
const NO_SERVER = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|fetching the script/;

/** Waits until the browser has a whole copy of the page, with a worker that answers from it. */
export const keptWhole = (visit) => visit.app.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state !== 'activated') await new Promise((done) => { active.onstatechange = () => active.state === 'activated' && done(); });
});

/** Another tab of the same profile, while the server is gone: it comes up, and nothing but the look for a newer build fails. */
export async function withoutServer(visit, address) {
  const second = await visit.another(address);
  assert.ok(await second.app.evaluate(() => navigator.serviceWorker.controller !== null), 'a worker answers');
  forgiveNoServer(visit);
  return second;
}

/** That there is no server is no fault of this visit: neither what was noticed nor what is noticed from now on, for a look may fail late. */
export function forgiveNoServer({ faults }) {
  const rest = (all) => all.filter((fault) => !NO_SERVER.test(fault));
  faults.splice(0, faults.length, ...rest(faults));
  Object.defineProperty(faults, 'push', { configurable: true, value: (...more) => Array.prototype.push.apply(faults, rest(more)) });
}

/** Waits until what a tab is asked, which answers later, is so. */
export async function until(tab, asked, argument) {
  const end = Date.now() + PATIENCE;
  while (!await tab.app.evaluate(asked, argument)) assert.ok(Date.now() < end, `in vain: ${asked}`);
}

/** The caches of this page, by their builds. */
export const builds = (visit) => visit.app.evaluate(async () => (await caches.keys()).map((name) => name.split('@').pop()).sort());
/** The build that runs in a tab. */
export const running = (visit) => visit.app.evaluate(() => document.documentElement.dataset.build);
