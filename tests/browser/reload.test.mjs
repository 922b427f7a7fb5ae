// A reload in the middle of a run: the run stands where it stood, paused, in this tab alone; and what is not kept at all is said in a line.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { played } from './support/states.mjs';

const RUN = named('run.v1');

const reload = async (visit) => {
  await visit.page.reload();
  await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
};
/** Where the run stands, and what it shows there. */
const stands = async (visit) => ({
  clock: await visit.app.locator('.clock').innerText(),
  button: await visit.app.locator('.transport .primary').innerText(),
  // But for rates: each is one of the last moments, however long those were.
  cards: (await visit.app.locator('.diagram .part .big').allTextContents()).filter((card) => !card.endsWith('a second')),
  // The same happened, in the same words.
  log: await visit.app.locator('.run-log ol li').allInnerTexts(),
  goals: await visit.app.locator('.decides .value').allInnerTexts(),
});
const at = (visit, clock) => visit.app.waitForFunction((clock) => document.querySelector('.clock').textContent === clock, clock);

describe('A reload in the middle of a run', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());
  const open = (options = {}) => house.visit('hosted', { tail: '?speed=1800', prepare: kept({ design: 'queue-60' }), ...options });

  test('leaves it where it was, with all its figures', async () => {
    const visit = await open();
    await played(visit, '08:15');
    const before = await stands(visit);
    assert.equal(before.button, 'Play');
    assert.ok(before.log.length > 0);
    await reload(visit);
    await visit.app.getByRole('status').getByText(`Back at ${before.clock}`).first().waitFor({ state: 'attached' });
    assert.deepEqual(await stands(visit), before);
    // Once more, and on to its end: it is scored.
    await reload(visit);
    assert.deepEqual(await stands(visit), before);
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict.failed').waitFor();
    assert.equal(await visit.app.evaluate((key) => sessionStorage.getItem(key), RUN), null, 'it is over');
    await visit.close();
  });

  test('keeps what was asked for: the prediction of this design, and no other', async () => {
    const visit = await open();
    const words = () => visit.app.locator('#words-backlog').textContent();
    await visit.app.getByRole('button', { name: 'Show the prediction' }).click();
    assert.match(await words(), /Predicted: /);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).foreseen?.length === 17, named('saved.v1'));
    await reload(visit);
    await visit.app.waitForFunction(() => /Predicted: /.test(document.querySelector('#words-backlog').textContent));
    assert.equal(await visit.app.getByRole('button', { name: 'Show the prediction' }).count(), 0);
    await visit.app.locator('.diagram [data-id=consumers] .card').click();
    await visit.app.locator('[id="param-consumers-scaling.workers"]').fill('61');
    await visit.page.keyboard.press('Enter');
    await visit.app.getByRole('button', { name: 'Show the prediction' }).waitFor();
    await visit.close();
  });

  test('while it plays: it waits where it had come to', async () => {
    const visit = await open({ tail: '?speed=300' });
    await visit.app.getByRole('button', { name: 'Play' }).first().click();
    // It is kept once a second while it plays.
    await visit.app.waitForFunction((key) => JSON.parse(sessionStorage.getItem(key) ?? '{}').at_ns >= 600e9, RUN);
    await reload(visit);
    const { clock, button } = await stands(visit);
    assert.ok(clock >= '07:40', clock);
    assert.equal(button, 'Play');
    await visit.close();
  });

  test('what was changed by hand is part of it', async () => {
    const visit = await open();
    await played(visit, '08:05');
    await visit.app.locator('.diagram [data-id=consumers]').click();
    const field = visit.app.locator('[id="param-consumers-scaling.workers"]');
    await field.fill('90');
    await field.press('Enter');
    // With nothing selected the log is there.
    await visit.app.locator('.diagram svg.canvas').click({ position: { x: 6, y: 6 } });
    await played(visit, '08:20');
    await visit.app.waitForFunction((key) => /"workers":90/.test(localStorage.getItem(key)), named('saved.v1'));
    const before = await stands(visit);
    await reload(visit);
    await at(visit, before.clock);
    assert.deepEqual(await stands(visit), before);
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict.explored').waitFor();
    await visit.close();
  });

  test('another tab begins at the start, and so does another seed', async () => {
    const visit = await open();
    await played(visit, '08:15');
    const other = await visit.another();
    assert.equal(await other.app.locator('.clock').innerText(), '07:30:00');
    await visit.page.goto(visit.page.url().replace('speed=1800', 'seed=5'));
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await visit.app.locator('.clock').innerText(), '07:30:00');
    await visit.close();
  });
});

describe('Where the browser keeps nothing', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [width, height] of [[800, 600], [684, 600], [354, 700]]) {
    test(`one line says so, covers nothing and moves nothing: ${width} × ${height}`, async () => {
      const visit = await house.visit('sandbox', { context: { viewport: { width, height } } });
      const line = visit.app.locator('.toast');
      await line.getByText(/Nothing is kept here/).waitFor();
      assert.equal(await visit.app.locator('.banner').count(), 0);
      const look = () => visit.app.evaluate(() => {
        const box = (selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect()).filter((r) => r.width > 0)
          .map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
        return { toast: box('.toast'), things: box(`.bar, ${innerWidth < 700 ? '' : '.stage, '}.diagram .card, .flow-card, .first-play .btn, .zoom, .stage-tools, .player, .strip`) };
      });
      const { toast: [toast], things } = await look();
      const lines = await line.locator('span').evaluate((e) => Math.round(e.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(e).lineHeight)));
      assert.equal(lines, 1);
      assert.deepEqual(await line.locator('span').evaluate((e) => e.scrollWidth <= e.clientWidth + 1), true, 'it is whole');
      const parts = await visit.app.evaluate(() => [...document.querySelectorAll('.diagram .card, .flow-card, .first-play .btn, .zoom, .stage-tools, .player, .strip')]
        .map((e) => [e.className.baseVal ?? e.className, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0)
        .map(([name, { left, top, right, bottom }]) => ({ name, left, top, right, bottom })));
      const covered = parts.filter((p) => p.left < toast.right - 1 && toast.left < p.right - 1 && p.top < toast.bottom - 1 && toast.top < p.bottom - 1);
      assert.deepEqual(covered.map(({ name }) => name), []);
      await visit.app.locator('.stage').click({ position: { x: 4, y: 4 } });
      await line.waitFor({ state: 'detached' });
      assert.deepEqual((await look()).things, things, 'nothing has moved');
      await visit.close();
    });
  }
});
