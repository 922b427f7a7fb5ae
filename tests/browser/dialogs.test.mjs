// Dialogs open at once, say what they are busy with, and give the focus back to where it was.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

describe('A dialog', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** What opens each, and what it needs before. */
  const DIALOGS = {
    help: { opener: (visit) => visit.app.getByRole('button', { name: 'Help and keys' }).first() },
    exchange: { opener: (visit) => visit.app.locator('#open-exchange') },
    size: { opener: (visit) => visit.app.locator('#open-size') },
    story: { opener: (visit) => visit.app.locator('.verdict').getByRole('button', { name: /worst booking/i }).first(), before: finished },
  };
  const visited = (options) => house.visit('hosted', { ...options, prepare: kept({ design: 'queue-60' }) });
  const opened = (visit) => visit.app.locator('dialog[open]');

  for (const [name, { opener, before }] of Object.entries(DIALOGS)) {
    test(`gives the focus back: ${name}`, async () => {
      const visit = await visited();
      await before?.(visit);
      for (const close of ['Escape', 'button']) {
        await opener(visit).focus();
        await visit.page.keyboard.press('Enter');
        await opened(visit).waitFor();
        assert.ok(await visit.app.evaluate(() => document.querySelector('dialog[open]').contains(document.activeElement)), 'it has the focus');
        // A story is looked for first: whatever it shows by then, it closes.
        if (close === 'Escape') await visit.page.keyboard.press('Escape');
        else await opened(visit).locator('.dialog-head button').click();
        await opened(visit).waitFor({ state: 'detached' });
        assert.ok(await opener(visit).evaluate((e) => document.activeElement === e), `after ${close}`);
      }
      await visit.close();
    });
  }

  test('is there at once while a booking is still looked for', async () => {
    const visit = await visited();
    await finished(visit);
    const seen = await DIALOGS.story.opener(visit).evaluate(async (button) => {
      button.click();
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
      const dialog = document.querySelector('dialog.story');
      return { open: dialog.open, busy: dialog.querySelector('[aria-busy=true] progress') !== null, says: dialog.innerText };
    });
    assert.deepEqual([seen.open, seen.busy], [true, true]);
    assert.match(seen.says, /Looking for it/);
    await visit.app.locator('.story .headline').waitFor();
    const shown = await opened(visit).innerText();
    assert.match(shown, /^Booking \d/);
    assert.doesNotMatch(shown, /The run is over/, 'what was said before is none of its business');
    await opened(visit).getByRole('button', { name: 'Tell' }).click();
    assert.match(await opened(visit).locator('.ask .wrong').innerText(), /Type the number of a booking first/);
    assert.equal(await opened(visit).locator('.ask .wrong svg').count(), 1, 'with a sign');
    await visit.close();
  });

  test('of help folds the keys away where a finger points, and only there', async () => {
    for (const [context, folded] of [[{}, 0], [{ viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true }, 1]]) {
      const visit = await visited({ context });
      await DIALOGS.help.opener(visit).click();
      assert.equal(await opened(visit).locator('details:not([open]) .keys').count() > 0, folded === 1);
      assert.ok(await opened(visit).locator('.keys').count() > 1);
      await visit.close();
    }
  });
});

describe('What is folded away', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const inSight = (details) => details.evaluate((e) => {
    let scroller = e.parentElement;
    while (!/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
    const [own, all] = [e.getBoundingClientRect(), scroller.getBoundingClientRect()];
    return { start: own.top >= all.top - 1, end: own.bottom <= all.bottom + 1, fits: own.height <= all.height };
  });

  for (const [width, height] of [[1440, 900], [1280, 720], [390, 844]]) {
    test(`is brought into sight by whoever opens it: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { context: { viewport: { width, height } } });
      const tab = visit.app.getByRole('tab', { name: 'Brief' }).locator('visible=true');
      await tab.first().click();
      for (const [at, details] of (await visit.app.locator('.brief details').all()).entries()) {
        const summary = details.locator('summary');
        if (at % 2 === 0) await summary.click();
        else await summary.press('Enter');
        const { start, end, fits } = await inSight(details);
        assert.ok(start, `the start of ${await summary.innerText()}`);
        if (fits) assert.ok(end, `the end of ${await summary.innerText()}`);
      }
      await visit.close();
    });
  }

  test('has the one chevron and no other mark, wherever it is', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-1' }) });
    const marks = () => visit.app.evaluate(() => [...document.querySelectorAll('summary')].filter((e) => e.getClientRects().length > 0).map((summary) => {
      const { display, listStyleType } = getComputedStyle(summary);
      const { borderRightWidth, content } = getComputedStyle(summary, '::after');
      return { where: summary.textContent, marker: display === 'list-item' && listStyleType !== 'none', chevron: content !== 'none' && borderRightWidth !== '0px', icons: summary.querySelectorAll('svg').length };
    }));
    const odd = async (least) => {
      const all = await marks();
      assert.ok(all.length >= least, `${all.length} are shown`);
      assert.deepEqual(all.filter(({ marker, chevron, icons }) => marker || !chevron || icons > 0), []);
    };
    await odd(6);
    await visit.app.locator('.diagram [data-id=consumers] .card').click();
    await odd(9);
    await finished(visit);
    await visit.app.getByRole('button', { name: '50 Mondays', exact: true }).click();
    await visit.app.locator('.repeat .sure').first().waitFor();
    await odd(7);
    await visit.close();
  });
});
