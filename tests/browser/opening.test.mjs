// Before the page is up: what can be read comes first, and little has to come for it; how the rest comes along is told, and why it doesn't;
// the page takes the picture over in its place.

import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DIST, SINGLE, openHouse } from './support/house.mjs';

/** The most that has to come before there is something to read, with brotli. */
const READABLE_BYTES = 40_000;

const read = (name) => readFile(path.join(DIST, name), 'utf8');
const packed = async (name) => (await stat(path.join(DIST, `${name}.br`))).size;

describe('What is seen first', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** Opens the hosted form and holds its wasm back until `release` is called. */
  async function held(options = {}) {
    let release;
    const wait = new Promise((resolve) => { release = resolve; });
    const prepare = async (context) => {
      await options.prepare?.(context);
      await context.route('**/*.wasm', async (route) => { await wait; await route.continue(); });
    };
    return { visit: await house.visit('hosted', { ...options, prepare, ready: false }), release };
  }

  const up = (visit) => visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
  const words = (visit, selector) => visit.app.locator(selector).allInnerTexts();

  test('comes within 40 kB', async () => {
    const page = await read('index.html');
    const [, style] = page.match(/rel="stylesheet" href="\.\/([^"]*)"/);
    const sum = await packed('index.html') + await packed(style);
    assert.ok(sum < READABLE_BYTES, `page and style sheet have ${sum} bytes`);
    assert.equal(page.match(/rel="stylesheet"/g).length, 1, 'one style sheet');
  });

  // Windows of laptops, and frames of the heights that the page asks for.
  const WINDOWS = [[1440, 900], [1440, 790], [1366, 768], [1280, 800], [1280, 720], [1280, 600], [1240, 700], [1152, 760], [1110, 760], [1024, 768], [800, 640], [800, 600], [768, 1024], [684, 600], [600, 400], [390, 844], [375, 667], [360, 640]];
  /** What has no room for all of it: the picture of the demand, the speed. Runs in the page. */
  const cut = () => {
    const found = [];
    const picture = document.querySelector('.morning > svg');
    if (picture?.checkVisibility() && picture.getBoundingClientRect().bottom > picture.parentElement.getBoundingClientRect().bottom + 1) found.push('the demand');
    const speed = document.querySelector('.speed-pick select');
    const { font, paddingLeft, paddingRight } = getComputedStyle(speed);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = font;
    if (pen.measureText(speed.selectedOptions[0].text).width > speed.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)) found.push('the speed');
    return found;
  };
  for (const tail of ['', '?embed=1', '?present=1', '?kata=evening-rush', '?embed=1&design=demand-breaker']) {
    test(`begins with a sentence and a Play that lie over no part ${tail}`, async () => {
      const visit = await house.visit('hosted', { tail });
      await visit.app.locator('.diagram .part').first().waitFor();
      for (const [width, height] of WINDOWS) {
        await visit.page.setViewportSize({ width, height });
        // The diagram is fitted anew with the next frame.
        await visit.app.waitForFunction(() => {
          const boxes = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect());
          const meet = (one, other) => one.top < other.bottom && one.bottom > other.top && one.left < other.right && one.right > other.left;
          const parts = boxes('.diagram .part, .flow-card');
          return !boxes('.first-play .hook, .first-play .btn').some((box) => parts.some((part) => meet(box, part)));
        }).catch(() => assert.fail(`${width} × ${height}: something of it lies over a part`));
        assert.deepEqual(await visit.app.evaluate(cut), [], `${width} × ${height}`);
      }
      await visit.close();
    });
  }

  test('in a low frame the ribbon has air over its highest point', async () => {
    const visit = await house.visit('hosted', { tail: '?embed=1&speed=max', context: { viewport: { width: 600, height: 400 } } });
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.waitForFunction(() => {
      const top = (selector) => document.querySelector(selector).getBoundingClientRect().top;
      return top('.strip-drawing .rest') >= top('.player') + 3;
    });
    await visit.close();
  });

  test('stands before everything large in the single file', async () => {
    const page = await read(SINGLE);
    // The brief, the script that tells how the rest comes along, the wasm, every kata, and the start.
    const marks = ['class="brief"', 'room.unpack =', 'class="packed"', 'id="waiting-room-kata"', 'id="waiting-room-kata-evening-rush"', '<script type="module">'];
    const places = marks.map((mark) => page.indexOf(mark));
    assert.ok(places[0] > 0);
    assert.deepEqual(places, places.toSorted((a, b) => a - b), marks.join(', '));
    const [, , wasm] = places;
    assert.ok(wasm < 200_000, `the packed wasm begins at ${wasm}`);
  });

  for (const [width, height, tail] of [[1440, 900, ''], [1280, 720, ''], [1024, 768, ''], [768, 1024, ''], [390, 844, ''], [360, 740, ''], [800, 600, '?embed=1'], [684, 600, '?embed=1'],
    [1440, 900, '?present=1'], [1440, 900, '?panels=runs%2Ccharts'], [768, 1024, '?present=1&panels=brief'], [1280, 720, '?panels=design'], [390, 844, '?panels=brief,runs']]) {
    test(`is taken over in its place: ${width} × ${height} ${tail}`, async () => {
      const { visit, release } = await held({ tail, context: { viewport: { width, height } } });
      await visit.app.evaluate(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
      });
      const PLACES = ['.bar', '.bar h1', '.bar .pick', '.transport', '.clock', '.strip', '.left', '.brief .meta', '.brief .lead', '.brief .first-steps', '.stage', '.hook', '.right', '.dock', '.player', '.morning'];
      const places = () => visit.app.evaluate((selectors) => selectors.map((selector) => {
        const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
        return [selector, x, y, width, height].map((n) => (typeof n === 'number' ? Math.round(n) : n)).join(' ');
      }), PLACES);
      await visit.app.locator('.opening .hook').waitFor({ state: 'attached' });
      const tabs = async () => (await visit.app.locator('.tabs button').locator('visible=true').allInnerTexts()).map((text) => text.trim());
      const before = [await places(), await tabs()];
      release();
      await up(visit);
      assert.deepEqual([await places(), await tabs()], before);
      assert.ok(await visit.app.evaluate(() => globalThis.shift) < 0.01);
      await visit.close();
    });
  }

  test('says the same as the page', async () => {
    const { visit, release } = await held();
    const SAME = ['.bar h1', '.brief .meta', '.brief h2', '.brief .lead', '.brief .known', '.brief .first-steps li', '.hook', '.clock', '#app > .app > .strip .tabs button'];
    const first = {};
    for (const selector of SAME) first[selector] = await visit.app.locator(selector).evaluateAll((found) => found.map((e) => e.textContent));
    const place = await visit.app.locator('[data-kept]').getAttribute('data-kept');
    const scenario = await visit.app.locator('.bar .pick').first().textContent();
    const demand = () => visit.app.locator('.morning .line').getAttribute('d');
    const drawn = await demand();
    release();
    await up(visit);
    for (const selector of SAME) {
      const now = await visit.app.locator(selector.replace('#app > .app > ', '')).evaluateAll((found) => found.map((e) => e.textContent));
      assert.deepEqual(first[selector], now, selector);
      assert.ok(now.length > 0, selector);
    }
    assert.equal(drawn, await demand());
    assert.equal(scenario, await visit.app.locator('.bar select[aria-label=Scenario] option:checked').textContent());
    await visit.app.getByLabel('Seed', { exact: true }).fill('5');
    await visit.app.getByLabel('Seed', { exact: true }).press('Enter');
    await visit.app.waitForFunction((key) => localStorage.getItem(key)?.includes('"seed":5'), place);
    await visit.close();
  });

  test('is as dark as the page was left', async () => {
    const prepare = (context) => context.addInitScript(() => {
      if (location.protocol === 'http:') localStorage.setItem('waiting-room.saved.v1', JSON.stringify({ theme: 'dark' }));
    });
    const { visit } = await held({ prepare });
    assert.equal(await visit.app.locator('html').getAttribute('data-theme'), 'dark');
    await visit.context.close();
  });

  test('an early error of another script is none of this page', async () => {
    const prepare = (context) => context.addInitScript(() => {
      setTimeout(() => { throw new Error('boom from an extension'); });
      Promise.reject(new Error('and a promise of it'));
    });
    const { visit, release } = await held({ prepare });
    await visit.app.waitForFunction(() => document.getElementById('boot').textContent !== '');
    assert.deepEqual(await words(visit, '#boot'), ['Opening the waiting room…']);
    assert.equal(await visit.app.locator('[role=alert], #crash').count(), 0);
    release();
    await up(visit);
    await visit.context.close();
  });
});

