// The whole kata without sight: Monday from the first try to passed, with the keyboard alone, and what a screen reader reads on the way. The
// transcript is kept in out/; what a sighted learner gets is asserted, fact by fact.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { tabTo } from './support/hands.mjs';
import { OUT, openHouse } from './support/house.mjs';
import { heard } from './support/reader.mjs';

describe('Monday, without sight and without a mouse', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const press = async (visit, ...keys) => { for (const key of keys) await visit.page.keyboard.press(key); };
  /** What is asserted of a reading: each of these is heard, in this order. */
  function holds(lines, facts, where) {
    let from = 0;
    for (const fact of facts) {
      const at = lines.findIndex((line, index) => index >= from && fact.test(line));
      assert.ok(at >= 0, `${where}: ${fact} is not heard in\n${lines.join('\n')}`);
      from = at;
    }
  }

  test('is read, tried, understood, built and passed', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max' });
    const transcript = [];
    const reads = async (title, selector, facts) => {
      const lines = await heard(visit, selector);
      transcript.push(`## ${title}`, ...lines, '');
      holds(lines, facts, title);
    };
    const does = (words) => transcript.push(`> ${words}`, '');
    await reads('The brief', '#panel-brief', [/2 → 40\/s/, /200 ms/, /1–3 s/, /£10/, /heading, What must hold/, /Acknowledged/, /Cost/]);
    await reads('The design', '.diagram', [/Patients/, /Booking API/, /Clinics/]);
    await tabTo(visit, '.transport .primary');
    await press(visit, 'Enter');
    does('Play, to the end');
    await visit.app.locator('.verdict').waitFor();
    await visit.app.waitForFunction(() => document.activeElement.matches('.verdict'));
    await reads('The result', '.verdict', [/Not yet/, /goals hold/, /Show it|Help/, /missed/]);
    await press(visit, 'Escape');
    // Nothing is selected: what happened stands there.
    await tabTo(visit, '.diagram svg.canvas', 'Shift+Tab');
    await press(visit, 'Escape');
    await reads('The log of the run', '.run-log', [/heading/, /\d\d:\d\d/]);
    await tabTo(visit, '#left-brief', 'Shift+Tab');
    await press(visit, 'ArrowRight');
    for (const kind of ['queue', 'consumers', 'dead_letter']) {
      await tabTo(visit, `[data-kind=${kind}]`);
      await press(visit, 'Enter');
      await visit.app.locator(`.diagram [data-id=${kind}]`).waitFor();
      does(await visit.app.locator('.sr-only[role=status]').first().textContent());
    }
    await tabTo(visit, '.diagram [data-id=consumers]');
    await press(visit, 'Enter');
    await visit.app.waitForFunction(() => document.activeElement.id === 'panel-inspector');
    await reads('The parameters', '#panel-inspector', [/Consumers/, /Workers/, /20/]);
    await tabTo(visit, '.param-group .seg button:nth-child(2)');
    await press(visit, 'Enter');
    does('By demand');
    for (const [key, words] of [['min', '20'], ['max', '90']]) {
      await tabTo(visit, `[id="param-consumers-scaling.${key}"]`);
      await press(visit, 'Control+a', ...words, 'Enter');
      does(`${key}: ${words}`);
    }
    await reads('The parameters, by demand', '#panel-inspector', [/By demand.*pressed/, /Fewest workers/, /Most workers/]);
    await reads('The new design', '.diagram', [/Queue/, /Consumers/, /Dead letters/]);
    await tabTo(visit, '.transport .primary');
    await press(visit, 'Enter');
    await visit.app.locator('.verdict').waitFor();
    await visit.app.waitForFunction(() => document.activeElement.matches('.verdict'));
    does('Play, to the end');
    await reads('The second result', '.verdict', [/Passed/, /all \d goals hold/, /stars/, /Next: the clinic slows down/, /holds.*Acknowledged|Acknowledged/, /ms/, /£/]);
    await mkdir(OUT, { recursive: true });
    await writeFile(path.join(OUT, 'monday.txt'), transcript.join('\n'));
    await visit.close();
  });
});
