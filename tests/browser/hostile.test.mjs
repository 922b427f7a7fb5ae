// Hostile texts: markup, addresses of scripts, formulas, Markdown, signs that turn or hide others, names that JavaScript gives a meaning. Through
// every way in they are words or are refused in words, and on every way out they stay what they are. Where markup is made of a text the browser
// itself refuses it: the policy asks for trusted types. The native half is tests/design/hostile.rs.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { DIST, SINGLE, named, openHouse } from './support/house.mjs';
import { content, finished } from './support/learner.mjs';
import { fromHeader } from './support/states.mjs';
import { BASE } from './support/server.mjs';

const TEXTS = JSON.parse(await readFile(new URL('../support/hostile.json', import.meta.url), 'utf8'));
/** What no file of JSON may hold by itself, and what JavaScript holds. */
const ODD = ['\ud800', 'a\udc00\ud800b', 'x'.repeat(1 << 20), '<b>'.repeat(1 << 18)];
const START = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/queue-60.json', import.meta.url), 'utf8'));
/** What a file may be called by: the others are refused, which is another row. */
const NAMES = TEXTS.filter((text) => !/\p{Cc}/u.test(text) && text.trim());

/** A design in which every name is hostile. */
function design(at) {
  const name = (n) => NAMES[(at + n) % NAMES.length];
  return { ...START, name: name(0), nodes: START.nodes.map((node, index) => ({ ...node, label: name(index + 1) })) };
}

/** A text as links and lines have it. */
function packed(text) {
  const bytes = deflateRawSync(Buffer.from(text, 'utf8'));
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(Number((hash >> 32n) ^ (hash & 0xffffffffn)));
  return Buffer.concat([bytes, sum]).toString('base64url');
}
const link = (at) => `#r1.${packed(JSON.stringify({ kata: 'waiting-room', scenario: 'monday', seed: 1, design: design(at) }))}`;

/** Whether anything of a text has become more than words: a script that ran, an element that no template of the page has. */
const harm = () => [globalThis.hacked, top === globalThis && document.querySelector('iframe, object, embed, img[src=x], svg[onload], [onerror], [onfocus]')?.outerHTML].filter(Boolean);
const unharmed = async (visit, what) => assert.deepEqual(await visit.app.evaluate(harm), [], what);

