// The inspector: rows that nothing is cut in, sections that stay as they were left, a way back to each default, and times of day for a schedule.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { isPhone, selected as pressed } from './support/states.mjs';

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true };
const KINDS = ['patients', 'api', 'queue', 'consumers', 'clinic', 'dead_letter'];

/** Selects a part. On a phone whatever lies over its card: that taps hit what they show is held elsewhere. */
const selected = async (visit, id) => await isPhone(visit) ? visit.app.locator(`.flow [data-id="${id}"]`).first().dispatchEvent('click') : pressed(visit, id);

/** Opens all sections of the inspector. */
const unfold = (visit) => visit.app.evaluate(() => {
  for (const section of document.querySelectorAll('.inspector details')) section.open = true;
});

/** What is wrong with the boxes of the inspector, in words. */
function faults(least) {
  const found = [];
  const says = (element) => `${element.className || element.tagName} “${(element.textContent || element.getAttribute('aria-label') || element.id).slice(0, 40)}”`;
  const box = (element) => element.getBoundingClientRect();
  const shown = (selector) => [...document.querySelector('.inspector').querySelectorAll(selector)].filter((e) => e.getClientRects().length > 0);
  const inspector = box(document.querySelector('.inspector'));
  for (const row of shown('.param, .steps .step:not(.heads)')) {
    if (box(row).height < least.row - 0.5) found.push(`${says(row)} is ${box(row).height} high`);
    const parts = [...row.children].filter((e) => e.getClientRects().length > 0 && !e.matches('.said, .sr-only, .reset, .absence.below'));
    for (const [at, part] of parts.entries()) {
      for (const other of parts.slice(at + 1)) {
        // The lock of a list lies in it.
        if (other.matches('.picker') && part.matches('.lock')) continue;
        const [a, b] = [box(part), box(other)];
        if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) found.push(`${says(part)} lies on ${says(other)}`);
      }
    }
  }
  // In its box, and nothing of it is cut.
  for (const element of shown('.label, .name, .entry input, .seg button, .purpose, .capacity p, .sec h3, .link')) {
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) found.push(`${says(element)} is cut`);
  }
  for (const element of shown('*:not(.reset, .reset *, svg *)')) {
    const { left, right } = box(element);
    if (left < inspector.left - 10 || right > inspector.right + 10) found.push(`${says(element)} leaves the inspector`);
  }
  for (const select of shown('select')) {
    const pen = document.createElement('canvas').getContext('2d');
    const style = getComputedStyle(select);
    pen.font = style.font;
    const room = select.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    for (const { text } of select.options) if (pen.measureText(text).width > room + 1) found.push(`${text} does not fit`);
  }
  for (const slider of shown('.param input[type=range]')) if (box(slider).width < 44) found.push(`the slider of ${slider.getAttribute('aria-label')} is ${box(slider).width} wide`);
  for (const target of shown('.param input[type=range], .entry, select, .on-off, .icon-btn, .head .btn, summary, .reset')) {
    if (least.target && box(target).height < least.target - 0.5) found.push(`${says(target)} is ${box(target).height} high`);
  }
  return found;
}

