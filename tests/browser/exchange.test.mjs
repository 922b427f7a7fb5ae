// Designs in and out of the page: as a file, as text, as a picture; good ones, bad ones, huge ones; and in a frame that lets nothing out.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { content } from './support/learner.mjs';

const SAVED = named('saved.v1');
const GOOD = {
  format: 'waiting-room/design', version: 1, name: 'From <b>elsewhere</b>',
  nodes: [
    { id: 'patients', kind: 'patients', x: 0, y: 112 },
    { id: 'api', kind: 'api', label: 'Front "desk"', x: 184, y: 112, params: { threads: 24 } },
    { id: 'queue', kind: 'queue', x: 368, y: 112 },
    { id: 'consumers', kind: 'consumers', x: 552, y: 112 },
    { id: 'clinic', kind: 'clinic', x: 736, y: 112 },
  ],
  edges: [{ from: 'patients', to: 'api' }, { from: 'api', to: 'queue' }, { from: 'queue', to: 'consumers' }, { from: 'consumers', to: 'clinic', weight: 2.5 }],
};
const BAD = {
  format: 'waiting-room/design', version: 1,
  nodes: [{ id: 'api', kind: 'api', params: { threads: 0 } }, { id: 'x', kind: '<img src=x onerror=alert(1)>' }],
  edges: [{ from: 'api', to: 'nowhere' }],
};

