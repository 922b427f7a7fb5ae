// The list of parts: the same design without drawing. Built with the keyboard alone it is the design that drawing makes, with the same undo
// steps and the same text kept; and the focus is never lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { kept } from './support/learner.mjs';
import { unsealed } from './support/storage.mjs';

const SAVED = named('saved.v1');
const CHAIN = ['api>queue', 'consumers>clinic', 'patients>api', 'queue>consumers'];

describe('The list of parts', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const text = async (visit) => unsealed(await visit.app.evaluate((key) => localStorage.getItem(key), SAVED));
  const saved = async (visit) => JSON.parse(await text(visit)).design;
  const keeps = (visit, word) => visit.app.waitForFunction(([key, word]) => localStorage.getItem(key)?.includes(word), [SAVED, word]);
  const edges = (design) => design.edges.map(({ from, to }) => `${from}>${to}`).sort();
  const rows = (visit) => visit.app.locator('.list [data-row]').evaluateAll((all) => all.map((e) => e.dataset.row));
  const row = (visit, id) => visit.app.locator(`.list [data-row="${id}"]`);
  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const said = (visit) => visit.app.locator('[role=status].sr-only').innerText();
  /** The accessible name or id of what has the focus. */
  const focused = (visit) => visit.app.evaluate(() => document.activeElement.id || document.activeElement.tagName);

  /** Presses Tab until what has the focus has this id. */
  async function tabTo(visit, id, key = 'Tab') {
    for (let presses = 0; presses < 150; presses++) {
      if (await focused(visit) === id) return;
      await visit.page.keyboard.press(key);
    }
    assert.fail(`Tab never comes to ${id}`);
  }

  async function parameters(visit, name) {
    await button(visit, `More about ${name}`).press('Enter');
    await button(visit, `Parameters of ${name}`).press('Enter');
  }

  /** For a visit's `prepare`: the list was chosen last time. A phone offers it in a menu of the header. */
  const listed = (context) => context.addInitScript(() => {
    if (location.protocol === 'http:') localStorage.setItem('waiting-room.look.v1', 'list');
  });

  async function openList(visit) {
    await button(visit, 'List').click();
    await visit.app.locator('.list').waitFor();
  }

  /** Chooses a kind in the list of kinds, by its first letter, and adds it, by keys alone. */
  async function addByKeys(visit, letter, kind) {
    await tabTo(visit, 'list-add-kind', 'Shift+Tab');
    await visit.page.keyboard.press(letter);
    assert.equal(await visit.app.locator('#list-add-kind').inputValue(), kind);
    await tabTo(visit, 'list-add');
    await visit.page.keyboard.press('Enter');
    await row(visit, kind).waitFor();
  }

  async function buildTheChainByKeys(visit) {
    if (await visit.app.locator('.list').count() === 0) {
      await visit.app.locator('.stage-tools button', { hasText: 'List' }).focus();
      await visit.page.keyboard.press('Enter');
    }
    await tabTo(visit, 'list-add', 'Shift+Tab');
    await addByKeys(visit, 'q', 'queue');
    await addByKeys(visit, 'c', 'consumers');
    await keeps(visit, '"consumers"');
  }

  test('builds the chain with the keyboard alone: the same design, steps and text kept as by the palette', async () => {
    const visit = await house.visit('hosted');
    await buildTheChainByKeys(visit);
    assert.deepEqual(edges(await saved(visit)), CHAIN);
    assert.equal(await visit.app.locator('.list .problem.error').count(), 0, 'no error is left');
    assert.deepEqual(await rows(visit), ['patients', 'api', 'queue', 'consumers', 'clinic']);
    const listed = await text(visit);

    let steps = 0;
    while (await button(visit, 'Undo (Ctrl+Z)').isEnabled()) {
      await visit.page.keyboard.press('Control+z');
      steps += 1;
      assert.ok(steps <= 2, 'a part is one step');
      await visit.app.waitForFunction((n) => document.querySelectorAll('.list [data-row]').length === n, 5 - steps);
    }
    assert.equal(steps, 2);
    assert.deepEqual(await rows(visit), ['patients', 'api', 'clinic']);
    await visit.page.keyboard.press('Shift+Control+z');
    await visit.page.keyboard.press('Shift+Control+z');
    await row(visit, 'consumers').waitFor();
    await button(visit, 'Diagram').click();
    assert.equal(await visit.app.locator('.diagram [data-id]').count(), 5, 'the drawing shows the same');
    await visit.close();

    const other = await house.visit('hosted');
    await other.app.getByRole('tab', { name: 'Parts' }).first().click();
    for (const kind of ['queue', 'consumers']) {
      await other.app.locator(`.palette-item[data-kind=${kind}]`).press('Enter');
      await other.app.locator(`.diagram [data-id="${kind}"]`).waitFor();
    }
    await keeps(other, '"consumers"');
    assert.equal(await text(other), listed);
    await other.close();
  });

  test('an added part is read out, and the focus stays on the button', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    await visit.app.locator('#list-add').press('Enter');
    await row(visit, 'queue').waitFor();
    assert.match(await said(visit), /^Queue put between Booking API and Clinics?/);
    assert.equal(await focused(visit), 'list-add');
    await visit.close();
  });

  test('what is missing asks, and is made from there', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    await visit.app.locator('#list-add').press('Enter');
    await visit.app.locator('.list .missing summary').filter({ hasText: 'What empties it?' }).press('Enter');
    await visit.app.locator('.list .missing').getByRole('button', { name: 'Consumers' }).press('Enter');
    await keeps(visit, '"consumers"');
    assert.deepEqual(edges(await saved(visit)), CHAIN);
    await visit.close();
  });

  test('a row is 44 px high, and only what is wrong with a part makes it higher', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    await visit.app.locator('#list-add').press('Enter');
    await row(visit, 'queue').waitFor();
    const heights = await visit.app.locator('.list [data-row]').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height));
    assert.ok(heights.every((height) => Math.abs(height - 44) <= 1.5), heights.join());
    assert.doesNotMatch(await visit.app.locator('.list table').innerText(), /None/);
    // A part that was just put in is not scolded; after a rest what is missing is said.
    assert.equal(await visit.app.locator('.list .problem.error').count(), 0);
    await visit.app.locator('.list .problem.error').first().waitFor();
    await visit.close();
  });

  test('a part can be put between two by name', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    const places = await visit.app.locator('#list-add-place option').allInnerTexts();
    assert.deepEqual(places.slice(0, 2), ['where it fits', 'on its own']);
    assert.equal(places.length, 3, places.join());
    assert.match(places[2], /^between Booking API and Clinic/);
    await visit.app.locator('#list-add-place').selectOption({ index: 2 });
    await visit.app.locator('#list-add').press('Enter');
    await keeps(visit, '"queue"');
    assert.deepEqual(edges(await saved(visit)), ['api>queue', 'patients>api']);
    await visit.close();
  });

  test('connections: only what is allowed is offered; made, weighted and removed, each one step and the focus kept', async () => {
    const visit = await house.visit('hosted');
    await buildTheChainByKeys(visit);
    await button(visit, 'Connect Booking API').press('Enter');
    const targets = row(visit, 'api').locator('.menu-item');
    assert.deepEqual(await targets.allInnerTexts(), ['Clinics']);
    assert.equal(await focused(visit), 'list-1-target-0', 'the menu has the focus');
    await visit.page.keyboard.press('Escape');
    assert.equal(await targets.count(), 0);
    assert.equal(await focused(visit), 'list-1-connect', 'and gives it back');
    await visit.page.keyboard.press('Enter');
    await targets.first().press('Enter');
    await keeps(visit, '"to":"clinic"');
    await row(visit, 'api').locator('[data-to=clinic]').waitFor();
    assert.match(await said(visit), /^Booking API connected to Clinics\.$/);
    assert.notEqual(await focused(visit), 'BODY');
    assert.match(await focused(visit), /^list-1-/, 'in the same row');

    const weight = row(visit, 'api').locator('[data-to=clinic] input');
    await weight.fill('0');
    await weight.press('Enter');
    assert.equal(await weight.getAttribute('aria-invalid'), 'true');
    await weight.fill('3');
    await keeps(visit, '"weight":3');
    await weight.fill('4');
    await weight.press('Tab');
    await keeps(visit, '"weight":4');
    assert.match(await focused(visit), /^list-1-cut-/, 'Tab goes on, though what was typed takes effect by it');

    const cut = row(visit, 'api').locator('[data-to=clinic] button');
    assert.match(await cut.getAttribute('aria-label'), /^Remove the connection from Booking API to Clinic/);
    await cut.press('Enter');
    await row(visit, 'api').locator('[data-to=clinic]').waitFor({ state: 'detached' });
    assert.match(await focused(visit), /^list-1-/, 'in the same row');
    assert.match(await said(visit), /^Delete the connection.*done\./);

    for (const seen of [['4'], ['3'], ['1'], []]) {
      await visit.page.keyboard.press('Control+z');
      await visit.app.waitForFunction(([seen]) => {
        const input = document.querySelector('.list [data-row=api] [data-to=clinic] input');
        return seen === undefined ? input === null : input?.value === seen;
      }, seen);
      assert.notEqual(await focused(visit), 'BODY');
    }
    await visit.close();
  });

  test('after a removal the focus is on the next row, and after the last on the button that adds', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await openList(visit);
    const before = await rows(visit);
    const active = () => visit.app.evaluate(() => document.activeElement.getAttribute('aria-label'));
    /** Enter opens the menu of the row that has the focus, Tab goes on to its last entry, Enter removes. */
    const remove = async () => {
      await visit.page.keyboard.press('Enter');
      await visit.page.keyboard.press('Tab');
      assert.match(await active(), /^Remove /);
      await visit.page.keyboard.press('Enter');
    };
    await button(visit, 'More about Queue').focus();
    await remove();
    await row(visit, 'queue').waitFor({ state: 'detached' });
    assert.equal(await active(), 'More about Consumers');
    await remove();
    await row(visit, 'consumers').waitFor({ state: 'detached' });
    assert.match(await active(), /^More about Clinic/);
    await button(visit, 'More about Dead letters').focus();
    await remove();
    await row(visit, 'dead_letter').waitFor({ state: 'detached' });
    assert.equal(await focused(visit), 'list-add');
    // What is given offers no removal.
    await button(visit, 'More about Patients').click();
    assert.deepEqual(await visit.app.locator('.row-menu .menu-item').allTextContents(), ['Parameters']);
    await visit.page.keyboard.press('Escape');
    for (let step = 4; step <= 6; step++) {
      await visit.page.keyboard.press('Control+z');
      await visit.app.waitForFunction((n) => document.querySelectorAll('.list [data-row]').length === n, step);
    }
    assert.deepEqual(await rows(visit), before);
    await visit.close();
  });

  test('a name takes spaces while it is typed, is one undo step, and shows in the drawing', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    const name = visit.app.locator('#list-1-name');
    await name.focus();
    await visit.page.keyboard.press('Control+a');
    await visit.page.keyboard.type('Front desk');
    assert.equal(await name.inputValue(), 'Front desk');
    await visit.page.keyboard.press('Tab');
    await keeps(visit, '"Front desk"');
    await button(visit, 'More about Front desk').waitFor();
    await button(visit, 'Diagram').click();
    assert.match(await visit.app.locator('.diagram [data-id=api]').getAttribute('aria-label'), /^Front desk,/);
    await button(visit, 'Undo (Ctrl+Z)').click();
    await visit.app.waitForFunction(() => document.querySelector('.diagram [data-id=api]').getAttribute('aria-label').startsWith('Booking API'));
    assert.equal(await button(visit, 'Undo (Ctrl+Z)').isEnabled(), false);
    await visit.close();
  });

  test('a name can be emptied and typed with spaces in the inspector too', async () => {
    const visit = await house.visit('hosted');
    await visit.app.locator('.diagram [data-id=api]').click({ position: { x: 20, y: 30 } });
    const name = visit.app.locator('#inspector-name');
    await name.fill('');
    assert.equal(await name.inputValue(), '', 'an emptied field stays empty while it is typed in');
    await name.pressSequentially('Front desk');
    assert.equal(await name.inputValue(), 'Front desk');
    await keeps(visit, '"Front desk"');
    await visit.close();
  });

  test('parameters open in the inspector, with the focus there; what is selected in the drawing is marked', async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const visit = await house.visit('hosted', { context: { viewport }, prepare: listed });
      await parameters(visit, 'Booking API');
      await visit.app.waitForFunction(() => document.activeElement.id === 'panel-inspector');
      assert.equal(await visit.app.locator('.inspector input[aria-label=Name]').inputValue(), 'Booking API');
      assert.ok(await visit.app.locator('.inspector').isVisible());
      assert.equal(await row(visit, 'api').getAttribute('aria-current'), 'true');
      await visit.close();
    }
  });

  test('"Connect …" in the inspector leads to the list’s own way of connecting', async () => {
    const visit = await house.visit('hosted');
    await buildTheChainByKeys(visit);
    await parameters(visit, 'Booking API');
    await visit.app.locator('.inspector summary', { hasText: 'Connections' }).click();
    await visit.app.getByRole('button', { name: 'Connect …' }).click();
    await visit.app.waitForFunction(() => document.activeElement.id === 'list-1-connect');
    await visit.close();
  });

  test('the choice is there again after a reload', async () => {
    const visit = await house.visit('hosted');
    await openList(visit);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.app.locator('.list').waitFor();
    assert.equal(await visit.app.locator('.diagram').count(), 0);
    await visit.close();
  });

  test('is a table with its parts as row headers, and fits 360 px', async () => {
    const visit = await house.visit('hosted', { context: { viewport: { width: 360, height: 740 } }, prepare: listed });
    await buildTheChainByKeys(visit);
    const table = visit.app.getByRole('table', { name: 'Parts and connections' });
    assert.equal(await table.getByRole('rowheader').count(), 5);
    assert.equal(await table.getByRole('columnheader').count(), 3);
    const wide = await visit.app.locator('.list').evaluate((list) => list.scrollWidth - list.clientWidth);
    assert.ok(wide <= 0, `the list is ${wide} px too wide`);
    const small = await visit.app.locator('.list button, .list input, .list select').evaluateAll((all) => all
      .map((e) => [e.id || e.textContent, e.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name));
    assert.deepEqual(small, [], 'targets of 24 px');
    await visit.close();
  });
});
