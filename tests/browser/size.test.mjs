// Size it: the map of a sweep is the same in workers and in the page, can be used by keyboard alone, stops and goes on, and opens the very run
// that a mark stands for.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tabTo } from './support/hands.mjs';
import { axeFinds, BOTH } from './support/axe.mjs';
import { openHouse } from './support/house.mjs';
import { content, kept } from './support/learner.mjs';
import { fromHeader } from './support/states.mjs';


const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

describe('size it', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** A page with the dialog open; `refused`: its frame lets it have no workers. */
  async function sizing(form, { design = 'queue-80', refused = false, context = WIDE } = {}) {
    const visit = await house.visit(form, {
      context,
      prepare: async (context) => {
        if (form === 'hosted') await kept({ design })(context);
        if (refused) await context.addInitScript(() => { globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }; });
      },
    });
    await fromHeader(visit, 'Size it');
    await visit.app.locator('dialog.size[open]').waitFor();
    return visit;
  }

  const fill = async (visit, which, values) => {
    for (const [at, value] of values.entries()) await visit.app.locator(`#size-${which}-${at}`).fill(String(value));
  };
  const done = (visit) => visit.app.locator('#size-stop').waitFor({ state: 'detached' });
  const sweep = async (visit) => {
    await visit.app.locator('#size-start').click();
    await visit.app.locator('#size-stop, .says p').first().waitFor();
    await done(visit);
  };
  const says = (visit) => visit.app.locator('.size .says').innerText();
  const table = async (visit) => {
    await visit.app.getByRole('button', { name: /^(Table|Grid)$/ }).click();
    return visit.app.locator('.sweep-table').innerText();
  };

  test('gives the same map in workers and in slices of the page', async () => {
    const told = [];
    for (const refused of [false, true]) {
      const visit = await sizing('hosted', { refused });
      await fill(visit, 0, [60, 100, 5]);
      await visit.app.locator('#size-start').click();
      const workers = Number(await visit.app.locator('dialog.size .ask').getAttribute('data-workers'));
      assert.equal(workers > 0, !refused);
      await done(visit);
      told.push([await says(visit), await table(visit)]);
      await visit.close();
    }
    assert.deepEqual(told[0], told[1]);
    assert.match(told[0][0], /None of 5 designs passes on all 3 Mondays\. Closest: Workers 80/);
    assert.match(told[0][1], /80\s+passes 0 of 3\s+£15\.\d\d\s+\d+\ss\s+.*misses Cost/);
  });

  test('works in a sandboxed frame', async () => {
    const visit = await sizing('sandbox');
    await fill(visit, 0, [1, 3, 3]);
    await sweep(visit);
    assert.match(await says(visit), /None of 3 designs passes/, 'a sandbox keeps nothing, so it is the first design');
    await visit.close();
  });

  test('is used with the keyboard alone, and opens the run that the mark stands for', async () => {
    const visit = await sizing('hosted', { design: 'demand' });
    const press = (key) => visit.page.keyboard.press(key);
    await tabTo(visit, '#size-0-0');
    for (const text of ['70', '90', '3']) {
      await press('Control+a');
      await visit.page.keyboard.type(text);
      await press('Tab');
    }
    await tabTo(visit, '#size-start');
    await press('Enter');
    await visit.app.locator('#size-stop, .says p').first().waitFor();
    await done(visit);
    await tabTo(visit, '.size .map');
    await press('Home');
    await press('ArrowLeft');
    const map = visit.app.locator('.size .map');
    assert.match(await map.getAttribute('aria-valuetext'), /^Most workers 80: £/);
    const detail = await visit.app.locator('.size .detail').innerText();
    const [, cost] = detail.match(/(£\d+\.\d\d)/);
    const [, seed] = detail.match(/seed (\d+)/);
    await press('Enter');
    assert.equal(await visit.app.evaluate(() => document.activeElement.id), 'size-open');
    await press('Enter');
    await visit.app.locator('.verdict').waitFor();
    assert.equal(await visit.app.locator('.size').getAttribute('open'), null);
    const shown = await visit.app.locator('.verdict').innerText();
    assert.ok(shown.includes(cost) && shown.includes(`seed ${seed}`), shown);
    assert.match(shown, /Opened from the map: Most workers 80/);
    await visit.app.locator('.more-ways').getByRole('button', { name: 'Undo' }).click();
    await visit.app.locator('.more-ways').getByText('Opened from').waitFor({ state: 'detached' });
    await visit.close();
  });

  test('a mark is the very run: its digest is that of the design run by hand', async () => {
    const visit = await sizing('hosted');
    await fill(visit, 0, [70, 80, 2]);
    await visit.app.locator('#size-seeds').selectOption('1');
    await sweep(visit);
    const download = visit.page.waitForEvent('download');
    await visit.app.getByRole('button', { name: 'Save as CSV' }).click();
    const rows = (await content(await download)).toString().split('\r\n').map((line) => line.split(','));
    const digest = rows[1][rows[0].indexOf('digest')];
    assert.equal(rows[1][0], '70');
    await table(visit);
    await visit.app.locator('.list-of').getByRole('button', { name: '70' }).click();
    await visit.app.locator('#size-open').click();
    await visit.app.locator('.verdict').waitFor();
    assert.equal(await visit.app.locator('.verdict').getAttribute('data-digest'), digest);
    // The map stays for every design of it, and the ring goes along.
    await visit.app.locator('#result-size').click();
    assert.equal(await visit.app.locator('.list-of tr.as-is').innerText().then((text) => text.split(/\s/)[0]), '70');
    await visit.close();
  });

  for (const refused of [false, true]) {
    test(`stops when told to${refused ? ', in the page' : ''}, keeps what came, and goes on`, async () => {
      const visit = await sizing('hosted', { refused });
      await visit.app.locator('#size-start').click();
      await visit.app.locator('.says p').first().waitFor();
      await visit.app.locator('#size-stop').click();
      const button = visit.app.locator('#size-go-on');
      await button.waitFor();
      const left = await button.innerText();
      await visit.app.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); }));
      assert.equal(await button.innerText(), left, 'nothing comes after that');
      await visit.app.getByRole('button', { name: 'Close “Size it”' }).click();
      await fromHeader(visit, 'Size it');
      assert.equal(await button.innerText(), left, 'it is all there again');
      await button.click();
      await done(visit);
      assert.match(await says(visit), /of 12 designs passes/);
      await visit.close();
    });
  }

  test('says what is wrong in a field, and what is wrong between two', async () => {
    const visit = await sizing('hosted');
    const from = visit.app.locator('#size-0-0');
    const before = await from.inputValue();
    await fill(visit, 0, [0, 100, 5]);
    assert.equal(await visit.app.locator('.size .wrong').innerText(), `From: 0 is not allowed; allowed: a whole number from 1 to 1\u{202f}000\u{202f}000. ${before} stays.`);
    assert.equal(await from.inputValue(), before);
    await fill(visit, 0, [110, 100, 5]);
    assert.equal(await visit.app.locator('.size .wrong').innerText(), 'To: 100 is not allowed; allowed: more than 110 (From).');
    assert.equal(await visit.app.locator('#size-0-1').getAttribute('aria-invalid'), 'true');
    assert.ok(await visit.app.locator('#size-start').isDisabled());
    await visit.close();
  });

  const STATES = [
    ['empty', async () => {}],
    ['wrong', (visit) => fill(visit, 0, ['many', 100, 5])],
    ['running', async (visit) => { await visit.app.locator('#size-start').click(); await visit.app.locator('.says p').first().waitFor(); }],
    ['done, a design chosen', async (visit) => { await fill(visit, 0, [70, 90, 3]); await sweep(visit); await visit.app.locator('.size .map').press('Home'); }],
    ['a table', async (visit) => { await fill(visit, 0, [70, 90, 3]); await sweep(visit); await table(visit); }],
    ['a grid', async (visit) => {
      await fill(visit, 0, [70, 90, 3]);
      await visit.app.locator('#size-factor-1').selectOption({ label: 'Instances' });
      await fill(visit, 1, [1, 2, 2]);
      await sweep(visit);
      await table(visit);
      await visit.app.locator('.grid-of td button').first().click();
    }],
  ];
  for (const [name, steps] of STATES) {
    for (const [where, context] of [['1440 px', WIDE], ['360 px', PHONE]]) {
      test(`axe finds nothing: ${[name, where, ...BOTH].join(', ')}`, async () => {
        const visit = await sizing('hosted', { context });
        await steps(visit);
        assert.deepEqual(await axeFinds(visit, { schemes: BOTH }), []);
        await visit.close();
      });
    }
  }
});