describe('Designs in and out', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-exchange-'));
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true });
  });

  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true });
  const dialog = (visit) => visit.app.locator('dialog.exchange');
  const parts = async (visit) => (await visit.app.locator('.diagram [data-id]').evaluateAll((all) => all.map((e) => e.dataset.id))).sort();
  const saved = async (visit) => JSON.parse(await visit.app.evaluate((key) => localStorage.getItem(key), SAVED)).design;
  const keeps = (visit, word) => visit.app.waitForFunction(([key, word]) => localStorage.getItem(key)?.includes(word), [SAVED, word]);
  const said = (visit) => visit.app.locator('[role=status].sr-only').innerText();
  const text = (visit) => visit.app.locator('#exchange-text').inputValue();
  const undo = (visit) => button(visit, 'Undo (Ctrl+Z)');
  const START = ['api', 'clinic', 'patients'];

  async function open(visit) {
    await visit.app.locator('#open-exchange').click();
    await visit.app.locator('dialog.exchange[open]').waitFor();
  }

  /** Waits until the dialog is shut and the parts are these. */
  async function opened(visit, ids) {
    await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
    assert.deepEqual(await parts(visit), [...ids].sort());
  }

  async function file(name, content) {
    const place = path.join(folder, name);
    await writeFile(place, content);
    return place;
  }

  async function download(visit, name) {
    const [offered] = await Promise.all([visit.page.waitForEvent('download'), button(visit, name).click()]);
    return { name: offered.suggestedFilename(), content: await content(offered) };
  }

  /** Drops files from the desktop onto the player, as the browser's own drag. */
  async function drop(visit, files) {
    const paths = [];
    for (const [name, content] of files) paths.push(await file(name, content));
    const { x, y } = await visit.app.locator('.player').boundingBox();
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    const session = await visit.context.newCDPSession(visit.page);
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: x + 40, y: y + 20, data });
    }
    await session.detach();
  }

  test('a good file opens as one undo step, is read out and kept', async () => {
    const visit = await house.visit('hosted');
    await open(visit);
    await visit.app.locator('#exchange-file').setInputFiles(await file('good.json', JSON.stringify(GOOD)));
    await opened(visit, GOOD.nodes.map((n) => n.id));
    assert.match(await said(visit), /^“From <b>elsewhere<\/b>” opened: 5 components, 4 connections\.$/);
    await keeps(visit, 'elsewhere');
    await undo(visit).click();
    assert.deepEqual(await parts(visit), START);
    assert.equal(await undo(visit).isEnabled(), false, 'one step');
    await button(visit, 'Redo (Shift+Ctrl+Z)').click();
    assert.equal((await parts(visit)).length, 5);
    await visit.close();
  });

  test('what is saved opens as the very same design', async () => {
    const visit = await house.visit('hosted');
    await open(visit);
    await visit.app.locator('#exchange-paste').fill(JSON.stringify(GOOD));
    await button(visit, 'Open this text').click();
    await opened(visit, GOOD.nodes.map((n) => n.id));
    await keeps(visit, 'elsewhere');
    const design = await saved(visit);
    await open(visit);
    const file = await download(visit, 'Download the file');
    assert.equal(file.name, 'from-b-elsewhere-b.json');
    assert.equal(file.content.toString(), await text(visit));
    assert.deepEqual(JSON.parse(file.content), design);

    const other = await house.visit('hosted');
    await open(other);
    await other.app.locator('#exchange-file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: file.content });
    await opened(other, GOOD.nodes.map((n) => n.id));
    await keeps(other, 'elsewhere');
    assert.deepEqual(await saved(other), design);
    await other.close();
    await visit.close();
  });

  test('a file is called after the design as it is now, and the design can be renamed', async () => {
    const visit = await house.visit('hosted');
    // Its name stands in one place.
    const named = visit.app.locator('#design-name');
    const begun = await named.inputValue();
    await open(visit);
    assert.equal(await visit.app.locator('dialog .exchange input[type=text], dialog.exchange input[type=text]').count(), 0);
    assert.equal((await download(visit, 'Download the file')).name, `${begun.toLowerCase().replaceAll(' ', '-')}.json`);
    await visit.page.keyboard.press('Escape');
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await visit.app.locator('[data-kind=queue]').click();
    await open(visit);
    assert.equal(await named.inputValue(), 'My design', 'a changed design is not the kata’s any more');
    assert.equal((await download(visit, 'Download the file')).name, 'my-design.json');
    await visit.page.keyboard.press('Escape');
    await named.fill('Queue & courage');
    await open(visit);
    await visit.app.getByText('queue-courage.json').waitFor();
    const file = await download(visit, 'Download the file');
    assert.equal(file.name, 'queue-courage.json');
    assert.equal(JSON.parse(file.content).name, 'Queue & courage');
    await keeps(visit, 'courage');
    await visit.page.keyboard.press('Escape');
    await undo(visit).click();
    await undo(visit).click();
    assert.equal(await named.inputValue(), begun, 'as anything else it is undone');
    await visit.close();
  });

  test('the name stands in the header, or behind its “More”, and is renamed there', async () => {
    const visit = await house.visit('hosted', { context: { viewport: { width: 1440, height: 900 } } });
    const own = visit.app.locator('#design-name');
    const begun = await own.inputValue();
    const places = () => visit.app.evaluate(() => [...document.querySelectorAll('.bar > *, .bar .pick, .bar .btn')].map((e) => e.getBoundingClientRect()).map(({ left, top, width }) => [left, top, width]));
    const before = await places();
    await own.fill('A queue that holds the rush of every Monday of the year');
    await own.press('Tab');
    assert.deepEqual(await places(), before, 'nothing moves for a long name');
    await own.fill('Rush hour');
    await keeps(visit, 'Rush hour');
    await open(visit);
    assert.equal((await download(visit, 'Download the file')).name, 'rush-hour.json');
    await visit.page.keyboard.press('Escape');
    await visit.page.setViewportSize({ width: 390, height: 844 });
    await visit.app.locator('.bar > .more > button').click();
    const behind = visit.app.locator('#more-name');
    assert.equal(await behind.inputValue(), 'Rush hour');
    await behind.fill('Pocket');
    await keeps(visit, 'Pocket');
    await visit.page.keyboard.press('Escape');
    await visit.page.setViewportSize({ width: 1440, height: 900 });
    assert.equal(await own.inputValue(), 'Pocket');
    await undo(visit).click();
    await undo(visit).click();
    await undo(visit).click();
    assert.equal(await own.inputValue(), begun, 'each name is a step');
    await visit.close();
  });

  test('of a bad file every fault is shown with its place, and nothing is lost', async () => {
    const visit = await house.visit('hosted');
    await visit.app.getByRole('tab', { name: 'Parts' }).first().click();
    await visit.app.locator('.palette-item[data-kind=queue]').click();
    const before = await parts(visit);
    await open(visit);
    const now = await text(visit);
    await visit.app.locator('#exchange-file').setInputFiles(await file('bad.json', JSON.stringify(BAD)));
    const faults = dialog(visit).locator('.faults');
    await faults.waitFor();
    assert.match(await faults.innerText(), /Not opened: 3 faults\. Your design is as it was\./);
    const told = await faults.locator('li').allInnerTexts();
    assert.deepEqual(told.map((line) => line.split(': ')[0]), ['nodes[0].params.threads', 'nodes[1].kind', 'edges[0].to']);
    assert.match(told[1], /<img src=x/, 'as words');
    assert.equal(await faults.evaluate((box) => document.activeElement === box), true, 'the faults have the focus');
    assert.equal(await text(visit), now);
    await visit.app.locator('#exchange-paste').fill('{');
    await button(visit, 'Open this text').click();
    await faults.getByText(/a } is missing/).waitFor();
    assert.equal(await visit.app.locator('#exchange-paste').inputValue(), '{', 'what was typed stays');
    await visit.page.keyboard.press('Escape');
    await opened(visit, before);
    assert.equal(await visit.app.evaluate(() => document.activeElement.id), 'open-exchange', 'the focus is back where it was');
    await undo(visit).click();
    assert.deepEqual(await parts(visit), START);
    await visit.close();
  });

  test('a huge file is refused unread, and what is no text too', async () => {
    const visit = await house.visit('hosted', {
      prepare: (context) => context.addInitScript(() => {
        const read = FileReader.prototype.readAsArrayBuffer;
        window.filesRead = 0;
        FileReader.prototype.readAsArrayBuffer = function (blob) { window.filesRead += 1; return read.call(this, blob); };
      }),
    });
    await open(visit);
    const faults = dialog(visit).locator('.faults');
    await visit.app.locator('#exchange-file').setInputFiles(await file('huge.json', Buffer.alloc(1_048_577, ' ')));
    await faults.getByText(/1.048.577 bytes; allowed: at most 1.048.576 \(1 MiB\)\. It was not read\./).waitFor();
    assert.equal(await visit.app.evaluate(() => window.filesRead), 0);
    await visit.app.locator('#exchange-file').setInputFiles(await file('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff])));
    await faults.getByText(/no text file/).waitFor();
    assert.equal(await visit.app.evaluate(() => window.filesRead), 1);
    await visit.app.locator('#exchange-paste').fill('');
    await button(visit, 'Open this text').click();
    await faults.getByText(/There is no text/).waitFor();
    await visit.close();
  });

  test('a file dropped anywhere on the page opens; several are refused; a bad one opens the dialog with its faults', async () => {
    const visit = await house.visit('hosted');
    await drop(visit, [['good.json', JSON.stringify(GOOD)]]);
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    assert.equal((await parts(visit)).length, 5);
    await drop(visit, [['a.json', '{}'], ['b.json', '{}']]);
    const faults = dialog(visit).locator('.faults');
    await faults.getByText('One design at a time: these are 2 files.').waitFor();
    await visit.page.keyboard.press('Escape');
    await drop(visit, [['bad.json', JSON.stringify(BAD)]]);
    await faults.getByText('Not opened: 3 faults').waitFor();
    await visit.page.keyboard.press('Escape');
    await opened(visit, GOOD.nodes.map((n) => n.id));
    await visit.close();
  });

  test('while a file is over the page a frame says that it may be dropped; words that are dragged are none', async () => {
    const visit = await house.visit('hosted');
    const marked = () => visit.app.locator(':root[data-file-over]').count();
    const frame = () => visit.app.evaluate(() => getComputedStyle(document.documentElement, '::after').content);
    const session = await visit.context.newCDPSession(visit.page);
    const drag = (type, data) => session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data: { items: [], dragOperationsMask: 1, ...data } });
    const files = [await file('good.json', JSON.stringify(GOOD))];
    await drag('dragEnter', { files });
    await drag('dragOver', { files });
    assert.equal(await marked(), 1);
    assert.equal(await frame(), '"Drop a design file to open it"');
    await drag('dragCancel', { files });
    await visit.page.mouse.move(400, 400);
    assert.equal(await marked(), 0, 'called off');
    await drag('dragEnter', { files });
    await drag('dragOver', { files });
    // As browsers tell that a drag has left the window; this one's tools can't.
    await visit.app.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true, relatedTarget: document.querySelector('main') })));
    assert.equal(await marked(), 1, 'from one element to the next');
    await visit.app.evaluate(() => document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true })));
    assert.equal(await marked(), 0, 'taken away again');
    await drag('dragCancel', {});
    await drag('dragEnter', { items: [{ mimeType: 'text/plain', data: 'words' }] });
    await drag('dragOver', { items: [{ mimeType: 'text/plain', data: 'words' }] });
    assert.equal(await marked(), 0);
    await drag('dragCancel', {});
    await drop(visit, [['good.json', JSON.stringify(GOOD)]]);
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    assert.equal(await marked(), 0, 'gone after the drop');
    await visit.close();
  });

  test('pictures: the SVG is well-formed with names as words, the PNG is twice as large', async () => {
    const visit = await house.visit('hosted');
    await drop(visit, [['good.json', JSON.stringify(GOOD)]]);
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    await open(visit);
    const svg = await download(visit, 'Picture, SVG');
    assert.equal(svg.name, 'from-b-elsewhere-b.svg');
    // The page itself takes no markup from a text.
    const blank = await visit.context.newPage();
    const drawn = await blank.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml');
      const root = document.documentElement;
      return { tag: root.tagName, title: root.querySelector('title').textContent, width: +root.getAttribute('width'), height: +root.getAttribute('height') };
    }, svg.content.toString());
    assert.equal(drawn.tag, 'svg');
    assert.equal(drawn.title, GOOD.name);
    const png = await download(visit, 'Picture, PNG');
    assert.equal(png.name, 'from-b-elsewhere-b.png');
    assert.equal(png.content.subarray(1, 4).toString(), 'PNG');
    assert.equal(png.content.readUInt32BE(16), 2 * drawn.width);
    assert.equal(png.content.readUInt32BE(20), 2 * drawn.height);
    await visit.close();
  });

  test('the text goes to the clipboard, and without one it is selected', async () => {
    const visit = await house.visit('hosted', { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await open(visit);
    await button(visit, 'Copy as text').click();
    await dialog(visit).getByText('The text is on the clipboard.').waitFor();
    assert.equal(await visit.app.evaluate(() => navigator.clipboard.readText()), await text(visit));
    await visit.close();

    const closed = await house.visit('hosted', {
      prepare: (context) => context.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
        Document.prototype.execCommand = () => false;
      }),
    });
    await open(closed);
    await button(closed, 'Copy as text').click();
    await dialog(closed).getByText('The text is selected').waitFor();
    const selected = await closed.app.locator('#exchange-text').evaluate((area) => area.selectionEnd - area.selectionStart === area.value.length && document.activeElement === area);
    assert.ok(selected);
    await closed.close();
  });

  test('"Reset the design" brings back the design one began with, as one undo step', async () => {
    const visit = await house.visit('hosted');
    await drop(visit, [['good.json', JSON.stringify(GOOD)]]);
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    await open(visit);
    await button(visit, 'Reset the design').click();
    await opened(visit, START);
    assert.match(await said(visit), /^Back to the design you began with/);
    await undo(visit).click();
    await visit.app.locator('.diagram [data-id=queue]').waitFor();
    assert.equal((await parts(visit)).length, 5);
    await visit.close();
  });

  for (const form of ['sandbox', 'cross-site', 'file']) {
    test(`${form}: the text way in and out works, and nothing throws`, async () => {
      const visit = await house.visit(form);
      await open(visit);
      await visit.app.locator('#exchange-paste').fill(JSON.stringify(GOOD));
      await button(visit, 'Open this text').click();
      await opened(visit, GOOD.nodes.map((n) => n.id));
      await open(visit);
      const written = JSON.parse(await text(visit));
      assert.deepEqual([written.name, written.nodes.length, written.edges.length], [GOOD.name, 5, 4]);
      await button(visit, 'Copy as text').click();
      await dialog(visit).locator('.told').getByText(/The text is (on the clipboard|selected)/).waitFor();
      if (await dialog(visit).getByText('The text is on the clipboard').count()) {
        // It really is there: pasted as a learner does it, it is the same text.
        await visit.app.locator('#exchange-paste').focus();
        await visit.page.keyboard.press('Control+v');
        assert.deepEqual(JSON.parse(await visit.app.locator('#exchange-paste').inputValue()), written);
      }
      if (form === 'sandbox') {
        await dialog(visit).getByText('some frames block downloads').waitFor();
        for (const name of ['Download the file', 'Picture, SVG', 'Picture, PNG']) await button(visit, name).click();
        await dialog(visit).locator('.told').getByText(/picture/i).waitFor();
      }
      await visit.page.evaluate(() => new Promise(requestAnimationFrame));
      // The browser's own word on a download that the frame forbids is no fault of the page, which can't ask beforehand.
      const ours = visit.faults.filter((fault) => !/Download is disallowed/i.test(fault));
      visit.faults.splice(0, visit.faults.length, ...ours);
      await visit.close();
    });
  }
});
