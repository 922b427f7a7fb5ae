// The kata as a learner meets it: the naive design fails, a queue and consumers are dragged in, Monday runs, and the page says of it what
// the command line says.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openHouse, named } from './support/house.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const KATA = process.env.KATA ?? path.join(process.env.CARGO_TARGET_DIR ?? path.resolve(here, '../../target'), 'debug/kata');
const SAVED = named('saved.v1');

describe('A learner', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-kata-'));
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true });
  });

  const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`);
  const parts = async (visit) => (await visit.app.locator('.diagram [data-id]').evaluateAll((all) => all.map((e) => e.dataset.id))).sort();
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  /** The design as the page keeps it. */
  const saved = async (visit) => JSON.parse(await visit.app.evaluate((key) => localStorage.getItem(key), SAVED)).design;
  /** Waits until what the page keeps satisfies a condition on its text. */
  const keeps = (visit, word) => visit.app.waitForFunction(([key, word]) => localStorage.getItem(key)?.includes(word), [SAVED, word]);

  /** Drags a part from the palette to the middle between two parts. */
  async function dropBetween(visit, kind, from, to) {
    const card = visit.app.locator(`[data-kind=${kind}]`).first();
    await card.scrollIntoViewIfNeeded();
    const start = await middle(card);
    const [a, b] = [await part(visit, from).boundingBox(), await part(visit, to).boundingBox()];
    // Halfway between their facing sides, at the height of the line.
    const target = { x: (a.x + a.width + b.x) / 2, y: a.y + Math.min(a.height, b.height) * 0.36 };
    await visit.page.mouse.move(start.x, start.y);
    await visit.page.mouse.down();
    for (let step = 1; step <= 8; step++) {
      await visit.page.mouse.move(start.x + (target.x - start.x) * step / 8, start.y + (target.y - start.y) * step / 8);
    }
    await visit.page.mouse.up();
  }

  async function buildTheChain(visit) {
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await dropBetween(visit, 'queue', 'api', 'clinic');
    await part(visit, 'queue').waitFor();
    await dropBetween(visit, 'consumers', 'queue', 'clinic');
    await part(visit, 'consumers').waitFor();
    await keeps(visit, '"consumers"');
  }

  const edges = (design) => design.edges.map(({ from, to }) => `${from}>${to}`).sort();
  const CHAIN = ['api>queue', 'consumers>clinic', 'patients>api', 'queue>consumers'];

  test('drags a queue and consumers between the API and the clinic', async () => {
    const visit = await house.visit('hosted');
    assert.deepEqual(await parts(visit), ['api', 'clinic', 'patients']);
    await buildTheChain(visit);
    assert.deepEqual(edges(await saved(visit)), CHAIN);
    assert.equal(await visit.app.locator('.diagram .badge.error').count(), 0, 'no error is left');
    await visit.close();
  });

  test('undoes back to the start, and redoes', async () => {
    const visit = await house.visit('hosted');
    await buildTheChain(visit);
    const built = await saved(visit);
    const undo = visit.app.getByRole('button', { name: /^Undo \(/ });
    let steps = 0;
    while (await undo.isEnabled()) {
      await undo.click();
      steps += 1;
      assert.ok(steps <= 2, 'a drop is one step');
    }
    assert.equal(steps, 2);
    assert.deepEqual(await parts(visit), ['api', 'clinic', 'patients']);
    const redo = visit.app.getByRole('button', { name: /^Redo/ });
    while (await redo.isEnabled()) await redo.click();
    await keeps(visit, '"consumers"');
    assert.deepEqual(await saved(visit), built);
    await visit.close();
  });

  test('offers what one may add: no second part of what is given, and no drag where there is no stage', async () => {
    const visit = await house.visit('hosted', { context: { viewport: { width: 1440, height: 900 } } });
    const parts = visit.app.locator('.parts-panel');
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    assert.deepEqual(await parts.locator('.palette-item').evaluateAll((all) => all.map((e) => e.dataset.kind)), ['api', 'queue', 'consumers', 'dead_letter']);
    assert.match(await parts.innerText(), /^Drag a part onto the stage/);
    for (const [width, hasTouch] of [[1024, false], [390, true]]) {
      const other = await house.visit('hosted', { context: { viewport: { width, height: 800 }, hasTouch, isMobile: hasTouch } });
      await other.app.getByRole('tab', { name: 'Parts' }).locator('visible=true').first().click();
      assert.match(await other.app.locator('.parts-panel').innerText(), hasTouch ? /^A tap adds it where it fits/ : /^Enter or a click adds it/);
      await other.close();
    }
    await visit.close();
  });

  test('finds the design again after a reload', async () => {
    const visit = await house.visit('hosted');
    await buildTheChain(visit);
    const built = await saved(visit);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.deepEqual(await parts(visit), ['api', 'clinic', 'consumers', 'patients', 'queue']);
    assert.deepEqual(await saved(visit), built);
    await visit.close();
  });

  test('runs Monday, sees it on all charts, and is told what the command line says', async () => {
    const visit = await house.visit('hosted');
    await buildTheChain(visit);
    const seed = visit.app.getByLabel('Seed', { exact: true });
    await seed.fill('7');
    await seed.press('Enter');
    await keeps(visit, '"seed":7');
    const design = await saved(visit);
    const blank = await ink(visit);
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    const card = visit.app.locator('.verdict');
    await card.waitFor();
    const drawn = await ink(visit);
    assert.equal(drawn.length, 4, 'four charts');
    drawn.forEach((pixels, chart) => assert.ok(pixels > blank[chart] + 200, `chart ${chart}: ${pixels} pixels of curves, ${blank[chart]} before`));

    const file = path.join(folder, 'design.json');
    await writeFile(file, JSON.stringify(design));
    const told = JSON.parse(execFileSync(KATA, ['run', file, '--seed', '7', '--format', 'json'], { encoding: 'utf8' }));
    const text = execFileSync(KATA, ['run', file, '--seed', '7'], { encoding: 'utf8' });
    assert.equal(await card.getAttribute('data-digest'), told.digest, 'the very same run');
    assert.match(await card.locator('h2').innerText(), told.passed ? /^Passed/ : /^Not yet/);
    const rows = await card.locator('.scores li').evaluateAll((all) => all.map((row) => ({
      met: row.querySelector('.state').textContent === 'holds: ',
      label: row.querySelector('.name').textContent.trim(),
      value: row.querySelector('b').textContent.trim(),
    })));
    assert.deepEqual(rows.map((row) => row.met), told.goals.map((goal) => goal.met));
    for (const [index, { met, label, value }] of rows.entries()) {
      const line = text.split('\n')[index + 1];
      assert.ok(line.startsWith(`${met ? '✓' : '✗'} ${label}`), `${label}: ${line}`);
      assert.match(line.slice(label.length + 2).trim(), new RegExp(`^${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}  `), label);
    }
    await visit.close();
  });

  /** How many pixels of each chart's upper canvas are drawn on. */
  const ink = (visit) => visit.app.locator('[data-chart]').evaluateAll((charts) => charts.map((chart) => {
    const canvas = [...chart.querySelectorAll('canvas')].at(-1);
    // Read from a copy: the browser warns of a canvas in use that is read twice.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let drawn = 0;
    for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0 ? 1 : 0;
    return drawn;
  }));
});
