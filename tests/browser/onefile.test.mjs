// The page as one file: saved with the learner's work inside, it opens from a folder with that work, beside what the browser keeps of other
// pages; and a kata that was packed into it by the command line opens and runs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { DIST, SINGLE, openHouse } from './support/house.mjs';
import { content, finished, kept } from './support/learner.mjs';
import { fromHeader } from './support/states.mjs';

const KATA = process.env.KATA ?? path.join(process.env.CARGO_TARGET_DIR ?? path.resolve(import.meta.dirname, '../../target'), 'debug/kata');
const NAME = 'Mine </script><!-- “first”';

describe('The page as one file', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-one-'));
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true });
  });

  const named = async (visit, name) => {
    await visit.app.locator('#design-name').fill(name);
    await visit.app.locator('#design-name').press('Tab');
  };
  /** Saves the page as one file; its address. */
  const saved = async (visit, name) => {
    await fromHeader(visit, 'Files');
    const [download] = await Promise.all([visit.page.waitForEvent('download'), visit.app.getByRole('button', { name: 'Page, one file' }).click()]);
    await visit.app.getByText('The page is on its way to your downloads.').waitFor();
    const file = path.join(folder, name);
    await writeFile(file, await content(download));
    await visit.app.locator('dialog.exchange').getByRole('button', { name: 'Close' }).click();
    return pathToFileURL(file).href;
  };
  const open = (at, tail) => house.visit('file', { at, tail });
  const runs = async (visit) => {
    await visit.app.getByRole('tab', { name: 'Runs' }).locator('visible=true').first().click();
    return visit.app.locator('.runs-panel .run').count();
  };

  test('a copy of the hosted page holds design, scenario and runs, and a copy of the copy what came since', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker', scenario: 'outage', seed: 3 }) });
    await named(visit, NAME);
    await finished(visit);
    await visit.app.locator('.verdict').getByRole('button', { name: /^Close/ }).click();
    const first = await saved(visit, 'first.html');
    await visit.close();

    const copy = await open(first);
    const seen = async (visit) => [await visit.app.locator('#design-name').inputValue(), await visit.app.locator('.bar select.pick').inputValue(), await visit.app.locator('#seed').inputValue()];
    assert.deepEqual([await seen(copy), await runs(copy)], [[NAME, 'outage', '3'], 1]);
    // What another page keeps in this browser is left alone.
    await copy.app.evaluate(() => localStorage.setItem('waiting-room.saved.v1', 'another page'));
    await named(copy, 'Second');
    await copy.app.waitForFunction(() => Object.entries(localStorage).some(([key, text]) => /saved\.v1@copy-\d+$/.test(key) && text.includes('Second')));
    assert.equal(await copy.app.evaluate(() => localStorage.getItem('waiting-room.saved.v1')), 'another page');
    await copy.app.locator('#seed').fill('4');
    await copy.app.locator('#seed').press('Tab');
    await finished(copy);
    await copy.app.locator('.verdict').getByRole('button', { name: /^Close/ }).click();
    const second = await saved(copy, 'second.html');
    await copy.page.reload();
    await copy.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal((await seen(copy))[0], 'Second', 'from its first change on the drawer counts');
    await copy.close();

    const again = await open(second);
    assert.deepEqual([await seen(again), await runs(again)], [['Second', 'outage', '4'], 2]);
    await again.close();
  });

  test('of another kata it opens that one', async () => {
    const visit = await house.visit('file', { tail: '?kata=evening-rush' });
    await named(visit, 'Orders');
    const copy = await open(await saved(visit, 'evening.html'));
    assert.deepEqual([await copy.app.title(), await copy.app.locator('#design-name').inputValue()], ['The evening rush', 'Orders']);
    // The page's own is still in it.
    await copy.app.locator('.other-katas a', { hasText: 'The waiting room' }).waitFor();
    await copy.close();
    await visit.close();
  });

  test('it is not offered in a sandbox, where the page cannot tell whether downloads are allowed', async () => {
    const visit = await house.visit('sandbox');
    await fromHeader(visit, 'Files');
    await visit.app.getByRole('button', { name: 'Copy as text' }).waitFor();
    assert.equal(await visit.app.getByRole('button', { name: 'Page, one file' }).count(), 0);
    await visit.close();
  });

  test('a kata that was packed opens from a folder with its own words at once, and runs', async () => {
    const [own, out] = [path.join(folder, 'late-shift'), path.join(folder, 'shift.html')];
    await cp(new URL('../../static/katas/evening-rush', import.meta.url), own, { recursive: true });
    const manifest = path.join(own, 'kata.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"evening-rush"', '"late-shift"'));
    await promisify(execFile)(KATA, ['pack', own, '--draft', '--page', path.join(DIST, SINGLE), '-o', out]);

    const visit = await open(pathToFileURL(out).href);
    assert.equal(await visit.app.title(), 'The evening rush');
    assert.equal(await visit.app.locator('.other-katas a').count(), 0, 'it is alone');
    await finished(visit);
    await visit.app.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('waiting-room.late-shift.')));
    await visit.close();
    // What is seen before the page is there is the kata's too.
    const text = await readFile(out, 'utf8');
    const picture = text.slice(text.indexOf('<div id="app">'), text.indexOf('</main>'));
    assert.doesNotMatch(picture, /patient|clinic|booking|monday/i);
    assert.match(picture, /class="hook">[^<]*dinners/);
  });
});
