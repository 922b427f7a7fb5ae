// Help, a rung at a time: a learner fails, answers, looks, is told the way and the number, does it by hand, and passes Monday with a star.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const SAVED = named('saved.v1');
const card = (visit) => visit.app.locator('.verdict');
const rungs = (visit) => visit.app.locator('.rungs li');
const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`);
const field = (visit, id) => visit.app.locator(`[id="param-${id}"]`);

async function open(visit, until) {
  for (let at = await visit.app.locator('.rungs li.open').count(); at < until; at++) {
    await rungs(visit).nth(at).locator('.head').click();
    await visit.app.locator('.rungs li.open').nth(at).waitFor();
  }
}

async function type(visit, id, text) {
  await field(visit, id).fill(text);
  await field(visit, id).press('Enter');
}

/** Drags a part from the palette to the middle between two parts. */
async function dropBetween(visit, kind, from, to) {
  const middle = async (locator) => { const box = await locator.boundingBox(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const source = visit.app.locator(`[data-kind=${kind}]`).first();
  await source.scrollIntoViewIfNeeded();
  const [a, b] = [await part(visit, from).boundingBox(), await part(visit, to).boundingBox()];
  await visit.page.mouse.move(...await middle(source));
  await visit.page.mouse.down();
  await visit.page.mouse.move((a.x + a.width + b.x) / 2, a.y + Math.min(a.height, b.height) * 0.36, { steps: 8 });
  await visit.page.mouse.up();
  await part(visit, kind).waitFor();
}

describe('Help', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('leads from the first design to a star by its rungs alone', async () => {
    const visit = await house.visit('hosted', { context: { viewport: { width: 1440, height: 900 } } });
    await finished(visit);
    assert.match(await card(visit).locator('h2').innerText(), /^Not yet/);
    // All closed: the first can be opened, the others not; nothing is told.
    assert.deepEqual(await rungs(visit).evaluateAll((all) => all.map((e) => e.className)), ['next', 'closed', 'closed', 'closed']);
    assert.equal(await visit.app.locator('.rungs .body').count(), 0);
    assert.equal(await visit.app.locator('.evidence').count(), 1);
    await open(visit, 1);
    assert.equal(await visit.app.locator('.evidence').count(), 0, 'the evidence makes room');
    await card(visit).getByRole('button', { name: /^Show it: \d\d:\d\d:\d\d$/ }).waitFor();
    await visit.app.locator('#answer').fill('many');
    await visit.app.getByRole('button', { name: 'Check' }).click();
    await visit.app.locator('.asked [role=alert]').waitFor();
    await visit.app.locator('#answer').fill('31');
    await visit.app.locator('#answer').press('Enter');
    assert.match(await visit.app.locator('.answered.near').innerText(), /You said 31 a second\. It is 31\.\d\./);
    assert.equal(await visit.app.locator('.diagram .ringed').count(), 0);
    await open(visit, 2);
    await visit.app.locator('.diagram .part.api.ringed').waitFor();
    assert.equal(await visit.app.locator('.diagram .edge.ringed').count(), 1);
    await open(visit, 4);
    // Two are read at a time, and an earlier one comes back with a press.
    assert.equal(await visit.app.locator('.rungs .body').count(), 2);
    await rungs(visit).nth(0).locator('.head').click();
    await visit.app.locator('.answered').waitFor();
    assert.match(await visit.app.locator('.rungs h3').innerText(), /4 of 4 opened/);

    // What the number says, by hand.
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await dropBetween(visit, 'queue', 'api', 'clinic');
    await dropBetween(visit, 'consumers', 'queue', 'clinic');
    assert.equal(await visit.app.locator('.diagram .ringed').count(), 0, 'another design has no rings');
    await finished(visit);
    await open(visit, 4);
    assert.match(await rungs(visit).nth(3).innerText(), /81 workers/);
    await part(visit, 'consumers').click();
    await type(visit, 'consumers-scaling.workers', '81');
    await finished(visit);
    await open(visit, 4);
    assert.match(await rungs(visit).nth(3).innerText(), /By demand: from 10 to 90 workers/);
    await part(visit, 'consumers').click();
    await visit.app.locator('.inspector').getByText('By demand', { exact: true }).click();
    const settings = { max: '90', min: '10', messages_per_worker: '4', period_s: '15', startup_s: '60', cooldown_s: '120' };
    for (const [key, text] of Object.entries(settings)) await type(visit, `consumers-scaling.${key}`, text);
    await finished(visit);
    assert.match(await card(visit).locator('h2').innerText(), /^Passed/);
    assert.equal(await visit.app.locator('.wanted li.lit').count(), 1);
    await card(visit).getByRole('button', { name: 'Run 50' }).waitFor();
    assert.equal(await visit.app.locator('.pips i.one').count(), 1);
    assert.equal(await visit.app.locator('.rungs').count(), 0, 'what is passed needs no help');
    await card(visit).getByRole('button', { name: /^Next: / }).waitFor();

    // Stars, rungs and the answer are kept; an edit makes the star an outline.
    await visit.app.waitForFunction((key) => /"best":\[\["monday",/.test(localStorage.getItem(key)), SAVED);
    const saved = await visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key)), SAVED);
    assert.deepEqual(saved.help, [['waits-for-the-clinic', 4, 31], ['too-few-workers', 4, null], ['idle-all-morning', 4, null]]);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.app.locator('.pips i.one').waitFor({ state: 'attached' });
    await part(visit, 'consumers').click();
    await type(visit, 'consumers-scaling.max', '89');
    await visit.app.locator('.pips i.lost').waitFor({ state: 'attached' });
    await visit.close();
  });

  for (const [name, viewport] of [['wide', [1440, 900]], ['low', [1280, 720]], ['phone', [390, 844]], ['narrow phone', [360, 740]]]) {
    test(`however many rungs are open, nothing sticks out and nothing scrolls beside its panel: ${name}`, async () => {
      const [width, height] = viewport;
      const visit = await house.visit('hosted', { context: { viewport: { width, height }, hasTouch: width < 700 }, prepare: kept({ design: 'demand', scenario: 'outage' }) });
      await finished(visit);
      for (let rung = 0; rung <= 4; rung++) {
        await open(visit, rung);
        const found = await visit.app.evaluate(() => {
          const card = document.querySelector('.verdict');
          return { sideways: card.scrollWidth > card.clientWidth || document.documentElement.scrollWidth > innerWidth, over: card.scrollHeight - card.clientHeight };
        });
        assert.equal(found.sideways, false, `${rung} rungs`);
        if (name === 'wide') assert.ok(found.over <= 0, `${rung} rungs: ${found.over} px too high`);
      }
      await visit.close();
    });
  }
});
