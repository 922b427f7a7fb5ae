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
        await field.evaluate((e) => e.select());
        await page.keyboard.insertText(number);
      }
      await button('Done').tap();
      await app.locator('.right').waitFor({ state: 'hidden' });

      await button('Play').tap();
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
