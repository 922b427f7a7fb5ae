// Keys: nothing is bound that help does not list, wherever the focus is; and what is typed into a field or a dialog goes no further.
//
// "Bound" is told from outside: the page prevents the browser's own answer, or something in the page changes. What help lists is read from the
// help dialog, so a key that is added without a line in the list fails here.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const SIGNS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
/** The signs that a key has without Shift, on the keyboard that Chromium plays. */
const PLAIN = SIGNS.filter((sign) => !/[A-Z~!@#$%^&*()_+{}|:"<>?]/.test(sign));
const NAMED = ['Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight',
  'ArrowUp', 'ArrowDown', 'CapsLock', 'ContextMenu', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12'];
const MODIFIERS = ['', 'Shift+', 'Control+', 'Control+Shift+', 'Alt+'];
const ALL = [...SIGNS, ...MODIFIERS.flatMap((with_) => [...(with_ ? PLAIN : []), ...NAMED].map((key) => `${with_}${key === ' ' ? 'Space' : key}`))];

/** A key of the help dialog in Playwright's words: `Shift+←` is `Shift+ArrowLeft`. */
function inOurWords(shown) {
  const parts = shown.match(/^((?:Ctrl\+|Shift\+)*)(.+)$/u);
  const name = { '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown', Esc: 'Escape', '−': '-' }[parts[2]] ?? parts[2];
  const key = name.length === 1 ? name.toLowerCase() : name;
  const [ctrl, shift] = [parts[1].includes('Ctrl+'), parts[1].includes('Shift+')];
  return `${ctrl ? 'Control+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

/** The same press by its other names: a capital without Shift is the letter with the caps lock on; a sign may want Shift. */
function alike(press) {
  const names = [press];
  if (/^[a-z]$/.test(press)) names.push(press.toUpperCase());
  if (press === 'Space') names.push(' ');
  if (/^[^a-z]$/.test(press)) names.push(`Shift+${press}`);
  return names;
}

/** Enter and Space press a button, whatever is held with them. */
const BUTTON = MODIFIERS.flatMap((with_) => [`${with_}Enter`, `${with_}Space`]).concat(' ');

const PLACES = [
  { name: 'nothing', scopes: ['Outside fields and buttons'], go: (visit) => visit.app.evaluate(() => document.activeElement.blur()) },
  { name: 'the canvas', scopes: ['In the diagram'], go: (visit) => visit.app.locator('.diagram svg.canvas').focus() },
  { name: 'a component', scopes: ['In the diagram'], go: (visit) => visit.app.locator('.diagram [data-id=api]').focus() },
  { name: 'a connection', scopes: ['In the diagram'], go: async (visit) => {
    await visit.app.locator('.diagram [data-id=api]').focus();
    await visit.page.keyboard.press('Tab');
    await visit.app.locator('.diagram .stop:focus').waitFor({ state: 'attached' });
  } },
  { name: 'a missing connection', design: 'broken', scopes: ['In the diagram'], go: (visit) => visit.app.locator('.diagram .ghost').first().focus() },
  { name: 'a part of the palette', scopes: ['On a part in the parts list'], own: BUTTON, go: async (visit) => {
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await visit.app.locator('.palette-item[data-kind=queue]').focus();
  } },
  { name: 'the menu of what follows', scopes: ['In a menu'], own: BUTTON, go: async (visit) => {
    const port = await visit.app.locator('.diagram [data-id=api] .port.out').boundingBox();
    const canvas = await visit.app.locator('.diagram svg.canvas').boundingBox();
    await visit.page.mouse.move(port.x + 4, port.y + 4);
    await visit.page.mouse.down();
    await visit.page.mouse.move(canvas.x + canvas.width * 0.3, canvas.y + canvas.height - 80, { steps: 4 });
    await visit.page.mouse.up();
    await visit.app.locator('.diagram .menu button:focus').waitFor();
  } },
  { name: 'the parameters', scopes: ['In the parameters', 'Outside fields and buttons'], go: async (visit) => {
    await visit.app.locator('.diagram [data-id=api]').focus();
    await visit.page.keyboard.press('Enter');
    await visit.app.locator('#panel-inspector:focus').waitFor();
  } },
  { name: 'a guess', design: 'queue-60', scopes: ['On a handle of a guess'], go: async (visit) => { await visit.app.getByRole('button', { name: 'Draw a guess' }).click(); await visit.app.locator('.guessing [role=slider]').nth(4).focus(); } },
  { name: 'a chart', scopes: ['On a chart', 'Outside fields and buttons'], go: (visit) => visit.app.locator('[data-chart=gap] .plot').focus() },
  { name: 'the result', scopes: ['In the result', 'Outside fields and buttons'], go: async (visit) => {
    await finished(visit);
    await visit.app.locator('.verdict').focus();
  } },
  { name: 'a word', scopes: ['On a word with dots under it'], go: async (visit) => {
    await visit.app.locator('.brief .term').first().focus();
    // What is shown follows its word when a key scrolls the brief: that is no key of the page's.
    await visit.page.keyboard.press('Escape');
    await visit.app.locator('.meaning.shown').waitFor({ state: 'detached' });
  } },
  { name: 'a tab', scopes: ['On a tab'], own: BUTTON, go: (visit) => visit.app.locator('#left-brief').focus() },
];

describe('Keys', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  /** What help lists: where, and the keys. */
  const listed = async (visit) => {
    await visit.app.getByRole('button', { name: 'Help and keys' }).click();
    await visit.app.locator('dialog[open] dl.keys').first().waitFor();
    const lists = await visit.app.locator('dl.keys').evaluateAll((all) => all.map((list) => (
      { scope: list.dataset.scope, keys: [...list.querySelectorAll('kbd')].map((key) => key.textContent) })));
    await visit.app.getByRole('button', { name: 'Close help' }).click();
    // Whatever the help had taken the focus from, a place is come to from nowhere.
    await visit.app.evaluate(() => document.activeElement.blur());
    return lists;
  };

  /** From now on notes each key that is prevented or changes the page. */
  const watch = (visit) => visit.app.evaluate(() => {
    window.bound = [];
    let last = null;
    const note = (why) => last && window.bound.push(`${last.ctrlKey ? 'Control+' : ''}${last.altKey ? 'Alt+' : ''}${last.shiftKey ? 'Shift+' : ''}${last.key} ${why}`);
    // Seen first on its way down; asked when all have had it, at the next key or at the end.
    window.ask = () => { if (last?.defaultPrevented) note('is prevented'); };
    window.addEventListener('keydown', (event) => { window.ask(); last = event; }, true);
    new MutationObserver(() => note('changes the page')).observe(document.getElementById('app'),
      { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const found = (visit) => visit.app.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    window.ask();
    return window.bound;
  });

  for (const { name, scopes, design = 'demand-breaker', own = [], go } of PLACES) {
    test(`on ${name} no key is bound that help does not list`, async () => {
      const visit = await house.visit('hosted', { prepare: kept({ design }) });
      const help = await listed(visit);
      const here = help.filter(({ scope }) => scope === 'Everywhere' || scopes.includes(scope));
      assert.equal(here.length, 1 + scopes.length, 'help has a list for this place');
      // Tab is always the browser's.
      const known = new Set([...here.flatMap(({ keys }) => keys).map(inOurWords).flatMap(alike), ...own, 'Tab', 'Shift+Tab', 'Control+Tab', 'Control+Shift+Tab', 'Alt+Tab']);
      await go(visit);
      // What goes by itself after a while would be taken for a key's doing.
      await visit.app.locator('.toast').waitFor({ state: 'detached' });
      const active = await visit.app.evaluateHandle(() => document.activeElement);
      await watch(visit);
      for (const key of ALL) if (!known.has(key)) await visit.page.keyboard.press(key);
      assert.deepEqual(await found(visit), []);
      assert.ok(await active.evaluate((element) => element === document.activeElement), 'the focus has stayed');
      await visit.close();
    });
  }

  /** What a learner would miss: the design as it is drawn, where it is seen from, the run. Names apart: some fields are there to change them. */
  const state = (visit) => visit.app.evaluate(() => ({
    parts: [...document.querySelectorAll('.diagram [data-id], .list [data-row]')].map((e) => [e.dataset.id ?? e.dataset.row, e.getAttribute('transform'), e.getAttribute('class')]),
    lines: document.querySelectorAll('.diagram .edge, .list [data-to]').length,
    view: document.querySelector('.diagram svg.canvas > g')?.getAttribute('transform'),
    busy: document.querySelector('.diagram svg.canvas')?.getAttribute('class'),
    run: [...document.querySelectorAll('.transport button')].map((b) => [b.textContent, b.disabled]),
    clock: document.querySelector('.clock').textContent,
    scenario: document.querySelector('select[aria-label=Scenario]').value,
  }));
  const TYPED = ['c', 'p', 't', 'Shift+P', '+', '-', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight', 'Shift+ArrowRight', 'Delete', 'Backspace', 'Home', 'End',
    'Control+z', 'Control+Shift+z', 'Control+y', 'Control+d', 'Control+a', 'Control+c', 'Control+v', 'Control+x', 'Control+z'];

  const help = (visit) => visit.app.getByRole('button', { name: 'Help and keys' }).click();
  const desk = (visit) => visit.app.locator('#open-exchange').click();
  const parameters = (visit) => visit.app.locator('.diagram [data-id=api]').focus();
  const FIELDS = [
    ['a number', parameters, '#param-api-threads'],
    ['a name', parameters, '#inspector-name', 'its own'],
    ['a name in the list', (visit) => visit.app.locator('.stage-tools button', { hasText: 'List' }).click(), '#list-1-name', 'its own'],
    ['the seed', () => {}, '.seed input'],
    ['the text to open', desk, '#exchange-paste'],
    ['the text to copy', desk, '#exchange-text'],
    ['a button of the dialog', desk, 'dialog.exchange .dialog-head button'],
    ['help', help, 'dialog[aria-labelledby=help-title] .dialog-head button'],
    ['the switch in help', help, 'dialog[aria-labelledby=help-title] input'],
    // A press on words takes the focus from everything.
    ['the words of help', help, null],
  ];

  for (const [name, open, field, renames] of FIELDS) {
    test(`what is typed into ${name} goes no further`, async () => {
      const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
      const undo = visit.app.getByRole('button', { name: /^Undo \(/, includeHidden: true });
      await open(visit);
      if (field) await visit.app.locator(field).focus();
      else await visit.app.locator('dialog[open] h3').first().click();
      const before = await state(visit);
      for (const key of TYPED) {
        await visit.page.keyboard.press(key);
        assert.deepEqual(await state(visit), before, key);
        if (!renames) assert.equal(await undo.isEnabled(), false, `${key} made a step`);
      }
      if (field) assert.ok(await visit.app.locator(field).evaluate((e) => e === document.activeElement), 'the focus has stayed');
      await visit.close();
    });
  }

  test('a key that is listed for letters stays in the diagram when letters are off everywhere else', async () => {
    const visit = await house.visit('hosted');
    await visit.page.keyboard.press('?');
    await visit.app.locator('dialog[open] input[type=checkbox]').uncheck();
    await visit.page.keyboard.press('Escape');
    await visit.app.evaluate(() => document.activeElement.blur());
    await visit.page.keyboard.press('p');
    const pause = visit.app.getByRole('button', { name: 'Pause', exact: true });
    assert.equal(await pause.count(), 0);
    await visit.app.locator('.diagram svg.canvas').focus();
    await visit.page.keyboard.press('p');
    await pause.waitFor();
    await visit.close();
  });

  test('Space plays and pauses in the diagram and outside of controls; held while one drags it only moves the view', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    const pause = visit.app.getByRole('button', { name: 'Pause', exact: true });
    await visit.app.locator('.diagram svg.canvas').focus();
    await visit.page.keyboard.press('Space');
    await pause.waitFor();
    await visit.app.locator('.diagram [data-id=api]').focus();
    await visit.page.keyboard.press('Space');
    await pause.waitFor({ state: 'detached' });
    await visit.app.evaluate(() => document.activeElement.blur());
    await visit.page.keyboard.press('Space');
    await pause.waitFor();
    await visit.page.keyboard.press('Space');
    await pause.waitFor({ state: 'detached' });
    // On a button Space presses that.
    await visit.app.locator('.zoom button').nth(2).focus();
    const view = () => visit.app.locator('.diagram svg.canvas > g').getAttribute('transform');
    const before = await view();
    await visit.page.keyboard.press('Space');
    assert.equal(await pause.count(), 0);
    assert.notEqual(await view(), before, 'zoomed in');
    const box = await visit.app.locator('.diagram svg.canvas').boundingBox();
    await visit.app.locator('.diagram svg.canvas').focus();
    const zoomed = await view();
    await visit.page.mouse.move(box.x + 40, box.y + 40);
    await visit.page.keyboard.down('Space');
    await visit.page.mouse.down();
    await visit.page.mouse.move(box.x + 120, box.y + 70, { steps: 4 });
    await visit.page.mouse.up();
    await visit.page.keyboard.up('Space');
    assert.notEqual(await view(), zoomed, 'moved');
    assert.equal(await pause.count(), 0, 'and nothing plays');
    await visit.close();
  });

  test('Escape, then Tab goes past the components, forth and back; Enter leads to the parameters and Escape back', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    const has = (selector) => visit.app.evaluate((s) => document.activeElement.matches(s), selector);
    const key = (name) => visit.page.keyboard.press(name);
    await visit.app.locator('.diagram svg.canvas').focus();
    for (const id of ['patients', 'api']) {
      await key('Tab');
      while (await has('.stop')) await key('Tab');
      assert.ok(await has(`[data-id=${id}]`), `the order of the flow: ${id}`);
    }
    await key('Escape');
    assert.ok(await has('svg.canvas'), 'Escape leads back to the canvas');
    await key('Tab');
    assert.ok(await has('.zoom button'), 'past all components');
    await visit.app.locator('.diagram [data-id=clinic]').focus();
    await key('Escape');
    await key('Shift+Tab');
    assert.equal(await visit.app.evaluate(() => Boolean(document.activeElement.closest('.diagram'))), false, 'and before them');
    await key('Tab');
    assert.ok(await has('svg.canvas'));
    await key('Tab');
    assert.ok(await has('[data-id=patients]'), 'whoever comes back goes through them again');
    await key('Enter');
    assert.ok(await has('#panel-inspector'));
    await key('Tab');
    await key('Escape');
    assert.ok(await has('[data-id=patients]'));
    // While something is under way Escape ends that first.
    await visit.app.locator('.diagram [data-id=api]').focus();
    await key('c');
    await key('Escape');
    assert.ok(await has('[data-id=api]'));
    await visit.close();
  });
});
