// Odd names: endless ones, other scripts, from right to left, letters that nobody sees; and a small window, as at 400 %. Whatever a part, a
// design or a run is called, nothing leaves its box, and what is cut says so where its writing ends.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { finished, plantDesign } from './support/learner.mjs';
import { STATES, fromHeader, isPhone, opened, panel, selected } from './support/states.mjs';

/** Six a design, one a part: whatever stands beside them is odd too. */
const NAMES = {
  endless: ['W'.repeat(200), 'Manchester_Walk_In_Clinics_Booking_Interface_Version_2_Final_'.repeat(3), 'ЩЖШЫЮ'.repeat(30), 'ÄÖÜ@%'.repeat(20), '漢'.repeat(120), '𒐫'.repeat(40)],
  scripts: ['واجهة حجز المواعيد للعيادات المفتوحة في مدينة مانشستر', 'תור ההמתנה של המרפאה בשעות הבוקר המוקדמות', '👩‍⚕️🏥🇬🇧👨‍👩‍👧‍👦'.repeat(8), `Z${'\u0300\u0323'.repeat(60)}algo${'\u0301'.repeat(40)}`, 'ผู้ป่วยที่รอการยืนยันการนัดหมายตอนเช้า', '診療予約の確認を待っている患者さんの列'],
  unseen: ['queue\u200b', '\u202eevil', 'soft\u00adhyphen', '\u200b', 'API حجز 2', 'می\u200cخواهم'],
};
/** What `unseen` is shown as. */
const SHOWN = ['queue\\u200b', '\\u202eevil', 'soft\\u00adhyphen', '\\u200b', 'API حجز 2', 'می\u200cخواهم'];
const WINDOWS = { 'by mouse': [[1440, 900], [800, 600]], 'by touch': [[390, 844], [320, 256]] };

const sketch = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url), 'utf8'));
const design = (names) => ({ ...sketch, name: names[1], nodes: sketch.nodes.map((node, at) => ({ ...node, label: names[at] })) });