describe('A slow line', () => {
  let house;
  let slow;
  /** Sends the rest of what is held back. */
  let release;
  let held;
  before(async () => {
    house = await openHouse();
    // Serves the page without saying how long anything is, and the second half of the large files only when told.
    const TYPES = { js: 'text/javascript', css: 'text/css', wasm: 'application/octet-stream', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };
    slow = createServer(async (request, response) => {
      const name = new URL(request.url, 'http://127.0.0.1').pathname.slice(1) || 'index.html';
      const bytes = await readFile(path.join(DIST, name)).catch(() => null);
      if (!bytes) return response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': TYPES[name.split('.').pop()] ?? 'text/plain' });
      if (bytes.length < 500_000) return response.end(bytes);
      response.write(bytes.subarray(0, 600_000));
      await held;
      response.end(bytes.subarray(600_000));
    });
    await new Promise((resolve) => slow.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await house?.close();
    slow?.closeAllConnections();
    await new Promise((resolve) => slow?.close(resolve) ?? resolve());
  });

  for (const [name, file] of [['the hosted form', ''], ['the single file', SINGLE]]) {
    test(`${name} can be read, counts what has come, says that it takes long, and opens`, async () => {
      held = new Promise((resolve) => { release = resolve; });
      const context = await house.browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(`http://127.0.0.1:${slow.address().port}/${file}`, { waitUntil: 'commit' });
      await page.locator('.brief .first-steps li').waitFor({ state: 'attached' });
      assert.equal(await page.locator('.opening .hook').isVisible(), true);
      const boot = page.locator('#boot');
      await boot.filter({ hasText: 'Opening' }).waitFor();
      // The bytes come by themselves; the page's own clock is ours.
      for (let tries = 0; tries < 100 && !/\d/.test(await page.locator('#boot-progress').textContent()); tries++) await page.clock.runFor(500);
      assert.match(await page.locator('#boot-progress').textContent(), /^\d{2,3} of (\d.)?\d{3} kB$/);
      assert.equal(await page.locator('#boot-reload').isVisible(), false);
      await page.clock.runFor(25_000);
      assert.match(await boot.textContent(), /takes long|Nothing more has come/);
      assert.equal(await boot.getAttribute('role'), 'status');
      assert.equal(await page.locator('#boot-reload').isVisible(), true);
      release();
      await page.locator('#app[data-ready]').waitFor({ state: 'attached' });
      await context.close();
    });
  }
});
