// A phone: the design is built, tuned, played and passed by touch alone, in a column of cards.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { STATES, opened } from './support/states.mjs';

describe('By touch alone', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [width, height] of [[390, 844], [360, 740]]) {
    test(`a queue and its consumers pass Monday: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { context: { viewport: { width, height }, hasTouch: true } });
      const { app, page } = visit;
      const button = (name) => app.getByRole('button', { name }).locator('visible=true').first();
      const cards = () => app.locator('.flow-card').evaluateAll((all) => all.map((card) => card.dataset.id));
      assert.deepEqual(await cards(), ['patients', 'api', 'clinic']);

      await button(/^Put a part between Booking API/).tap();
      await app.locator('.between').getByRole('button', { name: 'Queue' }).tap();
      await app.locator('.joint .asks summary').tap();
      await app.locator('.joint .asks').getByRole('button', { name: 'Consumers' }).tap();
      await app.locator('.flow-card[data-id=consumers]').waitFor();
      assert.deepEqual(await cards(), ['patients', 'api', 'queue', 'consumers', 'clinic']);

      await app.locator('.flow-card[data-id=consumers]').tap();
      await button('By demand').tap();
      for (const [key, number] of [['min', '20'], ['max', '90']]) {
        const field = app.locator(`[id="param-consumers-scaling.${key}"]`);
        await field.tap();
        // The tap that brings the focus selects what is there.
        await app.waitForFunction((e) => document.activeElement === e && e.selectionEnd - e.selectionStart === e.value.length, await field.elementHandle());
        await page.keyboard.insertText(number);
      }
      // Who plays wants to see it: the sheet makes room.
      await button('Play').tap();
      await app.locator('.right').waitFor({ state: 'hidden' });
      await app.locator('.goals-strip .dots .holds').first().waitFor();
      await button('To the end').tap();
      await app.getByRole('heading', { name: 'Passed' }).waitFor();
      await button(/^Close/).tap();
      await app.locator('.goals-strip .line').tap();
      assert.equal(await app.locator('.goals-strip li').count(), 8);

      // One thing at a time: each tab shows its panel alone, and a tap brings it.
      for (const [tab, panel] of [['Charts', '.track[data-chart=work] .plot'], ['Parts', '.palette'], ['Brief', '.brief'], ['Runs', '.runs'], ['Design', '.flow']]) {
        await app.getByRole('tab', { name: tab }).locator('visible=true').tap();
        await app.locator(panel).first().waitFor();
        const seen = await app.evaluate(() => ['.stage', '.left', '.right', '.verdict'].filter((s) => document.querySelector(s)?.checkVisibility()).length);
        assert.ok(seen <= 1, `${tab}: ${seen} panels`);
      }
      // What happened stands over the runs, and leads to its moment.
      await app.getByRole('tab', { name: 'Runs' }).locator('visible=true').tap();
      const line = app.locator('.runs-panel .run-log li button').first();
      const clock = await line.locator('time').textContent();
      await line.tap();
      await app.waitForFunction((clock) => document.querySelector('.clock').textContent === clock, clock);
      await visit.close();
    });

    test(`a moment has one x, in the ribbon and in every curve: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { ...opened('mid'), context: { viewport: { width, height }, hasTouch: true } });
      await STATES.mid.go(visit);
      const { app } = visit;
      const same = async (plot, share) => {
        const box = await plot.boundingBox();
        const x = Math.round(box.x + box.width * share);
        await visit.page.touchscreen.tap(x, box.y + 30);
        const line = await app.locator('.strip-drawing .look').boundingBox();
        assert.ok(Math.abs(line.x + line.width / 2 - x) <= 2, `the ribbon's line at ${line.x}, the finger at ${x}`);
      };
      await same(app.locator('.track[data-chart=gap] .plot'), 0.3);
      // The times of day stand once: under the ribbon.
      const [box, plot] = [await app.locator('.track[data-chart=gap] .plot-box').boundingBox(), await app.locator('.track[data-chart=gap] .plot').boundingBox()];
      assert.ok(plot.y + plot.height - box.y - box.height >= 18, 'those of the curves are not seen');
      await app.getByRole('tab', { name: 'Charts' }).locator('visible=true').tap();
      await same(app.locator('.track[data-chart=gap] .plot'), 0.8);
      const plots = await app.locator('.track .plot').evaluateAll((all) => all.map((e) => e.getBoundingClientRect()).map(({ left, right }) => `${left}–${right}`));
      assert.equal(new Set(plots).size, 1, plots.join());
      await visit.close();
    });

    test(`what an edit has made stale looks stale, and says so: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { ...opened('passed'), context: { viewport: { width, height }, hasTouch: true } });
      await STATES.passed.go(visit);
      const { app } = visit;
      await app.getByRole('button', { name: /^Close/ }).tap();
      const look = () => app.evaluate(() => ['.flow-card .figure', '.flow-card .picture', '.goals-strip .line b', '.dock canvas']
        .map((s) => getComputedStyle(document.querySelector(s))).map(({ color, opacity }) => `${color} ${opacity}`));
      const before = await look();
      await app.locator('.flow-card[data-id=queue]').tap();
      const room = app.locator('[id="param-queue-capacity"]');
      await room.fill('20000');
      await room.press('Enter');
      await app.getByRole('button', { name: 'Done' }).tap();
      await app.locator('.app[data-stale=true]').waitFor();
      (await look()).forEach((now, at) => assert.notEqual(now, before[at]));
      await app.locator('.goals-strip .line').getByText('before the change').waitFor();
      await visit.close();
    });

    test(`a notice lies over nothing and moves no card: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { context: { viewport: { width, height }, hasTouch: true } });
      const { app } = visit;
      const tops = () => app.locator('.flow-card, .track[data-chart=gap], .player, .strip').evaluateAll((all) => all.map((e) => `${e.dataset.id ?? e.className} ${Math.round(e.getBoundingClientRect().top)}`));
      await app.getByRole('button', { name: /^Put a part between Booking API/ }).tap();
      await app.locator('.between').getByRole('button', { name: 'Queue' }).tap();
      const toast = app.locator('.toast');
      const [box, during] = [await toast.boundingBox(), await tops()];
      const boxes = await app.locator('.stage, .tracks, .player, .strip, .bar, .goals-strip').evaluateAll((all) => all.map((e) => e.getBoundingClientRect())
        .filter((r) => r.height > 0).map(({ top, bottom }) => ({ top, bottom })));
      for (const { top, bottom } of boxes) assert.ok(bottom <= box.y + 0.5 || top >= box.y + box.height - 0.5, `${top}–${bottom}, the notice at ${box.y}`);
      assert.ok(await toast.locator('span').evaluate((e) => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight + 1), 'its words are whole');
      await app.locator('.bar .which').dispatchEvent('pointerdown');
      await toast.waitFor({ state: 'detached' });
      assert.deepEqual(await tops(), during);
      await visit.close();
    });

    test(`the line of goals shows its figure whole: ${width} × ${height}`, async () => {
      const visit = await house.visit('hosted', { ...opened('failing'), context: { viewport: { width, height }, hasTouch: true } });
      await STATES.failing.go(visit);
      const figure = await visit.app.locator('.goals-strip .worst b').evaluate((e) => {
        const [own, row] = [e, e.closest('.worst')].map((e) => e.getBoundingClientRect());
        return { whole: own.right <= row.right + 0.5 && e.scrollWidth <= e.clientWidth + 1, words: e.textContent };
      });
      assert.ok(figure.whole && /\d/.test(figure.words), JSON.stringify(figure));
      await visit.close();
    });
  }
});