/** Everything that leaves its box, in words. Runs in the page. */
function astray() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
  // Heads of tables that became lists are heard only.
  const heard = (e) => { for (; e; e = e.parentElement) if (getComputedStyle(e).clipPath === 'inset(50%)') return true; return false; };
  const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !e.closest('.sr-only, [inert], svg.canvas > defs') && !heard(e);
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.textContent ?? '').trim().slice(0, 24)}”`;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const e = text.parentElement;
    if (!text.data.trim() || !shown(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const all = [...range.getClientRects()].filter((rect) => rect.width > 1);
    if (all.length === 0) continue;
    const [left, right] = [Math.min(...all.map((r) => r.left)), Math.max(...all.map((r) => r.right))];
    if (e instanceof SVGElement) {
      const card = e.closest('.part, .placing')?.querySelector('.card')?.getBoundingClientRect();
      if (card && (left < card.left - 1 || right > card.right + 1)) found.push(`${name(e)} leaves its card by ${Math.round(Math.max(card.left - left, right - card.right))}`);
      continue;
    }
    // The nearest box that is seen as one: it has a ground or an edge of its own; or one that says that its words are cut.
    for (let box = e; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      const b = box.getBoundingClientRect();
      if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') break;
      if (['auto', 'scroll'].includes(style.overflowX) && box.scrollWidth > box.clientWidth + 1 && !box.matches('.tabs, textarea, pre')) { found.push(`${name(e)} scrolls sideways in ${name(box)}`); break; }
      const edged = style.backgroundColor !== 'rgba(0, 0, 0, 0)' || parseFloat(style.borderLeftWidth) > 0;
      if (['inline', 'contents'].includes(style.display) || !edged && style.overflowX === 'visible') continue;
      if (left < b.left - 1 || right > b.right + 1) found.push(`${name(e)} leaves ${name(box)} by ${Math.round(Math.max(b.left - left, right - b.right))}`);
      break;
    }
  }
  return [...new Set(found)];
}

/** The views, each come to from a run that is over. */
const VIEWS = {
  result: async () => {},
  diagram: async (visit) => { await visit.app.getByRole('button', { name: /^Close the result/ }).click(); await panel(visit, 'Design'); },
  inspector: (visit) => selected(visit, 'queue'),
  list: async (visit) => {
    if (await isPhone(visit)) { await visit.app.getByRole('button', { name: 'Done' }).locator('visible=true').first().click(); return fromHeader(visit, 'List'); }
    await panel(visit, 'Design');
    await visit.app.locator('.stage').getByRole('button', { name: 'List' }).click();
    await visit.app.locator('.list').waitFor();
  },
  runs: async (visit) => { await panel(visit, 'Runs'); await visit.app.locator('.run').first().waitFor(); },
  files: async (visit) => { await fromHeader(visit, 'Files'); await visit.app.locator('dialog.exchange[open]').waitFor(); },
};

describe('Odd names', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [which, names] of Object.entries(NAMES)) {
    for (const [by, sizes] of Object.entries(WINDOWS)) {
      test(`nothing leaves its box: ${which}, ${by}`, async () => {
        const sized = ([width, height]) => ({ width, height });
        const visit = await house.visit('hosted', { context: { viewport: sized(sizes[0]), hasTouch: by === 'by touch' }, prepare: plantDesign(design(names)) });
        await finished(visit);
        for (const [view, go] of Object.entries(VIEWS)) {
          await visit.page.setViewportSize(sized(sizes[0]));
          await go(visit);
          for (const size of sizes) {
            await visit.page.setViewportSize(sized(size));
            assert.deepEqual(await visit.app.evaluate(astray), [], `${view} at ${size.join(' × ')}`);
          }
        }
        await visit.close();
      });
    }
  }

  test('what is written from right to left is cut at its left end, and what nobody sees is written out', async () => {
    const visit = await house.visit('hosted', { prepare: plantDesign(design(NAMES.scripts)) });
    const ends = (id) => visit.app.locator(`.diagram [data-id=${id}] .title`).first().evaluate((text) => {
      const last = text.getNumberOfChars() - 1;
      return { words: text.textContent, cut: text.textContent.endsWith('…'), left: text.getExtentOfChar(last).x < text.getExtentOfChar(0).x };
    });
    for (const { id } of sketch.nodes.slice(0, 2)) {
      const { words, ...rest } = await ends(id);
      assert.deepEqual(rest, { cut: true, left: true }, words);
    }
    const last = sketch.nodes[5].id;
    assert.deepEqual((({ cut, left }) => ({ cut, left }))(await ends(last)), { cut: true, left: false });
    await visit.close();

    const unseen = await house.visit('hosted', { prepare: plantDesign(design(NAMES.unseen)) });
    await unseen.app.locator('.stage').getByRole('button', { name: 'List' }).click();
    await unseen.app.locator('.list').waitFor();
    const listed = await unseen.app.locator('.list .who .field').evaluateAll((all) => all.map((e) => e.value));
    assert.deepEqual(new Set(listed), new Set(SHOWN));
    // What is typed or pasted loses it.
    const field = unseen.app.locator('.list .who .field').first();
    await field.fill('\u202eCalm\u200b qu\u00adeue\u2060');
    await field.blur();
    assert.equal(await field.inputValue(), 'Calm queue');
    await unseen.close();
  });

  // 400 % of 1280 × 1024, and what the text spacing of WCAG 1.4.12 adds.
  test('the whole page at 320 × 256, and at 320 × 640 with wider text, has nothing beside it, and Tab shows what has the focus clear of the bars', async () => {
    for (const [height, spaced] of [[256, false], [640, true]]) {
      for (const name of ['failing', 'passed', 'inspector-consumers', 'list', 'runs', 'files', 'size-it']) {
        const visit = await house.visit('hosted', { ...opened(name), context: { viewport: { width: 320, height }, bypassCSP: true } });
        if (spaced) await visit.page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' });
        await STATES[name].go(visit);
        assert.deepEqual(await visit.app.evaluate(astray), [], `${name} at 320 × ${height}${spaced ? ', spaced' : ''}`);
        if (name === 'failing' && !spaced) {
          const hidden = [];
          for (let presses = 0; presses < 40; presses++) {
            await visit.page.keyboard.press('Tab');
            const why = await visit.app.evaluate(() => {
              const e = document.activeElement;
              if (e === document.body || e.closest('svg')) return null;
              const b = e.getBoundingClientRect();
              const seen = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].some(([x, y]) => {
                const hit = document.elementFromPoint(b.left + b.width * x, b.top + b.height * y);
                return hit && (e.contains(hit) || hit.contains(e) || hit.closest('label')?.control === e);
              });
              return seen ? null : `${e.tagName} ${e.id || e.className} “${(e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 30)}” at ${Math.round(b.top)}–${Math.round(b.bottom)}`;
            });
            if (why) hidden.push(why);
          }
          assert.deepEqual(hidden, [], `320 × ${height}`);
        }
        await visit.close();
      }
    }
  });
});
