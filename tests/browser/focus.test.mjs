// The focus: whatever a key does, it is on something that is there, in sight and not covered. The controls are found on the page, so that a new
// one is walked too.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';
import { settled } from './support/settled.mjs';
import { STATES, opened } from './support/states.mjs';
import { walkOver, walkable } from './support/walk.mjs';

/** Where a walk begins, by size. What one has walked the next passes by; each is the whole page, so few do. */
const WALKS = {
  '1440 × 900': ['first', 'mid', 'not-yet', 'passed', 'runs', 'faults', 'schedule'],
  '390 × 844': ['first', 'mid', 'not-yet', 'passed', 'runs'],
  '320 × 256': ['first', 'not-yet', 'mid'],
};
/** So many controls at least are found: a walk that finds none proves nothing. */
const LEAST = { '1440 × 900': 180, '390 × 844': 120, '320 × 256': 100 };

describe('The focus', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [size, states] of Object.entries(WALKS)) {
    test(`is on something seen after every key: ${size}`, async () => {
      const [width, height] = size.split(' × ').map(Number);
      const [walked, faults] = [new Set(), []];
      for (const state of states) {
        const { prepare, tail } = opened(state);
        const visit = await house.visit('hosted', {
          tail, context: { viewport: { width, height }, hasTouch: width < 700 }, prepare: async (context) => { await prepare(context); await walkable(context); },
        });
        // Whoever listens to file choosers gets none on the screen.
        visit.page.on('filechooser', () => {});
        await STATES[state].go(visit);
        faults.push(...(await walkOver(visit, walked, { settled: () => settled(visit.app) })).map((fault) => `${state}: ${fault}`));
        await visit.close();
      }
      assert.deepEqual(faults, []);
      assert.ok(walked.size >= LEAST[size], `${walked.size} controls were found`);
    });
  }

  const has = (visit, selector) => visit.app.evaluate((s) => document.activeElement.matches(s), selector);

  test('comes by the parts and goes on to the result, which stays; a skip link leads there at once', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await finished(visit);
    await visit.app.locator('.skip').first().focus();
    await visit.page.keyboard.press('Tab');
    assert.ok(await has(visit, '.skip'));
    await visit.page.keyboard.press('Enter');
    assert.ok(await has(visit, '.verdict'), 'the skip link');
    await visit.app.locator('.diagram .canvas').focus();
    const stops = [];
    for (let presses = 0; presses < 40 && !await has(visit, '.verdict *'); presses++) {
      stops.push(await visit.app.evaluate(() => document.activeElement.getAttribute('class') ?? ''));
      await visit.page.keyboard.press('Tab');
    }
    assert.ok(await has(visit, '.verdict *'), 'Tab comes to it');
    assert.ok(stops.filter((stop) => stop.startsWith('part')).length >= 6, 'by way of the parts');
    await visit.app.locator('.diagram .part').nth(2).focus();
    await visit.page.keyboard.press('Enter');
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    assert.ok(await has(visit, '#panel-inspector'), 'Enter asks for the parameters');
    await visit.close();
  });

  test('goes from what is deleted to what is beside it, and from what has been replaced to what replaced it', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    const press = (key) => visit.page.keyboard.press(key);
    const about = () => visit.app.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label'));
    await visit.app.locator('.diagram [data-id=queue]').focus();
    await press('Delete');
    await visit.app.locator('.diagram [data-id=queue]').waitFor({ state: 'detached' });
    assert.ok(await has(visit, '.diagram .part'), 'another part');
    await press('Control+z');
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    await visit.app.locator('.diagram [data-id=consumers]').focus();
    await press('Enter');
    await visit.app.locator('.inspector').getByRole('button', { name: 'Schedule' }).focus();
    await press('Enter');
    assert.equal(await about(), 'Schedule');
    await visit.app.locator('#open-size').focus();
    await press('Enter');
    await visit.app.locator('#size-start').focus();
    await press('Enter');
    await visit.app.locator('#size-stop, .size [role=slider]').first().waitFor();
    await visit.app.waitForFunction(() => document.activeElement.matches('.size [role=slider]'));
    await visit.close();
  });
});
