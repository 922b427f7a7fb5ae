// Charts that are listened to: nothing sounds unasked; tones as high as the curve, in the order of the run, with the crosshair at the one that is
// heard; stopped or stepped, the values are said. The browser's sound is a double here that writes down what it is asked for.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeFinds } from './support/axe.mjs';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';
import { panel } from './support/states.mjs';

/** Takes the place of the browser's sound: notes each tone, and its time is what a test says. */
const double = (context) => context.addInitScript(() => {
  const heard = { clock: 0, contexts: [] };
  globalThis.heard = heard;
  class Param { value = 0; setValueAtTime(value) { this.value = value; return this; } linearRampToValueAtTime() { return this; } }
  globalThis.AudioContext = class {
    destination = {};
    tones = [];
    closed = false;
    constructor() { heard.contexts.push(this); }
    get currentTime() { return heard.clock; }
    createGain() { return { gain: new Param(), connect(to) { this.to = to; } }; }
    createOscillator() {
      const tones = this.tones;
      return {
        type: 'sine', frequency: new Param(), connect(to) { this.to = to; },
        start(at) { tones.push({ shape: this.type, hz: this.frequency.value, from: at, plays: Boolean(this.to?.to) }); },
        stop(at) { tones.at(-1).to = at; },
      };
    }
    close() { this.closed = true; return Promise.resolve(); }
  };
});