describe('Hostile texts', () => {
  let house;
  let folder;
  before(async () => {
    house = await openHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-hostile-'));
  });
  after(async () => {
    await house?.close();
    await rm(folder, { recursive: true });
  });

  const dialog = (visit) => visit.app.locator('dialog.exchange');
  async function paste(visit, text) {
    if (await dialog(visit).count() === 0 || !await dialog(visit).isVisible()) await fromHeader(visit, 'Files');
    await dialog(visit).locator('#exchange-paste').evaluate((field, text) => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
    await visit.app.getByRole('button', { name: 'Open this text', exact: true }).click();
  }
  const label = (visit) => visit.app.locator('#design-name').inputValue();

  test('no text becomes markup, or the address of a script: each form of the page, and the builder', async () => {
    const sinks = {
      innerHTML: () => { document.body.innerHTML = '<img src=x onerror="hacked = 1">'; },
      outerHTML: () => { document.body.outerHTML = '<p>'; },
      insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<p>'),
      'a frame of text': () => { document.createElement('iframe').srcdoc = '<p>'; },
      'a parser': () => new DOMParser().parseFromString('<p>', 'text/html'),
      fragment: () => document.createRange().createContextualFragment('<p>'),
      'a script of text': () => { document.createElement('script').text = '1'; },
      'the address of a script': () => { document.createElement('script').src = 'x.js'; },
      'a worker': () => new Worker('blob:x'),
      'another policy': () => trustedTypes.createPolicy('mine', { createHTML: (text) => text }),
      'the policy of all': () => trustedTypes.createPolicy('default', { createHTML: (text) => text }),
    };
    const builder = { address: `http://127.0.0.1:${house.server.port}${BASE}builder.html`, allowed: [`http://127.0.0.1:${house.server.port}`], frame: false };
    for (const form of ['hosted', 'file', 'sandbox', builder]) {
      const visit = await house.visit(form, { ready: form !== builder });
      for (const [name, sink] of Object.entries(sinks)) await assert.rejects(visit.app.evaluate(sink), /TypeError/, `${name}: ${form.address ?? form}`);
      assert.equal(await visit.app.evaluate(() => globalThis.hacked), undefined);
      // The browser has said each of them on the console, and nothing else.
      assert.ok(visit.faults.every((fault) => /Trusted|trusted/.test(fault)), visit.faults.join('\n'));
      await visit.context.close();
    }
  });

  test('from a paste, a link, a message, an address and the storage they are words, or refused in words', async () => {
    const visit = await house.visit('hosted', { tail: link(0) });
    await unharmed(visit, 'a link');
    for (let at = 0; at < NAMES.length; at += START.nodes.length + 1) {
      await paste(visit, JSON.stringify(design(at)));
      await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
      assert.equal(await label(visit), NAMES[at % NAMES.length].replaceAll(/[\r\n]/g, ''), 'the name as it is');
      await unharmed(visit, `names from ${at}`);
    }
    const wrong = [(text) => text, (text) => JSON.stringify({ ...START, [text]: text }), (text) => JSON.stringify({ ...START, nodes: [{ id: text, kind: text, params: { [text]: text } }] })];
    for (const [at, text] of [...TEXTS, ...ODD].entries()) {
      await paste(visit, wrong[at % wrong.length](text));
      await dialog(visit).locator('.faults').first().waitFor();
      await unharmed(visit, text.slice(0, 40));
    }
    await visit.page.keyboard.press('Escape');
    await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
    // Typed, as the design's own name.
    for (const text of TEXTS.filter((_, index) => index % 8 === 0)) {
      await visit.app.locator('#design-name').fill(text);
      await visit.app.locator('#design-name').press('Tab');
      await unharmed(visit, text);
    }
    await visit.close();

    // As a browser may have kept it, damaged or not.
    const address = (text) => `?key=${encodeURIComponent(text)}&${encodeURIComponent(text)}=1&scenario=${encodeURIComponent(text)}`;
    const kept = await house.visit('hosted', {
      tail: address(TEXTS.slice(0, 12).join('').toWellFormed?.() ?? TEXTS[0]),
      prepare: (context) => context.addInitScript(([names, texts]) => {
        if (location.protocol !== 'http:') return;
        names.forEach((name, at) => localStorage.setItem(name, texts[at % texts.length]));
      }, [[named('saved.v1'), named('runs.v1'), named('notes.v1')], TEXTS]),
    });
    await unharmed(kept, 'address and storage');
    await kept.close();
  });

  test('from the page around and from its course system they do nothing but what is allowed', async () => {
    const course = `<script>window.API = { LMSInitialize: () => 'true', LMSGetValue: (what) => ${JSON.stringify(TEXTS[0]).replaceAll('<', '\\u003c')} + what, LMSSetValue: () => 'true', LMSCommit: () => 'true', LMSFinish: () => 'true' }</script>`;
    const visit = await house.visit('same-origin', { tail: '?embed=1', course });
    const sent = [...TEXTS, ...ODD].flatMap((text, at) => [
      text, { type: text }, { type: `waiting-room:${text}` }, { type: 'waiting-room:load', link: text }, { type: 'waiting-room:load', design: design(at) },
      { type: 'waiting-room:set', [text]: text, theme: text }, { method: `JSInput::${text}`, params: text, id: text }, { subject: text, state: text }, { [text]: { [text]: [text] } },
    ]);
    // Those that say something are answered in words; the last one shows that all before it have been read.
    await visit.page.evaluate(({ sent, last }) => new Promise((done) => {
      addEventListener('message', ({ data }) => { if (data?.type === 'waiting-room:error' && data.message.includes('the-last')) done(); });
      for (const message of [...sent, last]) frames[0].postMessage(message, '*');
    }), { sent, last: { type: 'waiting-room:the-last' } });
    await unharmed(visit, 'messages');
    assert.equal(await visit.page.evaluate(() => globalThis.hacked), undefined, 'nor the page around');
    assert.equal(await visit.app.evaluate(() => ({}).polluted ?? Object.keys(Object.prototype).length), 0);
    await visit.close();
  });

  test('on the way out they stay words: pictures, names of files, the page as one file', async () => {
    const visit = await house.visit('hosted');
    const blank = await visit.context.newPage();
    const download = async (name) => {
      const [offered] = await Promise.all([visit.page.waitForEvent('download'), visit.app.getByRole('button', { name, exact: true }).click()]);
      return { name: offered.suggestedFilename(), content: await content(offered) };
    };
    let last;
    for (const at of [0, 12, 27, 41]) {
      await paste(visit, JSON.stringify(design(at)));
      await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
      await fromHeader(visit, 'Files');
      const svg = await download('Picture, SVG');
      assert.match(svg.name, /^[^\p{Cc}\\/:*?"<>|]{1,70}\.svg$/u);
      const drawn = await blank.evaluate((text) => {
        const tree = new DOMParser().parseFromString(text, 'image/svg+xml');
        return { names: [...new Set([...tree.querySelectorAll('*')].map((one) => one.localName))].sort(), title: tree.querySelector('title')?.textContent, links: text.match(/(href|on\w+)=/g) };
      }, svg.content.toString());
      assert.deepEqual(drawn.names.filter((name) => !/^(circle|desc|g|line|path|polygon|rect|svg|text|title|tspan)$/.test(name)), [], 'nothing but drawing');
      assert.equal(drawn.title.replaceAll(/\s/g, ' '), NAMES[at].replaceAll(/\s/g, ' '));
      last = await download('Page, one file');
      await visit.page.keyboard.press('Escape');
      await visit.app.locator('dialog.exchange[open]').waitFor({ state: 'detached' });
      const file = path.join(folder, `${at}.html`);
      await writeFile(file, last.content);
      const copy = await house.visit('file', { at: pathToFileURL(file).href });
      assert.equal(await label(copy), NAMES[at], 'the copy has the name as it is');
      await unharmed(copy, 'a copy of the page');
      await copy.close();
    }
    assert.equal(last.content.toString().match(/<\/script/g).length - (await readFile(path.join(DIST, SINGLE), 'utf8')).match(/<\/script/g).length <= 5, true, 'no text ends an element');
    await finished(visit);
    await unharmed(visit, 'the result');
    await visit.close();
  });
});
