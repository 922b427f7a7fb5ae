// The same design on 50 Mondays: workers beside the page, the page by itself and the engine alone come to the same, and stopping stops.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { openProbe } from './support/probe.mjs';

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

  /** A page whose run has come to its end; `refused`: its frame lets it have no workers; `spoilt`: the first worker's first job is no design. */
  async function over(form, refused, saved = kept, spoilt = false) {
    const visit = await house.visit(form, {
      tail: '?autoplay=1&speed=max',
      prepare: async (context) => {
        await context.addInitScript((text) => { try { localStorage.setItem('waiting-room.saved.v1', text); } catch { /* a sandbox has none */ } }, saved);
        // What arrives from workers, and the slices that the page does itself: timers without a delay.
        await context.addInitScript((spoilt) => {
          globalThis.heard = 0;
          let first = spoilt;
          const [after, NativeWorker] = [setTimeout, Worker];
          globalThis.setTimeout = (what, delay, ...more) => after(typeof what === 'function' && !delay ? () => { globalThis.heard++; what(); } : what, delay, ...more);
          globalThis.Worker = class extends NativeWorker {
            constructor(...all) {
              super(...all);
              this.addEventListener('message', () => { globalThis.heard++; });
            }

            postMessage(message) {
              if (first && message.design) [message, first] = [{ ...message, design: 'nothing' }, false];
              super.postMessage(message);
            }
          };
        }, spoilt);
        if (refused) await context.addInitScript(() => { globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }; });
      },
    });
    await visit.app.locator('.verdict').waitFor();
    return visit;
  }

  /** Opens the dialog: that begins them. */
  const opened = (visit) => visit.app.getByRole('button', { name: '50 Mondays', exact: true }).click();

  /** Runs them all; the words, the table, and how many workers there were. */
  async function repeated(form, refused = false, spoilt = false) {
    const visit = await over(form, refused, kept, spoilt);
    await opened(visit);
    const section = visit.app.locator('.repeat');
    await section.locator('.grade').waitFor();
    const workers = Number(await section.getAttribute('data-workers'));
    await section.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    const told = await section.innerText();
    const digests = await section.getAttribute('data-digests');
    for (const details of await section.locator('details').all()) await details.locator('summary').click();
    const [means, steady] = await section.locator('details').allInnerTexts();
    await visit.close();
    return { told, workers, digests: digests.split(' '), means, steady };
  }

  test('come to the same in workers and in slices of the page', async () => {
    const beside = await repeated('hosted');
    const within = await repeated('hosted', true);
    assert.ok(beside.workers > 0, 'workers are used where there are some');
    assert.equal(within.workers, 0);
    assert.equal(within.told, beside.told);
    assert.match(beside.told, /Passes \d+ of 50 \(\d+–\d+\s%\)/);
    assert.deepEqual(within.digests, beside.digests);
    const lost = await repeated('hosted', false, true);
    assert.deepEqual([lost.told, lost.digests], [beside.told, beside.digests], 'what a worker leaves is done by others, once');
    assert.deepEqual([within.means, within.steady], [beside.means, beside.steady]);
    assert.match(beside.means, /Cost\s+£12\.\d\d\s+true average £12\.\d\d–£12\.\d\d/);
    assert.match(beside.means, /Four times as many Mondays, 200, make each range about half as wide/);
    assert.match(beside.steady, /Theory and practice, 08:00–08:30/);
    assert.match(beside.steady, /the number of workers changes between 1 and 90/);
    assert.match(beside.steady, /Wait, W\s+[\d.]+\s(ms|s)/);
    // The engine alone, on a main thread: the very runs, which `tests/golden` holds against native ones.
    const page = await openProbe(house.browser);
    const alone = await page.evaluate(async () => {
      const run = await fresh();
      const digests = [];
      for (let seed = 1; seed <= 50; seed++) {
        run.start('demand-1', 'monday', seed);
        run.finish();
        digests.push(run.digest());
      }
      return digests;
    });
    await page.close();
    assert.equal(new Set(alone).size, 50);
    assert.deepEqual(beside.digests, alone);
  });

  test('run in a sandboxed frame too', async () => {
    const { told, workers } = await repeated('sandbox');
    assert.ok(workers > 0);
    assert.match(told, /Passes 0 of 50 \(0–7\s%\)/, 'a sandbox keeps nothing, so it is the first design');
  });

  for (const refused of [false, true]) {
    test(`stop when told to${refused ? ', in the page' : ''}, and keep what came`, async () => {
      const visit = await over('hosted', refused);
      await opened(visit);
      await visit.app.locator('.repeat .grade b').waitFor();
      // In the page itself: the stop, the next frame, and what a second's worth of frames brings after that.
      const { next, later, atWork } = await visit.app.evaluate(async () => {
        const section = document.querySelector('.repeat');
        const frame = () => new Promise(requestAnimationFrame);
        const look = () => ({
          words: section.querySelector('.grade b').textContent,
          stop: [...section.querySelectorAll('button')].some((b) => b.textContent === 'Stop'),
          begin: [...section.querySelectorAll('button')].some((b) => /^Go on: \d+ left$/.test(b.textContent)),
        });
        [...section.querySelectorAll('button')].find((b) => b.textContent === 'Stop').click();
        await frame();
        const next = look();
        const busy = globalThis.heard;
        for (let n = 0; n < 60; n++) await frame();
        return { next, later: look(), atWork: globalThis.heard - busy };
      });
      assert.match(next.words, /of (?!50 )\d+ /, 'not all were done');
      assert.deepEqual([next.stop, next.begin], [false, true], 'the very next frame shows it stopped');
      assert.deepEqual(later, next, 'nothing comes after that');
      assert.equal(atWork, 0, 'no worker tells anything more, and the page does no slice');
      // The result closed and opened again shows it as it was, and it goes on to its end.
      await visit.page.keyboard.press('Escape');
      await visit.app.getByRole('button', { name: 'Close the result' }).click();
      await visit.app.locator('.verdict').waitFor({ state: 'detached' });
      await visit.app.locator('.reopen').click();
      await opened(visit);
      assert.equal(await visit.app.locator('.repeat .grade b').innerText(), next.words);
      await visit.app.getByRole('button', { name: /^Go on: \d+ left$/ }).click();
      await visit.app.locator('.repeat[data-digests]').waitFor();
      await visit.close();
    });
  }

  test('go on while the result is closed', async () => {
    const visit = await over('hosted', false);
    await opened(visit);
    await visit.app.locator('.repeat .grade b').waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    await visit.app.locator('.reopen').click();
    await opened(visit);
    const section = visit.app.locator('.repeat[data-digests]');
    await section.waitFor();
    assert.match(await section.innerText(), /Passes \d+ of 50 /);
    assert.equal((await section.getAttribute('data-digests')).split(' ').length, 50);
    await visit.close();
  });

  test('say why there is no steady state where more comes than the workers can do', async () => {
    const text = JSON.parse(kept);
    text.design = JSON.parse(await readFile(DESIGN.replace('demand-1', 'queue-60'), 'utf8'));
    const visit = await over('hosted', false, JSON.stringify(text));
    await opened(visit);
    const steady = visit.app.locator('.repeat details').nth(1);
    await steady.locator('summary').click();
    await steady.getByText('The queue grows by 10.1 messages a second').waitFor();
    assert.equal(await steady.locator('table').count(), 0);
    await visit.app.getByRole('button', { name: 'Stop' }).click();
    await visit.close();
  });
});
