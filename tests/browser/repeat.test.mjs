// The same design on 50 Mondays: workers beside the page and the page by itself come to the same, and stopping stops.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';

const DESIGN = path.resolve(import.meta.dirname, '../../static/katas/waiting-room/designs/demand-1.json');

describe('50 Mondays', () => {
  let house;
  let kept;
  before(async () => {
    house = await openHouse();
    const design = JSON.parse(await readFile(DESIGN, 'utf8'));
    kept = JSON.stringify({ format: 'waiting-room/saved', version: 1, design, scenario: 'monday', seed: 1, theme: 'light' });
  });
  after(() => house?.close());

  /** A page whose run has come to its end; `refused`: its frame lets it have no workers. */
  async function over(form, refused) {
    const visit = await house.visit(form, {
      tail: '?autoplay=1&speed=max',
      prepare: async (context) => {
        await context.addInitScript((text) => { try { localStorage.setItem('waiting-room.saved.v1', text); } catch { /* a sandbox has none */ } }, kept);
        if (refused) await context.addInitScript(() => { globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }; });
      },
    });
    await visit.app.locator('.verdict').waitFor();
    return visit;
  }

  const repeat = (visit) => visit.app.getByRole('button', { name: 'Repeat on 50 Mondays' });

  /** Runs them all; the words, the table, and how many workers there were. */
  async function repeated(form, refused = false) {
    const visit = await over(form, refused);
    await repeat(visit).click();
    const section = visit.app.locator('.repeat');
    await section.locator('.grade').waitFor();
    const workers = Number(await section.getAttribute('data-workers'));
    await section.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 120_000 });
    const told = await section.innerText();
    await visit.close();
    return { told, workers };
  }

  test('come to the same in workers and in slices of the page', async () => {
    const beside = await repeated('hosted');
    const within = await repeated('hosted', true);
    assert.ok(beside.workers > 0, 'workers are used where there are some');
    assert.equal(within.workers, 0);
    assert.equal(within.told, beside.told);
    assert.match(beside.told, /Passes \d+ of 50 \(\d+–\d+\s%\)/);
  });

  test('run in a sandboxed frame too', async () => {
    const { told, workers } = await repeated('sandbox');
    assert.ok(workers > 0);
    assert.match(told, /Passes 0 of 50 \(0–7\s%\)/, 'a sandbox keeps nothing, so it is the first design');
  });

  for (const refused of [false, true]) {
    test(`stop when told to${refused ? ', in the page' : ''}, and keep what came`, async () => {
      const visit = await over('hosted', refused);
      await repeat(visit).click();
      const words = visit.app.locator('.repeat .grade b');
      await words.waitFor();
      // The page answers while it works, and the very next look finds it stopped.
      await visit.app.getByRole('button', { name: 'Stop' }).click();
      await repeat(visit).waitFor();
      const stopped = await words.innerText();
      assert.match(stopped, /of (?!50 )\d+ /, 'not all were done');
      await visit.app.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); }));
      assert.equal(await words.innerText(), stopped, 'nothing comes after that');
      await visit.close();
    });
  }
});
