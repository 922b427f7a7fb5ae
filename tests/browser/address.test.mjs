// What an address, or the page's own block of options, asks for; and where in the browser's storage what belongs to it lies.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { named, openHouse } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { fromHeader } from './support/states.mjs';

describe('The address and the storage', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const banner = (visit) => visit.app.locator('.banner');
  const name = (visit) => visit.app.locator('#design-name').inputValue();
  const names = (visit, storage = 'localStorage') => visit.app.evaluate((storage) => Object.keys(window[storage]).filter((key) => key.startsWith('waiting-room')).sort(), storage);

  async function rename(visit, to) {
    await visit.app.locator('#design-name').fill(to);
    await visit.app.locator('#design-name').press('Tab');
    await visit.app.waitForFunction((to) => Object.values(localStorage).some((text) => text.includes(to)), to);
  }

  /** The page's HTML with something put before its `#app`, as a host may do it. */
  async function withBlock(context, block) {
    await context.route(/waiting-room\/(\?.*)?$/, async (route) => {
      const answer = await route.fetch();
      const html = (await answer.text()).replace('<div id="app"', `<script type="application/json" id="waiting-room-options">${block}</script><div id="app"`);
      await route.fulfill({ response: answer, body: html });
    });
  }

  test('what is unknown, given twice or not allowed is told once, with what is allowed, and left out', async () => {
    const visit = await house.visit('hosted', { tail: '?colour=red&seed=3&seed=4&host=moodle&scenario=outage&utm_source=mail&course_id=_1_1' });
    await banner(visit).waitFor();
    assert.deepEqual(await banner(visit).allInnerTexts().then((all) => all.map((text) => text.trim())), [
      'There is no option “colour”. It was left out; the options are embed, kata, scenario, design, seed, speed, autoplay, readonly, panels, present, theme, lang, key, host. '
      + 'The option seed is given twice. It was left out; allowed is once. The option host=moodle was left out; allowed is scorm, jsinput, splice or none.',
    ]);
    assert.deepEqual([await visit.app.locator('#seed').inputValue(), await visit.app.locator('.bar .pick').inputValue()], ['1', 'outage']);
    await visit.close();
  });

  test('a block in the page says what the address does not', async () => {
    const block = JSON.stringify({ scenario: 'outage', seed: 7, theme: 'dark', embed: true, key: 'course-1' });
    const visit = await house.visit('hosted', { tail: '?seed=8', prepare: (context) => withBlock(context, block) });
    assert.deepEqual([await visit.app.locator('#seed').inputValue(), await visit.app.locator('.bar .pick').inputValue()], ['8', 'outage']);
    assert.equal(await visit.app.locator('html').getAttribute('data-theme'), 'dark');
    assert.equal(await visit.app.locator('.app.embed').count(), 1);
    await rename(visit, 'In its drawer');
    assert.ok((await names(visit)).includes('waiting-room.saved.v1@course-1'));
    await visit.close();
    const odd = await house.visit('hosted', { prepare: (context) => withBlock(context, '[1, 2]') });
    await banner(odd).waitFor();
    assert.match(await banner(odd).innerText(), /block of options is no JSON object/);
    await odd.close();
  });

  test('a design to start from is one until something is kept, and where Reset leads', async () => {
    const visit = await house.visit('hosted', { tail: '?design=queue-60' });
    const begun = await name(visit);
    assert.equal(await visit.app.locator('.diagram [data-id=queue]').count(), 1);
    await rename(visit, 'Mine');
    await fromHeader(visit, 'Files');
    await button(visit, 'Reset the design').click();
    assert.equal(await name(visit), begun);
    await button(visit, 'Undo (Ctrl+Z)').click();
    await visit.app.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('Mine')));
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.equal(await name(visit), 'Mine', 'what is kept stays');
    await visit.close();
  });

  test('readonly: it can be run and looked at, not changed', async () => {
    const visit = await house.visit('hosted', { tail: '?readonly=1&speed=max', prepare: kept({ design: 'queue-60' }) });
    const there = await visit.app.locator('.diagram [data-id]').count();
    await visit.app.locator('.diagram .part[data-id=queue] .card').click();
    await visit.app.getByText('This design can be looked at and run, not changed.').first().waitFor();
    await visit.page.keyboard.press('Delete');
    assert.equal(await visit.app.locator('.diagram [data-id]').count(), there);
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict').waitFor();
    await visit.close();
  });

  for (const width of [1440, 900, 390]) {
    test(`readonly: nothing is there to change the design with, at ${width}`, async () => {
      const visit = await house.visit('hosted', { tail: '?readonly=1&panels=parts,runs', prepare: kept({ design: 'queue-60' }), context: { viewport: { width, height: 800 } } });
      const seen = (selector) => visit.app.locator(selector).locator('visible=true').count();
      for (const gone of ['.parts-panel', '[role=tab][id$="-parts"]', '.history', '.joint .insert', '.ghost']) assert.equal(await seen(gone), 0, gone);
      assert.deepEqual((await visit.app.locator('[role=tab]').locator('visible=true').allInnerTexts()).map((text) => text.trim()), width > 1100 ? ['Runs'] : ['Design', 'Runs']);
      if (width > 1100) assert.equal(await seen('.runs-panel'), 1, 'what is there is seen');
      await visit.close();
      const alone = await house.visit('hosted', { tail: '?readonly=1&panels=parts', context: { viewport: { width, height: 800 } } });
      assert.equal(await alone.app.locator('.left').locator('visible=true').count(), 0, 'no empty place for it');
      assert.ok(await alone.app.locator('.stage').isVisible());
      await alone.close();
    });

    test(`panels: only those that are named are seen, at ${width}`, async () => {
      const visit = await house.visit('hosted', { tail: '?panels=charts', context: { viewport: { width, height: 800 } } });
      const seen = (selector) => visit.app.locator(selector).locator('visible=true').count();
      assert.deepEqual([await seen('.brief-panel'), await seen('.parts-panel'), await seen('.runs-panel')], [0, 0, 0]);
      if (width > 1100) {
        assert.equal(await seen('.left'), 0);
        const [stage, page] = await visit.app.evaluate(() => [document.querySelector('.stage').getBoundingClientRect().left, 0]);
        assert.equal(stage, page, 'the design has the room');
      } else {
        assert.deepEqual((await visit.app.locator('.strip [role=tab]').allInnerTexts()).map((text) => text.trim()), ['Design', 'Charts']);
      }
      const alone = await house.visit('hosted', { tail: '?panels=design', context: { viewport: { width, height: 800 } } });
      assert.equal(await alone.app.locator('.charts .track').locator('visible=true').count(), 0);
      assert.ok(await alone.app.getByRole('button', { name: 'Play', exact: true }).isVisible());
      await alone.close();
      await visit.close();
    });
  }

  test('present: large type, nothing to edit with', async () => {
    const visit = await house.visit('hosted', { tail: '?present=1' });
    const size = (selector) => visit.app.locator(selector).first().evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    await visit.app.waitForFunction(() => getComputedStyle(document.querySelector('.brief .lead')).fontSize === '16px');
    assert.ok(await size('.clock') >= 26);
    for (const gone of ['.bar .history', '#open-exchange', '#open-share', '.stage-tools', '#left-parts']) {
      assert.equal(await visit.app.locator(gone).locator('visible=true').count(), 0, gone);
    }
    await visit.close();
  });

  test('each path and each key has a drawer of its own, and one by its path begins with what an older page kept', async () => {
    const design = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/queue-60.json', import.meta.url), 'utf8'));
    const older = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'outage', seed: 5, theme: 'dark', design: { ...design, name: 'Older' } });
    const prepare = (context) => context.addInitScript((text) => {
      if (location.protocol === 'http:' && !localStorage.getItem('waiting-room.saved.v1')) localStorage.setItem('waiting-room.saved.v1', text);
    }, older);
    const visit = await house.visit('hosted', { prepare });
    assert.deepEqual([await name(visit), await visit.app.locator('html').getAttribute('data-theme')], ['Older', 'dark']);
    await rename(visit, 'By its path');
    assert.equal(await visit.app.evaluate(() => localStorage.getItem('waiting-room.saved.v1')), older, 'the older text stays');
    const address = visit.page.url();
    await visit.page.goto(`${address}?key=week-1`);
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.notEqual(await name(visit), 'Older');
    await rename(visit, 'By its key');
    await visit.page.goto(`${address}index.html`);
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.equal(await name(visit), 'By its path');
    await visit.page.goto(`${address}waiting-room.html`);
    await visit.app.locator('#app[data-ready]').waitFor();
    assert.equal(await name(visit), 'Older', 'another path, another drawer');
    // What it began with is kept as its own, in its own time.
    const own = `${named('saved.v1')}waiting-room.html`;
    await visit.app.waitForFunction((key) => localStorage.getItem(key), own);
    assert.deepEqual((await names(visit)).filter((key) => key.includes('saved')), ['waiting-room.saved.v1', named('saved.v1'), own, 'waiting-room.saved.v1@week-1'].sort());
    await visit.close();
  });

  test('everything here is forgotten by a press and another one, and nothing of other drawers', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=max', prepare: (context) => context.addInitScript(() => {
      if (location.protocol === 'http:' && !sessionStorage.getItem('laid')) {
        for (const key of ['waiting-room.notes.v1', 'waiting-room.saved.v1@week-1', 'another page']) localStorage.setItem(key, '{}');
        sessionStorage.setItem('laid', '1');
      }
    }) });
    await rename(visit, 'Not for the next one');
    await visit.app.getByRole('button', { name: 'To the end' }).click();
    await visit.app.locator('.verdict').waitFor();
    await visit.app.waitForFunction((key) => localStorage.getItem(key), named('runs.v1'));
    await fromHeader(visit, 'Files');
    await button(visit, 'Forget everything here').click();
    await button(visit, 'Keep it').click();
    assert.ok((await names(visit)).includes(named('saved.v1')));
    await button(visit, 'Forget everything here').click();
    await Promise.all([visit.page.waitForEvent('load'), button(visit, 'Forget it for good').click()]);
    await visit.app.locator('#app[data-ready]').waitFor();
    await visit.app.getByRole('status').getByText('Everything that was kept here is forgotten.').first().waitFor({ state: 'attached' });
    assert.notEqual(await name(visit), 'Not for the next one');
    assert.deepEqual(await names(visit), ['waiting-room.saved.v1@week-1']);
    assert.deepEqual(await names(visit, 'sessionStorage'), []);
    assert.equal(await visit.app.evaluate(() => localStorage.getItem('another page')), '{}');
    await visit.close();
  });
});
