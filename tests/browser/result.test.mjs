// The result, its focus and its words; keys by choice; and that nothing is cut or overlaps where there is little room.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const KEY = named('saved.v1');
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
    await visit.app.waitForFunction(() => document.title === 'Passed · Monday, 8 am · The waiting room');
    await visit.app.locator('.diagram [data-id=consumers]').click();
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    await visit.app.waitForFunction(() => document.title === 'The waiting room');
    await visit.app.locator('.inspector').getByText('Connections').first().waitFor();
    await visit.close();
  });

  for (const name of Object.keys(SIZES)) {
    test(`none of its words is cut and no control lies on another: ${name}`, async () => {
      const visit = await house.visit('hosted', { context: shape(name), prepare: kept({ design: 'demand-breaker' }) });
      await finished(visit);
      const found = await visit.app.evaluate(() => {
        const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
        const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
        const cut = all('.verdict h2, .verdict .words, .verdict .btn, .verdict .link, .ladder span:not(.sr-only), .ladder small')
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map((e) => `cut: ${e.textContent}`);
        const controls = all('.verdict button');
        const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const lie = controls.flatMap((a, i) => controls.slice(i + 1)
          .filter((b) => on(a.getBoundingClientRect(), b.getBoundingClientRect()))
          .map((b) => `${a.title || a.ariaLabel || a.textContent} lies on ${b.title || b.ariaLabel || b.textContent}`));
        return [...cut, ...lie];
      });
      assert.deepEqual(found, []);
      await visit.close();
    });
  }

  // A moment and no report: in the stage's height, whatever came out.
  const OUTCOMES = [
    ['naive', 'monday'], ['queue-60', 'monday'], ['queue-80', 'monday'], ['queue-300', 'monday'], ['demand-breaker', 'monday'],
    ['naive', 'slow-clinic'], ['retry-storm', 'slow-clinic'], ['queue-300', 'slow-clinic'], ['demand-breaker', 'slow-clinic'],
    ['naive', 'outage'], ['demand', 'outage'], ['schedule', 'outage'], ['demand-breaker', 'outage'],
    ['naive', 'flu-season'], ['schedule', 'flu-season'], ['demand-breaker', 'flu-season'],
  ];
  test('needs no more than 420 pixels, passed or not, in every scenario', async () => {
    const seen = new Set();
    const tall = [];
    for (const [design, scenario] of OUTCOMES) {
      const visit = await house.visit('hosted', { context: { viewport: { width: 1440, height: 900 } }, prepare: kept({ design, scenario }) });
      await finished(visit);
      const found = await visit.app.evaluate(() => {
        const card = document.querySelector('.verdict');
        const bottom = Math.max(...[...card.children].filter((e) => !e.matches('.sr-only')).map((e) => e.getBoundingClientRect().bottom));
        return {
          title: card.querySelector('h2').textContent,
          high: Math.round(bottom - card.getBoundingClientRect().top),
          primary: card.querySelectorAll('.btn.primary').length,
          wide: card.scrollWidth > card.clientWidth,
        };
      });
      seen.add(`${scenario}: ${found.title}`);
      if (found.high > 420 || found.primary !== 1 || found.wide) tall.push(`${design}, ${scenario}: ${JSON.stringify(found)}`);
      await visit.close();
    }
    assert.deepEqual(tall, []);
    assert.equal(seen.size, 8, [...seen].join('; '));
  });

  test('its seal draws itself once, and not for those who want no motion', async () => {
    for (const reducedMotion of ['no-preference', 'reduce']) {
      const visit = await house.visit('hosted', { context: { reducedMotion }, prepare: kept({ design: 'demand-breaker' }) });
      await visit.app.evaluate(() => {
        globalThis.drawn = 0;
        document.addEventListener('animationstart', (e) => { if (e.target.closest('.seal')) globalThis.drawn += 1; });
      });
      await finished(visit);
      const once = reducedMotion === 'reduce' ? 0 : 1;
      const drawn = (n) => visit.app.waitForFunction((n) => globalThis.drawn === n && document.getAnimations().every((a) => a.playState === 'finished'), n);
      await drawn(once);
      await visit.app.locator('.diagram [data-id=consumers]').click();
      await visit.app.locator('.verdict').waitFor({ state: 'detached' });
      await visit.page.keyboard.press('Escape');
      await visit.app.locator('.verdict').waitFor();
      await drawn(once);
      await visit.close();
    }
  });

  test('“Show it” leads to its moment and its part; what is edited there is the design', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand', scenario: 'outage' }) });
    await finished(visit);
    const when = (await visit.app.locator('.evidence h3').innerText()).match(/\d\d:\d\d:\d\d/)[0];
    await visit.app.locator('.verdict').getByRole('button', { name: 'Show it' }).click();
    await visit.app.waitForFunction((when) => document.querySelector('.clock').textContent === when, when);
    await visit.app.locator('.diagram [data-id=consumers].selected').waitFor();
    const field = visit.app.locator('.inspector input[type=text]:not([disabled])').nth(1);
    await field.fill('80');
    await field.press('Enter');
    await visit.app.locator('.app[data-stale=true]').waitFor();
    await finished(visit);
    assert.equal(await visit.app.getByRole('heading', { name: 'Exploration' }).count(), 0);
    assert.equal(await visit.app.locator('.app').getAttribute('data-stale'), 'false');
    await visit.close();
  });

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