describe('The inspector', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const open = ({ design = 'demand-breaker', context = WIDE, tail } = {}) => house.visit('hosted', { context, tail, prepare: kept({ design }) });
  const section = (visit, title) => visit.app.locator('.inspector details', { has: visit.app.getByRole('heading', { name: title }) });
  const isOpen = (visit, title) => section(visit, title).evaluate((e) => e.open);
  const row = (visit, label) => visit.app.locator('.param', { has: visit.app.getByRole('button', { name: label, exact: true }) });
  const field = (visit, id) => visit.app.locator(`[id="param-${id}"]`);

  for (const [name, context, least] of [['1440 px', WIDE, { row: 32 }], ['1180 px, touch', TABLET, { row: 44, target: 44 }], ['360 px, touch', PHONE, { row: 44, target: 44 }]]) {
    test(`cuts and covers nothing: ${name}`, async () => {
      const visit = await open({ context });
      for (const id of KINDS) {
        await selected(visit, id);
        await unfold(visit);
        assert.deepEqual(await visit.app.evaluate(faults, least), [], id);
      }
      // The longest that a slider reaches; and what is changed has its way back.
      await selected(visit, 'consumers');
      await field(visit, 'consumers-backoff_max_ms').fill('300000');
      await field(visit, 'consumers-backoff_max_ms').press('Enter');
      await visit.app.getByRole('button', { name: 'Longest backoff: back to 60 000 ms' }).waitFor();
      assert.deepEqual(await visit.app.evaluate(faults, least), [], 'a long number');
      await field(visit, 'consumers-backoff_max_ms').fill('86400000');
      await field(visit, 'consumers-backoff_max_ms').press('Enter');
      await visit.app.locator('.param.huge').waitFor();
      assert.deepEqual(await visit.app.evaluate(faults, least), [], 'the longest number');
      await visit.close();
    });
  }

  test('a schedule with steps cuts nothing either', async () => {
    for (const [context, least] of [[WIDE, { row: 32 }], [TABLET, { row: 44, target: 44 }], [PHONE, { row: 44, target: 44 }]]) {
      const visit = await open({ context, design: 'schedule' });
      await selected(visit, 'consumers');
      assert.deepEqual(await visit.app.evaluate(faults, least), []);
      await visit.close();
    }
  });

  for (const [design, most] of [['queue-60', 620], ['demand', 620], ['schedule', 620]]) {
    test(`the consumers take little room in one column: ${design}`, async () => {
      const visit = await open({ design });
      await selected(visit, 'consumers');
      const height = await visit.app.locator('.inspector').evaluate((e) => e.scrollHeight);
      assert.ok(height <= most, `${height} px`);
      await visit.close();
    });
  }

  test('every label is one line', async () => {
    for (const context of [WIDE, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]) {
      for (const design of ['queue-60', 'demand', 'schedule']) {
        const visit = await open({ context, design });
        for (const id of KINDS) {
          if (await visit.app.locator(`[data-id="${id}"]`).count() === 0) continue;
          await selected(visit, id);
          await unfold(visit);
          const wrapped = await visit.app.evaluate(() => [...document.querySelectorAll('.inspector .param .label')].filter((label) => {
            const text = document.createRange();
            text.selectNodeContents(label);
            return new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
          }).map((label) => label.textContent));
          assert.deepEqual(wrapped, [], `${design}: ${id} at ${context.viewport.width} px`);
        }
        await visit.close();
      }
    }
  });

  test('what few people change is folded away, stays as it was left, and shows that something in it is changed', async () => {
    const visit = await open({ design: 'queue-60' });
    await selected(visit, 'consumers');
    for (const title of ['Delivery', 'Backoff', 'Handling']) assert.equal(await isOpen(visit, title), false, title);
    const summary = section(visit, 'Delivery').locator('summary');
    await summary.focus();
    await visit.page.keyboard.press('Enter');
    assert.equal(await isOpen(visit, 'Delivery'), true);
    await selected(visit, 'api');
    assert.equal(await isOpen(visit, 'Delivery'), false, 'of another kind it is another');
    await selected(visit, 'consumers');
    assert.equal(await isOpen(visit, 'Delivery'), true);
    assert.equal(await isOpen(visit, 'Backoff'), false);
    await visit.app.getByRole('button', { name: /^Call timeout: back to 3/ }).click();
    await visit.app.locator('summary:not(.marked)', { hasText: 'Delivery' }).waitFor();
    await field(visit, 'consumers-attempts').fill('7');
    await visit.page.keyboard.press('Enter');
    await visit.app.locator('summary.marked', { hasText: 'Delivery, changed' }).waitFor();
    await visit.close();
  });

  test('the values of what is switched on stand in its row, unfold, and stay unfolded', async () => {
    for (const context of [WIDE, PHONE]) {
      const visit = await open({ design: 'schedule', context });
      await selected(visit, 'consumers');
      const values = visit.app.locator('.inspector .inner summary');
      assert.match(await values.innerText(), /^10 · 30 s/);
      const row = await visit.app.locator('.inspector .switched').boundingBox();
      assert.ok(row.height <= 48, `one row, not ${row.height} px`);
      await values.click();
      await field(visit, 'consumers-breaker.failures').fill('7');
      await visit.page.keyboard.press('Enter');
      await values.getByText('7 · 30 s').waitFor();
      await selected(visit, 'queue');
      await selected(visit, 'consumers');
      await field(visit, 'consumers-breaker.open_s').waitFor();
      await visit.app.getByRole('checkbox', { name: 'Circuit breaker' }).click();
      await values.waitFor({ state: 'detached' });
      await visit.close();
    }
  });

  test('a changed value has a way back that says where to, by keyboard and undone like anything else', async () => {
    const visit = await open({ design: 'naive' });
    await selected(visit, 'api');
    const back = visit.app.getByRole('button', { name: 'Threads per instance: back to 32' });
    assert.equal(await back.count(), 0);
    await field(visit, 'api-threads').fill('40');
    await visit.page.keyboard.press('Enter');
    await back.waitFor();
    assert.equal(await back.getAttribute('title'), 'Back to 32');
    await visit.app.getByRole('button', { name: 'Threads per instance', exact: true }).focus();
    await visit.page.keyboard.press('Tab');
    assert.equal(await visit.app.evaluate(() => document.activeElement.className), 'reset');
    await visit.page.keyboard.press('Enter');
    await back.waitFor({ state: 'detached' });
    assert.equal(await field(visit, 'api-threads').inputValue(), '32');
    await visit.app.getByRole('button', { name: /^Undo/ }).first().click();
    assert.equal(await field(visit, 'api-threads').inputValue(), '40');
    await visit.close();
  });

  test('the way back leads to how the part comes in the kata, a part of a parameter too', async () => {
    const visit = await open({ design: 'queue-60' });
    await selected(visit, 'consumers');
    await visit.app.getByRole('button', { name: 'Workers: back to 20', exact: true }).click();
    assert.equal(await field(visit, 'consumers-scaling.workers').inputValue(), '20');
    await visit.close();
  });

  test('a label explains itself, and its field is called by it', async () => {
    const visit = await open();
    await selected(visit, 'api');
    await visit.app.getByRole('button', { name: 'Accept backlog', exact: true }).hover();
    await visit.app.locator('#meaning.shown').waitFor();
    assert.match(await visit.app.locator('#meaning').innerText(), /^Accept backlog\s+Most requests that wait for a thread.* Allowed: .* Default: 128 per instance\./s);
    await visit.app.getByRole('textbox', { name: 'Accept backlog', exact: true }).waitFor();
    const described = await field(visit, 'api-accept_backlog').evaluate((e) => document.getElementById(e.getAttribute('aria-describedby')).textContent);
    assert.match(described, /^Most requests that wait/);
    await visit.close();
  });

  test('what is given has a lock that says why, and no slider', async () => {
    const visit = await open();
    await selected(visit, 'clinic');
    assert.match(await visit.app.locator('.given-note').innerText(), /given by the scenario, so it is not yours to change/);
    const slots = row(visit, 'Slots per clinic');
    await slots.getByRole('img', { name: 'Given by the scenario' }).waitFor();
    assert.equal(await slots.locator('input[type=range]').count(), 0);
    assert.ok(await field(visit, 'clinic-slots_per_clinic').isDisabled());
    await visit.close();
  });

  test('a schedule is typed in times of day; a new step comes after the last and changes something', async () => {
    const visit = await open({ design: 'queue-60' });
    await selected(visit, 'consumers');
    await visit.app.locator('.inspector .seg').getByRole('button', { name: 'Schedule' }).click();
    const add = visit.app.getByRole('button', { name: 'Add a step' });
    await add.click();
    await add.click();
    const [time, workers] = ['at_s', 'workers'].map((key) => (step) => field(visit, `consumers-scaling.steps-${step}-${key}`));
    assert.deepEqual([await time(0).inputValue(), await time(1).inputValue()], ['07:55', '08:10']);
    assert.notEqual(await workers(0).inputValue(), await workers(1).inputValue());
    for (const [text, shown] of [['7:50', '07:50'], ['0752', '07:52'], ['07:53:30', '07:53:30']]) {
      await time(0).fill(text);
      await visit.page.keyboard.press('Enter');
      await visit.app.getByRole('button', { name: `Remove the step at ${shown}` }).waitFor();
      assert.equal(await time(0).inputValue(), shown, 'written as the page writes it');
    }
    for (const [text, why] of [['11:00', /outside the run\. Allowed: 07:30 to 10:30/], ['8:10', /not before the next step\. Allowed: before 08:10/]]) {
      await time(0).fill(text);
      await visit.page.keyboard.press('Enter');
      assert.match(await visit.app.locator('.step .said.wrong').innerText(), why);
      const [at, beside] = [await time(0).boundingBox(), await workers(0).boundingBox()];
      assert.ok(Math.abs(at.y - beside.y) < 2, 'what is wrong stands under its row');
      await visit.page.keyboard.press('Escape');
    }
    assert.equal(await time(0).inputValue(), '07:53:30');
    await visit.close();
  });

  test('nothing that comes and goes stands above a field, and what is selected anew is shown from its name on', async () => {
    const visit = await open({ design: 'queue-60', context: { viewport: { width: 1280, height: 720 } } });
    await selected(visit, 'consumers');
    const tops = () => visit.app.locator('.inspector .entry').evaluateAll((all) => all.map((e) => Math.round(e.getBoundingClientRect().top)));
    const before = await tops();
    await field(visit, 'consumers-scaling.workers').fill('2');
    await field(visit, 'consumers-scaling.workers').press('Enter');
    await visit.app.locator('.inspector .problem').first().waitFor({ state: 'attached' });
    assert.deepEqual(await tops(), before, 'a warning moves no field');
    await unfold(visit);
    await visit.app.locator('.right > .scroll').evaluate((e) => { e.scrollTop = 200; });
    await selected(visit, 'queue');
    await selected(visit, 'consumers');
    assert.equal(await visit.app.locator('.right > .scroll').evaluate((e) => e.scrollTop), 0);
    await visit.close();
  });

  test('several things are rows that lead to each', async () => {
    const visit = await open();
    await visit.app.locator('.diagram svg.canvas').focus();
    await visit.page.keyboard.press('Control+a');
    const rows = visit.app.locator('.inspector .links .link');
    assert.ok(await rows.count() >= KINDS.length);
    await rows.filter({ hasText: 'Queue' }).first().click();
    assert.equal(await visit.app.locator('#inspector-name').inputValue(), 'Queue');
    await visit.close();
  });
});
