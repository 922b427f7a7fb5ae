// A kata is data in the page: whoever changes the block changes the kata, in both forms and with no build; a block that is missing
// or faulty is told in words, those of `kata author`.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DIST, SINGLE, named, openHouse } from './support/house.mjs';
import { finished } from './support/learner.mjs';

const BLOCK = /(<script type="application\/json" id="waiting-room-kata">)([\s\S]*?)(<\/script>)/;

/** The page with its block replaced by what `change` makes of the kata; of a text where `change` gives one. */
function changed(html, change) {
  assert.match(html, BLOCK);
  return html.replace(BLOCK, (_, open, block, close) => {
    const kata = JSON.parse(block);
    const text = change(kata) ?? JSON.stringify(kata);
    return open + text.replaceAll('<', '\\u003c') + close;
  });
}

/** The hosted page with the whole kata in its block: what is fetched later otherwise is part of it. */
async function whole(html) {
  const [mark, name] = html.match(/ data-kata-rest="\.\/([^"]+)"/);
  const rest = JSON.parse(await readFile(path.join(DIST, name), 'utf8'));
  return changed(html.replace(mark, ''), (kata) => void Object.assign(kata, rest));
}

describe('A kata is data in the page', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-block-'));
  });
  after(async () => {
    await house?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Opens the hosted page with `edit` made to its HTML. */
  async function hosted(edit, ready, kept) {
    const index = await whole(await readFile(path.join(DIST, 'index.html'), 'utf8'));
    const prepare = async (context) => {
      await context.route((url) => url.pathname.endsWith('/'), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: edit(index) }));
      await context.addInitScript(([key, text]) => location.protocol === 'http:' && text && localStorage.setItem(key, text), [named('saved.v1'), kept]);
    };
    return house.visit('hosted', { prepare, ready });
  }

  /** Opens the single file with `edit` made to it. */
  async function single(edit) {
    const file = path.join(folder, SINGLE);
    await writeFile(file, edit(await readFile(path.join(DIST, SINGLE), 'utf8')));
    const context = await house.browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    return { app: page.mainFrame(), close: () => context.close() };
  }

  const another = (html) => changed(html, (kata) => {
    kata['brief.json'].title = 'Another </script><b>morning</b>';
    kata['scenarios/monday.json'].name = 'Tuesday';
  });

  test('the hosted page shows what its block says', async () => {
    const visit = await hosted(another, true);
    assert.equal(await visit.page.title(), 'Another </script><b>morning</b>');
    assert.equal(await visit.app.locator('option', { hasText: 'Tuesday' }).count(), 1);
    assert.equal(await visit.app.locator('option', { hasText: 'Monday' }).count(), 0);
    await visit.close();
  });

  test('so does the single file', async () => {
    const { app, close } = await single(another);
    await app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await app.title(), 'Another </script><b>morning</b>');
    assert.equal(await app.locator('option', { hasText: 'Tuesday' }).count(), 1);
    await close();
  });

  test('the block is inert: the policy needs no hash for it', async () => {
    for (const name of ['index.html', SINGLE]) {
      const html = await readFile(path.join(DIST, name), 'utf8');
      const [, , block] = html.match(BLOCK);
      assert.ok(!block.includes('<'), name);
      assert.equal(JSON.parse(block)['kata.json'].format, 'waiting-room/kata');
    }
  });

  test('a run that comes to hold more than there is room for ends there, and says what to change', async () => {
    const design = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/queue-60.json', import.meta.url), 'utf8'));
    design.nodes.find(({ id }) => id === 'api').params = { instances: 10_000, threads: 1_000_000, service: { dist: 'constant', mean_ms: 0 } };
    const saved = { format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design };
    const flood = { duration_s: 20, events: [], given: {}, arrivals: { process: 'regular', curve: [[0, 1_000_000]] } };
    const visit = await hosted((html) => changed(html, (kata) => void Object.assign(kata['scenarios/monday.json'], flood)), true, JSON.stringify(saved));
    await finished(visit);
    const said = (await visit.app.locator('.verdict').innerText()).replaceAll('\u202f', ' ');
    assert.match(said, /Cut short/);
    assert.match(said, /More than 4 000 000 bookings were under way; a run holds no more\. It passes nothing\. Limit the line or the queue, or serve faster\./);
    await visit.close();
  });

  const faults = {
    'no block': [(html) => html.replace(BLOCK, ''), ['The page has no element with the id waiting-room-kata.']],
    'no JSON': [
      (html) => changed(html, () => '{"kata.json": [1,'),
      ['kata: This is not JSON. Line 1, column 17: the file ends inside a list: a ] is missing.'],
    ],
    'several files at fault': [
      (html) => changed(html, (kata) => {
        delete kata['rungs.json'];
        kata['designs/naive.json'].nodes[0].kind = 'patience';
        kata['checklist.json'].items[0].seen = '{tries}';
      }),
      [
        'designs/naive.json: nodes[0].kind: "patience" is unknown; allowed: patients, api, queue, consumers, clinic or dead_letter.',
        'checklist.json: items[0].seen: there is no figure “tries” for “{tries}”',
        'rungs.json is missing',
      ],
    ],
    'a file that the page does not begin with': [
      (html) => changed(html, (kata) => void delete kata['rungs.json']),
      ['rungs.json is missing'],
    ],
    'what files say of each other': [
      (html) => changed(html, (kata) => void kata['lessons.json'].lessons.pop()),
      ['lessons.json: there is no lesson for “flu-season”'],
    ],
    'a scenario that would never end': [
      (html) => changed(html, (kata) => {
        kata['scenarios/monday.json'].arrivals.curve = [[0, 1_000_000]];
      }),
      ['scenarios/monday.json: arrivals: brings about 10 800 000 000 arrivals to a run; allowed: at most 100 000 000. Lower the rates or surges, or shorten duration_s.'],
    ],
    'a line of teaching too few': [
      (html) => changed(html, (kata) => void kata['teaching.json'].lines.pop()),
      ['teaching.json: lines: nothing is said about “cycle”'],
    ],
  };
  for (const [name, [edit, sentences]] of Object.entries(faults)) {
    test(`what is wrong is told: ${name}`, async () => {
      for (const open of [(edit) => hosted(edit, false), single]) {
        const { app, close } = await open(edit);
        const told = app.locator('#boot[role=alert]');
        await told.locator('li').first().waitFor();
        assert.match(await told.locator('p').first().innerText(), /^This page holds a kata that can't be read: \d fault/);
        const items = (await told.locator('li').allInnerTexts()).map((text) => text.replaceAll('\u202f', ' '));
        for (const sentence of sentences) assert.ok(items.includes(sentence), `${sentence}\nis not in\n${items.join('\n')}`);
        assert.equal(await app.locator('#app[data-ready]').count(), 0);
        await close();
      }
    });
  }
});
