// A page around this one, on another origin: it drives the page by messages and reads the result; nobody else does, and nothing that is said does
// harm. It is asked for room in the ways of its kind; a frame that is taken away comes back as it was.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { pinnedRuns } from './support/probe.mjs';

const design = async (id) => JSON.parse(await readFile(new URL(`../../static/katas/waiting-room/designs/${id}.json`, import.meta.url), 'utf8'));
const OWN = /^waiting-room:/;

/** For a context's init script: the page around notes all that it hears, with the time, and whatever a double of a host does about it. */
function listening(host) {
  if (globalThis !== globalThis.top) return;
  globalThis.heard = [];
  addEventListener('message', ({ data, origin, source }) => {
    if (source !== frames[0]) return;
    globalThis.heard.push({ ...data, origin, at: performance.now() });
    const iframe = document.querySelector('iframe');
    if (host === 'canvas' && data.subject === 'lti.frameResize') iframe.style.height = `${data.height}px`;
    if (host === 'growing' && data.subject === 'lti.frameResize') iframe.style.height = `${iframe.clientHeight + 3}px`;
    if (host === 'h5p' && data.context === 'h5p') {
      // As H5P's own resizer does it.
      const answer = (action) => source.postMessage({ context: 'h5p', action }, origin);
      if (data.action === 'hello') answer('hello');
      if (data.action === 'prepareResize' && iframe.clientHeight !== data.scrollHeight) {
        iframe.style.height = `${data.clientHeight}px`;
        answer('resizePrepared');
      }
      if (data.action === 'resize') iframe.style.height = `${data.scrollHeight}px`;
    }
  });
}

