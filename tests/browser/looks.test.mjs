// What the system asks for: more contrast, its own colours, no motion.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeFinds, BOTH } from './support/axe.mjs';
import { openHouse } from './support/house.mjs';
import { STATES, opened, played } from './support/states.mjs';

/** The page's colours that stand out less than somebody asked for, in words. Runs in the page. */
const faint = () => {
  const ruler = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const channels = (colour) => { ruler.clearRect(0, 0, 1, 1); ruler.fillStyle = colour; ruler.fillRect(0, 0, 1, 1); return [...ruler.getImageData(0, 0, 1, 1).data]; };
  const light = (colour) => { const [r, g, b] = channels(colour).slice(0, 3).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((x, y) => y - x); return (x + 0.05) / (y + 0.05); };
  const probe = document.body.appendChild(document.createElement('i'));
  const colour = (token) => { probe.style.color = `var(${token})`; return getComputedStyle(probe).color; };
  const found = [];
  for (const ground of ['--surface', '--bg', '--sunk']) {
    for (const [token, least] of [['--muted', 7], ['--soft-ink', 7], ['--ink', 7], ['--accent', 7], ['--edge', 3], ['--field', 3], ['--line', 3]]) {
      const ratio = contrast(colour(token), colour(ground));
      if (ratio < least) found.push(`${token} on ${ground} is ${ratio.toFixed(2)} : 1`);
    }
  }
  probe.remove();
  return found;
};

describe('The system', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('asks for more contrast and gets it: quiet words at 7 : 1, edges at 3 : 1, in light and dark', async () => {
    for (const name of ['failing', 'not-yet', 'inspector-consumers', 'runs']) {
      const visit = await house.visit('hosted', { ...opened(name), context: { contrast: 'more' } });
      await STATES[name].go(visit);
      assert.deepEqual(await axeFinds(visit, { schemes: BOTH }), [], name);
      for (const colorScheme of BOTH) {
        await visit.page.emulateMedia({ colorScheme });
        assert.deepEqual(await visit.app.evaluate(faint), [], `${name}, ${colorScheme}`);
      }
      await visit.close();
    }
  });

  test('asks for more contrast while the page is open, and canvases follow', async () => {
    const visit = await house.visit('hosted', opened('mid'));
    await STATES.mid.go(visit);
    const painted = () => visit.app.locator('[data-chart=gap] .plot canvas').first().evaluate((e) => e.toDataURL());
    const usual = await painted();
    await visit.page.emulateMedia({ contrast: 'more' });
    await visit.app.waitForFunction((usual) => document.querySelector('[data-chart=gap] .plot canvas').toDataURL() !== usual, usual);
    await visit.page.emulateMedia({ contrast: 'no-preference' });
    await visit.app.waitForFunction((usual) => document.querySelector('[data-chart=gap] .plot canvas').toDataURL() === usual, usual);
    await visit.close();
  });

  test('wants no motion, and nothing moves but what the run says', async () => {
    const visit = await house.visit('hosted', { ...opened('failing'), context: { reducedMotion: 'reduce' } });
    await visit.app.evaluate(() => {
      globalThis.moved = new Set();
      const look = () => { for (const { effect } of document.getAnimations()) globalThis.moved.add(effect?.target?.className?.baseVal ?? effect?.target?.className); requestAnimationFrame(look); };
      look();
    });
    await played(visit, '08:05');
    await visit.app.locator('.track .title').first().click();
    await visit.app.getByRole('button', { name: 'Help and keys' }).click();
    await visit.app.locator('dialog[open]').waitFor();
    assert.deepEqual(await visit.app.evaluate(() => [...globalThis.moved]), []);
    await visit.close();
  });

  test('gives its colours, and the tones of a chart, odd names and edges are seen in them', async () => {
    const visit = await house.visit('hosted', { ...opened('passed'), context: { forcedColors: 'active' } });
    await STATES.passed.go(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    await visit.app.getByRole('button', { name: 'The gap: more' }).press('Enter');
    await visit.app.locator('.more-box .pop').getByRole('button', { name: 'Listen', exact: true }).press('Enter');
    await visit.app.locator('.listen .mute').click();
    const pressed = () => visit.app.locator('.listen .mute').evaluate((e) => getComputedStyle(e).textDecorationLine);
    assert.equal(await pressed(), 'line-through', 'pressed is told by more than a ground');
    assert.deepEqual(await axeFinds(visit, { within: '.charts' }), []);
    await visit.close();
  });
});
