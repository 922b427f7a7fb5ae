// Runs and receipts that are shared: a link opens that very run and never takes the place of what is the learner's; a receipt is run again.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { content, finished, kept } from './support/learner.mjs';
import { fromHeader, LINK } from './support/states.mjs';

const SHARED = 'Workers by demand with a breaker';

describe('Shared runs and receipts', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-share-'));
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true });
  });

  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const banner = (visit) => visit.app.locator('.banner');
  /** What is seen: the design's name, the scenario and the seed. */
  const seen = async (visit) => [
    await visit.app.locator('#design-name').inputValue(), await visit.app.locator('.bar .pick').inputValue(), await visit.app.locator('#seed').inputValue(),
  ];
  const MINE = ['A queue and 60 workers', 'slow-clinic', '3'];
  const THEIRS = [SHARED, 'outage', '7'];
  /** What the browser keeps of the design: its name, the scenario and the seed. */
  const stored = (visit) => visit.app.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.includes('saved.v1'));
    const { design, scenario, seed } = JSON.parse(localStorage.getItem(key));
    return [design.name, scenario, String(seed)];
  });
  const mine = async () => {
    const file = new URL('../../static/katas/waiting-room/designs/queue-60.json', import.meta.url);
    return JSON.parse(await readFile(file, 'utf8')).name;
  };

  async function withMine(tail) {
    MINE[0] = await mine();
    return house.visit('hosted', { tail, prepare: kept({ design: 'queue-60', scenario: 'slow-clinic', seed: 3 }) });
  }

  async function share(visit) {
    await fromHeader(visit, 'Share');
    await visit.app.locator('dialog.share[open] #share-link').waitFor();
  }

  /** Drops a file from the desktop onto the player. */
  async function drop(visit, name, text) {
    const place = path.join(folder, name);
    await writeFile(place, text);
    const { x, y } = await visit.app.locator('.player').boundingBox();
    const data = { items: [], files: [place], dragOperationsMask: 1 };
    const session = await visit.context.newCDPSession(visit.page);
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: x + 40, y: y + 20, data });
    }
    await session.detach();
  }

  test('a link shows that very run, keeps nothing of it, and the way back is one press', async () => {
    const visit = await withMine(LINK);
    await banner(visit).waitFor();
    assert.match(await banner(visit).innerText(), /A shared run: “Workers by demand with a breaker”, .*seed 7: Play shows it\. Your own design is as you left it\./);
    assert.deepEqual(await seen(visit), THEIRS);
    // What is done to it is not kept either, and a reload shows the link again.
    await visit.app.locator('#design-name').fill('Not mine');
    await visit.app.locator('#design-name').press('Tab');
    await visit.page.reload();
    await banner(visit).waitFor();
    assert.deepEqual([await seen(visit), await stored(visit)], [THEIRS, MINE]);
    await button(visit, 'Back to your design').click();
    assert.deepEqual([await seen(visit), await stored(visit), await banner(visit).count()], [MINE, MINE, 0]);
    assert.equal(new URL(visit.page.url()).hash, '', 'a reload does not bring it back');
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.deepEqual(await seen(visit), MINE);
    await visit.close();
  });

  test('undo leads back too, with scenario and seed', async () => {
    const visit = await withMine(LINK);
    await banner(visit).waitFor();
    await button(visit, 'Undo (Ctrl+Z)').click();
    await banner(visit).waitFor({ state: 'detached' });
    assert.deepEqual([await seen(visit), await stored(visit)], [MINE, MINE]);
    await visit.close();
  });

  test('what is chosen to be kept is kept, and undo has the own design', async () => {
    const visit = await withMine(LINK);
    await button(visit, 'Keep this one').click();
    await visit.app.waitForFunction((name) => Object.values(localStorage).some((text) => text.includes(name)), SHARED);
    assert.deepEqual([await stored(visit), await banner(visit).count()], [THEIRS, 0]);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.deepEqual([await seen(visit), await banner(visit).count()], [THEIRS, 0]);
    await visit.close();
  });

  test('a change of the address opens a link too, and what is no link is a place in the page', async () => {
    const visit = await withMine('');
    await visit.app.evaluate(() => { location.hash = '#panel-diagram'; });
    assert.deepEqual(await seen(visit), MINE);
    await visit.app.evaluate((hash) => { location.hash = hash; }, LINK);
    await banner(visit).waitFor();
    assert.deepEqual(await seen(visit), THEIRS);
    await visit.close();
  });

  for (const [name, tail, words] of [
    ['is cut', LINK.slice(0, -40), /The link was not opened\. It is damaged/],
    ['is of a newer page', '#r2.abc', /of version 2; this page reads version 1/],
    ['is endless', `#r1.${'A'.repeat(70_000)}`, /70000 characters long; allowed are 65536/],
  ]) {
    test(`a link that ${name} is told once, in words`, async () => {
      const visit = await withMine(tail);
      await banner(visit).waitFor();
      assert.match(await banner(visit).innerText(), words);
      assert.deepEqual([await seen(visit), await banner(visit).count()], [MINE, 1]);
      await visit.app.evaluate((hash) => { location.hash = `${hash}x`; }, tail.slice(0, 60));
      await visit.close();
    });
  }

  for (const form of ['hosted', 'file', 'sandbox', 'cross-site single']) {
    test(`the link that the page gives opens what it showed (${form})`, async () => {
      const visit = await house.visit(form, { tail: LINK });
      await banner(visit).waitFor();
      await share(visit);
      const link = await visit.app.locator('#share-link').inputValue();
      assert.equal(link.slice(link.indexOf('#')).length, LINK.length);
      await visit.app.locator('dialog.share').getByText(/^\d{3} characters\.$/).waitFor();
      await visit.app.getByRole('button', { name: 'Copy the link' }).click();
      await visit.app.locator('dialog.share .told').first().getByText(/clipboard|Ctrl\+C/).waitFor();
      const other = await house.visit('hosted', { tail: link.slice(link.indexOf('#')) });
      await banner(other).waitFor();
      assert.deepEqual(await seen(other), THEIRS);
      await other.close();
      await visit.close();
    });
  }

  test('a long link is warned about', async () => {
    const design = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url), 'utf8'));
    // Names that don't pack.
    let state = 1;
    const letters = () => Array.from({ length: 150 }, () => String.fromCharCode(33 + (state = (state * 48271) % 2147483647) % 90)).join('');
    for (let at = 0; at < 20; at++) design.nodes.push({ id: letters().slice(0, 90), kind: 'queue', label: letters(), x: 0, y: 400 + 200 * at });
    const visit = await house.visit('hosted');
    await fromHeader(visit, 'Files');
    await visit.app.locator('#exchange-paste').fill(JSON.stringify(design));
    await button(visit, 'Open this text').click();
    await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
    await share(visit);
    assert.match(await visit.app.locator('dialog.share .warned').innerText(), /characters: some mail and chat programs cut a link of more than 2.000/);
    await visit.close();
  });

  test('the receipt of the last run holds where it is dropped, and not when altered', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await share(visit);
    await visit.app.locator('dialog.share').getByText('There is none yet').waitFor();
    await visit.page.keyboard.press('Escape');
    await finished(visit);
    await share(visit);
    const line = await visit.app.locator('#share-receipt').inputValue();
    const [offered] = await Promise.all([visit.page.waitForEvent('download'), button(visit, 'Download it').click()]);
    const file = JSON.parse(await content(offered));
    assert.deepEqual([file.format, file.scenario, file.seed, file.passed, file.hints], ['waiting-room/receipt', 'monday', 1, true, 0]);
    await visit.page.keyboard.press('Escape');
    const told = visit.app.locator('dialog.share .checked');
    await drop(visit, 'receipt.txt', line);
    await told.waitFor();
    assert.match(await told.innerText(), /The receipt holds: “Workers by demand with a breaker”, Monday, 8 am, seed 1, passed\./);
    assert.equal(await visit.app.locator('#share-title').innerText(), 'A receipt, checked');
    const when = await visit.app.evaluate((when) => new Date(when).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' }), file.when);
    assert.ok((await told.innerText()).includes(`Written on ${when}.`), await told.innerText());
    await visit.page.keyboard.press('Escape');
    await drop(visit, 'receipt.json', JSON.stringify({ ...file, seed: 2 }));
    await told.waitFor();
    assert.match(await told.innerText(), /does not hold[^]*digest: it says[^]*Something in it was altered/);
    await visit.page.keyboard.press('Escape');
    await fromHeader(visit, 'Files');
    const paste = visit.app.locator('#exchange-paste');
    await paste.fill(line.slice(0, -3));
    assert.ok(await paste.evaluate((e) => e.scrollWidth <= e.clientWidth), 'all of a line is seen');
    await button(visit, 'Open this text').click();
    await told.waitFor();
    assert.match(await told.innerText(), /The receipt was not read\. It is damaged/);
    assert.equal(await visit.app.locator('#design-name').inputValue(), SHARED, 'the design is as it was');
    await visit.close();
  });
});
