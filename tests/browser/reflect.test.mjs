// What follows a result: notes that are kept, found again, exported and never lost; the way back to it while the design is changed; an
// exploration; and mastery.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { content, finished, goOn, kept } from './support/learner.mjs';

const KEY = named('notes.v1');
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const FRAME = { viewport: { width: 800, height: 600 } };

const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
const fields = (visit) => visit.app.locator('.think textarea');
/** The notes of the result: a dialog, closed again by Escape. */
const thinking = async (visit) => {
  // A question of help is asked for first.
  const first = visit.app.locator('.rungs li.next .head').first();
  if (await first.count() > 0 && await visit.app.locator('.rungs li.open').count() === 0) await first.click();
  await button(visit, 'Notes').click();
};
const thought = async (visit) => {
  await visit.page.keyboard.press('Escape');
  await visit.app.locator('.think').waitFor({ state: 'detached' });
};
/** The same design with other draws: a run of its own, with a question of its own. */
const again = async (visit, seed) => {
  if (await visit.app.locator('.think').count() > 0) await thought(visit);
  const digest = await visit.app.locator('.verdict').getAttribute('data-digest');
  await visit.app.locator('.seed .field').locator('visible=true').fill(seed);
  await visit.page.keyboard.press('Enter');
  await visit.app.getByRole('button', { name: 'To the end' }).click();
  await visit.app.locator(`.verdict:not([data-digest="${digest}"])`).waitFor();
};
const tab = (visit, name) => visit.app.getByRole('tab', { name }).first().click();
const notes = (visit) => visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{"notes":[]}').notes.map((n) => n.text), KEY);
const stored = (visit, text) => visit.app.waitForFunction(([key, text]) => localStorage.getItem(key)?.includes(text), [KEY, text]);
const openNotes = async (visit) => {
  if (await visit.app.locator('.think').count() > 0) await thought(visit);
  await tab(visit, 'Runs');
  await visit.app.locator('.notes > summary').click();
};
const changed = async (visit) => {
  await visit.app.locator('.diagram [data-id=consumers]').click();
  const field = visit.app.locator('.inspector .param input[type=text]:not([disabled])').first();
  await field.fill('7');
  await field.press('Enter');
};

