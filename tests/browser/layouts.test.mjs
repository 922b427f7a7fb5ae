// Keyboards that write other letters, and input methods: the key's place counts where its letter is not Latin; nothing that makes up a character
// is taken for a command, and what ends a composition keeps no name.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { STATES, opened } from './support/states.mjs';

describe('A keyboard of another script', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** A press as such a keyboard makes it, on what has the focus; whether the page has taken it. */
  const press = (visit, key, code, more = {}) => visit.app.evaluate(([key, code, { keyCode, ...more }]) => {
    const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...more });
    if (keyCode) Object.defineProperty(event, 'keyCode', { value: keyCode });
    document.activeElement.dispatchEvent(event);
    return event.defaultPrevented;
  }, [key, code, more]);
  const parts = (visit) => visit.app.locator('.diagram .part:not(.lifted .part)').count();

  for (const [script, letters] of Object.entries({ Russian: 'фсмвянезс', Greek: 'αχωδζυτπψ', Hebrew: 'שבהגזטאפב', Arabic: 'شؤريئغفحؤ' })) {
    test(`works as help says: ${script}`, async () => {
      const [a, c, v, d, z, y, t, p] = letters;
      const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
      await visit.app.locator('.diagram [data-id=queue]').focus();
      const ctrl = { ctrlKey: true };
      const many = await parts(visit);
      const comesTo = (count) => visit.app.waitForFunction((count) => document.querySelectorAll('.diagram .place:not(.lifted) .part').length === count, count);
      assert.equal(await press(visit, d, 'KeyD', ctrl), true);
      await comesTo(many + 1);
      assert.equal(await press(visit, z, 'KeyZ', ctrl), true);
      await comesTo(many);
      assert.equal(await press(visit, y, 'KeyY', ctrl), true);
      await comesTo(many + 1);
      await press(visit, z, 'KeyZ', ctrl);
      await comesTo(many);
      await visit.app.locator('.diagram [data-id=queue]').focus();
      for (const [letter, code] of [[c, 'KeyC'], [v, 'KeyV'], [a, 'KeyA']]) assert.equal(await press(visit, letter, code, ctrl), true, code);
      await comesTo(many + 1);
      assert.equal(await press(visit, t, 'KeyT'), true);
      assert.equal(await press(visit, p, 'KeyP'), true);
      await visit.app.getByRole('button', { name: 'Pause', exact: true }).waitFor();
      await visit.close();
    });
  }

  test('AltGr, dead keys and what an input method takes are nobody’s command; a Latin letter is itself', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await visit.app.locator('.diagram [data-id=queue]').focus();
    const many = await parts(visit);
    for (const [key, code, more] of [
      ['я', 'KeyZ', { ctrlKey: true, isComposing: true }], ['Process', 'KeyD', { ctrlKey: true, keyCode: 229 }], ['d', 'KeyD', { ctrlKey: true, keyCode: 229 }],
      ['đ', 'KeyD', { ctrlKey: true, altKey: true }], ['Dead', 'KeyC', {}], ['Delete', 'Delete', { isComposing: true }], ['Delete', 'Delete', { keyCode: 229 }],
      // On a Dvorak keyboard the D stands where the H does, and the place of D writes an E.
      ['e', 'KeyD', { ctrlKey: true }], ['ç', 'KeyC', {}],
    ]) assert.equal(await press(visit, key, code, more), false, `${key} on ${code}`);
    assert.equal(await parts(visit), many);
    assert.equal(await press(visit, 'd', 'KeyH', { ctrlKey: true }), true);
    await visit.close();
  });

  test('Enter that ends a composition keeps no name of a run, and a composed name arrives in a part’s field', async () => {
    const visit = await house.visit('hosted', opened('runs'));
    await STATES.runs.go(visit);
    await visit.app.locator('.run').first().getByRole('button', { name: /^What can be done/ }).click();
    await visit.app.locator('.run').first().getByRole('button', { name: /^Rename/ }).click();
    const field = visit.app.locator('.rename input');
    await field.fill('日本');
    assert.equal(await press(visit, 'Enter', 'Enter', { keyCode: 229 }), true, 'the browser sends nothing off');
    assert.equal(await press(visit, 'Escape', 'Escape', { isComposing: true }), false);
    assert.equal(await field.inputValue(), '日本', 'it is still being typed');
    await field.press('Enter');
    await visit.app.locator('.run .name', { hasText: '日本' }).waitFor();
    await visit.app.locator('.diagram [data-id=queue]').focus();
    await visit.page.keyboard.press('Enter');
    const name = visit.app.locator('#inspector-name');
    await name.focus();
    await name.press('Control+a');
    const wire = await visit.context.newCDPSession(visit.page);
    await wire.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    await wire.send('Input.imeSetComposition', { text: '日本', selectionStart: 2, selectionEnd: 2 });
    await wire.send('Input.insertText', { text: '日本' });
    await visit.app.waitForFunction(() => document.querySelector('.diagram [data-id=queue] .title').textContent === '日本');
    assert.equal(await name.inputValue(), '日本');
    await visit.close();
  });
});
