// The charts in the page: the crosshair in step, a range chosen and given up, a sketch drawn and kept, figures and pictures saved, and nothing
// for axe to find on the way.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { content, finished, kept } from './support/learner.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('charts', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const plot = (visit, chart) => visit.app.locator(`[data-chart=${chart}] .plot`);
  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const more = async (visit, chart, item) => {
    await button(visit, `${chart}: more`).click();
    await button(visit, item).click();
  };
  const key = async (visit, ...keys) => { for (const k of keys) await visit.page.keyboard.press(k); };
  /** The time on each chart's crosshair. */
  const times = (visit) => visit.app.locator('.readout b').allInnerTexts();
  /** What a slider says of itself. */
  const told = (visit, chart) => plot(visit, chart).getAttribute('aria-valuetext');

  async function clean(visit, what) {
    const found = await visit.app.evaluate(`(() => { ${axe}; return globalThis.axe.run('.charts', {
      rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
    }); })()`);
    const words = found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
    assert.deepEqual(words, [], what);
  }

  /** A visit with a run that has come to its end, and its result closed. */
  async function ended(options = {}) {
    const visit = await house.visit('hosted', { ...options, prepare: kept({ design: 'demand-breaker', scenario: 'outage' }) });
    await finished(visit);
    await button(visit, 'Close the result').click();
    return visit;
  }

  /** Drags over a chart, from one share of its width to another. */
  async function drag(visit, chart, from, to, release = true) {
    const box = await plot(visit, chart).boundingBox();
    const y = box.y + box.height / 2;
    await visit.page.mouse.move(box.x + box.width * from, y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(box.x + box.width * (from + to) / 2, y, { steps: 3 });
    await visit.page.mouse.move(box.x + box.width * to, y, { steps: 3 });
    if (release) await visit.page.mouse.up();
  }

  test('the crosshair goes in step by keys, and the chart with the focus tells its values', async () => {
    const visit = await ended();
    await plot(visit, 'flow').focus();
    await key(visit, 'Home', 'ArrowRight', 'ArrowRight');
    assert.deepEqual(await times(visit), Array(4).fill('07:32:00'));
    assert.match(await told(visit, 'flow'), /^07:32:00: accepted [\d.]+\/s; arrive [\d.]+\/s; confirmed [\d.]+\/s$/);
    await key(visit, 'Shift+ArrowRight');
    assert.deepEqual(await times(visit), Array(4).fill('07:42:00'));
    await key(visit, 'PageUp');
    assert.deepEqual(await times(visit), Array(4).fill('08:12:00'));
    await key(visit, 'PageDown', 'End');
    assert.deepEqual(await times(visit), Array(4).fill('10:30:00'));
    assert.equal(await visit.app.locator('.readout [aria-live], .readout[aria-live]').count(), 0, 'four boxes do not speak at once');
    await key(visit, 'Escape');
    assert.equal((await times(visit)).length, 0);
    await visit.close();
  });

  test('a pointer moves it too, a press pins it, and a story and a moment can be had there', async () => {
    const visit = await ended();
    const box = await plot(visit, 'gap').boundingBox();
    await visit.page.mouse.move(box.x + box.width * 0.4, box.y + 40);
    assert.equal(new Set(await times(visit)).size, 1);
    assert.equal((await times(visit)).length, 4);
    await visit.page.mouse.down();
    await visit.page.mouse.up();
    await visit.page.mouse.move(box.x + box.width * 0.4, box.y - 200);
    assert.equal((await times(visit)).length, 4, 'it stays');
    await clean(visit, 'a pinned crosshair');
    await button(visit, 'Take the crosshair away').click();
    assert.equal((await times(visit)).length, 0);
    await visit.page.mouse.click(box.x + box.width * 0.4, box.y + 40);
    await button(visit, 'A booking’s story').click();
    await visit.app.getByText(/booking \d/i).first().waitFor();
    await visit.close();
  });

  test('a dragged range zooms all four in step; keys, a button and a double click go back', async () => {
    const visit = await ended();
    /** The clock under each chart is drawn, so the crosshair at the window's ends says what is shown. */
    const ends = async () => {
      await plot(visit, 'gap').focus();
      await key(visit, 'Home');
      const [from] = await times(visit);
      await key(visit, 'End');
      const [to] = await times(visit);
      await key(visit, 'Escape');
      return [from, to];
    };
    assert.deepEqual(await ends(), ['07:30:00', '10:30:00']);
    await drag(visit, 'backlog', 0.5, 0.3);
    const [from, to] = await ends();
    assert.ok(from > '07:45' && to < '09:15', `${from} to ${to}`);
    await clean(visit, 'zoomed');
    await button(visit, 'Whole morning').click();
    assert.deepEqual(await ends(), ['07:30:00', '10:30:00']);
    // A drag that is given up changes nothing.
    await plot(visit, 'flow').focus();
    await drag(visit, 'flow', 0.3, 0.6, false);
    await key(visit, 'Escape');
    await visit.page.mouse.up();
    assert.deepEqual(await ends(), ['07:30:00', '10:30:00']);
    await key(visit, 'Home', '+', '+');
    assert.deepEqual(await ends(), ['07:30:00', '08:15:00']);
    await key(visit, '-');
    assert.deepEqual(await ends(), ['07:30:00', '09:00:00']);
    await key(visit, '0');
    assert.deepEqual(await ends(), ['07:30:00', '10:30:00']);
    await more(visit, 'Flow', 'Zoom in');
    assert.deepEqual(await ends(), ['08:15:00', '09:45:00']);
    const box = await plot(visit, 'work').boundingBox();
    await visit.page.mouse.dblclick(box.x + box.width / 2, box.y + 60);
    assert.deepEqual(await ends(), ['07:30:00', '10:30:00']);
    await visit.close();
  });

  test('a backlog that is drawn first stays under the real one, after a reload too', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker', scenario: 'outage' }) });
    await button(visit, 'Draw what you expect').click();
    await clean(visit, 'an empty sketch');
    const box = await visit.app.locator('.drawing canvas').boundingBox();
    await visit.page.mouse.move(box.x + box.width * 0.25, box.y + box.height - 25);
    await visit.page.mouse.down();
    await visit.page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.4, { steps: 8 });
    await visit.page.mouse.move(box.x + box.width * 0.7, box.y + box.height - 22, { steps: 8 });
    await visit.page.mouse.up();
    assert.match(await visit.app.locator('#sketch-0').inputValue(), /^\d{5}$/, 'the figures follow');
    await clean(visit, 'a sketch');
    await button(visit, 'Done').click();
    const words = visit.app.locator('[data-chart=backlog] .sub');
    assert.match(await words.innerText(), /You expect [\d\s]+ at 08:\d\d, drained at 09:\d\d/);
    assert.equal(await button(visit, 'Draw what you expect').count(), 0);
    const stored = () => visit.app.evaluate(() => JSON.parse(localStorage.getItem('waiting-room.saved.v1')).sketches?.outage?.length ?? 0);
    await visit.app.waitForFunction(() => localStorage.getItem('waiting-room.saved.v1').includes('"sketches":{"outage"'));
    assert.ok(await stored() > 20);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.match(await words.innerText(), /You expect/);
    await finished(visit);
    assert.match(await words.innerText(), /Peak 2\d\s\d{3} at 08:2\d; you expected [\d\s]+ at 08:\d\d\s+Drained by 0\d:\d\d; you expected 09:\d\d/);
    await visit.close();
  });

  test('three figures do the same, and say what is impossible', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker', scenario: 'outage' }) });
    await more(visit, 'Backlog', 'What you expect');
    const field = (n) => visit.app.locator(`#sketch-${n}`);
    await field(0).fill('5 000');
    await field(1).fill('08:10');
    await field(2).fill('08:05');
    await field(2).blur();
    await visit.app.getByText('Allowed is a time after the peak').waitFor();
    assert.equal(await field(2).getAttribute('aria-invalid'), 'true');
    await clean(visit, 'a wrong figure');
    await field(2).fill('09:30');
    await field(2).blur();
    await button(visit, 'Done').click();
    const words = visit.app.locator('[data-chart=backlog] .sub');
    assert.match(await words.innerText(), /You expect 5\s000 at 08:10, drained at 09:30/);
    // Escape leaves it as it was; Clear and Done take it away.
    await more(visit, 'Backlog', 'What you expect');
    await button(visit, 'Clear').click();
    await key(visit, 'Escape');
    assert.match(await words.innerText(), /You expect 5\s000/);
    await more(visit, 'Backlog', 'What you expect');
    await button(visit, 'Clear').click();
    await button(visit, 'Done').click();
    await button(visit, 'Draw what you expect').waitFor();
    await visit.close();
  });

  test('every chart is saved as figures and as a picture, and so is the distribution', async () => {
    const visit = await ended();
    const save = async (press) => {
      const [download] = await Promise.all([visit.page.waitForEvent('download'), press()]);
      return { name: download.suggestedFilename(), bytes: await content(download) };
    };
    const check = (file, name, ending) => {
      assert.equal(file.name, `waiting-room-${name}-outage-1.${ending}`);
      if (ending === 'png') {
        assert.equal(file.bytes.subarray(1, 4).toString(), 'PNG');
        assert.deepEqual([file.bytes.readUInt32BE(16), file.bytes.readUInt32BE(20)], [1920, 960]);
        assert.ok(file.bytes.length > 30_000, 'there is something to see');
      } else {
        assert.ok(!/^[=+\-@]/m.test(file.bytes.toString().replace('\ufeff', '')), 'nothing that a spreadsheet would run');
      }
    };
    for (const [title, id, heads] of [['The gap', 'gap', 'acknowledged, p50'], ['Backlog', 'backlog', 'waiting (messages)'], ['Flow', 'flow', 'arrive'], ['Workers and money', 'work', 'cost (GBP)']]) {
      check(await save(() => more(visit, title, 'Save as PNG')), id, 'png');
      const csv = await save(() => more(visit, title, 'Save as CSV'));
      check(csv, id, 'csv');
      const rows = csv.bytes.toString().trim().split('\r\n');
      assert.equal(rows.length, 1081);
      assert.ok(rows[0].includes(heads), rows[0]);
    }
    await button(visit, 'Distribution').click();
    await visit.app.locator('#spread-words').getByText(/95\s% within 10\smin/).waitFor();
    await clean(visit, 'the distribution');
    check(await save(() => button(visit, 'Save as PNG').click()), 'distribution', 'png');
    check(await save(() => button(visit, 'Save as CSV').click()), 'distribution', 'csv');
    await button(visit, 'Data').click();
    assert.match(await visit.app.locator('dialog .table tbody tr').nth(3).innerText(), /^95\s%\s+\d+\sms\s+10\smin/);
    await clean(visit, 'the distribution as a table');
    await visit.close();
  });

  test('two fingers zoom, one looks, and the page still scrolls', async () => {
    const visit = await ended({ context: { viewport: { width: 360, height: 740 }, hasTouch: true } });
    await visit.app.getByRole('tab', { name: 'Charts' }).first().click();
    const box = await plot(visit, 'gap').boundingBox();
    const client = await visit.context.newCDPSession(visit.page);
    const at = (share) => ({ x: box.x + box.width * share, y: box.y + 50 });
    const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((p, id) => ({ ...p, id })) });
    await touch('touchStart', at(0.4));
    await touch('touchEnd');
    assert.equal((await times(visit)).length, 4, 'a tap keeps its crosshair');
    await touch('touchStart', at(0.4), at(0.6));
    await touch('touchMove', at(0.3), at(0.7));
    await touch('touchMove', at(0.2), at(0.8));
    await touch('touchEnd');
    await button(visit, 'Whole morning').waitFor();
    assert.equal(await plot(visit, 'gap').evaluate((e) => getComputedStyle(e).touchAction), 'pan-y');
    await clean(visit, 'zoomed by two fingers');
    await visit.close();
  });
});
