// On paper: the brief, the design, the result and the charts, in light colours, whole and without what is pressed, whatever the window was.
// And on screens where the system gives all colours: the curves are drawn in those.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { STATES, opened, panel } from './support/states.mjs';

/** What is between the margins of an A4 sheet, in CSS pixels. */
const SHEET = { width: 688, height: 1017 };

/** Colours on the canvases of each track: of the opaque pixels, as `rrggbb`. Runs in the page. */
function coloursOf() {
  return [...document.querySelectorAll('.track')].map((track) => {
    const seen = new Set();
    for (const canvas of track.querySelectorAll('.plot canvas')) {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) seen.add([data[at], data[at + 1], data[at + 2]].map((c) => c.toString(16).padStart(2, '0')).join(''));
      }
    }
    return { chart: track.dataset.chart, seen: [...seen] };
  });
}

/** What is wrong on the sheet, in words. Runs in the page. */
function faults() {
  const found = [];
  const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && e.getBoundingClientRect().height > 1 && !e.closest('.sr-only');
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class')} “${(e.textContent ?? '').trim().slice(0, 40)}”`;
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push(`the sheet is ${document.documentElement.scrollWidth} wide`);
  // The names of design, scenario and seed are words here; so are the titles of the charts and the rows of a result.
  for (const e of document.querySelectorAll('button, [role=slider], a[href], select, input')) {
    if (shown(e) && !e.matches('.design-name, .pick, .seed .field, .track .title, .ladder button, .plot')) found.push(`${name(e)} is printed`);
  }
  for (const wanted of ['.brief', '.diagram .canvas', '.verdict h2', '.standing .sum', ...['gap', 'backlog', 'flow', 'work'].map((key) => `.track[data-chart=${key}] canvas`)]) {
    if (![...document.querySelectorAll(wanted)].some(shown)) found.push(`${wanted} is not printed`);
  }
  for (const e of document.querySelectorAll('.diagram .part .card, .diagram .crowd text, .track canvas, .goal .name, .curve .value, .verdict li')) {
    const { left, right, width } = e.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > innerWidth + 1)) found.push(`${name(e)} is cut`);
  }
  const page = document.querySelector('.diagram .canvas').getBoundingClientRect();
  for (const e of document.querySelectorAll('.diagram .part .card')) {
    const b = e.getBoundingClientRect();
    if (b.top < page.top - 1 || b.bottom > page.bottom + 1) found.push(`${name(e)} is outside the drawing`);
  }
  for (const canvas of document.querySelectorAll('.plot canvas')) {
    const [drawn, printed] = [canvas.width / canvas.height, canvas.clientWidth / canvas.clientHeight];
    if (Math.abs(drawn / printed - 1) > 0.02) found.push(`a plot of ${drawn.toFixed(2)} : 1 is printed as ${printed.toFixed(2)} : 1`);
  }
  return found;
}

describe('On paper', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [name, width, height, colorScheme] of [['passed', 1440, 900, 'dark'], ['not-yet', 390, 844, 'dark'], ['not-yet', 800, 600, 'light']]) {
    test(`a run is whole and light: ${name} at ${width} × ${height}, ${colorScheme}`, async () => {
      const visit = await house.visit('hosted', { ...opened(name), context: { viewport: { width, height }, colorScheme, hasTouch: width < 1000 } });
      await STATES[name].go(visit);
      // A printer waits for nothing: what is printed is drawn when the page hears of it.
      await visit.page.evaluate(() => addEventListener('beforeprint', () => queueMicrotask(() => {
        window.heard = [document.querySelectorAll('.diagram .canvas[viewBox]').length, ...[...document.querySelectorAll('.plot canvas')].map((canvas) => canvas.width)];
      })));
      const sheets = (await visit.page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;
      assert.equal(sheets, 2);
      const [drawings, ...widths] = await visit.page.evaluate(() => window.heard);
      assert.equal(drawings, 1);
      assert.deepEqual(new Set(widths), new Set([2160]));
      await visit.page.emulateMedia({ media: 'print', colorScheme });
      await visit.page.setViewportSize(SHEET);
      assert.deepEqual(await visit.app.evaluate(faults), []);
      for (const { chart, seen } of await visit.app.evaluate(coloursOf)) {
        const light = { gap: '0069a8', backlog: 'b84a00', flow: '00795a', work: name === 'passed' ? '0b6b66' : '9a4680' }[chart];
        assert.ok(seen.includes(light), `${chart} has no #${light}: ${seen.slice(0, 8)}`);
      }
      // Back on the screen all is as it was.
      await visit.page.emulateMedia({ media: 'screen', colorScheme });
      await visit.page.setViewportSize({ width, height });
      assert.equal(await visit.app.locator('.diagram .canvas[viewBox]').count(), 0);
      await visit.app.waitForFunction(() => document.querySelector('.track[data-chart=gap] canvas').width !== 2160);
      await visit.close();
    });
  }

  test('what is printed does not hang on the panel that is seen', async () => {
    const visit = await house.visit('hosted', { ...opened('not-yet'), context: { viewport: { width: 390, height: 844 }, hasTouch: true } });
    await STATES['not-yet'].go(visit);
    await panel(visit, 'Runs');
    await visit.page.emulateMedia({ media: 'print' });
    await visit.page.setViewportSize(SHEET);
    // Going to another panel has put the result away.
    assert.deepEqual(await visit.app.evaluate(faults), ['.verdict h2 is not printed']);
    await visit.close();
  });
});

describe('Where the system gives the colours', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const colorScheme of ['light', 'dark']) {
    test(`the curves are drawn in its text on its ground, and told apart without: ${colorScheme}`, async () => {
      const visit = await house.visit('hosted', { ...opened('mid'), context: { forcedColors: 'active', colorScheme } });
      await STATES.mid.go(visit);
      const ink = colorScheme === 'light' ? '000000' : 'ffffff';
      for (const { chart, seen } of await visit.app.evaluate(coloursOf)) {
        const coloured = seen.filter((colour) => new Set(colour.match(/../g)).size > 1);
        assert.deepEqual(coloured, [], `${chart} is drawn in black and white`);
        assert.ok(seen.includes(ink), `${chart} has the colour of text`);
      }
      const lines = await visit.app.locator('.curve line').evaluateAll((all) => all.map((line) => [getComputedStyle(line).stroke, line.closest('.curve').dataset.key, getComputedStyle(line).strokeDasharray]));
      assert.deepEqual(new Set(lines.map(([stroke]) => stroke)), new Set([colorScheme === 'light' ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)']));
      const dash = Object.fromEntries(lines.map(([, key, dash]) => [key, dash]));
      assert.notEqual(dash.acknowledged, dash.confirmed);
      // Without, they are the page's own again.
      await visit.page.emulateMedia({ forcedColors: 'none', colorScheme });
      const [gap] = await visit.app.evaluate(coloursOf);
      assert.ok(gap.seen.includes(colorScheme === 'light' ? 'b84a00' : 'ff9a5a'), `${gap.seen.slice(0, 8)}`);
      await visit.close();
    });
  }
});
