// In a course: the page takes the focus only while it has it, and never scrolls what is around it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FRAMES, openHouse } from './support/house.mjs';

const TEXT = 'happy people pass papers, step by step; ';

describe('In a course', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** A question, and below it the frame: most of it lies under the edge of the window. */
  const COURSE = '<p style="height: 560px"><label>Your answer <input id="answer" size="60"></label></p>';
  const END = '<p style="height: 3000px">The end of the course</p>';
  const options = (tail) => ({ tail, course: COURSE, context: { viewport: { width: 1000, height: 800 } } });
  const open = async (form, tail) => {
    const visit = await house.visit(form, { ...options(tail), ready: false });
    await visit.page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), END);
    return visit;
  };
  const scrolled = (visit) => visit.page.evaluate(() => scrollY);
  const focused = (visit) => visit.page.evaluate(() => document.activeElement.id || document.activeElement.nodeName);

  for (const form of FRAMES) {
    test(`whoever types around the page goes on typing when a run ends: ${form}`, async () => {
      const visit = await open(form, '?embed=1&autoplay=1&speed=1800');
      const answer = visit.page.locator('#answer');
      await answer.click();
      const over = visit.app.locator('.verdict').waitFor();
      let done = false;
      over.finally(() => { done = true; }).catch(() => {});
      let typed = '';
      while (!done) {
        await visit.page.keyboard.type(TEXT);
        typed += TEXT;
      }
      await over;
      await visit.page.keyboard.type(TEXT);
      typed += TEXT;
      assert.equal((await answer.inputValue()).length, typed.length, 'every letter has come');
      assert.equal(await focused(visit), 'answer');
      assert.equal(await scrolled(visit), 0);
      assert.equal(await visit.app.locator('.clock').innerText(), '10:30:00', 'no second run');
      await visit.close();
    });

    test(`whoever is in the page finds the focus at the result, and nothing around it scrolls: ${form}`, async () => {
      const visit = await open(form, '?embed=1&speed=max');
      await visit.app.locator('.transport .primary').click();
      await visit.app.locator('.verdict').waitFor();
      const before = await scrolled(visit);
      await visit.app.waitForFunction(() => document.activeElement.matches('.verdict'));
      await visit.page.keyboard.press('Escape');
      await visit.app.waitForFunction(() => document.activeElement.matches('.transport .primary'));
      assert.equal(await scrolled(visit), before);
      await visit.close();
    });
  }

  test('a dialog that comes late waits for the person to come back', async () => {
    const visit = await open('same-origin', '?embed=1&speed=max');
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.page.locator('#answer').click();
    // As if its work were done just now: nobody has pressed it.
    await visit.app.evaluate(() => document.querySelector('#open-exchange').click());
    await visit.app.locator('dialog.exchange[open]').waitFor();
    assert.equal(await focused(visit), 'answer');
    await visit.app.evaluate(() => window.focus());
    await visit.app.locator('dialog.exchange:modal').waitFor();
    await visit.close();
  });
});
