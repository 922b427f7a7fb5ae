// Keeping: what the learner made outlives the browser's end, a closed, full, silent or damaged storage, another tab, and their own second thoughts.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { LAUNCH, named, openHouse } from './support/house.mjs';
import { content, kept } from './support/learner.mjs';
import { BASE } from './support/server.mjs';
import { fromHeader } from './support/states.mjs';
import { copies, deafBase, full, inBase, noBase, noMirror, plant, sealed } from './support/storage.mjs';

const SAVED = 'saved.v1';

describe('What is kept', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const banner = (visit) => visit.app.locator('.banner');
  const seed = (visit) => visit.app.locator('#seed').inputValue();
  const name = (visit) => visit.app.locator('#design-name').inputValue();
  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const mirror = (visit) => visit.app.evaluate((key) => localStorage.getItem(key), named(SAVED));
  const up = (visit) => visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });

  async function reload(visit) {
    await visit.page.reload();
    await up(visit);
  }

  async function change(visit, value) {
    await visit.app.locator('#seed').fill(value);
    await visit.app.locator('#seed').press('Enter');
  }

  async function rename(visit, to) {
    await visit.app.locator('#design-name').fill(to);
    await visit.app.locator('#design-name').press('Tab');
  }

  /** A browser of its own, with a profile that stays; its processes are a group, which is ended as one. */
  async function browser(profile) {
    const own = spawn(LAUNCH.executablePath, [...LAUNCH.args, '--headless', '--window-size=1440,900', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let address;
    for await (const line of createInterface({ input: own.stderr })) {
      address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) break;
    }
    own.stderr.resume();
    const remote = await chromium.connectOverCDP(address);
    const page = await remote.contexts()[0].newPage();
    await page.goto(`http://127.0.0.1:${house.server.port}${BASE}`);
    const visit = { page, app: page.mainFrame() };
    await up(visit);
    return { ...visit, killed: async () => { process.kill(-own.pid, 'SIGKILL'); await once(own, 'exit'); } };
  }

  test('outlives a browser that is killed as soon as the database has it', async () => {
    const profile = await mkdtemp(path.join(tmpdir(), 'waiting-room-profile-'));
    const first = await browser(profile);
    for (const value of ['1001', '2002', '3003']) {
      await change(first, value);
      await inBase(first, SAVED, `"seed":${value}`);
    }
    await first.killed();
    const second = await browser(profile);
    assert.equal(await seed(second), '3003');
    await second.killed();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test('lies in the database or the local storage, whichever there is, and a silent database keeps nobody waiting', async () => {
    for (const [what, prepare] of Object.entries({ noMirror, noBase, deafBase })) {
      const visit = await house.visit('hosted', { prepare });
      await change(visit, '42');
      if (what === 'noMirror') await inBase(visit, SAVED, '"seed":42');
      else await visit.app.waitForFunction((key) => localStorage.getItem(key)?.includes('"seed":42'), named(SAVED));
      await reload(visit);
      assert.deepEqual([await seed(visit), await banner(visit).count()], ['42', 0], what);
      await visit.close();
    }
    const nowhere = await house.visit('hosted', { prepare: async (context) => { await noMirror(context); await noBase(context); } });
    await nowhere.app.getByRole('status').getByText(/Nothing is kept here: save a file/).first().waitFor({ state: 'attached' });
    await nowhere.close();
  });

  test('of another tab is not written over where only the database is there', async () => {
    const visit = await house.visit('hosted', { prepare: noMirror });
    const other = await visit.another();
    await change(visit, '1001');
    await inBase(visit, SAVED, '"seed":1001');
    await change(other, '2002');
    await banner(other).getByText(/Another tab has saved another design/).waitFor();
    assert.ok(!(await copies(visit, SAVED)).some((text) => text?.includes('2002')));
    await button(other, 'Keep this one').click();
    await inBase(other, SAVED, '"seed":2002');
    await change(visit, '3003');
    await banner(visit).getByText(/Another tab/).waitFor();
    await button(visit, 'Open the other').click();
    await change(visit, '4004');
    await inBase(visit, SAVED, '"seed":4004');
    assert.deepEqual([await banner(visit).count(), await banner(other).count()], [0, 0]);
    await visit.close();
  });

  test('is tried again with the next change after there was no room, and the word goes', async () => {
    const visit = await house.visit('hosted', { prepare: full });
    await change(visit, '5');
    await banner(visit).getByText(/full or closed/).waitFor();
    await change(visit, '6');
    assert.equal(await banner(visit).count(), 1);
    await visit.app.evaluate(() => { globalThis.full = false; });
    await change(visit, '7');
    await banner(visit).waitFor({ state: 'detached' });
    await inBase(visit, SAVED, '"seed":7');
    assert.match(await mirror(visit), /"seed":7/);
    await visit.close();
  });

  test('is there from the copy before when the newest is damaged, and what is damaged can be carried away', async () => {
    const visit = await house.visit('hosted');
    for (const value of ['4', '5']) {
      await change(visit, value);
      await inBase(visit, SAVED, `"seed":${value}`);
    }
    const slots = await copies(visit, SAVED);
    const newest = slots.findIndex((text) => text.includes('"seed":5'));
    assert.match(slots[1 - newest], /"seed":4/, 'two slots, in turn');
    assert.equal(await mirror(visit), slots[newest]);
    const text = slots[newest];
    const damages = {
      'a letter': text.replace('"seed":5', '"seed":9'),
      'cut': text.slice(0, 300),
      'NUL': text.replace('monday', 'mon\0ay'),
      'a lone surrogate': text.replace('monday', 'mon\ud800ay'),
      'another type': sealed(text.replace('"seed":5', '"seed":[]'), 99),
      'huge': '['.repeat(2_000_000),
    };
    for (const [what, bad] of Object.entries(damages)) {
      const planted = [];
      planted[newest] = bad;
      planted[1 - newest] = slots[1 - newest];
      await plant(visit, SAVED, { slots: planted, mirror: bad });
      await reload(visit);
      assert.equal(await seed(visit), '4', what);
      await banner(visit).getByText(/A copy of the design .* is damaged. It is set aside/).waitFor();
    }
    await button(visit, 'Show it').click();
    const area = visit.app.getByLabel('The unreadable text');
    const shown = await area.inputValue();
    for (const [what, bad] of Object.entries(damages)) assert.ok(shown.includes(bad.toWellFormed()), what);
    const [download] = await Promise.all([visit.page.waitForEvent('download'), button(visit, 'Download it').click()]);
    assert.equal(String(await content(download)), shown);
    await visit.page.keyboard.press('Escape');
    await change(visit, '6');
    await inBase(visit, SAVED, '"seed":6');
    await reload(visit);
    assert.deepEqual([await seed(visit), await banner(visit).count()], ['6', 0], 'it is mended by the next text');
    const newer = sealed('{"format":"waiting-room/saved","version":3,"future":true}', 99);
    await plant(visit, SAVED, { slots: [newer, slots[newest]], mirror: newer });
    await reload(visit);
    await banner(visit).getByText(/newer version/).waitFor();
    await change(visit, '8');
    await reload(visit);
    assert.deepEqual([await mirror(visit), await copies(visit, SAVED)], [newer, [newer, slots[newest]]], 'nothing of a newer page is touched');
    await visit.close();
  });

  test('of the first version is read, and kept as the second', async () => {
    const golden = (what) => readFile(new URL(`../golden/kept/${what}-1.json`, import.meta.url), 'utf8');
    const texts = await Promise.all(['saved', 'runs', 'notes'].map(async (what) => [named(`${what}.v1`), await golden(what)]));
    const visit = await house.visit('hosted', { prepare: (context) => context.addInitScript((texts) => {
      if (location.protocol !== 'http:' || sessionStorage.getItem('laid')) return;
      for (const [key, text] of texts) localStorage.setItem(key, text);
      sessionStorage.setItem('laid', '1');
    }, texts) });
    assert.deepEqual([await name(visit), await banner(visit).count()], ['Monday’s first try', 0]);
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    await visit.app.locator('.run').getByText('Monday’s first try').first().waitFor();
    await rename(visit, 'Second');
    await inBase(visit, SAVED, 'Second');
    assert.match(await mirror(visit), /"version":2,.*"seal":"\d+\.[0-9a-f]{16}"}$/);
    await visit.close();
  });

  test('are the states before: when a run began, before another design; each a step that Undo takes back', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max', prepare: kept({ design: 'queue-60' }) });
    await rename(visit, 'First');
    await button(visit, 'To the end').click();
    await visit.app.locator('.verdict').waitFor();
    await rename(visit, 'Second');
    const earlier = visit.app.getByLabel('Earlier designs').locator('option');
    await fromHeader(visit, 'Files');
    await earlier.first().waitFor({ state: 'attached' });
    assert.match(String(await earlier.allInnerTexts()), /^\d\d:\d\d, “First”, when a run began$/);
    await button(visit, 'Reset the design').click();
    assert.notEqual(await name(visit), 'Second');
    await inBase(visit, 'states.v1', 'Second');
    await reload(visit);
    await fromHeader(visit, 'Files');
    await earlier.first().waitFor({ state: 'attached' });
    assert.match(String(await earlier.allInnerTexts()), /^\d\d:\d\d, “Second”, before another design,\d\d:\d\d, “First”, when a run began/);
    await visit.app.getByLabel('Earlier designs').selectOption({ index: 1 });
    const before = await name(visit);
    await button(visit, 'Go back to it').click();
    assert.equal(await name(visit), 'First');
    await button(visit, 'Undo (Ctrl+Z)').click();
    assert.equal(await name(visit), before);
    await visit.close();
  });

  test('of two tabs loses neither design, also while the question stands; and what one forgets the other keeps only on demand', async () => {
    // Nothing is planted: what lays it would lay it once more in the other tab, over what the first has kept.
    const visit = await house.visit('hosted');
    const other = await visit.another();
    const earlier = (tab) => tab.app.getByLabel('Earlier designs').locator('option');
    const listed = async (tab) => {
      await fromHeader(tab, 'Files');
      await earlier(tab).first().waitFor({ state: 'attached' });
      return String(await earlier(tab).allInnerTexts());
    };
    await visit.page.bringToFront();
    await rename(visit, 'Of A');
    await inBase(visit, SAVED, 'Of A');
    await other.page.bringToFront();
    await rename(other, 'Of B');
    await banner(other).getByText(/Another tab has saved another design/).waitFor();
    await rename(other, 'Of B, later');
    await inBase(other, 'states.v1', 'Of B, later');
    await reload(other);
    assert.equal(await name(other), 'Of A');
    assert.match(await listed(other), /^\d\d:\d\d, “Of B, later”, before another design$/);
    await other.page.keyboard.press('Escape');
    await rename(other, 'Of B again');
    await inBase(other, SAVED, 'Of B again');
    await visit.page.bringToFront();
    await rename(visit, 'Chosen');
    await banner(visit).getByText(/Another tab/).waitFor();
    await button(visit, 'Keep this one').click();
    await inBase(visit, 'states.v1', 'Of B again');
    await fromHeader(visit, 'Files');
    await button(visit, 'Forget everything here').click();
    await Promise.all([visit.page.waitForEvent('load'), button(visit, 'Forget it for good').click()]);
    await up(visit);
    await other.page.bringToFront();
    await banner(other).getByText(/forgotten in another tab/).waitFor();
    await rename(other, 'Nobody’s');
    await other.app.evaluate(() => dispatchEvent(new Event('pagehide')));
    assert.equal(await mirror(visit), null);
    await button(other, 'Keep this one').click();
    await inBase(other, SAVED, 'Nobody’s');
    await visit.close();
  });
});