describe('A chart that is listened to', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const contexts = (visit) => visit.app.evaluate(() => globalThis.heard.contexts.map(({ tones, closed }) => ({ tones, closed })));
  const open = async (visit, title) => {
    await visit.app.getByRole('button', { name: `${title}: more` }).press('Enter');
    await visit.app.locator('.more-box .pop').getByRole('button', { name: 'Listen', exact: true }).press('Enter');
    await visit.app.locator('.listen').waitFor();
  };
  const said = (visit) => visit.app.locator('.listen .said');
  const press = (visit, name) => visit.app.locator('.listen').getByRole('button', { name, exact: true }).press('Enter');
  const until = (visit, clock) => visit.app.evaluate((clock) => { globalThis.heard.clock = clock; }, clock);
  const ended = async (options = {}) => {
    const visit = await house.visit('hosted', { prepare: async (context) => { await double(context); await kept({ design: 'demand-breaker' })(context); }, ...options });
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    return visit;
  };

  test('plays a tone a moment, as high as the curve, shows where it is, and stops', async () => {
    const visit = await ended();
    await open(visit, 'Backlog');
    assert.deepEqual(await contexts(visit), [], 'nothing sounds unasked');
    await visit.app.waitForFunction(() => document.activeElement.textContent.trim() === 'Play the tones');
    await visit.page.keyboard.press('Enter');
    await visit.app.locator('.listen').getByRole('button', { name: 'Stop the tones' }).waitFor();
    const [{ tones, closed }] = await contexts(visit);
    assert.equal(closed, false);
    const first = tones.filter(({ shape }) => shape === 'sine');
    assert.equal(first.length, 60, 'one a moment');
    assert.ok(tones.every(({ hz, plays }) => plays && hz >= 200 && hz <= 1000), 'all within the range, and heard');
    assert.ok(tones.every(({ from, to }, at) => to > from && (at === 0 || from >= tones[at - 1].to - 1e-9)), 'one after the other');
    assert.ok(tones.some(({ shape }) => shape === 'triangle'), 'the second curve has a voice of its own');
    assert.ok(tones.filter(({ shape }) => shape === 'sawtooth').length % 2 === 0, 'a limit that is crossed is crossed back');
    assert.equal(first[0].hz, 200, 'nobody waits at first');
    // The highest tone is the peak that the summary tells.
    const peak = first.reduce((best, tone) => tone.hz > best.hz ? tone : best);
    const figure = (words) => Number(words.replaceAll(/\s/g, ''));
    const most = figure((await visit.app.locator('#words-backlog').textContent()).match(/peaked at (.+?) at /)[1]);
    await until(visit, peak.from + 0.01);
    const waiting = /^(\d\d:\d\d:\d\d): waiting ([\d\s]+)/;
    await visit.app.waitForFunction((pattern) => new RegExp(pattern).test(document.querySelector('[data-chart=backlog] .plot').getAttribute('aria-valuetext')), waiting.source);
    const [, clock, many] = (await visit.app.locator('[data-chart=backlog] .plot').getAttribute('aria-valuetext')).match(waiting);
    assert.ok(figure(many) <= most && figure(many) > 0.8 * most, `${many} of at most ${most}`);
    assert.equal(await said(visit).textContent(), '', 'nothing is said into the tones');
    await press(visit, 'Stop the tones');
    await visit.app.waitForFunction((clock) => document.querySelector('.listen .said').textContent.startsWith(`${clock}: waiting `), clock);
    assert.equal((await contexts(visit))[0].closed, true, 'and it is silent');
    assert.deepEqual(await axeFinds(visit, { within: '.charts' }), []);
    await visit.close();
  });

  test('goes on from where it was, steps with the values, is silent when muted, and gives the chart back', async () => {
    const visit = await ended();
    await open(visit, 'The gap');
    await press(visit, 'Forward');
    const start = await said(visit).textContent();
    assert.match(start, /^07:3\d:\d\d: /);
    await press(visit, 'Forward');
    await visit.app.waitForFunction((before) => document.querySelector('.listen .said').textContent !== before, start);
    await press(visit, 'Back');
    await visit.app.waitForFunction((before) => document.querySelector('.listen .said').textContent === before, start);
    const stepped = await contexts(visit);
    assert.equal(stepped.length, 3);
    assert.deepEqual(stepped.map(({ tones }) => tones.length >= 1 && tones.length <= 4), [true, true, true]);
    assert.deepEqual(stepped.map(({ closed }) => closed), [true, true, false], 'a step ends the one before');
    // On from the second moment.
    await press(visit, 'Play the tones');
    await visit.app.waitForFunction(() => globalThis.heard.contexts.length === 4);
    const all = (await contexts(visit))[3].tones;
    assert.equal(all.filter(({ shape }) => shape === 'sine').length + 1, 60);
    await until(visit, 1000);
    await visit.app.locator('.listen').getByRole('button', { name: 'Play the tones' }).waitFor();
    assert.match(await said(visit).textContent(), /^10:2\d:\d\d: /, 'the last moment is said');
    await press(visit, 'Mute');
    await press(visit, 'Back');
    await visit.app.waitForFunction(() => !/^10:2[89]/.test(document.querySelector('.listen .said').textContent));
    assert.equal((await contexts(visit)).length, 4, 'muted: nothing is heard');
    assert.ok((await contexts(visit)).every(({ closed }) => closed));
    assert.equal(await visit.app.locator('.listen').getByRole('button', { name: 'Play the tones' }).isDisabled(), true);
    await press(visit, 'Mute');
    await press(visit, 'Stop listening');
    await visit.app.locator('.listen').waitFor({ state: 'detached' });
    assert.ok(await visit.app.evaluate(() => document.activeElement.matches('[data-chart=gap] .plot')), 'the focus stays near');
    await visit.close();
  });

  test('is there for a finger, on every chart, and says so where there is nothing to hear or to hear it with', async () => {
    const listen = async (visit, title) => {
      await visit.app.getByRole('button', { name: `${title}: more` }).click();
      await visit.app.locator('.more-box .pop').getByRole('button', { name: 'Listen', exact: true }).click();
      await visit.app.locator('.listen').waitFor();
    };
    const bare = await house.visit('hosted', { prepare: async (context) => { await double(context); await kept({ design: 'demand-breaker' })(context); } });
    await listen(bare, 'Flow');
    await press(bare, 'Play the tones');
    await said(bare).getByText('Nothing to hear yet: no run.').waitFor();
    await press(bare, 'Forward');
    assert.deepEqual(await contexts(bare), []);
    await bare.close();

    const visit = await house.visit('hosted', { context: { viewport: { width: 360, height: 740 }, hasTouch: true }, prepare: async (context) => { await context.addInitScript(() => { delete globalThis.AudioContext; }); await kept({ design: 'demand-breaker' })(context); } });
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).tap();
    await panel(visit, 'Charts');
    for (const title of ['The gap', 'Backlog', 'Flow', 'Workers']) {
      await listen(visit, title);
      const bar = visit.app.locator('.listen');
      await bar.getByRole('button', { name: 'Play the tones' }).tap();
      await said(visit).getByText('This browser plays no tones.').waitFor();
      await bar.getByRole('button', { name: 'Forward', exact: true }).tap();
      await said(visit).getByText(/^07:3\d:\d\d: /).waitFor();
      for (const button of await bar.getByRole('button').all()) assert.ok((await button.boundingBox()).height >= 44);
      assert.equal(await visit.app.evaluate(() => document.documentElement.scrollWidth), 360);
      await bar.getByRole('button', { name: 'Stop listening' }).tap();
      await bar.waitFor({ state: 'detached' });
    }
    await visit.close();
  });
});
