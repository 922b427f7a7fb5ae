// Without a mouse: a learner chooses, plays, builds the chain, sets a number, undoes and reads values, and always sees where the focus is.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

describe('By keyboard alone', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const key = (visit, ...keys) => keys.reduce((before, name) => before.then(() => visit.page.keyboard.press(name)), Promise.resolve());

  /** Presses Tab until what has the focus matches. */
  async function tabTo(visit, selector) {
    for (let presses = 0; presses < 80; presses++) {
      if (await visit.app.evaluate((s) => document.activeElement.matches(s), selector)) return;
      await key(visit, 'Tab');
    }
    assert.fail(`Tab does not come to ${selector}`);
  }

  test('the chain is built, run and undone', async () => {
    const visit = await house.visit('hosted');
    const parts = () => visit.app.locator('.diagram [data-id]').count();
    await tabTo(visit, 'select[aria-label=Scenario]');
    await key(visit, 'ArrowDown');
    assert.equal(await visit.app.locator('select[aria-label=Scenario]').inputValue(), 'slow-clinic');
    await key(visit, 'ArrowUp');
    await tabTo(visit, '.seed input');
    await key(visit, 'Control+a', '7', 'Enter');
    await tabTo(visit, '#left-brief');
    await key(visit, 'ArrowRight');
    await tabTo(visit, '[data-kind=queue]');
    await key(visit, 'Enter');
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    await tabTo(visit, '[data-kind=consumers]');
    await key(visit, 'Enter');
    await visit.app.locator('.diagram [data-id=consumers]').waitFor();
    assert.equal(await parts(), 5);
    await tabTo(visit, '.diagram [data-id=queue]');
    await key(visit, 'Enter');
    assert.equal(await visit.app.evaluate(() => document.activeElement.id), 'panel-inspector', 'Enter leads to its parameters');
    await key(visit, 'Escape', 'Delete');
    assert.equal(await parts(), 4);
    await key(visit, 'Control+z');
    assert.equal(await parts(), 5);
    await key(visit, 'p');
    await visit.app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await visit.close();
  });

  test('a chart gives its values to arrow keys, on all charts at once', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await finished(visit);
    await visit.app.locator('[data-chart=gap] .plot').focus();
    await key(visit, 'ArrowLeft', 'ArrowLeft');
    assert.equal(await visit.app.locator('.track .at').count(), 4);
    assert.match(await visit.app.locator('[data-chart=backlog] .at').innerText(), /^10:28:/);
    await key(visit, 'Escape');
    assert.equal(await visit.app.locator('.track .at').count(), 0);
    await visit.close();
  });

  test('the focus is seen wherever Tab goes', async () => {
    const visit = await house.visit('hosted');
    const unseen = [];
    for (let presses = 0; presses < 60; presses++) {
      await key(visit, 'Tab');
      const what = await visit.app.evaluate(() => {
        const e = document.activeElement;
        if (e === document.body) return null;
        const style = getComputedStyle(e);
        // What is drawn shows it by its stroke: a part by its card's, a connection by its own.
        const stroked = (drawn) => getComputedStyle(drawn).stroke !== 'none' && parseFloat(getComputedStyle(drawn).strokeWidth) >= 2;
        const inner = [e, ...e.querySelectorAll('.card')].some(stroked);
        const box = e.getBoundingClientRect();
        const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || (e instanceof SVGElement && inner);
        return shown && box.width > 0 && box.bottom > 0 && box.top < innerHeight ? null : e.outerHTML.slice(0, 90);
      });
      if (what) unseen.push(what);
    }
    assert.deepEqual(unseen, []);
    await visit.close();
  });
});
