// A monkey: random presses of pointer, fingers and keys, from a seed, all over the page. Whatever it does there is no panic and no word on the
// console, the design still parses, and undo still leads back to where it began.
//
// It is measured in deeds, not in seconds, so that it does the same on every machine. Each of its lives is a page of its own, hosted, as a file or in
// a sandboxed frame, and short enough that the list of undo steps (200) holds all of it. A life that fails says the command that leads it again.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';

const FORMS = ['hosted', 'file', 'sandbox'];
/** Each a seed and a form. `MONKEY=12` adds twelve lives; `MONKEY=20261123@file` leads that one alone. */
const [ONE, FORM] = (process.env.MONKEY ?? '').split('@');
const LIVES = FORM ? [[Number(ONE), FORM]] : Array.from({ length: 6 + Number(ONE) }, (_, index) => [20261122 + index, FORMS[index % FORMS.length]]);
const DEEDS = 180;

const KEYS = ['Tab', 'Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'Shift+ArrowRight', 'Delete', 'Enter', 'Shift+Enter', 'Escape', 'Space', 'Home',
  'c', 'c', 't', '0', '1', '+', '-', 'p', 'Control+a', 'Control+c', 'Control+x', 'Control+v', 'Control+d', 'Control+z', 'Control+Shift+z', 'Control+y', '7', 'e', 'Backspace'];

/** Random numbers from a seed, 0 to 1 (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Everything but this: who has all forgotten, with two presses, has no way back to look at, and a link to another kata leaves the page with
 * its list of steps, by whichever button.
 */
const stays = (context) => context.addInitScript(() => {
  for (const press of ['click', 'auxclick']) {
    addEventListener(press, (event) => {
      // Another language is the page anew.
      if (event.target.closest?.('[aria-labelledby=exchange-forget], .lang')) event.stopImmediatePropagation();
      if (event.target.closest?.('a[href]:not([href^="#"])')) event.preventDefault();
    }, true);
  }
});

/** What it can do, with how likely it does it. */
function deeds(visit, random) {
  const { page, app } = visit;
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { width, height } = page.viewportSize();
  let canvas = { x: 0, y: 0, width, height };
  const spot = () => ({ x: canvas.x + random() * canvas.width, y: canvas.y + random() * canvas.height });
  const anywhere = () => ({ x: random() * width, y: random() * height });
  /** Presses a button if it can be pressed just now. */
  const button = (selector) => app.evaluate(([selector, share]) => {
    const all = [...document.querySelectorAll(selector)].filter((e) => !e.disabled && e.checkVisibility() && !document.querySelector('dialog[open]'));
    all[Math.floor(share * all.length)]?.click();
  }, [selector, random()]);
  const choose = (selector) => app.evaluate(([selector, share]) => {
    const select = document.querySelector(selector);
    if (!select || document.querySelector('dialog[open]')) return;
    select.selectedIndex = Math.floor(share * select.options.length);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, [selector, random()]);
  const drag = async (from, to) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    if (random() < 0.2) await page.keyboard.press(pick(KEYS));
    await page.mouse.up();
  };
  const touch = (type, points) => visit.cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((at, id) => ({ ...at, id })) });
  return [
    [30, () => page.keyboard.press(pick(KEYS))],
    [12, () => { const { x, y } = spot(); return page.mouse.click(x, y, { button: pick(['left', 'left', 'middle', 'right']) }); }],
    [4, () => { const { x, y } = anywhere(); return page.mouse.click(x, y); }],
    [14, () => drag(spot(), spot())],
    [10, async () => {
      const item = app.locator(`[data-kind=${pick(['queue', 'consumers', 'api', 'dead_letter', 'clinic', 'patients'])}]`).first();
      const box = await item.count() > 0 ? await item.boundingBox() : null;
      await drag(box ? { x: box.x + 20, y: box.y + 20 } : spot(), spot());
    }],
    [6, async () => {
      const { x, y } = spot();
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, random() * 400 - 200);
    }],
    [6, async () => {
      const [from, to] = [spot(), spot()];
      await touch('touchStart', [from]);
      await touch('touchMove', [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }]);
      await touch('touchMove', [to]);
      await touch(random() < 0.1 ? 'touchCancel' : 'touchEnd', []);
    }],
    [3, async () => {
      const [one, other] = [spot(), spot()];
      await touch('touchStart', [one]);
      await touch('touchStart', [one, other]);
      await touch('touchMove', [spot(), other]);
      await touch('touchEnd', [other]);
      await touch('touchEnd', []);
    }],
    [3, () => button('.palette-item, .list #list-add, .list .connect button, .list .missing button')],
    [3, () => button('.stage-tools .seg button')],
    [2, () => button('#open-exchange, button[aria-label="Help and keys"]')],
    [3, () => page.keyboard.press('Escape')],
    [2, () => choose('select[aria-label=Scenario]')],
    [3, () => button('.transport button')],
    [1, () => choose('select[aria-label=Speed]')],
    [2, () => button('[role=tab]')],
    [2, async () => {
      const field = app.locator('.inspector input:not([disabled]), .list input').first();
      if (await field.count() && await app.locator('dialog[open]').count() === 0) {
        await field.focus();
        await page.keyboard.type(pick(['12', 'x', '', '1e9', '-3', 'A b', '0.5']));
      }
    }],
    // Where the canvas is now.
    [4, async () => { canvas = await app.locator('.diagram svg.canvas, .list').first().boundingBox() ?? canvas; }],
  ];
}