describe('A page around', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  async function open(form, { host, prepare, ...options } = {}) {
    return house.visit(form, {
      prepare: async (context) => {
        await context.addInitScript(listening, host);
        await prepare?.(context);
      },
      ...options,
    });
  }

  const say = (visit, type, fields = {}) => visit.page.evaluate((data) => frames[0].postMessage(data, '*'), { type: `waiting-room:${type}`, ...fields });
  const heard = (visit) => visit.page.evaluate(() => globalThis.heard);
  /** Waits for the latest message of a type, of which there are more than `before`. */
  async function told(visit, type, before = 0) {
    const all = await visit.page.waitForFunction(([type, before]) => {
      const all = globalThis.heard.filter((data) => data.type === `waiting-room:${type}`);
      return all.length > before && all;
    }, [type, before]);
    return (await all.jsonValue()).at(-1);
  }
  const count = async (visit, type) => (await heard(visit)).filter((data) => data.type === `waiting-room:${type}`).length;
  /** Asks for the result: whatever was said before is done when it comes. */
  async function asked(visit) {
    const before = await count(visit, 'result');
    await say(visit, 'get-result');
    return told(visit, 'result', before);
  }
  const seen = async (visit) => [
    await visit.app.locator('#design-name').inputValue(), await visit.app.locator('.bar .pick').inputValue(), await visit.app.locator('#seed').inputValue(),
  ];

  test('drives the page from another origin, before it listens too, and reads what came of it', async () => {
    const [pinned] = (await pinnedRuns()).filter((run) => run.design === 'demand-breaker');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const prepare = (context) => context.route('**/*_late.wasm', async (route) => { await held; await route.continue(); });
    const visit = await open('cross-site', { prepare });
    const own = await seen(visit);
    // Not yet there: it waits.
    await say(visit, 'load', { design: await design('demand-breaker') });
    await say(visit, 'set', { scenario: pinned.scenario, seed: pinned.seed, speed: 'max', theme: 'dark' });
    await say(visit, 'play');
    assert.deepEqual(await heard(visit), []);
    release();
    const result = await told(visit, 'result');
    const score = await told(visit, 'score');
    const all = await heard(visit);
    assert.deepEqual([score.format, score.points, score.scenarios.find(({ id }) => id === pinned.scenario).digest], ['waiting-room/score', result.passed ? 25 : 0, pinned.digest]);
    assert.deepEqual([result.scenario, result.seed, result.digest], [pinned.scenario, pinned.seed, pinned.digest], 'the digest of the command line');
    assert.ok(result.receipt.startsWith('WR1-') && result.goals.length > 0);
    assert.equal(result.passed, result.goals.every(({ met }) => met));
    assert.deepEqual(all.filter(({ type }) => OWN.test(type) && !type.endsWith('design-changed')).map(({ type }) => type.slice(13)).filter((type, at, list) => type !== list[at - 1]),
      ['ready', 'resize', 'run-started', 'progress', 'result', 'score']);
    const figures = all.filter(({ type }) => type === 'waiting-room:progress');
    assert.deepEqual(result.goals.map(({ metric }) => figures.at(-1)[metric]), result.goals.map(({ value }) => value), 'the last figures are those of the end');
    assert.ok(all.every(({ origin }) => origin === new URL(visit.app.url()).origin));
    // Its looks, and the learner's own.
    assert.equal(await visit.app.locator('html').getAttribute('data-theme'), 'dark');
    await visit.app.locator('.banner').getByText('Your own design is as you left it.').waitFor();
    const { asked: isAnswer, at, ...same } = await asked(visit);
    assert.deepEqual([isAnswer, same], [true, (({ at, ...rest }) => rest)(result)], 'the receipt with its time too');
    await visit.app.getByRole('button', { name: 'Back to your design' }).click();
    assert.deepEqual(await seen(visit), own);
    await visit.close();
  });

  test('pauses, sets and resets, hears of a new design and of what is refused', async () => {
    const visit = await open('cross-site', { tail: '?speed=60' });
    await told(visit, 'ready');
    const nothing = await asked(visit);
    assert.deepEqual([nothing.scenario, nothing.passed, nothing.digest, nothing.receipt], ['monday', null, null, null]);
    await say(visit, 'set', { scenario: 'flu-season', seed: 'many' });
    assert.match((await told(visit, 'error')).message, /seed: "many" is not allowed; allowed: a whole number/);
    assert.equal((await seen(visit))[1], 'monday', 'all or nothing');
    await say(visit, 'play');
    await visit.page.waitForFunction(() => globalThis.heard.filter(({ type }) => type === 'waiting-room:progress').length > 3);
    await say(visit, 'pause');
    await asked(visit);
    await visit.app.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const times = (await heard(visit)).filter(({ type }) => type === 'waiting-room:progress').map(({ t_s: time }) => time);
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
    await say(visit, 'load', { design: await design('queue-60') });
    const changed = await told(visit, 'design-changed');
    await say(visit, 'reset');
    await told(visit, 'design-changed', 1);
    await say(visit, 'load', { link: changed.link });
    await told(visit, 'design-changed', 2);
    assert.equal((await seen(visit))[0], (await design('queue-60')).name);
    await say(visit, 'load', { design: { ...await design('queue-60'), edges: [] } });
    await told(visit, 'design-changed', 3);
    await say(visit, 'play');
    assert.match((await told(visit, 'error', 1)).message, /The design can't run yet/);
    await visit.close();
  });

  test('hears of each run though it only listens, and nobody but the parent is heard', async () => {
    const visit = await open('cross-site', { tail: '?speed=max' });
    await told(visit, 'ready');
    const own = await seen(visit);
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await told(visit, 'score');
    // Of progress as much as the machine has time for.
    const kinds = (await heard(visit)).map(({ type, subject, context }) => type ?? subject ?? context);
    assert.deepEqual(kinds.filter((kind, at) => kind !== 'waiting-room:progress' || kinds[at - 1] !== kind),
      ['SPLICE.getState', 'waiting-room:ready', 'h5p', 'waiting-room:resize', 'lti.frameResize', 'plugin.resize', 'h5p',
        'waiting-room:run-started', 'waiting-room:progress', 'waiting-room:result', 'waiting-room:score']);
    // A frame beside it, and the page itself.
    await visit.page.evaluate(() => new Promise((done) => {
      const other = document.body.appendChild(document.createElement('iframe'));
      globalThis.answers = 0;
      other.contentWindow.addEventListener('message', () => { globalThis.answers += 1; });
      other.contentWindow.eval("parent.frames[0].postMessage({ type: 'waiting-room:set', scenario: 'flu-season', seed: 9 }, '*')");
      setTimeout(done);
    }));
    await visit.app.evaluate(() => postMessage({ type: 'waiting-room:set', scenario: 'flu-season', seed: 9 }, '*'));
    assert.equal((await asked(visit)).scenario, 'monday');
    assert.deepEqual([await seen(visit), await visit.page.evaluate(() => globalThis.answers)], [own, 0]);
    await visit.close();
  });

  test('is answered, and no more, whatever else it says', async () => {
    const visit = await open('same-origin');
    await told(visit, 'ready');
    const state = async () => [await seen(visit), await visit.app.evaluate(() => [location.href, JSON.stringify(localStorage), document.querySelector('.clock').textContent])];
    await asked(visit);
    const before = await state();
    const ours = await visit.page.evaluate(() => {
      let seed = 1;
      const random = (below) => { seed = (seed * 48271) % 2147483647; return seed % below; };
      const circle = { type: 'waiting-room:load' };
      circle.design = circle;
      let deep = [];
      for (let level = 0; level < 900; level++) deep = [deep];
      const odd = [
        null, true, -1, NaN, Infinity, 1e300, '', 'null', '__proto__', '{"type":"waiting-room:play"}', [], [[]], {}, deep, circle, new Map([['type', 'waiting-room:play']]),
        new Set([1]), new Date(0), /x/, new Error('x'), new ArrayBuffer(8), 10n, { __proto__: null, type: 'waiting-room:' }, 'A'.repeat(100_000), { toString: 1, valueOf: 2, length: -1 },
      ];
      const any = () => odd[random(odd.length)];
      const post = (data) => frames[0].postMessage(data, '*');
      const names = ['load', 'set', 'play', 'pause', 'reset', 'get-result'];
      const keys = ['scenario', 'seed', 'speed', 'theme', 'lang'];
      let ours = 0;
      const text = (data) => { try { return JSON.stringify(data) ?? 'undefined'; } catch { return ''; } };
      for (let round = 0; round < 1000; round++) {
        const data = [
          () => any(),
          () => ({ type: any(), design: any() }),
          () => ({ type: `waiting-room:${names[random(6)]}`, extra: any() }),
          () => ({ type: 'waiting-room:set', [keys[random(5)]]: [any()] }),
          () => ({ type: 'waiting-room:load', design: any() }),
          () => ({ type: 'waiting-room:load', link: ['#r1.', '#r9.x', `r1.${'A'.repeat(70_000)}`][random(3)] }),
        ][round % 6]();
        post(data);
        const said = text(data);
        // Nesting beyond what any file may have is no message at all.
        if (/^\{"type":"waiting-room:/.test(said) && !said.includes('['.repeat(200))) ours += 1;
      }
      post(undefined);
      post({ type: 'waiting-room:load', link: 'A'.repeat(2_000_000) });
      return ours + 1;
    });
    await asked(visit);
    assert.ok(ours > 500);
    assert.equal(await count(visit, 'error'), ours, 'each of ours is answered');
    assert.deepEqual(await state(), before);
    await visit.close();
  });

  test('is asked for room, grows, and is left in peace', async () => {
    const height = (visit) => visit.page.evaluate(() => document.querySelector('iframe').clientHeight);
    const low = (visit) => visit.page.evaluate(() => { document.querySelector('iframe').style.height = '300px'; });
    for (const host of ['canvas', 'h5p']) {
      const visit = await open('cross-site', { host, context: { viewport: { width: 800, height: 900 } } });
      await told(visit, 'resize');
      assert.equal(await height(visit), 800, 'what is high enough stays');
      await low(visit);
      const { height: wanted } = await told(visit, 'resize', 1);
      await visit.page.waitForFunction((wanted) => document.querySelector('iframe').clientHeight === wanted, wanted);
      await asked(visit);
      assert.deepEqual([await height(visit), await count(visit, 'resize')], [wanted, 2]);
      const all = await heard(visit);
      assert.deepEqual([all.findLast(({ subject }) => subject === 'lti.frameResize').height, all.findLast(({ type }) => type === 'plugin.resize').payload], [wanted, { height: wanted }]);
      await visit.close();
    }
    const growing = await open('cross-site', { host: 'growing', context: { viewport: { width: 800, height: 900 } } });
    await told(growing, 'resize');
    await low(growing);
    await growing.page.waitForFunction(() => globalThis.heard.filter(({ type }) => type === 'waiting-room:resize').length > 15);
    await growing.close();
    const quiet = await open('cross-site', { tail: '?embed=1&host=jsinput' });
    await quiet.app.getByRole('button', { name: 'To the end' }).click();
    await quiet.app.locator('.verdict').waitFor();
    const objects = async () => (await heard(quiet)).map(({ type }) => type).filter((type) => type);
    assert.deepEqual(await objects(), [], 'where each message is taken for JSON, none is sent unasked');
    await asked(quiet);
    assert.deepEqual(await objects(), ['waiting-room:result']);
    await quiet.close();
  });

  for (const form of ['same-origin', 'sandbox', 'cross-site']) {
    test(`takes the frame away in the middle of a run and puts it back: ${form}`, async () => {
      const visit = await open(form, { tail: '?speed=60' });
      await told(visit, 'ready');
      await say(visit, 'load', { design: await design('queue-60') });
      await visit.app.getByRole('button', { name: 'Keep this one' }).click();
      const { link } = await told(visit, 'design-changed');
      await say(visit, 'play');
      await visit.page.waitForFunction(() => globalThis.heard.some((data) => data.type === 'waiting-room:progress' && data.t_s > 30));
      await say(visit, 'pause');
      await asked(visit);
      const clock = await visit.app.locator('.clock').innerText();
      await visit.page.evaluate(async () => {
        const iframe = document.querySelector('iframe');
        const { src } = iframe;
        const loaded = () => new Promise((done) => { iframe.addEventListener('load', done, { once: true }); });
        let done = loaded();
        iframe.src = 'about:blank';
        await done;
        done = loaded();
        iframe.src = src;
        await done;
      });
      await told(visit, 'ready', 1);
      // A browser gives a frame of another site a storage or none.
      const kept = await visit.app.evaluate(() => { try { return sessionStorage.length > 0; } catch { return false; } });
      assert.ok(kept || form !== 'same-origin');
      if (!kept) {
        // Without a storage nothing outlives it but what the page around has kept.
        assert.equal(await visit.app.locator('.clock').innerText(), '07:30:00');
        await say(visit, 'load', { link });
        await asked(visit);
      } else {
        await visit.app.waitForFunction((clock) => document.querySelector('.clock').textContent === clock, clock);
      }
      assert.equal((await seen(visit))[0], (await design('queue-60')).name);
      await visit.close();
    });

    test(`starts nothing out of sight, scrolls on at the end of a panel, and offers what works: ${form}`, async () => {
      const course = '<p style="height: 2000px"></p>';
      const visit = await open(form, { tail: '?embed=1&autoplay=1&speed=max&key=week-3', course });
      // Out of sight the browser gives a frame no frames: what waits for one there would wait for ever.
      const [page] = visit.context.pages();
      const result = (before) => page.waitForFunction((before) => globalThis.heard.filter(({ type }) => type === 'waiting-room:result').length > before, before);
      await page.waitForFunction(() => globalThis.heard.some(({ type }) => type === 'waiting-room:ready'));
      await page.evaluate(() => frames[0].postMessage({ type: 'waiting-room:get-result' }, '*'));
      await result(0);
      assert.equal(await page.frames()[1].locator('.clock').innerText(), '07:30:00');
      await page.evaluate(() => scrollTo(0, 1200));
      await result(1);
      await visit.app.locator('.verdict').waitFor();
      assert.equal(await count(visit, 'run-started'), 1);
      const scrolled = () => visit.page.evaluate(() => scrollY);
      for (const panel of ['#panel-brief', '.diagram']) {
        await visit.page.evaluate(() => scrollTo(0, 1800));
        const { x, y } = await visit.app.locator(panel).boundingBox();
        await visit.page.mouse.move(x + 100, y + 100);
        for (let turn = 0; turn < 60 && await scrolled() <= 1800; turn++) await visit.page.mouse.wheel(0, 400);
        assert.ok(await scrolled() > 1800, panel);
      }
      await visit.close();
    });
  }

  test('may forbid tabs without a word: the address is there to be copied', async () => {
    const context = { viewport: { width: 800, height: 700 } };
    for (const form of ['sandbox', 'cross-site']) {
      const visit = await open(form, { tail: '?embed=1&key=week-3&panels=brief', context });
      await visit.app.getByRole('button', { name: 'More', exact: true }).click();
      const link = visit.app.getByRole('link', { name: 'Open full' });
      const field = visit.app.getByLabel('To open it full, copy its address');
      const address = new URL(form === 'sandbox' ? await field.inputValue() : await link.getAttribute('href'));
      assert.deepEqual([await link.count(), await field.count()], form === 'sandbox' ? [0, 1] : [1, 0]);
      assert.equal(address.search, '?scenario=monday&seed=1&key=week-3');
      assert.match(address.hash, /^#r1\./);
      if (form === 'sandbox') {
        const [room, list] = [await field.boundingBox(), await visit.app.locator('.more-list').boundingBox()];
        assert.ok(room.width > 240 && room.width > list.width - 60, `${room.width} of ${list.width}`);
        await visit.app.getByRole('button', { name: 'Copy the address' }).click();
        await visit.app.locator('.more-list .told').getByText(/clipboard/).waitFor();
      }
      await visit.close();
    }
  });
});
