// The page in three engines: Chromium's, Firefox's and Safari's. The same run has the same digest wherever the page stands; a learner builds, runs,
// reads and saves; and no style is lost on any of them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { ENGINES } from './support/engines.mjs';
import { DIST, SINGLE } from './support/house.mjs';
import { pinnedRuns } from './support/probe.mjs';
import { BASE, serve } from './support/server.mjs';

const KATA = process.env.KATA ?? path.join(process.env.CARGO_TARGET_DIR ?? path.resolve(import.meta.dirname, '../../target'), 'debug/kata');

/** A run of the first design that the native tests hold. */
const PINNED = (await pinnedRuns()).find(({ design }) => design === 'naive');
const OPTIONS = { scenario: PINNED.scenario, seed: PINNED.seed, autoplay: 1, speed: 'max' };
const ASKING = `?${new URLSearchParams(OPTIONS)}`;

/** Each: where the page stands, and whether it stands in a frame. In `srcdoc` it has no address of its own to ask with. */
const PLACES = {
  'at the root of a host': ({ roots }) => [`http://127.0.0.1:${roots.port}/${ASKING}`],
  'under a sub-path': ({ server }) => [`http://127.0.0.1:${server.port}${BASE}${ASKING}`],
  'in a sandboxed frame': ({ server }) => [`http://127.0.0.1:${server.port}/host/sandbox`, { framed: true }],
  'in srcdoc': ({ server }) => [`http://127.0.0.1:${server.port}/host/srcdoc`, { framed: true }],
  'as a file': ({ file }) => [`${pathToFileURL(file).href}${ASKING}`],
};

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const framed = (attributes) => `<!DOCTYPE html><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 1400px; height: 800px }</style><iframe ${attributes}></iframe>`;

/** What the receipt in a text of one line says. */
const read = (line) => JSON.parse(inflateRawSync(Buffer.from(line.slice('WR1-'.length), 'base64url').subarray(0, -4)));

/** What only some engines have, and nobody misses: colours of scroll bars, colours that a system forces, text that a phone enlarges. */
const EXTRAS = ['scrollbar-color', 'forced-color-adjust', 'text-size-adjust'];

/** Every declaration of the published styles, as `property: value`, but for those with an engine's own name. */
async function declarations() {
  const sheets = (await readdir(DIST)).filter((name) => name.endsWith('.css'));
  const texts = await Promise.all(sheets.map((name) => readFile(path.join(DIST, name), 'utf8')));
  const rules = texts.join('').replaceAll(/\/\*[^]*?\*\/|@font-face\s*{[^}]*}/g, '');
  const found = [...rules.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+?)(?:\s*!important)?\s*(?=[;}])/g)].map(([, ...pair]) => pair);
  assert.ok(found.length > 1000, `${found.length} declarations`);
  const all = new Set(found.map((pair) => pair.join(': ')));
  // Each with the one of Safari's own name beside it, if there is one.
  const asked = found.filter(([name]) => !name.startsWith('-') && !EXTRAS.includes(name));
  return asked.map(([name, value]) => [[name, value], all.has(`-webkit-${name}: ${value}`) ? [`-webkit-${name}`, value] : undefined]);
}

