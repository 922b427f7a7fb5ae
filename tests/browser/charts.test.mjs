// The tracks of the page: one axis of time, figures of one moment, the goals beside their curves, a track enlarged; the crosshair in step, a
// range chosen and given up, figures and pictures saved, and nothing for axe to find on the way.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeFinds } from './support/axe.mjs';
import { openHouse } from './support/house.mjs';
import { content, finished, kept } from './support/learner.mjs';

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
  /** The time of the crosshair, as each track says it. */
  const times = (visit) => visit.app.locator('.track .at').allInnerTexts();
  const track = (visit, chart) => visit.app.locator(`.track[data-chart=${chart}]`);
  /** What a track says of its curves, by their keys. */
  const values = (visit, chart) => track(visit, chart).locator('.curve').evaluateAll((all) => Object.fromEntries(all.map((e) => [e.dataset.key, e.querySelector('.value').textContent])));
  const height = (visit, chart) => track(visit, chart).evaluate((e) => Math.round(e.getBoundingClientRect().height));
  const goal = (visit, key) => visit.app.locator(`.decides .goal[data-goal=${key}]`);
  /** The words of a chart for who can't see it. */
  const words = (visit, chart) => visit.app.locator(`#words-${chart}`).textContent();
  const grown = (visit, chart, px) => visit.app.waitForFunction(([chart, px]) => Math.abs(document.querySelector(`.track[data-chart=${chart}]`).getBoundingClientRect().height - px) < 1, [chart, px]);
  /** What a slider says of itself. */
  const told = (visit, chart) => plot(visit, chart).getAttribute('aria-valuetext');

  const clean = async (visit, what) => assert.deepEqual(await axeFinds(visit, { within: '.charts' }), [], what);

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

  test('a moment has one place: in the ribbon, in the stage and in every track', async () => {
    const visit = await ended();
    const slider = visit.app.getByRole('slider', { name: 'Time of day in the run' });
    const box = (locator) => locator.evaluate((e) => { const { left, right } = e.getBoundingClientRect(); return { left, right }; });
    const ribbon = await box(visit.app.locator('.strip-drawing'));
    for (const chart of ['gap', 'backlog', 'flow', 'work']) {
      const { left, right } = await box(plot(visit, chart));
      assert.ok(Math.abs(left - ribbon.left) <= 1.5 && Math.abs(right - ribbon.right) <= 1.5, `${chart}: ${left}–${right}, the ribbon ${ribbon.left}–${ribbon.right}`);
      for (const share of [0.1, 0.45, 0.9]) {
        const x = Math.round(left + (right - left) * share);
        const { y, height } = await plot(visit, chart).boundingBox();
        await visit.page.mouse.move(x, y + height / 2);
        const [at] = await times(visit);
        const [h, m, s] = at.split(':').map(Number);
        const wanted = 27_000 + (x - ribbon.left) / (ribbon.right - ribbon.left) * 10_800;
        assert.ok(Math.abs(h * 3600 + m * 60 + s - wanted) <= 20, `${at} at ${share} in ${chart}`);
      }
    }
    // The line itself is drawn there: the darkest column of the canvas.
    const { x, y, width, height: high } = await plot(visit, 'flow').boundingBox();
    await visit.page.mouse.move(Math.round(x + width * 0.95), y + high / 2);
    const line = await plot(visit, 'flow').evaluate((e) => {
      const canvas = e.querySelectorAll('canvas')[1];
      const [ratio, place] = [canvas.width / canvas.getBoundingClientRect().width, canvas.getBoundingClientRect().left];
      const { data, width } = canvas.getContext('2d').getImageData(0, 2, canvas.width, 1);
      let best = 0;
      for (let column = 0; column < width - 4; column++) if (data[column * 4 + 3] > data[best * 4 + 3]) best = column;
      return place + best / ratio;
    });
    assert.ok(Math.abs(line - Math.round(x + width * 0.95)) <= 2, `the crosshair is drawn at ${line}`);
    await visit.page.mouse.click(Math.round(x + width * 0.45), (await slider.boundingBox()).y + 20);
    await visit.app.waitForFunction(() => !document.querySelector('.strip-slider.seeking'));
    assert.ok(Math.abs(Number(await slider.getAttribute('aria-valuenow')) - 0.45 * 10_800) <= 30);
    await visit.close();
  });

  test('the figures are of one moment: beside the curves, on the cards and in the goals', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker', scenario: 'outage' }), tail: '?speed=300' });
    const card = (id) => visit.app.locator(`.diagram [data-id="${id}"]`).first().evaluate((e) => e.textContent.replace(/\s/g, ' '));
    const plain = (text) => text.replace(/\s/g, ' ');
    const agree = async (when) => {
      // Read in one go: between two readings the run goes on.
      const told = await visit.app.evaluate(() => {
        const of = (chart, key) => document.querySelector(`.track[data-chart=${chart}] .curve[data-key=${key}] .value`).textContent;
        const card = (id) => document.querySelector(`.diagram [data-id="${id}"]`).textContent;
        const goal = (key) => document.querySelector(`.decides .goal[data-goal=${key}] .value`).textContent;
        return {
          queue: card('queue'), patients: card('patients'), consumers: card('consumers'), waiting: of('backlog', 'depth'), oldest: of('backlog', 'age'),
          arrive: of('flow', 'arrivals'), busy: of('work', 'busy'), left: goal('final_backlog'),
        };
      });
      const { queue, patients, consumers, waiting, oldest, arrive, busy, left } = Object.fromEntries(Object.entries(told).map(([k, v]) => [k, plain(v)]));
      assert.ok(queue.includes(waiting), `${when}: ${waiting} waiting, the card says ${queue}`);
      assert.ok(waiting === '0' || queue.includes(oldest), `${when}: oldest ${oldest}, the card says ${queue}`);
      assert.ok(patients.includes(arrive), `${when}: ${arrive} arrive, the card says ${patients}`);
      assert.ok(consumers.includes(`${busy}`), `${when}: ${busy} busy, the card says ${consumers}`);
      assert.equal(left, waiting, when);
    };
    await button(visit, 'Play').click();
    await visit.app.waitForFunction(() => document.querySelector('.clock').textContent >= '08:01');
    await agree('while it plays');
    await button(visit, 'Pause').click();
    await agree('paused');
    assert.match(await card('queue'), /\d/);
    // At the crosshair they are the samples'; away from it they are now's again.
    const now = await values(visit, 'backlog');
    await plot(visit, 'backlog').focus();
    await key(visit, 'Home');
    assert.notDeepEqual(await values(visit, 'backlog'), now);
    await key(visit, 'Escape');
    assert.deepEqual(await values(visit, 'backlog'), now);
    await visit.close();
  });

  test('a name enlarges its track and folds the others, by mouse and by keys', async () => {
    const visit = await ended();
    const name = (title) => track(visit, title).locator('.title');
    assert.deepEqual([await height(visit, 'gap'), await height(visit, 'backlog'), await height(visit, 'work')], [92, 88, 74]);
    await name('work').click();
    await grown(visit, 'work', 260);
    await grown(visit, 'gap', 28);
    assert.equal(await name('work').getAttribute('aria-expanded'), 'true');
    assert.match((await values(visit, 'work')).cost, /^£/, 'money has its curve now');
    await clean(visit, 'the workers enlarged');
    await name('backlog').focus();
    await key(visit, 'Enter');
    await grown(visit, 'backlog', 260);
    await grown(visit, 'work', 28);
    await key(visit, 'Enter');
    await grown(visit, 'backlog', 88);
    assert.equal(await name('backlog').getAttribute('aria-expanded'), 'false');
    assert.equal((await values(visit, 'work')).cost, undefined);
    await visit.close();
  });

  test('a low window has Flow as a line, and a press unfolds it', async () => {
    const visit = await ended({ context: { viewport: { width: 1280, height: 720 } } });
    assert.deepEqual([await height(visit, 'gap'), await height(visit, 'flow')], [76, 28]);
    await track(visit, 'flow').locator('.title').click();
    await visit.app.waitForFunction(() => document.querySelector('.track[data-chart=flow]').getBoundingClientRect().height > 150);
    assert.equal(await visit.app.evaluate(() => document.documentElement.scrollHeight - innerHeight), 0);
    await visit.close();
  });

  test('goals say their limit, then their figure and how much of the limit is used up', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand', scenario: 'monday' }) });
    const said = (key, part) => goal(visit, key).locator(part).evaluate((e) => e.textContent.replace(/\s/g, ' '));
    assert.equal(await said('acceptance_p95_ms', '.value'), '≤ 200 ms');
    assert.equal(await said('acceptance_p95_ms', '.state'), 'not run yet');
    assert.equal(await goal(visit, 'acceptance_p95_ms').locator('.state svg').count(), 0);
    await finished(visit);
    assert.match(await said('acceptance_p95_ms', '.value'), /^\d\d ms$/);
    assert.equal(await said('acceptance_p95_ms', '.limit'), 'at most 200 ms');
    const share = await goal(visit, 'acceptance_p95_ms').locator('.meter').evaluate((e) => e.querySelector('.used').getBoundingClientRect().width / e.getBoundingClientRect().width);
    assert.ok(Math.abs(share - parseFloat(await said('acceptance_p95_ms', '.value')) / 200) < 0.01, `${share} of the bar`);
    for (const [chart, count] of [['gap', 2], ['backlog', 2], ['work', 2]]) assert.equal(await track(visit, chart).locator('.goal').count(), count, chart);
    assert.equal(await visit.app.locator('.track.missed').count(), 0);
    assert.match(await visit.app.locator('.standing .sum').innerText(), /^(\d) of \1 hold$/);
    await visit.close();
  });

  test('what is missed tints its row, and what is measured at the end is open until then', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60', scenario: 'monday' }), tail: '?speed=1800' });
    await button(visit, 'Play').click();
    await visit.app.waitForFunction(() => document.querySelector('.clock').textContent >= '08:20');
    await button(visit, 'Pause').click();
    const end = goal(visit, 'final_backlog');
    assert.match(await end.getAttribute('class'), /open|at-risk/);
    assert.match(await end.locator('.limit').innerText(), /at most 100 at 10:30/);
    assert.match(await goal(visit, 'max_backlog').getAttribute('class'), /missed/);
    assert.equal(await goal(visit, 'max_backlog').locator('.limit-tick').count(), 1, 'the limit lies within the bar');
    assert.match(await track(visit, 'backlog').getAttribute('class'), /missed/);
    assert.match(await visit.app.locator('.standing .sum').innerText(), /^[12] of \d missed$/);
    await clean(visit, 'a goal missed');
    await visit.close();
  });

  test('a curve is switched off by mouse and by keys, and its axis stays', async () => {
    const visit = await ended();
    const curve = (id) => visit.app.locator(`.curve[data-key=${id}]`);
    const painted = () => plot(visit, 'gap').evaluate((e) => e.querySelectorAll('canvas')[1].toDataURL());
    const whole = await painted();
    await curve('confirmed').click();
    assert.equal(await curve('confirmed').getAttribute('aria-selected'), 'false');
    assert.notEqual(await painted(), whole);
    await track(visit, 'gap').locator('.curves').focus();
    await key(visit, 'ArrowUp', 'Enter');
    assert.equal(await curve('confirmed').getAttribute('aria-selected'), 'true');
    await key(visit, 'ArrowDown', 'Enter');
    assert.equal(await curve('acknowledged').getAttribute('aria-selected'), 'false');
    await key(visit, 'Enter');
    await key(visit, 'ArrowUp');
    await clean(visit, 'the list of curves');
    await visit.close();
  });

  test('the figures stand in place of the plot, and a button leads back', async () => {
    const visit = await ended();
    await more(visit, 'Backlog', 'Data');
    await grown(visit, 'backlog', 260);
    const table = track(visit, 'backlog').locator('.table');
    const [inner, outer] = await Promise.all([table, plot(visit, 'backlog')].map((e) => e.evaluate((e) => { const { left, right, top, bottom } = e.getBoundingClientRect(); return [left, right, top, bottom].map(Math.round); })));
    assert.deepEqual(inner, outer, 'it covers the plot and nothing else');
    assert.ok(await table.locator('tbody tr').count() > 100);
    await clean(visit, 'a track as a table');
    await track(visit, 'backlog').getByRole('button', { name: 'Chart', exact: true }).click();
    await table.waitFor({ state: 'detached' });
    await grown(visit, 'backlog', 88);
    await visit.close();
  });

  test('a design without queue and workers shows its line and its calls, and offers no sketch', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'naive', scenario: 'monday' }) });
    await finished(visit);
    assert.deepEqual(await visit.app.locator('.track .title').allInnerTexts(), ['The gap', 'In line', 'Flow', 'Calls']);
    assert.match((await values(visit, 'work')).calls, /^\d+$/);
    assert.match(await track(visit, 'gap').getAttribute('class'), /missed/);
    await button(visit, 'Restart').click();
    await visit.app.waitForFunction(() => document.querySelector('.clock').textContent.startsWith('07:30:00'));
    assert.equal(await button(visit, 'Draw a guess').count(), 0, 'there is nothing to expect');
    await visit.close();
  });

  test('the crosshair goes in step by keys, and the chart with the focus tells its values', async () => {
    const visit = await ended();
    await plot(visit, 'flow').focus();
    await key(visit, 'Home', 'ArrowRight', 'ArrowRight');
    assert.deepEqual(await times(visit), Array(4).fill('07:32:00'));
    assert.match(await told(visit, 'flow'), /^07:32:00: arrive [\d.]+\/s; confirmed [\d.]+\/s/);
    await key(visit, 'Shift+ArrowRight');
    assert.deepEqual(await times(visit), Array(4).fill('07:42:00'));
    await key(visit, 'PageUp');
    assert.deepEqual(await times(visit), Array(4).fill('08:12:00'));
    await key(visit, 'PageDown', 'End');
    assert.deepEqual(await times(visit), Array(4).fill('10:30:00'));
    assert.equal(await visit.app.locator('.track [aria-live]').count(), 0, 'four tracks do not speak at once');
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
    for (const [title, id, heads] of [['The gap', 'gap', 'acknowledged, p50'], ['Backlog', 'backlog', 'waiting (messages)'], ['Flow', 'flow', 'arrive'], ['Workers', 'work', 'cost (GBP)']]) {
      check(await save(() => more(visit, title, 'Save as PNG')), id, 'png');
      const csv = await save(() => more(visit, title, 'Save as CSV'));
      check(csv, id, 'csv');
      const rows = csv.bytes.toString().trim().split('\r\n');
      assert.equal(rows.length, 1081);
      assert.ok(rows[0].includes(heads), rows[0]);
    }
    await more(visit, 'The gap', 'Distribution…');
    await visit.app.locator('#spread-words').getByText(/95\s% within 10\smin/).waitFor();
    await clean(visit, 'the distribution');
    check(await save(() => button(visit, 'Save as PNG').click()), 'distribution', 'png');
    check(await save(() => button(visit, 'Save as CSV').click()), 'distribution', 'csv');
    await button(visit, 'Data').click();
    assert.match(await visit.app.locator('dialog .table tbody tr').nth(3).innerText(), /^95\s%\s+\d+\sms\s+10\smin/);
    await clean(visit, 'the distribution as a table');
    await visit.close();
  });

  test('the steps of a schedule are dragged in the workers track, by pointer, finger and keys, as one step to undo', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'schedule' }), context: { hasTouch: true } });
    const grip = (at) => visit.app.locator('.step-grip').nth(at);
    const told = async (at) => (await grip(at).getAttribute('aria-valuetext')).replace('\u202f', ' ');
    const place = async (at) => { const b = await grip(at).locator('.grip').boundingBox(); return [b.x + b.width / 2, b.y + b.height / 2]; };
    await grip(0).waitFor();
    const before = await told(1);
    const [x, y] = await place(1);
    await visit.page.mouse.move(x, y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(x + 20, y + 4);
    await visit.page.mouse.move(x + 40, y + 8);
    await visit.page.mouse.up();
    const dragged = await told(1);
    assert.notEqual(dragged, before);
    assert.match(dragged, /^\d\d:\d\d, \d+ workers$/);
    const [now] = await place(1);
    assert.ok(Math.abs(now - x - 40) <= 6, `it stands where it was let go: ${now - x}`);
    await visit.app.getByRole('button', { name: /^Undo/ }).first().click();
    assert.equal(await told(1), before, 'one drag, one step');

    const client = await visit.context.newCDPSession(visit.page);
    const touch = (type, ...touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', { x, y });
    for (const by of [15, 30]) await touch('touchMove', { x: x + by, y });
    await touch('touchEnd');
    await visit.app.waitForFunction((was) => document.querySelectorAll('.step-grip')[1].getAttribute('aria-valuetext').slice(0, 5) !== was, before.slice(0, 5));
    assert.equal((await told(1)).slice(5), before.slice(5), 'along alone');
    await visit.app.getByRole('button', { name: /^Undo/ }).first().click();
    assert.equal(await told(1), before);

    await grip(1).focus();
    await key(visit, 'ArrowRight', 'Shift+ArrowRight', 'ArrowDown');
    const [time, workers] = before.match(/\d+:\d+|\d+(?= w)/g);
    const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
    const after = (await told(1)).match(/\d+:\d+|\d+(?= w)/g);
    assert.deepEqual([minutes(after[0]) - minutes(time), after[1] - workers], [11, -1]);
    await clean(visit, 'the steps of a schedule');
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
