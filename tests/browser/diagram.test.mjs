// The diagram under real pointers and keys: the same chain built by mouse, by touch and by keyboard, what is told, and a monkey.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';

const SAVED = 'waiting-room.saved.v1';
/** How long the monkey plays, in seconds: `MONKEY=60` for a long one. */
const MONKEY_S = Number(process.env.MONKEY ?? 20);

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
    const undo = visit.app.getByRole('button', { name: /^Undo/ });
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
    const about = visit.app.getByRole('button', { name: 'About Threads per instance' });
    await about.focus();
    await visit.page.keyboard.press('Enter');
    assert.equal(await about.getAttribute('aria-expanded'), 'true');
    assert.match(await visit.app.locator('.inspector p.about').innerText(), /Allowed: .*Default: /);
    await visit.close();
  });

  test(`stands a monkey for ${MONKEY_S} seconds`, async () => {
    const visit = await house.visit('hosted');
    const random = seeded(20261122);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const canvas = await visit.app.locator('.diagram svg.canvas').boundingBox();
    const spot = () => [canvas.x + random() * canvas.width, canvas.y + random() * canvas.height];
    const keys = ['Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowDown', 'Shift+ArrowRight', 'Delete', 'Enter', 'Escape', 'c', 't', '0', '1', '+', '-',
      'Control+a', 'Control+c', 'Control+x', 'Control+v', 'Control+d', 'Control+z', 'Control+Shift+z', 'p'];
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    const until = Date.now() + MONKEY_S * 1000;
    while (Date.now() < until) {
      const what = random();
      if (what < 0.4) {
        await visit.page.keyboard.press(pick(keys));
      } else if (what < 0.6) {
        await visit.page.mouse.click(...spot(), { button: pick(['left', 'left', 'middle', 'right']) });
      } else if (what < 0.85) {
        const kind = pick(['queue', 'consumers', 'api', 'dead_letter', 'clinic']);
        const source = random() < 0.4 ? visit.app.locator(`[data-kind=${kind}]`).first() : null;
        const from = source && await source.count() > 0 && await source.isVisible() ? await middle(source).then(({ x, y }) => [x, y]) : spot();
        await visit.page.mouse.move(...from);
        await visit.page.mouse.down();
        await visit.page.mouse.move(...spot(), { steps: 3 });
        if (random() < 0.2) await visit.page.keyboard.press(pick(keys));
        await visit.page.mouse.up();
      } else {
        await visit.page.mouse.move(...spot());
        await visit.page.mouse.wheel(0, random() * 400 - 200);
      }
    }
    assert.equal(await visit.app.locator('#crash').isVisible().catch(() => false), false, 'no panic');
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await visit.app.locator('.banner').count(), 0, 'what was kept is read again');
    await visit.close();
  });
});

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
