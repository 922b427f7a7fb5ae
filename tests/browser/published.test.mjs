// What is published is strict and sound, read as text: its policies, its HTML, its addresses, its size.

import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { HtmlValidate } from 'html-validate';
import { DIST, SINGLE } from './support/house.mjs';

const read = (name) => readFile(path.join(DIST, name), 'utf8');
const policyOf = (page) => page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1];

/** The most that a first visit may take with brotli: HTML, script, styles, typeface, the first wasm module and icon. */
const FIRST_VISIT_BYTES = 450_000;

/** csp_evaluator's levels: the smaller, the worse. */
const WORTH_FAILING = 40; // MEDIUM

describe('The published page', () => {
  for (const name of ['index.html', SINGLE, 'builder.html']) {
    test(`${name} has a strict policy before anything it governs`, async () => {
      const page = await read(name);
      const policy = policyOf(page);
      assert.ok(policy, 'there is a policy');
      assert.ok(page.indexOf('Content-Security-Policy') < page.search(/<(link|script|style)\b/), 'it comes first');
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|unsafe-hashes|https?:|\*/);
      assert.match(policy, /^default-src 'none';/);
      const trusted = { 'index.html': 'waiting-room waiting-room-offline', [SINGLE]: 'waiting-room', 'builder.html': "'none'" };
      assert.ok(policy.endsWith(`; require-trusted-types-for 'script'; trusted-types ${trusted[name]}${name === 'builder.html' ? "; frame-src 'self' file:" : ''}`), policy);
      const workers = policy.match(/worker-src ([^;]*)/)[1];
      assert.equal(workers, name === 'index.html' ? "'self' blob:" : 'blob:');
      if (name !== 'index.html') {
        assert.match(policy, /connect-src 'none'/);
        assert.doesNotMatch(policy.replace("frame-src 'self'", ''), /'self'/);
      }
      const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
      const grave = findings.filter((finding) => finding.severity < WORTH_FAILING);
      assert.deepEqual(grave.map((finding) => finding.description), []);
    });

    test(`${name} is valid HTML`, async () => {
      const checker = new HtmlValidate({
        extends: ['html-validate:recommended'],
        rules: {
          // Trunk breaks lines where it likes; files of our own origin carry their integrity, inline ones have none.
          'no-trailing-whitespace': 'off',
          'require-sri': 'off',
          'long-title': 'error',
        },
      });
      const report = await checker.validateString(await read(name), name);
      const said = report.results.flatMap((result) => result.messages.map((m) => `${m.line}: ${m.message} (${m.ruleId})`));
      assert.deepEqual(said, []);
    });
  }

  test('names no folder of the machine that built it', async () => {
    const modules = (await readdir(DIST)).filter((name) => name.endsWith('.wasm'));
    assert.equal(modules.length, 2);
    for (const name of modules) {
      const text = (await readFile(path.join(DIST, name))).toString('latin1');
      assert.match(text, /yew-[\d.]+\/src\//, 'a panic says where it came from');
      assert.deepEqual(text.match(/[ -~]{0,20}(?:\.cargo|registry\/src)[ -~]{0,20}/g) ?? [], [], name);
    }
  });

  test('has relative addresses only', async () => {
    const addresses = [...(await read('index.html')).matchAll(/\b(?:href|src)="([^"]*)"/g)].map((match) => match[1]);
    assert.ok(addresses.length > 3);
    for (const address of addresses) assert.match(address, /^\.\//);
  });

  test('refers to no file that is missing', async () => {
    const names = new Set(await readdir(DIST));
    for (const [, name] of (await read('index.html')).matchAll(/'?"?\.\/([\w.-]+)["']/g)) assert.ok(names.has(name), name);
  });

  test('has no file that docs/hosting.md does not name', async () => {
    const told = await readFile(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
    const named = (await readdir(DIST)).filter((name) => !/\.(br|gz)$|-[0-9a-f]{8,16}(_[a-z]+)?\.[a-z0-9]+$/.test(name));
    assert.deepEqual(named.filter((name) => !told.includes(`\`${name}\``)), []);
  });

  test('weighs little at a first visit', async (t) => {
    const names = (await readdir(DIST)).filter((name) => name !== SINGLE && !/\.(br|gz|txt|zip)$/.test(name));
    const sizes = await Promise.all(names.map(async (name) => {
      const [raw, gzip, brotli] = await Promise.all(['', '.gz', '.br'].map(async (end) => (await stat(path.join(DIST, name + end))).size));
      return { name, raw, gzip, brotli };
    }));
    // The second module comes once the page is up, and its styles with it; all else when it is asked for.
    const first = sizes.filter(({ name }) => /^(index\.html|(page|style|inter)-.*|icon-[0-9a-f]+\.svg)$/.test(name) && !name.endsWith('_late.wasm'));
    assert.equal(first.length, 7, 'page, script, module, style sheet, two fonts, icon');
    for (const [, name] of (await read('index.html')).matchAll(/\b(?:href|src)="\.\/([^"]*)"/g)) assert.ok(first.some((one) => one.name === name), name);
    const sum = (key) => first.reduce((total, size) => total + size[key], 0);
    for (const { name, raw, gzip, brotli } of [...sizes, { name: 'a first visit', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') }]) {
      t.diagnostic(`${name}: ${raw} bytes, gzip ${gzip}, brotli ${brotli}`);
    }
    assert.ok(sum('brotli') <= FIRST_VISIT_BYTES, `${sum('brotli')} bytes with brotli; at the most ${FIRST_VISIT_BYTES}`);
  });

  test('lies packed beside itself, and unpacks to the same', async () => {
    for (const name of (await readdir(DIST)).filter((name) => !/\.(br|gz|zip)$/.test(name))) {
      const [raw, gzip, brotli] = await Promise.all(['', '.gz', '.br'].map((end) => readFile(path.join(DIST, name + end))));
      assert.ok(raw.equals(gunzipSync(gzip)) && raw.equals(brotliDecompressSync(brotli)), name);
    }
  });

  test('is small enough to be sent in one piece', async () => {
    const { size } = await stat(path.join(DIST, SINGLE));
    assert.ok(size < 2_000_000, `${SINGLE} has ${size} bytes; 2 MB at the most`);
  });
});
