// The page comes up in every place where a learner may meet it, says nothing on the console and asks nobody for anything.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FORMS, openHouse } from './support/house.mjs';

describe('The page comes up quietly', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const form of FORMS) {
    test(form, async () => {
      const visit = await house.visit(form);
      assert.equal(await visit.app.locator('#boot').count(), 0, 'the opening sentence has gone');
      assert.notEqual((await visit.app.locator('#app').innerText()).trim(), '', 'the page shows something');
      await visit.close();
    });
  }

  test('file: nothing but the file itself is ever asked for', async () => {
    const visit = await house.visit('file');
    await visit.page.waitForLoadState('networkidle');
    const fetched = visit.requests.filter((url) => !/^(data|blob):/.test(url));
    assert.deepEqual(fetched.map((url) => url.split('/').pop()), ['waiting-room.html']);
    await visit.close();
  });

  test('hosted: a reload with the query and fragment kept', async () => {
    const visit = await house.visit('hosted', { tail: '?embed=1&theme=dark#x' });
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.close();
  });
});

describe('A visit that is not quiet fails', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const mischief = {
    'a style that the policy forbids': () => document.body.setAttribute('style', 'color: red'),
    'a script that the policy forbids': () => document.head.appendChild(document.createElement('script')).append('1'),
    'a request to elsewhere': () => fetch('https://example.org/').catch(() => {}),
    'an exception': () => { setTimeout(() => { throw new Error('a fault'); }); },
    'an error on the console': () => console.error('a fault'),
  };
  for (const [name, deed] of Object.entries(mischief)) {
    test(name, async () => {
      for (const form of ['hosted', 'sandbox']) {
        const visit = await house.visit(form);
        const noticed = visit.context.waitForEvent(name === 'an exception' ? 'weberror' : 'console');
        await visit.app.evaluate(deed);
        await noticed;
        await assert.rejects(visit.close(), /not quiet/);
      }
    });
  }
});
