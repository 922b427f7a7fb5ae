// What is said by itself, for those who listen: little, once, and at the right time. Live regions are recorded as a screen reader hears them.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

/** In the page: `said` is every new text of a live region that nothing modal shuts out; twice the same is said once more only if it was empty between. */
function listen() {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  globalThis.said = [];
  // What a region comes with is not read out, but for an alert.
  const before = new WeakMap();
  const text = (region) => region.textContent.replaceAll(/\s+/g, ' ').trim();
  const look = () => {
    const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
    for (const region of document.querySelectorAll(LIVE)) {
      if (region.parentElement?.closest(LIVE) || (modal && !modal.contains(region)) || !region.checkVisibility()) continue;
      const [words, fresh] = [text(region), !before.has(region)];
      if (words === before.get(region)) continue;
      before.set(region, words);
      if (words && (!fresh || region.role === 'alert')) globalThis.said.push(words);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

describe('What is said by itself', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const visited = (design, tail = '') => house.visit('hosted', {
    tail, prepare: async (context) => { await kept({ design })(context); await context.addInitScript(listen); },
  });
  /** What has been said since this was asked last. */
  const said = (visit) => visit.app.evaluate(() => globalThis.said.splice(0));
  const press = (visit, key) => visit.page.keyboard.press(key);

  test('while one builds: a sentence for what was done, and nothing for a look', async () => {
    const visit = await visited();
    await visit.app.locator('#left-brief').focus();
    await press(visit, 'ArrowRight');
    await said(visit);
    for (const kind of ['queue', 'consumers', 'dead_letter']) {
      await visit.app.locator(`[data-kind=${kind}]`).focus();
      await press(visit, 'Enter');
      await visit.app.locator(`.diagram [data-id=${kind}]`).waitFor();
      const words = await said(visit);
      assert.equal(words.length, 1, `${kind}: ${words.join(' | ')}`);
    }
    for (const id of ['api', 'queue', 'clinic']) await visit.app.locator(`.diagram [data-id=${id}]`).focus();
    assert.deepEqual(await said(visit), []);
    await visit.app.locator('.diagram [data-id=consumers]').focus();
    await press(visit, 'Enter');
    // What can't be is told when the field is left, not at each letter.
    const field = visit.app.locator('[id="param-consumers-scaling.workers"]');
    await field.focus();
    await press(visit, 'Control+a');
    await said(visit);
    await visit.page.keyboard.type('abc');
    await press(visit, 'Tab');
    const words = await said(visit);
    assert.equal(words.length, 1, words.join(' | '));
    await visit.close();
  });

  for (const speed of ['60', '300', 'max']) {
    test(`while a run plays at ${speed}: each missed goal once at most, and its end once`, async () => {
      const visit = await visited('naive', `?speed=${speed}`);
      await visit.app.getByRole('button', { name: 'Play', exact: true }).press('Enter');
      if (speed === '60') {
        await visit.app.waitForFunction(() => document.querySelector('.clock').textContent >= '07:34');
        assert.deepEqual(await said(visit), [], 'nothing has been lost');
      }
      if (speed === '300') await visit.app.locator('.goal-flag .btn').waitFor();
      if (speed !== 'max') await visit.app.getByRole('button', { name: 'To the end' }).press('Enter');
      await visit.app.locator('.verdict').waitFor();
      const words = await said(visit);
      const missed = words.filter((text) => text.startsWith('Goal missed'));
      assert.equal(new Set(missed).size, missed.length, missed.join(' | '));
      if (speed === '300') assert.ok(missed.length > 0, 'what is lost is heard');
      assert.equal(words.filter((text) => /The run is over/.test(text)).length, 1, words.join(' | '));
      assert.equal(words.length, missed.length + 1, words.join(' | '));
      await visit.close();
    });
  }

  test('of a study and of a sweep: start, quarters and end', async () => {
    const visit = await visited('demand-breaker');
    await finished(visit);
    await said(visit);
    await visit.app.locator('.verdict .others').getByRole('button', { name: '50 Mondays' }).press('Enter');
    await visit.app.locator('.repeat[data-digests]').waitFor();
    const study = await said(visit);
    assert.ok(study.length >= 2 && study.length <= 6, study.join(' | '));
    assert.match(study.at(-1), /^Passes \d+ of 50 \(/);
    await press(visit, 'Escape');
    await visit.app.locator('#open-size').press('Enter');
    await visit.app.locator('#size-start').waitFor();
    await said(visit);
    await visit.app.locator('#size-start').press('Enter');
    await visit.app.waitForFunction(() => document.activeElement.matches('.size [role=slider]'));
    const sweep = await said(visit);
    assert.ok(sweep.length >= 2 && sweep.length <= 6, sweep.join(' | '));
    assert.match(sweep.at(-1), /designs pass/);
    await visit.close();
  });
});
