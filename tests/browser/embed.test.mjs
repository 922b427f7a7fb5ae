// `embed.js` in a page of somebody else's, under a strict policy: the element, its messages, prose that ticks itself. And the link builder: each
// option, each form of what is pasted, and that the pasted works.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { axeFinds } from './support/axe.mjs';
import { DIST, openHouse } from './support/house.mjs';
import { BASE } from './support/server.mjs';

const ROOT = path.join(import.meta.dirname, '../..');

/** What a host may allow at the least: nothing inline, no styles at all. */
const policy = (origin) => `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src data:`;
const PROSE = `<ul>
  <li id="wait" data-waiting-room-when="backlog > 500">Let <b>500</b> wait.</li>
  <li id="all" data-waiting-room-when="scenario = monday and passed and met.cost and cost &lt;= 10">Pass.</li>
  <li id="other" data-waiting-room-when="scenario = outage">Elsewhere.</li>
  <li id="never" data-waiting-room-when="backlog > 500 and max_backlog &lt; 500">Never.</li>
</ul>
<p id="for" data-waiting-room-when="t_s > 0" data-waiting-room-for="second">The other one’s.</p>`;

describe('For those who embed', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const origin = () => `http://127.0.0.1:${house.server.port}`;
  /** A host page: its body, on another origin than the kata if it is `localhost`. */
  async function hosted(name, body, { host = '127.0.0.1', context = {} } = {}) {
    house.server.hosts.set(name, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A course</title>
      <meta http-equiv="Content-Security-Policy" content="${policy(origin())}"><link rel="icon" href="data:,">
      <script src="${origin()}${BASE}embed.js" defer></script></head><body><main><h1>A course</h1>${body}</main></body></html>`);
    const address = `http://${host}:${house.server.port}/host/${name}`;
    const form = { address, allowed: [address, origin() + BASE], frame: false };
    const visit = await house.visit(form, { ready: false, context: { viewport: { width: 900, height: 900 }, ...context } });
    const kata = visit.page.frameLocator('waiting-room iframe');
    return { ...visit, app: visit.page.mainFrame(), kata };
  }
  const is = (kata, theme) => kata.locator(`html[data-theme=${theme}] #app[data-ready]`).waitFor({ state: 'attached' });
  const query = (address) => Object.fromEntries(new URL(address, origin()).searchParams);
  const done = (page) => page.locator('[data-waiting-room-done]').evaluateAll((all) => all.map(({ id }) => id));

  for (const host of ['127.0.0.1', 'localhost']) {
    test(`an element plays, tells and ticks, and wears its host's theme: ${host}`, async () => {
      const { page, kata, ...visit } = await hosted(`element-${host}.html`,
        `<waiting-room id="first" design="demand-breaker" seed="1" speed="max" key="embedded" aria-label="Monday"></waiting-room>${PROSE}`, { host });
      await is(kata, 'light');
      const frame = page.locator('waiting-room iframe');
      assert.deepEqual(query(await frame.getAttribute('src')), { embed: '1', design: 'demand-breaker', seed: '1', speed: 'max', key: 'embedded', theme: 'light' });
      assert.deepEqual([await frame.getAttribute('title'), await frame.getAttribute('allow')], ['Monday', 'clipboard-write; fullscreen']);

      // Whatever makes the text around it light makes it dark.
      await page.evaluate(() => { document.body.style.color = 'oklch(0.95 0.01 200)'; });
      await is(kata, 'dark');
      await page.evaluate(() => { document.body.style.color = 'rgb(20 20 20)'; });
      await is(kata, 'light');

      // What did not come from its own frame is nothing.
      await page.evaluate(() => {
        globalThis.heard = [];
        for (const type of ['run-started', 'result']) document.addEventListener(`waiting-room:${type}`, ({ target, detail }) => globalThis.heard.push([type, target.id, detail]));
        postMessage({ type: 'waiting-room:result', passed: true, goals: [], scenario: 'outage' }, '*');
        document.querySelector('waiting-room').play();
      });
      await page.waitForFunction(() => globalThis.heard.some(([type]) => type === 'result'));
      const [[started, id], [, , result], ...more] = await page.evaluate(() => globalThis.heard);
      assert.deepEqual([started, id, more.length], ['run-started', 'first', 0]);
      assert.deepEqual([result.scenario, result.seed, result.passed], ['monday', 1, true]);
      assert.match(result.receipt, /^WR1-/);
      // An answer is the same each time, and no event.
      const answers = await page.evaluate(async () => { const room = document.querySelector('waiting-room'); return [await room.result(), await room.result()]; });
      assert.deepEqual(answers, [result, result]);
      assert.equal((await page.evaluate(() => globalThis.heard)).length, 2);

      assert.deepEqual(await done(page), ['wait', 'all']);
      assert.match(await page.locator('[role=status]').innerText(), /^Done: Pass\.$/);
      const marks = await page.locator('li').evaluateAll((all) => all.map((li) => getComputedStyle(li, '::before').content));
      assert.deepEqual(marks.map((mark) => /Done: /.test(mark)), [true, true, false, false]);
      assert.deepEqual(await axeFinds({ app: page.mainFrame(), page }, { within: 'ul' }), []);
      await visit.close();
    });
  }

  test('attributes that change open another page, methods wait for it, and a height that is given stays', async () => {
    const { page, kata, ...visit } = await hosted('changes.html', '<waiting-room theme="dark" height="500" embed="0"></waiting-room>');
    // Before the page can hear it.
    await page.evaluate(() => {
      const room = document.querySelector('waiting-room');
      Object.entries({ scenario: 'outage', autoplay: '', height: '640', src: 'waiting-room.html' }).forEach(([name, value]) => room.setAttribute(name, value));
      room.set({ seed: 7 });
    });
    await is(kata, 'dark');
    await kata.locator('#seed').waitFor({ state: 'attached' });
    const frame = page.locator('waiting-room iframe');
    const source = await frame.getAttribute('src');
    assert.ok(source.startsWith(`${origin()}${BASE}waiting-room.html?`));
    assert.deepEqual(query(source), { embed: '0', scenario: 'outage', autoplay: '1', theme: 'dark' });
    assert.equal(await page.evaluate(() => document.querySelector('waiting-room').result()), null, 'none yet');
    assert.deepEqual([await kata.locator('#seed').inputValue(), await kata.locator('.bar .pick').inputValue()], ['7', 'outage']);
    assert.equal(await frame.evaluate((frame) => frame.style.height), '640px');
    await visit.close();
  });

  test('out of sight an element is not loaded until it is told something, and plays through at full speed', async () => {
    const { page, ...visit } = await hosted('below.html', `${'<br>'.repeat(900)}<waiting-room design="demand-breaker" speed="max"></waiting-room>`, { host: 'localhost' });
    const loading = () => page.locator('waiting-room iframe').getAttribute('loading');
    assert.equal(await loading(), 'lazy');
    const heard = await page.evaluate(() => new Promise((done) => {
      const [room, heard] = [document.querySelector('waiting-room'), []];
      for (const type of ['run-started', 'result', 'score']) room.addEventListener(`waiting-room:${type}`, () => heard.push(type));
      room.addEventListener('waiting-room:score', () => done(heard));
      room.play();
    }));
    assert.deepEqual([heard, await loading(), await page.evaluate(() => scrollY)], [['run-started', 'result', 'score'], 'eager', 0]);
    await visit.close();
  });

  test('what an author got wrong is told on the console, in words, and nothing else comes of it', async () => {
    const { page, kata, ...visit } = await hosted('wrong.html', `<waiting-room design="demand-breaker" speed="max"></waiting-room>
      <p data-waiting-room-when="backlog is high">a</p><p data-waiting-room-when="scenario > monday">b</p><p data-waiting-room-when="backlogs > 1 and t_s > 0">c</p>`);
    await is(kata, 'light');
    await page.evaluate(() => { const room = document.querySelector('waiting-room'); room.set({ seed: -1 }); room.play(); return new Promise((done) => { room.addEventListener('waiting-room:result', done); }); });
    while (visit.faults.length < 4) await page.waitForEvent('console');
    const told = visit.faults.splice(0).map((fault) => fault.replace('console error: waiting-room: ', ''));
    const starts = (words) => told.filter((line) => line.startsWith(words)).length;
    assert.equal(told.length, 4, told.join('\n'));
    for (const words of ['Nothing of the message was done.', 'data-waiting-room-when="backlog is high" is no condition.', 'data-waiting-room-when="scenario > monday" is no condition.',
      'no run has a “backlogs”, which a condition names. It has abandoned, ']) assert.equal(starts(words), 1, `${words}\n${told.join('\n')}`);
    assert.deepEqual(await done(page), []);
    await visit.close();
  });

  const builder = async (context = {}, allowed = origin() + BASE) => {
    const address = `${allowed}builder.html`;
    const visit = await house.visit({ address, allowed: [allowed], frame: false }, { ready: false, context: { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...context } });
    return { ...visit, app: visit.page.mainFrame(), snippet: (form) => visit.page.getByRole('radio', { name: form, exact: true }).check().then(() => visit.page.locator('#snippet').innerText()) };
  };

  test('the builder has every option in every form, and says what can not be', async () => {
    const { page, snippet, ...visit } = await builder();
    assert.equal(await snippet('Link'), `${origin()}${BASE}`);
    const names = new Intl.DisplayNames('en-GB', { type: 'language' });
    const shipped = (await readdir(path.join(ROOT, 'static/lang'))).map((file) => file.slice(0, 2)).sort((a, b) => (b === 'en') - (a === 'en') || a.localeCompare(b));
    assert.deepEqual(await page.locator('#lang option').evaluateAll((all) => all.map(({ value, text }) => `${value} ${text}`)), [' As the browser is set', ...shipped.map((tag) => `${tag} ${names.of(tag)}`)]);
    const cut = await page.locator('.options select').evaluateAll((all) => all.filter((select) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(select);
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = font;
      return pen.measureText(select.selectedOptions[0].text).width > select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    }).map(({ id }) => id));
    assert.deepEqual(cut, [], 'what a list begins with is read whole');
    const picks = { kata: 'evening-rush', scenario: 'busy-tills', design: 'lean', speed: 'max', theme: 'dark', lang: 'de', host: 'splice' };
    for (const [id, value] of Object.entries(picks)) await page.locator(`#${id}`).selectOption(value);
    for (const id of ['readonly', 'present', 'autoplay']) await page.locator(`#${id}`).check();
    for (const panel of ['Parts', 'Runs']) await page.getByRole('checkbox', { name: panel, exact: true }).uncheck();
    await page.locator('#seed').fill('18446744073709551616');
    await page.locator('#key').fill('week 3');
    assert.deepEqual(await page.locator('small.wrong').allInnerTexts(), [
      'Left out: allowed is a whole number from 0 to 18446744073709551615.', 'Left out: allowed is 1 to 64 letters (a–z, A–Z), digits, - and _.',
    ]);
    assert.match(await page.locator('#wrong').innerText(), /^Seed: left out, allowed is .*\nName of its storage: left out, allowed is 1 to 64 /);
    assert.doesNotMatch(await snippet('Link'), /seed|key/);
    const clipped = await page.locator('#about-key').evaluate((line) => {
      const [{ bottom }, around] = [line.getBoundingClientRect(), document.getElementById('options').getBoundingClientRect()];
      return bottom > Math.min(around.bottom, innerHeight);
    });
    assert.ok(!clipped, 'what is wrong is in sight at its field');
    await page.locator('#seed').fill('18446744073709551615');
    await page.locator('#key').fill('week-3');
    assert.equal(await page.locator('#wrong').innerText(), '');
    await page.locator('#height').fill('640');

    const all = { ...picks, seed: '18446744073709551615', autoplay: '1', readonly: '1', panels: 'brief,charts', present: '1', key: 'week-3' };
    assert.deepEqual(query(await snippet('Link')), all);
    /** What a page without a policy makes of a snippet: its first element's name and attributes. */
    const blank = await visit.context.newPage();
    const parsed = (text) => blank.evaluate((text) => {
      const { content } = Object.assign(document.createElement('template'), { innerHTML: text });
      const [element] = [...content.children].filter((one) => one.localName !== 'script' || one.type === 'application/json');
      return { name: element.localName, text: element.textContent, ...Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])) };
    }, text);
    const frame = await parsed(await snippet('Frame'));
    assert.deepEqual([frame.name, frame.height, query(frame.src)], ['iframe', '640', { ...all, embed: '1' }]);
    const { name, text, height, ...attributes } = await parsed(await snippet('Element'));
    assert.deepEqual([name, text, height, attributes], ['waiting-room', '', '640', { ...all, autoplay: '', readonly: '', present: '' }]);
    const block = await parsed(await snippet('Block'));
    assert.deepEqual([block.id, JSON.parse(block.text)], ['waiting-room-options', { ...all, embed: true, autoplay: true, readonly: true, present: true }]);
    const problem = await blank.evaluate((text) => {
      const input = new DOMParser().parseFromString(text, 'application/xml').querySelector('problem > customresponse > jsinput');
      return Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value]));
    }, await snippet('Open edX'));
    assert.deepEqual([problem.gradefn, problem.sop, problem.height], ['WaitingRoom.getGrade', 'false', '640']);
    assert.deepEqual({ ...query(problem.html_file), ...JSON.parse(problem.initial_state) }, { ...all, embed: '1', host: 'jsinput' });
    await visit.close();
  });

  test('the builder takes an address as people write it, and the height that the page needs at its width', async () => {
    const { page, snippet, ...visit } = await builder();
    const typed = async (field, text, form = 'Link') => { await page.locator(field).fill(text); return snippet(form); };
    const folder = 'https://uni.example/waiting-room/';
    for (const text of [folder, 'https://uni.example/waiting-room', 'uni.example/waiting-room', ' https://uni.example/waiting-room// ', `${folder}index.html?embed=1#r1`]) {
      assert.equal(await typed('#place', text), folder, text);
    }
    assert.equal(await typed('#place', 'localhost:8080/x'), 'https://localhost:8080/x/');
    assert.equal(await typed('#place', 'http://uni.example'), 'http://uni.example/');
    for (const text of ['mailto:a', 'ftp://uni.example/', '/waiting-room', '../x', 'a b', 'https://me:pass@uni.example/']) {
      assert.equal(await typed('#place', text), `${origin()}${BASE}`, text);
      assert.match(await page.locator('#about-place').innerText(), /^Left out: allowed is a whole address, such as/, text);
    }
    const height = async () => (await snippet('Frame')).match(/ height="(\d+)"/)[1];
    const heights = [];
    for (const width of ['100%', '800', '684', '360']) { await page.locator('#width').selectOption(width); heights.push(await height()); }
    assert.deepEqual(heights, ['760', '640', '720', '720']);
    assert.equal(await typed('#height', '500').then(height), '500');
    await page.locator('#width').selectOption('100%');
    assert.equal(await height(), '500');
    await typed('#height', '');

    // What docs/scores.md shows is what is written here.
    await page.locator('#scenario').selectOption('monday');
    const [, problem] = (await readFile(path.join(ROOT, 'docs/scores.md'), 'utf8')).match(/```xml\n([^]*?)\n```/);
    assert.equal(await typed('#place', 'https://example.org/waiting-room/', 'Open edX'), problem);
    await visit.close();
  });

  test('opened as a file the builder says that the address is made up, until one is typed', async () => {
    const { page, snippet, ...visit } = await builder({}, `${pathToFileURL(DIST).href}/`);
    assert.equal(await page.locator('#place').inputValue(), '');
    assert.match(await page.locator('#about-place').innerText(), /opened as a file, this page can’t know it/);
    assert.match(await page.locator('#wrong').innerText(), /^Address of your copy: https:\/\/example\.org\/waiting-room\/ is made up/);
    assert.match(await snippet('Frame'), /src="https:\/\/example\.org\/waiting-room\/waiting-room\.html\?embed=1"/);
    await page.locator('#place').fill('uni.example/x');
    assert.equal(await page.locator('#wrong').innerText(), '');
    assert.equal(await snippet('Link'), 'https://uni.example/x/waiting-room.html');
    await visit.close();
  });

  test('the builder shows what is chosen, copies it, and is fit for all eyes and hands', async () => {
    const { page, snippet, ...visit } = await builder({ permissions: ['clipboard-read', 'clipboard-write'] });
    const kata = page.frameLocator('#stand iframe');
    await kata.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await page.locator('#design').selectOption('queue-60');
    await kata.locator('.diagram [data-id=queue]').waitFor();
    await page.locator('#sandbox').check();
    await page.locator('#stand iframe[src^="waiting-room.html?embed=1&design=queue-60&key=builder-"]').waitFor();
    await kata.locator('.diagram [data-id=queue]').waitFor();
    const wanted = await snippet('Frame');
    assert.match(wanted, /waiting-room\.html\?.* sandbox="allow-scripts allow-downloads allow-popups"/);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('On the clipboard.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), wanted);
    assert.deepEqual(await axeFinds({ app: page.mainFrame(), page }, { schemes: ['light', 'dark'] }), []);
    for (const width of [1440, 900, 684, 360]) {
      await page.setViewportSize({ width, height: 740 });
      await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    }
    assert.deepEqual(await axeFinds({ app: page.mainFrame(), page }), []);
    await visit.close();
  });
});