describe('Notes', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('are kept as typed, with keys that are the field’s own, and found again after a reload', async () => {
    const visit = await house.visit('hosted');
    await finished(visit);
    await thinking(visit);
    const field = fields(visit).first();
    const question = await visit.app.locator('.think label').first().innerText();
    assert.match(question, /\d/, 'the question cites a figure');
    const low = (await field.boundingBox()).height;
    await field.click();
    const typed = 'p + 0 1 c\n' + 'Only the acknowledgement waits. '.repeat(12);
    await visit.page.keyboard.type(typed);
    assert.equal(await field.inputValue(), typed);
    assert.ok((await field.boundingBox()).height > low, 'the field grows');
    assert.equal(await visit.app.locator('.transport .primary').innerText(), 'Again', 'no letter has begun a run');
    await thought(visit);
    assert.equal(await visit.app.locator('.verdict').count(), 1, 'Escape in a field leaves the result open');
    assert.equal(await visit.app.evaluate(() => document.activeElement.textContent), 'Notes', 'and gives the focus back');
    await thinking(visit);
    await field.focus();
    await visit.page.keyboard.press('Control+End');
    const all = await visit.app.locator('.part').count();
    await visit.page.keyboard.type('!');
    await visit.page.keyboard.press('Control+z');
    assert.notEqual(await field.inputValue(), typed + '!', 'undo is the field’s');
    assert.equal(await visit.app.locator('.part').count(), all);
    await field.fill(typed);
    await stored(visit, 'Only the acknowledgement');
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await openNotes(visit);
    assert.equal(await visit.app.locator('.noted textarea').inputValue(), typed);
    await finished(visit);
    await thinking(visit);
    assert.equal(await fields(visit).first().inputValue(), typed, 'the same run finds its notes');
    await visit.close();
  });

  test('tell when letters run short, and take no more than they hold', async () => {
    const visit = await house.visit('hosted');
    await finished(visit);
    await thinking(visit);
    const field = fields(visit).first();
    await field.fill('x'.repeat(1799));
    assert.equal(await visit.app.locator('.room-left').first().innerText(), '');
    await field.fill('x'.repeat(1900));
    assert.equal(await visit.app.locator('.room-left').first().innerText(), '100 letters left');
    await field.focus();
    await visit.page.keyboard.press('End');
    await visit.page.keyboard.insertText('y'.repeat(200));
    assert.equal((await field.inputValue()).length, 2000);
    assert.match(await visit.app.locator('.room-left').first().innerText(), /^No letter left/);
    await visit.close();
  });

  test('are edited, deleted and brought back among the runs', async () => {
    const visit = await house.visit('hosted');
    await finished(visit);
    await thinking(visit);
    await fields(visit).fill('first');
    await again(visit, '2');
    await thinking(visit);
    await fields(visit).fill('second');
    await openNotes(visit);
    assert.match(await visit.app.locator('.notes > summary').innerText(), /Your notes \(2\)/);
    await visit.app.locator('.noted textarea').nth(0).fill('second, better');
    await thinking(visit);
    assert.equal(await fields(visit).inputValue(), 'second, better', 'in the result too');
    await thought(visit);
    await visit.app.locator('.noted button').nth(0).click();
    await visit.app.locator('.notes .gone').waitFor();
    assert.equal(await visit.app.locator('.noted').count(), 1);
    await thinking(visit);
    assert.equal(await fields(visit).inputValue(), '');
    await thought(visit);
    await button(visit, 'Bring back').click();
    assert.equal(await visit.app.locator('.noted textarea').nth(0).inputValue(), 'second, better');
    await stored(visit, '"second, better"');
    assert.deepEqual((await notes(visit)).sort(), ['first', 'second, better']);
    await visit.close();
  });

  test('leave as a Markdown file: run, goals, question and text, escaped', async () => {
    const visit = await house.visit('hosted');
    await finished(visit);
    await thinking(visit);
    const question = await visit.app.locator('.think label').first().innerText();
    await fields(visit).first().fill('# <b>mine</b>\n* one');
    await openNotes(visit);
    const [download] = await Promise.all([visit.page.waitForEvent('download'), button(visit, 'Download as Markdown').click()]);
    assert.equal(download.suggestedFilename(), 'waiting-room-notes.md');
    const text = (await content(download)).toString();
    assert.match(text, /^# The waiting room: my notes\n\n## Monday, 8 am, seed 1\n\nNot yet, 6 of 8 goals hold\.\n\n\| Goal /);
    assert.ok(text.includes(`\n### ${question}\n`), text);
    assert.ok(text.includes('\n\\# \\<b\\>mine\\</b\\>\\\n\\* one\n'), text);
    await visit.close();
  });

  test('leave a sandboxed frame as text to copy, and it says where they are kept', async () => {
    const visit = await house.visit('sandbox');
    await finished(visit);
    await thinking(visit);
    await fields(visit).first().fill('In a frame.');
    assert.match(await visit.app.locator('.think .hint').innerText(), /^Kept until you close this page\. Nothing is sent anywhere\./);
    await openNotes(visit);
    await visit.app.locator('.notes').getByText('some frames block downloads').waitFor();
    await button(visit, 'Copy all').click();
    await visit.app.locator('.notes .told:not(:empty)').waitFor();
    assert.match(await visit.app.getByLabel('All notes as text').inputValue(), /In a frame\./);
    // The browser's own word on what the frame forbids is no fault of the page, which can't ask beforehand.
    const ours = visit.faults.filter((fault) => !/The Clipboard API has been blocked/i.test(fault));
    visit.faults.splice(0, visit.faults.length, ...ours);
    await visit.close();
  });

  test('of two tabs: neither loses what the other wrote', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand', scenario: 'outage' }) });
    await finished(visit);
    const other = await visit.another();
    await finished(other);
    await thinking(visit);
    await thinking(other);
    await fields(visit).fill('mine');
    await stored(visit, 'mine');
    await fields(other).fill('theirs');
    await again(other, '2');
    await thinking(other);
    await fields(other).fill('more');
    await stored(other, 'more');
    assert.deepEqual((await notes(other)).sort(), ['mine', 'more', 'theirs']);
    await again(visit, '3');
    await thinking(visit);
    await fields(visit).fill('at last');
    await stored(visit, 'at last');
    assert.deepEqual((await notes(visit)).sort(), ['at last', 'mine', 'more', 'theirs']);
    await openNotes(visit);
    await visit.app.locator('.notes').getByText('from another tab').waitFor();
    await visit.close();
  });

  for (const [what, text] of [['rubbish', '{"format":"something else"}'], ['a newer version', '{"format":"waiting-room/notes","version":9}']]) {
    test(`${what} in the storage is told once and stays`, async () => {
      const prepare = (context) => context.addInitScript(([key, text]) => { if (location.protocol === 'http:' && !sessionStorage.getItem('laid')) { localStorage.setItem(key, text); sessionStorage.setItem('laid', '1'); } }, [KEY, text]);
      const visit = await house.visit('hosted', { prepare });
      await visit.app.locator('.banner').getByText(/notes/).waitFor();
      await finished(visit);
      await thinking(visit);
      await fields(visit).first().fill('mine');
      await visit.page.waitForFunction(([what, key]) => what !== 'rubbish' || localStorage.getItem(key)?.includes('mine'), [what, KEY]);
      const all = await visit.app.evaluate(() => Object.entries(localStorage).map(([, value]) => value));
      assert.ok(all.includes(text), 'it is still there');
      await visit.close();
    });
  }
});

