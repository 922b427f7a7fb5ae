// The page around the diagram: what it keeps and never destroys, what an address may ask for, light and dark, keys, and that it fits.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { fromHeader } from './support/states.mjs';
import { full, sealed } from './support/storage.mjs';

const KEY = named('saved.v1');
const ASIDE = named('unreadable.1');

describe('The page around the diagram', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const kept = (visit, key = KEY) => visit.app.evaluate((k) => localStorage.getItem(k), key);
  const banner = (visit) => visit.app.locator('.banner p');
  const seed = (visit) => visit.app.getByLabel('Seed', { exact: true });

  /** Opens the page with `text` kept in its storage. */
  const withKept = (text, options = {}) => house.visit('hosted', {
    ...options,
    prepare: (context) => context.addInitScript(([key, value]) => {
      // The empty page that a tab begins with has no storage.
      if (location.protocol !== 'http:' || sessionStorage.getItem('laid')) return;
      localStorage.setItem(key, value);
      sessionStorage.setItem('laid', '1');
    }, [KEY, text]),
  });

  /** Types a seed, so that there is something to save. */
  async function change(visit, value = '5') {
    await seed(visit).fill(value);
    await seed(visit).press('Enter');
  }

  test('a design, its scenario, seed and theme are there again after a reload', async () => {
    const visit = await house.visit('hosted');
    await visit.app.locator('.bar select[aria-label=Scenario]').selectOption('outage');
    await visit.app.locator('button.theme').click();
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await visit.app.locator('[data-kind=queue]').click();
    await change(visit, '42');
    await visit.app.waitForFunction((k) => localStorage.getItem(k)?.includes('"seed":42'), KEY);
    const parts = await visit.app.locator('.diagram [data-id]').count();
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await seed(visit).inputValue(), '42');
    assert.equal(await visit.app.locator('.bar select[aria-label=Scenario]').inputValue(), 'outage');
    assert.equal(await visit.app.locator('html').getAttribute('data-theme'), 'dark', 'the first press shows what the system does not');
    assert.equal(await visit.app.locator('.diagram [data-id]').count(), parts);
    await visit.close();
  });

  for (const rubbish of ['{', '{"format":"something/else"}', '{"format":"waiting-room/saved","version":1,"design":7}']) {
    test(`rubbish is set aside before anything is saved: ${rubbish}`, async () => {
      const visit = await withKept(rubbish);
      assert.match(await banner(visit).innerText(), /can't be read.*set aside/);
      assert.equal(await kept(visit, ASIDE), rubbish);
      await change(visit);
      await visit.app.waitForFunction((k) => localStorage.getItem(k)?.includes('"seed":5'), KEY);
      assert.equal(await kept(visit, ASIDE), rubbish);
      await visit.close();
    });
  }

  test('what a newer page has kept is never touched', async () => {
    const newer = '{"format":"waiting-room/saved","version":3,"future":true}';
    const visit = await withKept(newer);
    assert.match(await banner(visit).innerText(), /newer version/);
    await change(visit);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await kept(visit), newer);
    await visit.close();
  });

  test('a full storage is told once, and the page goes on', async () => {
    const visit = await house.visit('hosted', { prepare: full });
    await change(visit);
    await banner(visit).waitFor();
    await change(visit, '6');
    await change(visit, '7');
    assert.equal(await banner(visit).count(), 1);
    assert.equal(await seed(visit).inputValue(), '7');
    await visit.close();
  });

  test('a frame without storage says so and plays', async () => {
    const visit = await house.visit('sandbox');
    await visit.app.getByRole('status').getByText(/Nothing is kept here: save a file/).first().waitFor({ state: 'attached' });
    await fromHeader(visit, 'Files');
    await visit.app.getByRole('dialog').getByText(/keeps nothing here .* the design lasts until you close the page/).waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict').waitFor();
    await visit.close();
  });

  test('another tab is not overwritten without a word', async () => {
    const visit = await house.visit('hosted');
    await change(visit, '1001');
    await visit.app.waitForFunction((k) => localStorage.getItem(k)?.includes('1001'), KEY);
    const theirs = sealed((await kept(visit)).replace('1001', '2002'), 9);
    await visit.app.evaluate(([k, text]) => localStorage.setItem(k, text), [KEY, theirs]);
    await change(visit, '3003');
    await banner(visit).waitFor();
    assert.match(await banner(visit).innerText(), /Another tab/);
    assert.equal(await kept(visit), theirs);
    await visit.app.getByRole('button', { name: 'Keep this one' }).click();
    await visit.app.waitForFunction((k) => localStorage.getItem(k).includes('3003'), KEY);
    await visit.close();
  });

  test('an address chooses scenario, seed, speed and theme, and what it gets wrong is told', async () => {
    const visit = await house.visit('hosted', { tail: '?scenario=flu-season&seed=9&speed=300&theme=dark&utm_source=x' });
    assert.equal(await visit.app.locator('.bar select[aria-label=Scenario]').inputValue(), 'flu-season');
    assert.equal(await seed(visit).inputValue(), '9');
    assert.equal(await visit.app.locator('select[aria-label=Speed] option:checked').innerText(), '300×');
    assert.equal(await visit.app.locator('html').getAttribute('data-theme'), 'dark');
    assert.equal(await banner(visit).count(), 0);
    await visit.page.goto(visit.page.url().replace('seed=9', 'seed=nine'));
    assert.match(await banner(visit).innerText(), /The option seed=nine was left out; allowed is a whole number/);
    await visit.close();
  });

  test('a run to the end shows each goal with value, limit and margin', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max&autoplay=1' });
    const card = visit.app.locator('.verdict');
    await card.waitFor();
    assert.match(await card.locator('h2').innerText(), /Not yet/);
    assert.equal(await card.locator('.scores li').count(), 8);
    assert.match(await card.locator('.scores li').first().textContent(), /missed.*Acknowledged.*× the limit of 200/s);
    assert.equal(await visit.app.locator('.clock').innerText(), '10:30:00');
    await card.getByRole('button', { name: 'Close the result' }).click();
    assert.equal(await card.count(), 0);
    await visit.close();
  });

  test('a key plays and pauses, and not while a field or help is open', async () => {
    const visit = await house.visit('hosted');
    const play = visit.app.locator('.transport .primary');
    await visit.page.keyboard.press('p');
    await visit.app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await visit.page.keyboard.press('p');
    await visit.app.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await seed(visit).focus();
    await visit.page.keyboard.press('p');
    assert.equal(await play.innerText(), 'Play');
    await seed(visit).fill('1');
    await visit.app.getByRole('button', { name: 'Help and keys' }).click();
    await visit.page.keyboard.press('p');
    assert.equal(await play.innerText(), 'Play');
    await visit.page.keyboard.press('Escape');
    assert.equal(await visit.app.locator('dialog[open]').count(), 0);
    await visit.close();
  });

  test('a seed that is none keeps the last one in force and says what is allowed', async () => {
    const visit = await house.visit('hosted');
    await change(visit, 'seven');
    assert.equal(await seed(visit).getAttribute('aria-invalid'), 'true');
    assert.match(await visit.app.locator('.sr-only[role=status]').innerText(), /whole number/);
    await visit.close();
  });

  test('a seed can be typed while a run plays', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=10&autoplay=1' });
    await seed(visit).focus();
    await visit.page.keyboard.press('Control+a');
    await visit.page.keyboard.type('4242', { delay: 200 });
    assert.equal(await seed(visit).inputValue(), '4242', 'the page is drawn anew ten times meanwhile');
    await visit.page.keyboard.press('Enter');
    await visit.app.waitForFunction((k) => localStorage.getItem(k)?.includes('"seed":4242'), KEY);
    await visit.close();
  });

  test('a fault in the page is told in a sentence, with a way on', async () => {
    const visit = await house.visit('hosted', {
      ready: false,
      // Without a clock the page can't run: it panics.
      prepare: (context) => context.addInitScript(() => Object.defineProperty(window, 'performance', { get: () => null })),
    });
    const crash = visit.app.locator('#crash');
    await crash.waitFor();
    assert.match(await crash.locator('[role=alert]').innerText(), /has stopped/);
    await Promise.all([visit.page.waitForEvent('load'), crash.getByRole('button', { name: 'Reload' }).click()]);
    await visit.context.close();
  });

  test('a hidden page pauses and says so', async () => {
    const visit = await house.visit('hosted', { tail: '?autoplay=1' });
    await visit.app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await visit.app.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await visit.app.getByRole('button', { name: 'Play', exact: true }).waitFor();
    assert.match(await visit.app.locator('.sr-only[role=status]').innerText(), /was hidden/);
    await visit.close();
  });

  const sizes = { wide: [1440, 900], small: [1100, 760], tablet: [900, 800], phone: [360, 740] };
  for (const [name, [width, height]] of Object.entries(sizes)) {
    test(`nothing is wider than the page: ${name}`, async () => {
      const visit = await house.visit('hosted', { context: { viewport: { width, height }, hasTouch: width < 500 } });
      const over = await visit.app.evaluate(() => {
        const wide = document.documentElement.clientWidth;
        return [...document.querySelectorAll('.bar *, .player *, .goals-strip *, .strip *')]
          .filter((e) => e.getBoundingClientRect().right > wide + 1 && getComputedStyle(e).visibility !== 'hidden').map((e) => e.outerHTML.slice(0, 80));
      });
      assert.deepEqual(over, []);
      const page = await visit.app.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      assert.equal(page[0], width);
      if (name === 'wide') {
        assert.equal(page[1], height, 'nothing scrolls');
        await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
        await visit.app.locator('[data-kind=consumers]').click();
        await visit.app.locator('.inspector').getByText('Connections').first().waitFor();
        assert.equal(await visit.app.evaluate(() => document.documentElement.scrollHeight), height, 'with the longest inspector');
      }
      await visit.close();
    });
  }

  test('in a frame of 800 × 600 the diagram, the goals and the gap are there without scrolling', async () => {
    const visit = await house.visit('hosted', { tail: '?embed=1', context: { viewport: { width: 800, height: 600 } } });
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict').waitFor();
    await visit.app.getByRole('button', { name: /^Close/ }).first().click();
    // A goal is a line of its own, the others are more.
    for (const [part, least] of [['.diagram', 30], ['.track[data-chart=gap] .goal', 20], ['.track[data-chart=gap] canvas', 30], ['.strip', 30]]) {
      const box = await visit.app.locator(part).first().boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= 600 && box.height > least, `${part}: ${JSON.stringify(box)}`);
    }
    assert.equal(await visit.app.evaluate(() => document.documentElement.scrollHeight), 600);
    await visit.app.getByRole('button', { name: 'More', exact: true }).click();
    const full = new URL(await visit.app.getByRole('link', { name: 'Open full' }).getAttribute('href'));
    assert.deepEqual([full.pathname, full.search, full.hash.slice(0, 4)], [new URL(visit.page.url()).pathname, '?scenario=monday&seed=1', '#r1.']);
    await visit.close();
  });
});
