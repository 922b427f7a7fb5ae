// The house that tests move into: one Chromium, one server, and visits to the page in each of its forms.
//
//   const house = await openHouse();                       // in before()
//   const visit = await house.visit('sandbox');            // waits until the page is up
//   await visit.app.getByRole('button', …).click();        // `app` is the frame the page is in, `page` the tab; each step waits
//                                                          // until the page has settled
//   const { page, app } = await visit.another();           // the same address in another tab of the same profile
//   await visit.close();                                   // fails if anything was wrong meanwhile
//   await house.close();                                   // in after()
//
// Wrong is: an error on the console, an exception, a violated policy, a failed request, or any request to elsewhere than the
// form may ask. The browser can't reach anything but this machine anyway. A visit has a fresh profile.

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { BASE, serve } from './server.mjs';
import { settling, watched } from './settled.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The built page: `DIST`, or the project's dist/. */
export const DIST = process.env.DIST ?? path.resolve(here, '../../../dist');
/** The page in one file. */
export const SINGLE = 'waiting-room.html';
/** The name of what the hosted page keeps, `saved.v1`, in its drawer; `src/share/drawer.rs` has the rule. */
export const named = (what, kata = '') => `waiting-room.${kata}${what}@${BASE}`;
/** Where pictures of failures go. */
export const OUT = path.resolve(here, '../out');

/** Features that are off: the first lines are Playwright's own list, which ours takes the place of. */
const OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay',
  'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints',
  'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
  // The address bar's pop-ups: two pages with scripts for each window, half of what a visit costs.
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup',
  // A process kept ready for the next page of the same profile: a visit has none, so each would start two for one.
  'SpareRendererForSitePerProcess',
];

/** How long anything may take, in milliseconds: only what hangs takes longer, however busy the machine is. */
export const PATIENCE = Number(process.env.PATIENCE ?? 180_000);

/** The processor of every page is slowed so many times: `THROTTLE=4` finds tests, and pages, that only a fast machine passes. */
const THROTTLE = Number(process.env.THROTTLE ?? 1);

