// Without the server: a second visit opens and runs from what the browser has kept, whole or not at all; a newer build is announced and taken
// when the learner says so, never before; and a worker can be taken back.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DIST, openHouse } from './support/house.mjs';
import { finished } from './support/learner.mjs';
import { builds, forgiveNoServer, keptWhole, running, until, withoutServer } from './support/offline.mjs';
import { BASE, serve } from './support/server.mjs';
import { LINK } from './support/states.mjs';

const NEWER = '0123456789abcdef';

describe('Without the server', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(async () => {
    await house?.close();
    for (const done of left) await done();
  });
  /** What is to be taken away in the end, whatever became of the tests. */
  const left = [];

  /** The page in a folder of its own, served from there, and a first visit that has left a whole copy. */
  async function hosted(tail = '') {
    const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-offline-'));
    await cp(DIST, folder, { recursive: true });
    const server = await serve(folder);
    left.push(() => server.close(), () => rm(folder, { recursive: true }));
    const at = `http://127.0.0.1:${server.port}${BASE}`;
    const visit = await house.visit('hosted', { at, tail, offline: true });
    await keptWhole(visit);
    const own = await running(visit);
    /** The server has another build from now on. */
    const rebuilt = async () => {
      for (const name of ['index.html', 'sw.js']) {
        const file = path.join(folder, name);
        await writeFile(file, (await readFile(file, 'utf8')).replaceAll(own, NEWER));
      }
      await rename(path.join(folder, `offline-${own}.js`), path.join(folder, `offline-${NEWER}.js`));
    };
    return { folder, server, at, visit, own, rebuilt, close: () => visit.close() };
  }

  /** As if the learner came back to the tab: then it looks for what is new. */
  const looked = (tab) => tab.app.evaluate(() => { document.dispatchEvent(new Event('visibilitychange')); });
  const banner = (tab) => tab.app.locator('.banner', { hasText: 'a newer version' });

  test('a second visit opens links and other katas, and repeats a run, from what is kept alone', async () => {
    const { at, server, visit, own, close } = await hosted();
    assert.deepEqual(await builds(visit), [own]);
    await server.close();

    const link = await withoutServer(visit, at + LINK);
    await link.app.locator('.banner', { hasText: 'A shared run' }).waitFor();
    assert.equal(await link.app.locator('#seed').inputValue(), '7');
    assert.ok(await link.app.evaluate(() => document.fonts.check('16px Inter')), 'the typeface is there');
    await finished(link);
    await link.app.getByRole('button', { name: '50 Mondays', exact: true }).click();
    await link.app.locator('.repeat').getByText(/50 of 50|of 50 Mondays/).first().waitFor();
    await link.page.close();

    const licences = await visit.context.newPage();
    await licences.goto(`${at}licences.html`);
    assert.match(await licences.locator('h1').innerText(), /\w/);
    await licences.close();

    const other = await withoutServer(visit, `${at}index.html?kata=evening-rush`);
    assert.equal(await other.app.title(), 'The evening rush');
    await finished(other);
    forgiveNoServer(visit);
    await close();
  });

  test('a newer build is announced and waits for Reload; what another tab runs is kept for it', async () => {
    const { visit, own, rebuilt, close } = await hosted();
    const tab = await visit.another();
    await tab.app.locator('#design-name').fill('Mine');
    await tab.app.locator('#design-name').press('Tab');
    await rebuilt();
    await looked(tab);
    await banner(tab).waitFor();
    await banner(visit).waitFor();
    assert.match(await banner(tab).innerText(), /Your design and your runs stay\.\s*Reload/);
    assert.deepEqual([await running(tab), await builds(tab)], [own, [NEWER, own].sort()], 'nothing is swapped');
    await tab.page.reload();
    await banner(tab).waitFor();
    assert.equal(await running(tab), own, 'nor by a reload that was for something else');

    await banner(tab).getByRole('button', { name: 'Reload' }).click();
    await tab.app.waitForFunction((build) => document.documentElement.dataset.build === build, NEWER);
    await tab.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await tab.app.locator('#design-name').inputValue(), 'Mine');
    assert.deepEqual([await running(visit), await builds(tab)], [own, [NEWER, own].sort()], 'the other tab goes on');
    assert.equal(await banner(tab).count(), 0);

    // The other tab goes, and its files with it.
    await visit.page.goto('about:blank');
    await until(tab, async (build) => {
      document.dispatchEvent(new Event('visibilitychange'));
      return (await caches.keys()).every((name) => name.endsWith(build));
    }, NEWER);
    await close();
  });

  test('a copy that does not become whole is none: the old one goes on, and nothing is announced', async () => {
    const { folder, at, server, visit, own, rebuilt, close } = await hosted();
    const tab = await visit.another();
    await rebuilt();
    // One file is not what the build says.
    await writeFile(path.join(folder, `offline-${NEWER}.js`), '"half');
    const became = await tab.app.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const became = new Promise((done) => {
        registration.addEventListener('updatefound', () => {
          const { installing } = registration;
          installing.addEventListener('statechange', () => done(installing.state));
        });
      });
      await registration.update().catch(() => {});
      return became;
    });
    assert.equal(became, 'redundant');
    assert.deepEqual([await builds(tab), await banner(tab).count()], [[own], 0]);
    await server.close();
    const later = await withoutServer(visit, at);
    assert.equal(await running(later), own);
    forgiveNoServer(visit);
    await close();
  });

  test('a block that was changed on the server comes with the next visit', async () => {
    const { folder, visit, close } = await hosted();
    const tab = await visit.another();
    const file = path.join(folder, 'index.html');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('"name":"Monday, 8 am"', '"name":"Tuesday"'));
    await looked(tab);
    await banner(tab).waitFor();
    await banner(tab).getByRole('button', { name: 'Reload' }).click();
    await tab.app.locator('.bar .pick option', { hasText: 'Tuesday' }).waitFor({ state: 'attached' });
    await close();
  });

  test('the worker is taken back by the file that is there for it', async () => {
    const { folder, visit, close } = await hosted();
    await cp(path.join(folder, 'sw-off.js'), path.join(folder, 'sw.js'));
    await looked(visit);
    await until(visit, async () => (await caches.keys()).length === 0 && !(await navigator.serviceWorker.getRegistration()));
    const next = await visit.another();
    assert.ok(await next.app.evaluate(() => navigator.serviceWorker.controller === null));
    await close();
  });

  test('there is none in a frame and none for the single file', async () => {
    for (const form of ['same-origin', 'cross-site', 'cross-site single']) {
      const visit = await house.visit(form, { offline: true });
      await visit.app.waitForFunction(() => globalThis.waitingRoom.later !== null);
      assert.deepEqual(await visit.app.evaluate(() => [document.querySelectorAll('script[src*=offline]').length, document.documentElement.dataset.form ?? '']), [0, form.endsWith('single') ? 'single' : '']);
      await visit.close();
    }
  });
});
