// The snippets of docs/embedding.md as they stand there: built by the generators that they are for, and opened. `cargo xtask test browser` has
// installed those into the folder GENERATORS.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DIST, openHouse } from './support/house.mjs';
import { serveFolder } from './support/site.mjs';

const GENERATORS = process.env.GENERATORS;
const DOCS = fileURLToPath(new URL('../../docs/embedding.md', import.meta.url));
const run = promisify(execFile);
const python = (...words) => [path.join(GENERATORS, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'), ...words];

/** Where a site wants the page, how it is built and where it then lies; which press makes it dark. */
const SITES = {
  mkdocs: {
    page: 'docs/waiting-room', out: 'site', build: () => python('-m', 'mkdocs', 'build', '--quiet', '--strict'),
    dark: (page) => page.locator('[data-md-component=palette] label').locator('visible=true').click(),
  },
  vitepress: {
    page: 'public/waiting-room', out: '.vitepress/dist',
    build: () => [process.execPath, path.join(GENERATORS, 'node_modules/vitepress/bin/vitepress.js'), 'build'],
    dark: (page) => page.locator('.VPSwitchAppearance').locator('visible=true').click(),
  },
  sphinx: {
    page: '_static/waiting-room', out: '_build', build: () => python('-m', 'sphinx', '-q', '-W', '.', '_build'),
    dark: (page) => page.locator('button.theme-toggle').locator('visible=true').click(),
  },
  reveal: { page: 'waiting-room', out: '.', also: { 'reveal.js': 'node_modules/reveal.js/dist' } },
};

/** The files that the document shows, by their paths. */
async function shown() {
  const blocks = (await readFile(DOCS, 'utf8')).matchAll(/<!-- file: (\S+) -->\n```\w+\n(.*?)\n```\n/gs);
  return [...blocks].map(([, name, text]) => [name, `${text}\n`]);
}

async function built(name, files) {
  const { page, out, build, also = {} } = SITES[name];
  const home = path.join(GENERATORS, 'sites', name);
  await rm(home, { recursive: true, force: true });
  for (const [file, text] of files) {
    const to = path.join(GENERATORS, 'sites', file);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, text);
  }
  await cp(DIST, path.join(home, page), { recursive: true, filter: (from) => !/\.(br|gz)$/.test(from) });
  for (const [to, from] of Object.entries(also)) await cp(path.join(GENERATORS, from), path.join(home, to), { recursive: true });
  const [program, ...words] = build?.() ?? [];
  if (program) await run(program, words, { cwd: home });
  return serveFolder(path.join(home, out));
}

describe('Sites of generators', () => {
  const servers = {};
  let house;
  before(async () => {
    assert.ok(GENERATORS, 'the generators are installed by `cargo xtask test browser`, which names their folder in GENERATORS');
    const files = await shown();
    const building = Object.keys(SITES).map(async (name) => {
      const own = files.filter(([file]) => file.startsWith(`${name}/`));
      assert.ok(own.length > 0, `docs/embedding.md shows no file of ${name}`);
      servers[name] = await built(name, own);
    });
    [house] = await Promise.all([openHouse(), ...building]);
    assert.deepEqual(files.filter(([file]) => !(file.split('/')[0] in SITES)), []);
  });
  after(() => Promise.all([house, ...Object.values(servers)].map((one) => one?.close())));

  const open = async (name) => {
    const { address } = servers[name];
    const form = { address, allowed: [address], frame: false };
    const { page, ...visit } = await house.visit(form, { ready: false, context: { viewport: { width: 1280, height: 900 } } });
    return { ...visit, page, kata: page.frameLocator('waiting-room iframe') };
  };
  /** The kata is up, as light or dark as it should be. */
  const is = (kata, theme) => kata.locator(`html[data-theme=${theme}] #app[data-ready]`).waitFor({ state: 'attached' });
  const fits = (page, name) => page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth).catch(() => assert.fail(`${name} scrolls sideways`));

  for (const [name, { dark }] of Object.entries(SITES).filter(([, site]) => site.dark)) {
    test(`${name}: the kata is there, follows light and dark, and nothing scrolls sideways`, async () => {
      const { page, kata, close, picture } = await open(name);
      await is(kata, 'light');
      await fits(page, name);
      await dark(page);
      await is(kata, 'dark');
      assert.deepEqual(await page.locator('li[data-waiting-room-when]').evaluateAll((all) => all.map((li) => li.dataset.waitingRoomWhen)), ['backlog > 500', 'passed']);
      await picture(`site-${name}`);
      await page.setViewportSize({ width: 390, height: 844 });
      await fits(page, name);
      await close();
    });
  }

  test('reveal: the kata is on its slide, dark as that, and stays while another one is shown', async () => {
    const { page, kata, close, picture } = await open('reveal');
    await page.locator('.reveal.ready').waitFor();
    await page.keyboard.press('ArrowRight');
    await is(kata, 'dark');
    // Slides come from the side.
    await page.waitForFunction(() => {
      const { left, top, right, bottom } = document.querySelector('waiting-room').getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    });
    await picture('site-reveal');
    await kata.locator('html').evaluate((html) => { html.dataset.stays = 'yes'; });
    await page.keyboard.press('ArrowLeft');
    await page.locator('section.past').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await kata.locator('html[data-stays=yes]').waitFor();
    await fits(page, 'reveal');
    await close();
  });
});