describe('In each engine', () => {
  const here = {};
  before(async () => {
    here.folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-engines-'));
    here.file = path.join(here.folder, SINGLE);
    await cp(path.join(DIST, SINGLE), here.file);
    here.server = await serve(DIST);
    here.roots = await serve(DIST, '/');
    const { server } = here;
    const single = await readFile(here.file, 'utf8');
    const asking = `<script type="application/json" id="waiting-room-options">${JSON.stringify(OPTIONS)}</script>`;
    server.hosts.set('sandbox', framed(`sandbox="allow-scripts" src="${escaped(`${BASE}${SINGLE}${ASKING}`)}"`));
    server.hosts.set('srcdoc', framed(`sandbox="allow-scripts" srcdoc="${escaped(single.replace('</head>', `${asking}</head>`))}"`));
  });
  after(async () => {
    await here.server?.close();
    await here.roots?.close();
    await rm(here.folder, { recursive: true });
  });

  for (const [name, start] of Object.entries(ENGINES)) {
    describe(name, () => {
      let browser;
      before(async () => {
        browser = await start();
        await browser.size(1440, 900);
      });
      after(() => browser?.close());

      /** Opens the page and waits until it is up, with its second module. */
      async function opened(address, options) {
        await browser.open(address, options);
        await browser.until(() => document.querySelector('#app[data-ready]') !== null && !globalThis.waitingRoom?.coming);
      }
      const over = () => browser.until(() => document.querySelector('.verdict') !== null);
      /** The last run's receipt, as the page hands it out. */
      async function receipt() {
        await browser.press('#open-share');
        return browser.until(() => document.querySelector('#share-receipt')?.value);
      }

      test('the same run has the same digest, wherever the page stands and in a worker', async () => {
        const found = {};
        for (const [place, where] of Object.entries(PLACES)) {
          await opened(...where(here));
          await over();
          found[place] = read(await receipt()).digest;
        }
        // The page that is there repeats the run in its workers.
        await browser.press('dialog.share [aria-label=Close]');
        await browser.press('.verdict [title="The same design on 50 Mondays"]');
        const digests = await browser.until((seed) => {
          const come = document.querySelector('.repeat')?.dataset.digests?.split(' ');
          return come?.length >= seed && come;
        }, PINNED.seed);
        found['in a worker'] = digests[PINNED.seed - 1];
        assert.deepEqual(found, Object.fromEntries([...Object.keys(PLACES), 'in a worker'].map((place) => [place, PINNED.digest])));
      });

      test('a learner builds, runs, reads the result and saves', async () => {
        await opened(`http://127.0.0.1:${here.server.port}${BASE}?scenario=monday&seed=1&speed=max`);
        await browser.press('#left-parts');
        await browser.drag('[data-kind=queue]', '.diagram svg.canvas', { x: 0, y: 140 });
        await browser.until(() => document.querySelector('.diagram [data-id=queue]') !== null);
        await browser.drag('[data-kind=consumers]', '.diagram svg.canvas', { x: 220, y: 140 });
        await browser.until(() => document.querySelector('.diagram [data-id=consumers]') !== null);
        const ways = [['api', 'queue'], ['queue', 'consumers'], ['consumers', 'clinic']];
        for (const [at, [from, to]] of ways.entries()) {
          await browser.drag(`.diagram [data-id=${from}] .port.out`, `.diagram [data-id=${to}]`);
          await browser.until((many) => document.querySelectorAll('.diagram .edge').length === many, 3 + at);
        }
        await browser.press('.diagram [data-id=consumers] .card');
        await browser.type('[id="param-consumers-scaling.workers"]', '7');
        await browser.press('.transport .primary');
        await over();
        const words = await browser.until(() => document.querySelector('.verdict').innerText);
        assert.match(words, /Monday, 8 am/);
        const line = await receipt();
        const { design, digest } = read(line);
        assert.match(execFileSync(KATA, ['verify', line], { encoding: 'utf8' }), /^The receipt holds/, digest);
        assert.deepEqual(design.edges.length, 5);
        assert.equal(design.nodes.find(({ id }) => id === 'consumers').params.scaling.workers, 7);
        await browser.press('dialog.share [aria-label=Close]');
        await browser.press('#open-exchange');
        await browser.press('dialog.exchange section[aria-labelledby=exchange-save] .btn');
        const saved = await browser.downloaded();
        assert.deepEqual(JSON.parse(saved).edges, design.edges);
        await browser.reload();
        await browser.until(() => document.querySelector('.diagram [data-id=consumers]') !== null);
      });

      test('no style is lost', async () => {
        const lost = await browser.run((all) => all.filter((ways) => !ways.some((way) => way && CSS.supports(...way))), await declarations());
        assert.deepEqual(lost, []);
      });
    });
  }
});