describe('The way back to a result', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('stays while the design is changed, and goes when the next run begins', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand', scenario: 'outage' }) });
    await finished(visit);
    await visit.app.locator('.verdict').getByRole('button', { name: 'Show it' }).click();
    await visit.app.locator('.frozen').getByRole('button', { name: 'Let go of this moment' }).click();
    const back = visit.app.locator('.next-step');
    await back.waitFor();
    assert.equal(await back.innerText(), 'Result', 'nothing is told unasked');
    await changed(visit);
    assert.match(await back.innerText(), /^Result\s*before the change$/);
    await back.getByRole('button', { name: 'Result' }).click();
    await visit.app.waitForFunction(() => document.activeElement.matches('.verdict'));
    await visit.app.locator('.verdict').getByText('This is the design before your changes.').waitFor();
    assert.equal(await visit.app.locator('.rungs').count(), 0, 'help is about the design as it is');
    await button(visit, 'Run the changed design').click();
    await back.waitFor({ state: 'detached' });
    await visit.close();
  });

  for (const [name, context, tail] of [['phone', PHONE, ''], ['in a frame', FRAME, '?embed=1'], ['tablet', { viewport: { width: 900, height: 900 } }, ''], ['wide', {}, '']]) {
    test(`covers no part, goal or control, and nothing sticks out: ${name}`, async () => {
      const visit = await house.visit('hosted', { context, tail });
      await finished(visit);
      await button(visit, 'Close the result').click();
      await visit.app.locator('.next-step').waitFor();
      const found = await visit.app.evaluate(() => {
        const box = (e) => e.getBoundingClientRect();
        const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        const over = [...document.querySelectorAll('.next-step, .toast')];
        const under = [...document.querySelectorAll('.goals-strip .dots, .goals-strip b, .goals-strip .worst, .goals-strip svg, .tabs button, .bar button, .player button, .stage-tools button, .zoom button, .diagram .part .card, .flow-card, .plot')].filter((e) => e.getClientRects().length > 0);
        const covered = over.flatMap((a) => under.filter((b) => (a.matches('.next-step') || !b.matches('.card, .flow-card')) && on(box(a), box(b))).map((b) => `${a.className} on ${b.textContent.slice(0, 30) || b.className}`));
        return { covered, sideways: document.documentElement.scrollWidth > innerWidth };
      });
      assert.deepEqual(found.covered, []);
      assert.equal(found.sideways, false);
      await visit.close();
    });
  }
});

