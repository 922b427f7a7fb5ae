// The result, its focus and its words; keys by choice; and that nothing is cut or overlaps where there is little room.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const KEY = 'waiting-room.saved.v1';
const SIZES = { wide: [1440, 900], small: [1100, 800], tablet: [900, 800], phone: [360, 740], zoomed: [720, 450], huge: [1920, 1080] };

const shape = (name) => {
  const [width, height] = SIZES[name];
  return { viewport: { width, height }, hasTouch: name === 'phone' };
};
/** What has the focus, in a word. */
const focused = (visit) => visit.app.evaluate(() => {
  const e = document.activeElement;
  return e.closest('.verdict') === e ? 'the result' : e.closest('.canvas') === e ? 'the diagram' : e.textContent.trim() || e.getAttribute('aria-label') || e.tagName;
});

describe('The result', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('takes the focus where the run has left none, and gives it back', async () => {
    const visit = await house.visit('hosted');
    const end = visit.app.getByRole('button', { name: 'To the end' });
    await end.focus();
    await visit.page.keyboard.press('Enter');
    await visit.app.locator('.verdict').waitFor();
    await visit.app.waitForFunction(() => document.activeElement.matches('.verdict'));
    await visit.page.keyboard.press('Escape');
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    assert.equal(await focused(visit), 'Again');
    await visit.page.keyboard.press('Enter');
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Change the design' }).click();
    assert.equal(await focused(visit), 'the diagram');
    await visit.close();
  });

  test('leaves the focus with whoever types', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max' });
    await visit.app.getByRole('button', { name: 'Play', exact: true }).click();
    await visit.app.getByLabel('Seed', { exact: true }).focus();
    await visit.app.locator('.verdict').waitFor();
    assert.equal(await visit.app.evaluate(() => document.activeElement.tagName), 'INPUT');
    await visit.close();
  });

  test('is said once, politely, and not shown twice', async () => {
    const visit = await house.visit('hosted', {
      prepare: (context) => context.addInitScript(() => {
        globalThis.said = [];
        new MutationObserver(() => {
          const text = document.querySelector('.sr-only[role=status]')?.textContent.trim();
          if (text && text !== globalThis.said.at(-1)) globalThis.said.push(text);
        }).observe(document, { subtree: true, childList: true, characterData: true });
      }),
    });
    await finished(visit);
    const said = await visit.app.evaluate(() => globalThis.said);
    assert.deepEqual(said.filter((text) => /is over/.test(text)).length, 1, said.join(' | '));
    assert.equal(await visit.app.locator('.toast').count(), 0);
    await visit.close();
  });

  test('makes room for a part that is selected', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await finished(visit);
    await visit.app.locator('.diagram [data-id=consumers]').click();
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    await visit.app.locator('.inspector').getByText('Connections').first().waitFor();
    await visit.close();
  });

  for (const name of Object.keys(SIZES)) {
    test(`hides no part of the design: ${name}`, async () => {
      const visit = await house.visit('hosted', { context: shape(name), prepare: kept({ design: 'demand-breaker' }) });
      await finished(visit);
      const hidden = await visit.app.evaluate(() => {
        const card = document.querySelector('.verdict').getBoundingClientRect();
        return [...document.querySelectorAll('.diagram [data-id] .card')].filter((part) => {
          const box = part.getBoundingClientRect();
          return box.left < card.right - 1 && box.right > card.left + 1 && box.top < card.bottom - 1 && box.bottom > card.top + 1;
        }).map((part) => part.parentElement.dataset.id);
      });
      assert.deepEqual(hidden, []);
      await visit.close();
    });

    test(`no figure is cut and no control lies on another: ${name}`, async () => {
      const visit = await house.visit('hosted', { context: shape(name), prepare: kept({ design: 'demand-breaker' }) });
      await finished(visit);
      const found = await visit.app.evaluate(() => {
        const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
        const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
        const cut = all('.sub, .legend button, .goal .name, .goal b, .goal .limit, .verdict th, .verdict td, .clock')
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map((e) => `cut: ${e.textContent}`);
        const controls = all('.bar button, .bar select, .bar input, .bar .clock');
        const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const lie = controls.flatMap((a, i) => controls.slice(i + 1)
          .filter((b) => on(a.getBoundingClientRect(), b.getBoundingClientRect()))
          .map((b) => `${a.title || a.ariaLabel || a.textContent} lies on ${b.title || b.ariaLabel || b.textContent}`));
        return [...cut, ...lie];
      });
      assert.deepEqual(found, []);
      const plots = await visit.app.locator('.plot').evaluateAll((all) => all.map((e) => e.getBoundingClientRect())
        .filter((box) => box.width > 0).map((box) => [Math.round(box.top), Math.round(box.height)]));
      for (const [top, height] of plots) {
        assert.ok(height >= 90, `a plot is ${height} high`);
        assert.ok(plots.every((other) => other[0] !== top || other[1] === height), `plots of a row differ: ${JSON.stringify(plots)}`);
      }
      await visit.close();
    });
  }

  test('letters can be switched off, and stay off', async () => {
    const visit = await house.visit('hosted');
    const play = visit.app.locator('.transport .primary');
    await visit.app.getByRole('button', { name: 'Help and keys' }).click();
    await visit.app.getByLabel(/Keys without Ctrl/).uncheck();
    await visit.page.keyboard.press('Escape');
    await visit.page.keyboard.press('p');
    assert.equal(await play.innerText(), 'Play');
    await visit.app.waitForFunction((k) => localStorage.getItem(k)?.includes('"letter_keys":false'), KEY);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.page.keyboard.press('p');
    assert.equal(await play.innerText(), 'Play');
    // In the diagram, which has the focus then, a letter is a key all the same.
    await visit.app.locator('.diagram .canvas').focus();
    await visit.page.keyboard.press('p');
    await visit.app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await visit.close();
  });
});