describe('The monkey', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** The design as the page writes it. */
  async function written(visit) {
    await visit.app.locator('#open-exchange').click();
    const text = await visit.app.locator('#exchange-text').inputValue();
    await visit.page.keyboard.press('Escape');
    await visit.app.locator('dialog[open]').waitFor({ state: 'detached' });
    return text;
  }

  async function live(seed, form) {
    const visit = await house.visit(form, { context: { hasTouch: true }, prepare: stays });
    await visit.app.evaluate(() => { globalThis.isHere = true; });
    visit.cdp = await visit.context.newCDPSession(visit.page);
    // Pickers of files open and are left.
    visit.page.on('filechooser', () => {});
    const random = seeded(seed);
    const all = deeds(visit, random);
    const start = await written(visit);
    const whole = all.reduce((sum, [weight]) => sum + weight, 0);
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await all.at(-1)[1]();
    for (let deed = 0; deed < DEEDS; deed++) {
      let share = random() * whole;
      await all.find(([weight]) => (share -= weight) < 0)[1]();
    }
    assert.ok(await visit.app.evaluate(() => globalThis.isHere), 'it stayed on the page');
    assert.equal(await visit.app.locator('#crash').isVisible().catch(() => false), false, 'no panic');

    // Two fingers on the list are the browser's own zoom: a learner would zoom out again. Whatever was left open is closed; then back to
    // the start.
    await visit.cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
    await visit.app.evaluate(() => window.focus());
    for (let times = 0; times < 3; times++) await visit.page.keyboard.press('Escape');
    await visit.app.locator('dialog[open]').waitFor({ state: 'detached' });
    const undo = visit.app.getByRole('button', { name: /^Undo \(/ });
    let steps = 0;
    for (; await undo.isEnabled(); steps++) await undo.click();
    assert.ok(steps > 0 && steps < 200, `${steps} steps, all of them kept`);
    const redo = visit.app.getByRole('button', { name: /^Redo/ });
    assert.equal(await written(visit), start, 'undo leads back to where it began');
    for (let step = 0; step < steps; step++) await redo.click();
    const made = await written(visit);

    // In a sandboxed frame nothing is kept.
    if (form !== 'sandbox') {
      await visit.page.reload();
      await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
      assert.equal(await visit.app.locator('.banner').count(), 0, 'no word that it could not be read');
      assert.equal(await written(visit), made, 'what was kept is read again, word for word');
    }
    await visit.close();
  }

  for (const [seed, form] of LIVES) {
    test(`of seed ${seed} does ${DEEDS} deeds and breaks nothing: ${form}`, async () => {
      try {
        await live(seed, form);
      } catch (error) {
        throw new Error(`Again, in tests/browser: MONKEY=${seed}@${form} node all.mjs monkey.test.mjs`, { cause: error });
      }
    });
  }
});