describe('Other results', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('an exploration is told what its change met, and runs from the start', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=1800', prepare: kept({ design: 'demand-breaker' }) });
    await button(visit, 'Play').click();
    await visit.app.locator('.goal.holds').first().waitFor();
    await button(visit, 'Pause').click();
    await changed(visit);
    await finished(visit);
    const card = visit.app.locator('.verdict');
    await card.getByRole('heading', { name: 'Exploration' }).waitFor();
    await card.getByText('At each change and at the end').waitFor();
    assert.match(await card.locator('.levels tbody tr').first().innerText(), /Consumers: .* → 7/);
    assert.match(await card.locator('.levels tbody tr').last().innerText(), /10:30 The end/);
    assert.equal(await card.locator('.rungs').count(), 0);
    await thinking(visit);
    assert.ok(await fields(visit).count() > 0);
    await thought(visit);
    const digest = await card.getAttribute('data-digest');
    await visit.app.getByRole('button', { name: 'Run this design from the start' }).click();
    await finished(visit);
    await card.getByRole('heading', { name: /^(Passed|Not yet)$/ }).waitFor();
    assert.notEqual(await card.getAttribute('data-digest'), digest);
    await visit.close();
  });

  for (const reducedMotion of ['no-preference', 'reduce']) {
    test(`the dots of mastery fill within two seconds, and stand still where motion is not wanted (${reducedMotion})`, async () => {
      const visit = await house.visit('hosted', { tail: '?speed=max', prepare: kept({ design: 'demand-breaker' }), context: { reducedMotion } });
      await finished(visit);
      for (const name of ['the clinic slows down', 'the clinic goes dark', 'Flu season']) await goOn(visit, name);
      await visit.app.locator('.fifty b').getByText('50 of 50 Mondays').waitFor();
      // Run once more, the card is new and its Mondays are known: they fill again, from nothing.
      await button(visit, 'Again').click();
      await visit.app.locator('.verdict.fresh .refills .passed').waitFor({ state: 'attached' });
      const ends = await visit.app.locator('.fifty .passed').evaluate((dots) => dots.getAnimations().map((a) => a.effect.getComputedTiming().endTime));
      if (reducedMotion === 'reduce') {
        assert.deepEqual(ends.filter((end) => end > 50), []);
        assert.match(await visit.app.locator('.fifty .passed').evaluate((dots) => getComputedStyle(dots).clipPath), /^none$|^inset\(0(px)?\)$/);
      } else {
        assert.equal(ends.length, 1);
        assert.ok(ends[0] <= 2000, `${ends[0]} ms`);
      }
      await visit.close();
    });
  }

  test('on a phone the card itself says what there is to take away', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max', prepare: kept({ design: 'demand-breaker' }), context: { viewport: { width: 390, height: 844 }, hasTouch: true } });
    await finished(visit);
    for (const name of ['the clinic slows down', 'the clinic goes dark', 'Flu season']) await goOn(visit, name);
    assert.equal(await visit.app.locator('.verdict .taken li').count(), 8);
    assert.equal(await visit.app.locator('.verdict .taken').isVisible(), true);
    await visit.close();
  });

  test('one design through all four scenarios, from the card, is mastery', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max', prepare: kept({ design: 'demand-breaker' }) });
    await finished(visit);
    for (const name of ['the clinic slows down', 'the clinic goes dark', 'Flu season']) {
      assert.equal(await goOn(visit, name), true, 'a guess is asked for in each scenario, before its run');
    }
    await visit.app.getByRole('heading', { name: 'Mastered' }).waitFor();
    assert.equal(await visit.app.locator('.ladder li.passed').count(), 4);
    // The Mondays begin by themselves, and their dots fill on the card.
    await visit.app.locator('.fifty b').getByText('50 of 50 Mondays').waitFor();
    assert.equal(await visit.app.locator('dialog[open]').count(), 0);
    assert.equal((await visit.app.locator('.fifty .passed').getAttribute('d')).split('M').length - 1, 50);
    await visit.app.locator('.ladder li').last().getByRole('img', { name: '2 of 3 stars' }).waitFor();
    // What was taken away stands beside it, ticked with own figures where a run has shown it.
    const taken = visit.app.locator('.brief .checklist').first();
    assert.deepEqual(await taken.locator('li').count(), 8);
    assert.match(await taken.locator('.seen').first().innerText(), /two promises[^]*\d+\sms to hear yes/);
    assert.equal(await taken.locator('li:not(.seen)').filter({ hasText: 'schedule' }).count(), 1, 'what no run has shown is not ticked');
    assert.equal(await visit.app.locator('.verdict .taken').isVisible(), false, 'it is seen once');
    assert.deepEqual(await visit.app.locator('.ladder small').allInnerTexts().then((all) => all.map((cost) => /^£\d+\.\d\d$/.test(cost))), [true, true, true, true]);
    await button(visit, '50 Mondays').click();
    const scenario = visit.app.getByRole('button', { name: 'Monday, 8 am', exact: true });
    await scenario.click();
    assert.equal(await scenario.getAttribute('aria-pressed'), 'true');
    await visit.app.locator('.repeat .mondays').waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.app.getByRole('button', { name: /^Beat your best, £/ }).click();
    assert.equal(await visit.app.evaluate(() => document.activeElement.matches('.diagram .canvas')), true);
    await visit.close();
  });
});
