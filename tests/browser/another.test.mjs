// Another kata than the page's own: chosen by the address or in the brief, in the hosted form and in the single file. It fails, is passed with
// a design from a file, keeps its own things, and is told in its own words.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished } from './support/learner.mjs';

const ID = 'evening-rush';
const TAIL = `?kata=${ID}`;
const FOREIGN = /patient|clinic|booking|booked|monday|morning|doctor/i;
const kata = (name) => readFile(new URL(`../../static/katas/${ID}/${name}`, import.meta.url), 'utf8');

describe('Another kata', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** Everything that can be read or heard on the page now. */
  const words = (visit) => visit.app.evaluate(() => {
    const heard = [...document.querySelectorAll('#app [title], #app [aria-label]')].flatMap((e) => [e.title, e.getAttribute('aria-label')]);
    return [document.title, document.querySelector('#app').innerText, ...heard].filter(Boolean);
  });
  const onlyItsOwn = async (visit, where) => {
    const foreign = (await words(visit)).flatMap((text) => text.split('\n')).filter((line) => FOREIGN.test(line));
    assert.deepEqual(foreign, [], where);
  };

  for (const form of ['hosted', 'file', 'sandbox']) {
    // A sandboxed frame holds the single file and keeps nothing.
    test(`fails, is passed, and has its own words (${form})`, async () => {
      const visit = await house.visit(form, { tail: TAIL });
      const brief = JSON.parse(await kata('brief.json'));
      assert.equal(await visit.app.title(), brief.title);
      assert.equal(await visit.app.locator('.hook').innerText(), brief.hook);
      await onlyItsOwn(visit, 'before a run');
      await finished(visit);
      assert.match(await visit.app.locator('.verdict').innerText(), /^Not yet/);
      await onlyItsOwn(visit, 'a run that fails');
      await visit.app.locator('#open-exchange').click();
      await visit.app.locator('dialog.exchange[open]').waitFor();
      const design = Buffer.from(await kata('designs/lean.json'));
      await visit.app.locator('#exchange-file').setInputFiles({ name: 'lean.json', mimeType: 'application/json', buffer: design });
      await visit.app.locator('.diagram [data-id=consumers]').waitFor();
      await finished(visit);
      assert.match(await visit.app.locator('.verdict').innerText(), /Passed/);
      await onlyItsOwn(visit, 'a run that passes');
      await visit.close();
    });
  }

  test('the choice in the brief opens it, and each keeps its own', async () => {
    const visit = await house.visit('hosted');
    const link = visit.app.locator('.other-katas a');
    assert.equal(await link.innerText(), 'The evening rush');
    await link.click();
    await visit.app.locator('.hook', { hasText: 'dinners' }).waitFor();
    await finished(visit);
    const keys = () => visit.app.evaluate(() => Object.keys(localStorage).sort());
    await visit.app.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('waiting-room.evening-rush.runs')));
    assert.ok((await keys()).filter((key) => /\.runs/.test(key)).every((key) => key.includes('evening-rush')), `${await keys()}`);
    await visit.app.locator('.other-katas a', { hasText: 'The waiting room' }).click();
    await visit.app.locator('.hook', { hasText: '170 000' }).waitFor();
    await visit.close();
  });

  for (const form of ['hosted', 'file']) {
    test(`one that is not there is told, and the page's own opens (${form})`, async () => {
      const visit = await house.visit(form, { tail: '?kata=lunch-rush' });
      assert.equal(await visit.app.title(), 'The waiting room');
      await visit.app.getByText('The option kata=lunch-rush was left out').first().waitFor();
      await visit.close();
    });
  }

  test('until it is there, nothing is told of the page’s own', async () => {
    const held = [];
    const prepare = (context) => context.route(/kata-evening-rush/, (route) => held.push(route));
    const visit = await house.visit('hosted', { tail: TAIL, ready: false, prepare });
    await visit.app.locator('.first.other').waitFor();
    assert.equal(await visit.app.title(), 'The evening rush');
    for (const place of ['.hook', '.brief', '.brand h1', '.morning']) assert.equal(await visit.app.locator(place).isVisible(), false, place);
    while (held.length === 0) await visit.app.waitForFunction(() => true);
    await held[0].continue();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.close();
  });
});
