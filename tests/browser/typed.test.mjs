// A typed number takes effect as a whole: on Enter, when the field is left, or after a pause. The page's clock stands still while somebody types,
// unless a test lets it go on: a pause is as long as the test says.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const PAUSE_MS = 1_000;

describe('A typed number', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const open = ({ design = 'demand-breaker', tail = '' } = {}) => house.visit('hosted', { tail, prepare: kept({ design }) });
  /**
   * From now on the page's clock is in the test's hand. The ids of the made-up clock begin at 10¹² and don't fit the whole numbers in which a page
   * in wasm keeps those of frames, so frames get small ones here; what was asked for before is still taken back by the browser's own functions.
   */
  async function freeze(visit) {
    await visit.app.evaluate(() => {
      const { cancelAnimationFrame, clearTimeout } = globalThis;
      globalThis.own = { cancelAnimationFrame: (id) => cancelAnimationFrame(id), clearTimeout: (id) => clearTimeout(id) };
    });
    await visit.page.clock.install({ time: 0 });
    await visit.page.clock.pauseAt(3_600_000);
    await visit.app.evaluate(() => {
      const { own, requestAnimationFrame, cancelAnimationFrame, clearTimeout } = globalThis;
      const BASE = 1_000_000_000;
      const asked = new Map();
      let next = BASE;
      globalThis.requestAnimationFrame = (step) => {
        next += 1;
        const id = next;
        asked.set(id, requestAnimationFrame((at) => { asked.delete(id); step(at); }));
        return id;
      };
      globalThis.cancelAnimationFrame = (id) => {
        if (id <= BASE) own.cancelAnimationFrame(id);
        else if (asked.has(id)) cancelAnimationFrame(asked.get(id));
        asked.delete(id);
      };
      globalThis.clearTimeout = (id) => { if (id <= BASE) own.clearTimeout(id); else clearTimeout(id); };
    });
  }
  const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`).focus();
  const waits = (visit, ms) => visit.page.clock.runFor(ms);
  const key = (visit, name) => visit.page.keyboard.press(name);
  /** Takes the place of all that is in a field, letter by letter. */
  async function types(visit, field, text) {
    await field.focus();
    await key(visit, 'Control+a');
    await visit.page.keyboard.type(text);
  }
  const wrong = (visit, id) => visit.app.locator(`#${id.replaceAll('.', '\\.')}-wrong`);
  const undo = (visit) => visit.app.getByRole('button', { name: /^Undo \(/, includeHidden: true });

  /** Each field of the kind: the way to it, its id, what stands there, what may and what may not; and the words about that. */
  const parameters = (id) => async (visit) => {
    await part(visit, id);
    await visit.app.evaluate(() => { for (const section of document.querySelectorAll('.inspector details')) section.open = true; });
  };
  /** A weight stands where it decides something: with a second way on. */
  const list = async (visit) => {
    await visit.app.locator('.stage-tools button', { hasText: 'List' }).click();
    await visit.app.getByRole('button', { name: 'Connect Booking API', exact: true }).press('Enter');
    await visit.app.locator('.list .menu-item').first().press('Enter');
  };
  const size = (visit) => visit.app.locator('#open-size').click();
  const FIELDS = [
    ['a whole number', parameters('api'), 'param-api-threads', '9', '0,5', /allowed/i],
    ['a time', parameters('consumers'), 'param-consumers-timeout_ms', '9000', '3x', /allowed/i],
    ['one with another above it', parameters('consumers'), 'param-consumers-scaling.max', '80', '2O', /allowed/i],
    ['a step of a schedule', parameters('consumers'), 'param-consumers-scaling.steps-0-workers', '33', '-', /allowed/i, 'schedule'],
    ['when a step begins', parameters('consumers'), 'param-consumers-scaling.steps-0-at_s', '07:50', '7:3x', /no time of day\. Allowed: 07:30 to 10:30/, 'schedule'],
    ['a weight in the list', list, 'list-1-weight-0', '3', '2,5', /Allowed: a number above 0/],
    ['the seed', () => {}, 'seed', '77', '7O', null],
    ['the range of a sweep', size, 'size-0-0', '7', '0', /From: 0 is not allowed/],
    ['its values', size, 'size-0-2', '4', '99', /Values: 99 is not allowed/],
    ['the number of a booking', async (visit) => {
      await finished(visit);
      await visit.app.locator('.verdict').getByRole('button', { name: /worst booking/i }).first().click();
    }, 'story-number', '12', 'twelve', /whole number/],
  ];

  for (const [name, way, id, good, bad, words, design] of FIELDS) {
    test(`is never in force letter by letter, and something impossible leaves what was there: ${name}`, async () => {
      const visit = await open({ design });
      await way(visit);
      const field = visit.app.locator(`[id="${id}"]`);
      await field.waitFor();
      await freeze(visit);
      const before = await field.inputValue();
      const invalid = () => field.getAttribute('aria-invalid');

      await types(visit, field, bad);
      await waits(visit, PAUSE_MS - 100);
      assert.equal(await invalid(), null, 'nobody is interrupted');
      if (words) assert.equal(await wrong(visit, id).textContent(), '');
      await waits(visit, 200);
      assert.equal(await invalid(), 'true');
      assert.equal(await field.inputValue(), bad, 'what was typed stays');
      if (words) {
        assert.match(await wrong(visit, id).textContent(), words);
        assert.equal(await wrong(visit, id).getAttribute('role'), 'status', 'politely');
        const described = (await field.getAttribute('aria-describedby')).split(' ');
        assert.ok(described.includes(`${id}-wrong`), described.join(' '));
      }
      await key(visit, 'Tab');
      assert.equal(await field.inputValue(), before, 'the value before stands there');
      assert.equal(await invalid(), null);
      const stays = before ? `${before} stays.` : 'The field stays empty.';
      const said = words ? wrong(visit, id) : visit.app.locator('.sr-only[role=status]');
      assert.ok((await said.first().textContent()).includes(stays), await said.first().textContent());

      await types(visit, field, good);
      await key(visit, 'Escape');
      assert.equal(await field.inputValue(), before, 'Escape takes it back');
      assert.ok(await field.isVisible(), 'and nothing else');
      await types(visit, field, good);
      await key(visit, 'Enter');
      await types(visit, field, bad);
      await key(visit, 'Tab');
      assert.equal((await field.inputValue()).replaceAll(/\s/g, ''), good.replaceAll(/\s/g, ''), 'what took effect stays');
      await visit.close();
    });
  }

  test('typed in a run, one number is one change', async () => {
    const visit = await open({ design: 'queue-60', tail: '?speed=60' });
    const play = visit.app.locator('.transport .primary');
    await play.click();
    await visit.app.waitForFunction(() => document.querySelector('.clock').textContent > '07:30:00');
    await play.click();
    await part(visit, 'consumers');
    const field = visit.app.getByRole('textbox', { name: 'Workers', exact: true });
    await field.waitFor();
    await freeze(visit);
    // The slider of the same number shows what is in force.
    const inForce = async () => Number(await visit.app.locator('.inspector input[type=range]').first().inputValue());
    assert.equal(await inForce(), 60);
    // The press that brings the focus selects what is there.
    await field.click();
    await visit.page.keyboard.type('8');
    await waits(visit, 500);
    assert.equal(await inForce(), 60, '8 is not in force');
    await visit.page.keyboard.type('0');
    await waits(visit, PAUSE_MS - 100);
    assert.equal(await inForce(), 60, 'the pause is not over');
    await waits(visit, 200);
    assert.equal(await inForce(), 80);
    await visit.app.getByRole('button', { name: /marks?$/ }).click();
    const marks = await visit.app.locator('.marks-list li').allInnerTexts();
    assert.deepEqual(marks.filter((text) => /workers/.test(text)).map((text) => text.match(/workers .*/)[0]), ['workers 60 → 80']);
    await visit.close();
  });

  test('takes effect when the page goes away', async () => {
    const visit = await open({ design: 'queue-60' });
    await part(visit, 'api');
    const field = visit.app.locator('#param-api-threads');
    await field.waitFor();
    await freeze(visit);
    await types(visit, field, '25');
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await part(visit, 'api');
    assert.equal(await field.inputValue(), '25');
    await visit.close();
  });

  test('is one step to undo, and each number that was in force is one', async () => {
    const visit = await open({ design: 'queue-60' });
    await part(visit, 'api');
    const field = visit.app.locator('#param-api-threads');
    const first = await field.inputValue();
    await freeze(visit);
    await types(visit, field, '25');
    await waits(visit, PAUSE_MS + 100);
    await types(visit, field, '30');
    await key(visit, 'Enter');
    await undo(visit).click();
    assert.equal(await field.inputValue(), '25');
    await undo(visit).click();
    assert.equal(await field.inputValue(), first);
    assert.ok(await undo(visit).isDisabled());
    await visit.close();
  });
});
