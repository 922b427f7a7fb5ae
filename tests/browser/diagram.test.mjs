// The diagram under real pointers and keys: the same chain built by mouse, by touch and by keyboard, and what is told.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';

const SAVED = named('saved.v1');

describe('The diagram', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`);
  const told = (visit) => visit.app.locator('.sr-only[role=status]').innerText();
  /** The design as the page keeps it. */
  const saved = (visit) => visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key)).design, SAVED);
  /** Waits until what the page keeps has these connections. */
  const keeps = (visit, count) => visit.app.waitForFunction(
    ([key, count]) => JSON.parse(localStorage.getItem(key) ?? '{"design":{"edges":[]}}').design.edges.length === count, [SAVED, count]);
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const line = async (visit, from, to) => {
    const [a, b] = [await part(visit, from).boundingBox(), await part(visit, to).boundingBox()];
    return { x: (a.x + a.width + b.x) / 2, y: a.y + Math.min(a.height, b.height) * 0.36 };
  };

  /** Where a part of the palette is, scrolled into sight. */
  const picked = async (visit, kind) => {
    const item = visit.app.locator(`[data-kind=${kind}]`).first();
    await item.scrollIntoViewIfNeeded();
    return middle(item);
  };

  /** How each kind of hand puts a part between two others. */
  const HANDS = {
    async mouse(visit, kind, from, to) {
      const start = await picked(visit, kind);
      const end = await line(visit, from, to);
      await visit.page.mouse.move(start.x, start.y);
      await visit.page.mouse.down();
      await visit.page.mouse.move(end.x, end.y, { steps: 8 });
      await visit.page.mouse.up();
    },
    async touch(visit, kind, from, to) {
      const start = await picked(visit, kind);
      const end = await line(visit, from, to);
      visit.cdp ??= await visit.context.newCDPSession(visit.page);
      const touch = (type, points) => visit.cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points });
      await touch('touchStart', [start]);
      for (let step = 1; step <= 8; step++) {
        await touch('touchMove', [{ x: start.x + (end.x - start.x) * step / 8, y: start.y + (end.y - start.y) * step / 8 }]);
      }
      await touch('touchEnd', []);
    },
    async keyboard(visit, kind) {
      await visit.app.locator(`[data-kind=${kind}]`).first().focus();
      await visit.page.keyboard.press('Enter');
    },
  };

  async function build(hand) {
    const visit = await house.visit('hosted', { context: { hasTouch: hand === 'touch' } });
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await HANDS[hand](visit, 'queue', 'api', 'clinic');
    await part(visit, 'queue').waitFor();
    await HANDS[hand](visit, 'consumers', 'queue', 'clinic');
    await part(visit, 'consumers').waitFor();
    await keeps(visit, 4);
    const design = await saved(visit);
    const undo = visit.app.getByRole('button', { name: /^Undo \(/ });
    let steps = 0;
    for (; await undo.isEnabled() && steps < 20; steps++) await undo.click();
    await visit.close();
    for (const node of design.nodes) { delete node.x; delete node.y; }
    design.edges.sort((a, b) => `${a.from}>${a.to}`.localeCompare(`${b.from}>${b.to}`));
    return { design, steps };
  }

  test('gives the same design in as many steps by mouse, by touch and by keyboard', async () => {
    const [mouse, touch, keyboard] = [await build('mouse'), await build('touch'), await build('keyboard')];
    assert.equal(mouse.steps, 2);
    assert.deepEqual(touch, mouse);
    assert.deepEqual(keyboard, mouse);
  });

  test('aligns what is dragged with what stands around, and tells the move in a few words', async () => {
    const visit = await house.visit('hosted');
    const start = await middle(part(visit, 'api'));
    await visit.page.mouse.move(start.x, start.y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(start.x + 10, start.y + 60, { steps: 4 });
    assert.equal(await visit.app.locator('.diagram .guide').count(), 0);
    await visit.page.mouse.move(start.x + 24, start.y + 3, { steps: 4 });
    assert.ok(await visit.app.locator('.diagram .guide').count() > 0, 'a line through what is level');
    await visit.page.mouse.up();
    assert.equal(await visit.app.locator('.diagram .guide').count(), 0);
    assert.match(await told(visit), /^Moved Booking API \d+ right\./);
    await visit.page.keyboard.press('Control+z');
    assert.match(await told(visit), /^Undone: move Booking API\./);
    await visit.close();
  });

  test('connects by keys among what the model allows', async () => {
    const visit = await house.visit('hosted');
    await part(visit, 'api').focus();
    await visit.page.keyboard.press('Tab');
    assert.equal(await visit.app.locator(':focus').getAttribute('aria-label'), 'Connection from Booking API to Clinics');
    await visit.page.keyboard.press('Delete');
    await part(visit, 'api').focus();
    await visit.page.keyboard.press('c');
    assert.match(await told(visit), /^From Booking API to Clinics\?/);
    await visit.page.keyboard.press('Enter');
    assert.match(await told(visit), /^Booking API connected to Clinics\./);
    await visit.close();
  });

  test('says what a field is about where there is no pointer to hover', async () => {
    const visit = await house.visit('hosted');
    await part(visit, 'api').focus();
    await visit.app.getByRole('button', { name: 'Threads per instance', exact: true }).focus();
    assert.match(await visit.app.locator('#meaning').innerText(), /Allowed: .*Default: 32\./);
    await visit.close();
  });
});