const FLAGS = [
  `--disable-features=${OFF.join(',')}`,
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  // Letters are as wide in a Chromium without a window as in one with a window.
  '--font-render-hinting=none',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Every form in which the page must run. */
export const FORMS = ['hosted', 'file', 'sandbox', 'cross-site', 'cross-site single'];
/** Those in a course, and one in a course of the same origin. */
export const FRAMES = ['same-origin', 'sandbox', 'cross-site', 'cross-site single'];

/** How our Chromium is started. */
export const LAUNCH = { executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: FLAGS };

/** Options: `settles: false` for those who measure: their steps don't wait until the page has settled. */
export async function openHouse({ settles = true } = {}) {
  const browser = await chromium.launch(LAUNCH);
  const server = await serve(DIST);
  // The single file alone in a folder: it must need no neighbour.
  const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-'));
  await cp(path.join(DIST, SINGLE), path.join(folder, SINGLE));
  const house = { browser, server, folder, settles };
  return {
    ...house,
    visit: (form, options) => visit(house, form, options),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** How many host pages there have been, so that each has a name of its own. */
let hosts = 0;

/**
 * Where a form is found: the address to open, what it may ask for, and which frame the page is in. A form may say so itself.
 * `tail` is added to the page's own address: a query, a fragment or both.
 */
function whereabouts({ server, folder }, form, tail, course) {
  if (form.address) return form;
  const own = `http://127.0.0.1:${server.port}`;
  const framed = (host, attributes, target) => {
    const name = `${hosts++}.html`;
    const source = (own + BASE + target + tail).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    server.hosts.set(name, hostPage(`<iframe ${attributes} title="The waiting room" src="${source}"></iframe>`, course));
    const address = `http://${host}:${server.port}/host/${name}`;
    return { address, allowed: [address, own + BASE + target], frame: true };
  };
  // A page that a test serves itself, alone in a frame: what is in a course system's package.
  if (form.page) {
    const address = `${own}/host/`;
    server.hosts.set(form.name, form.page);
    server.hosts.set('around.html', hostPage(`<iframe title="The waiting room" src="${form.name}${tail}"></iframe>`, course));
    return { address: `${address}around.html`, allowed: [address, own + BASE], frame: true };
  }
  switch (form) {
    case 'hosted':
      return { address: own + BASE + tail, allowed: [own + BASE], frame: false };
    case 'file': {
      const address = pathToFileURL(path.join(folder, SINGLE)).href;
      return { address: address + tail, allowed: [address], frame: false };
    }
    case 'sandbox':
      return framed('127.0.0.1', 'sandbox="allow-scripts"', SINGLE);
    case 'same-origin':
      return framed('127.0.0.1', '', '');
    case 'cross-site':
      return framed('localhost', '', '');
    case 'cross-site single':
      return framed('localhost', '', SINGLE);
    // Not places for the page, but for the sentence it has for them.
    case 'no scripts':
      return framed('127.0.0.1', 'sandbox=""', '');
    case 'no scripts single':
      return framed('127.0.0.1', 'sandbox=""', SINGLE);
    case 'sandbox folder':
      return framed('127.0.0.1', 'sandbox="allow-scripts"', '');
    default:
      throw new Error(`no such form: ${form}`);
  }
}

/** A finger that swipes along does not lead back to the page before. */
function hostPage(frame, course) {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">
<style>html { overscroll-behavior: none } body { margin: 0 } iframe { border: 0; width: 100%; height: 800px }</style></head><body>${course}${frame}</body></html>`;
}

/**
 * Opens the page in a form, or one that a test brings along (`{ name, page }`). Options: `tail` (query and fragment), `context` (anything
 * Playwright's newContext takes: viewport, colorScheme, reducedMotion, hasTouch …), `course` (HTML of a host page before the frame), `prepare(context)` to be called before the
 * page is opened, `ready: false` not to wait for the page to be up, `at` for a page that lies elsewhere, and `offline: true` for one that may be
 * kept for visits without its server: most tests have no use for a copy, which is the whole page once more.
 */
async function visit(house, form, { tail = '', context: wishes = {}, course = '', prepare, ready = true, at, offline = false } = {}) {
  const { address, allowed, frame } = at ? { address: at + tail, allowed: [at], frame: false } : whereabouts(house, form, tail, course);
  const context = await house.browser.newContext({ viewport: { width: 1440, height: 900 }, ...wishes });
  context.setDefaultTimeout(PATIENCE);
  const faults = [];
  const requests = [];
  watchOver(context, allowed, faults, requests);
  if (house.settles) await watched(context);
  if (!offline) await context.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  await prepare?.(context);
  if (THROTTLE > 1) context.on('page', (page) => slowed(context, page));
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  const app = frame ? page.frames()[1] : page.mainFrame();
  const close = async () => {
    // A request that a test answers itself may still be under way.
    await Promise.all([context, ...context.pages()].map((one) => one.unrouteAll({ behavior: 'ignoreErrors' })));
    await context.close();
    assert.deepEqual(faults, [], `the page was not quiet (${form.address ?? form})`);
  };
  const found = { page, app, context, faults, requests, close, picture: (name) => picture(page, name) };
  if (!ready) return found;
  await up(found, form);
  const tab = (page, app) => house.settles ? { page: settling(page, app), app: settling(app, app) } : { page, app };
  const another = async (address = page.url()) => {
    const other = await context.newPage();
    await other.goto(address);
    await up({ ...found, page: other, app: other.mainFrame() }, form);
    return tab(other, other.mainFrame());
  };
  return Object.assign(found, tab(page, app), { another });
}

/** Waits until the page is up: it then sets `data-ready` on #app. */
async function up({ page, app, context, faults }, form) {
  try {
    await app.locator('#app[data-ready]').waitFor({ state: 'attached' });
  } catch (error) {
    const text = await app.locator('body').innerText({ timeout: 1000 }).catch(() => '(no text)');
    await picture(page, `not-up-${form}`);
    await context.close();
    throw new Error(`the page did not come up (${form}). It says: ${text}\nFaults: ${faults.join('\n')}`, { cause: error });
  }
}

async function slowed(context, page) {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
}

/** Writes a picture of the tab into tests/browser/out/. */
async function picture(page, name) {
  await mkdir(OUT, { recursive: true });
  await page.screenshot({ path: path.join(OUT, `${name.replaceAll(/[^a-z0-9-]+/gi, '-')}.png`) });
}

/** Notes everything that must not happen. */
function watchOver(context, allowed, faults, requests) {
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    requests.push(url);
    const inside = allowed.some((start) => url.startsWith(start)) || /^(data|blob|about):/.test(url);
    if (!inside) faults.push(`request to ${url}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Aborted: the page was left or reloaded meanwhile. Anything that went wrong by itself has another name.
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} (${why})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`status ${response.status()}: ${response.url()}`);
  });
}