describe('The log of a run', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('says what happened, and each line leads to its moment', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker', scenario: 'outage' }) });
    const log = visit.app.locator('.run-log');
    await log.getByRole('heading', { name: 'This morning' }).waitFor();
    await log.getByText('What happens is written here.').waitFor();
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    const lines = log.locator('li > button');
    const count = await lines.count();
    assert.ok(count >= 5, `${count} lines`);
    for (let n = 0; n < count; n++) {
      const when = await lines.nth(n).locator('time').innerText();
      await lines.nth(n).click();
      await visit.app.waitForFunction((when) => document.querySelector('.clock').textContent === when, when);
      assert.equal(await lines.count(), count, 'going back forgets nothing');
    }
    await visit.close();
  });

  test('says nothing before anything was done', async () => {
    const visit = await house.visit('hosted');
    assert.equal(await visit.app.locator('#panel-inspector .scroll').innerText(), 'What happens is written here.');
    await visit.close();
  });
});

describe('After a change', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const CHANGES = {
    'of a number': async (visit) => {
      await visit.app.locator('.diagram [data-id=consumers]').click();
      const field = visit.app.locator('.inspector input[type=text]:not([disabled])').nth(1);
      await field.fill('70');
      await field.press('Enter');
    },
    'of the structure': async (visit) => {
      await visit.app.locator('.diagram [data-id=parked], .diagram [data-id=consumers]').first().click();
      await visit.page.keyboard.press('Delete');
    },
  };
  for (const [what, change] of Object.entries(CHANGES)) {
    test(`${what} the old figures are shown as such, and undo makes them fresh`, async () => {
      const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60' }) });
      await finished(visit);
      const stale = visit.app.locator('.app[data-stale=true]');
      assert.equal(await stale.count(), 0);
      await change(visit);
      await stale.waitFor();
      await visit.app.locator('.player .standing').getByText('before the change').waitFor();
      await visit.app.getByRole('button', { name: /^Undo/ }).first().click();
      await stale.waitFor({ state: 'detached' });
      await visit.close();
    });
  }

  test('“To the end” runs the new design at once', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60' }) });
    await finished(visit);
    const digest = await visit.app.locator('.verdict').getAttribute('data-digest');
    await CHANGES['of a number'](visit);
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    await finished(visit);
    assert.notEqual(await visit.app.locator('.verdict').getAttribute('data-digest'), digest);
    assert.equal(await visit.app.locator('.clock').innerText(), '10:30:00');
    await visit.close();
  });

  test('the speed is kept between visits; an address has its own', async () => {
    const visit = await house.visit('hosted');
    const speed = () => visit.app.locator('select[aria-label=Speed] option:checked').innerText();
    assert.equal(await speed(), '300×');
    await visit.app.locator('select[aria-label=Speed]').selectOption({ label: '1800×' });
    await visit.app.waitForFunction((key) => localStorage.getItem(key)?.includes('"speed":"1800"'), KEY);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await speed(), '1800×');
    const address = visit.page.url();
    await visit.page.goto(address + '?speed=60');
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await speed(), '60×');
    await visit.app.getByLabel('Seed', { exact: true }).fill('5');
    await visit.app.getByLabel('Seed', { exact: true }).press('Enter');
    await visit.app.waitForFunction((key) => localStorage.getItem(key)?.includes('"seed":5'), KEY);
    await visit.page.goto(address);
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await speed(), '1800×', 'what an address asks for is of that visit');
    await visit.close();
  });
});

describe('Comparing', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('shows what differs and what came out, and never edits', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60' }) });
    await finished(visit);
    await visit.app.locator('.diagram [data-id=consumers]').click();
    const field = visit.app.locator('.inspector input[type=text]:not([disabled])').nth(1);
    await field.fill('80');
    await field.press('Enter');
    await finished(visit);
    await visit.app.locator('.diagram [data-id=consumers]').click();
    await field.fill('90');
    await field.press('Enter');
    await visit.app.waitForFunction((key) => /"workers":90/.test(localStorage.getItem(key)), KEY);
    const undo = visit.app.getByRole('button', { name: /^Undo/ }).first();
    const all = () => visit.app.evaluate((key) => localStorage.getItem(key), KEY);
    const before = [await all(), await undo.getAttribute('title')];
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    assert.deepEqual(await visit.app.locator('.run .name').allInnerTexts(), ['Workers 60 → 80', 'A queue and 60 workers']);
    await visit.app.getByRole('button', { name: 'Compare two' }).click();
    const dialog = visit.app.getByRole('dialog', { name: 'Two runs side by side' });
    assert.deepEqual((await dialog.locator('.differences tbody td').allInnerTexts()), ['60', '80', '']);
    assert.equal(await dialog.locator('.outcomes .dumbbell').count(), 8);
    assert.match(await dialog.locator('.outcomes tr', { hasText: 'Largest backlog' }).locator('.by').innerText(), /^−[\d\s ]+better$/);
    await dialog.getByText('Neither is the run of the design as it is open now.').waitFor();
    await visit.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.deepEqual([await all(), await undo.getAttribute('title')], before, 'nothing was edited');
    // With the design of one of them, the other is pinned to it.
    await undo.click();
    await visit.app.waitForFunction((key) => /"workers":80/.test(localStorage.getItem(key)), KEY);
    const back = await all();
    await visit.app.getByRole('button', { name: 'Compare two' }).click();
    await dialog.getByRole('button', { name: 'Show both in the charts' }).click();
    await visit.app.locator('.run.pinned').getByText('A queue and 60 workers').waitFor();
    assert.equal(await all(), back);
    await visit.close();
  });
});
