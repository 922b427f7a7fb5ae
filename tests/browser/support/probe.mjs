// The engine alone in a browser: `tests/probe` as a wasm module without imports, on an empty page.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The module: `PROBE`, or where cargo leaves it. */
const PROBE = process.env.PROBE ?? path.resolve(here, '../../../target/wasm32-unknown-unknown/release/probe.wasm');

/** Runs of the engine that are kept beside the tests: design, scenario, seed, digest, number of facts. */
export async function pinnedRuns() {
  const text = await readFile(path.resolve(here, '../../golden/digests.txt'), 'utf8');
  return text.trim().split('\n').map((line) => {
    const [design, scenario, seed, digest, facts] = line.split(' ');
    return { design, scenario, seed: Number(seed), digest, facts: Number(facts) };
  });
}

/** The digests of random worlds, likewise: seed, digest, number of facts. */
export async function pinnedWorlds() {
  const text = await readFile(path.resolve(here, '../../golden/swarm.txt'), 'utf8');
  return text.trim().split('\n').map((line) => line.split(' ')).map(([seed, digest, facts]) => [Number(seed), digest, Number(facts)]);
}

/**
 * Opens an empty page and gives it `fresh()`, which makes a new instance of the module with some words of JavaScript around it.
 * Functions evaluated in the page find it as `globalThis.fresh`.
 */
export async function openProbe(browser) {
  const module = (await readFile(PROBE)).toString('base64');
  const page = await browser.newPage();
  await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    globalThis.fresh = async () => {
      // Compiled anew each time, so that a fresh instance is a cold one.
      const { instance: { exports: probe } } = await WebAssembly.instantiate(bytes, {});
      const at = probe.text();
      const buffer = (length) => new Uint8Array(probe.memory.buffer, at, length);
      return {
        probe,
        start(design, scenario, seed) {
          const line = new TextEncoder().encode(`${design} ${scenario}`);
          buffer(line.length).set(line);
          probe.start(line.length, seed);
        },
        /** To the end, in slices: one long call would never leave the baseline compiler. */
        finish() {
          while (probe.advance(100_000) === 0);
        },
        digest() {
          probe.digest();
          return new TextDecoder().decode(buffer(16));
        },
        memory: () => probe.memory.buffer.byteLength,
      };
    };
  }, module);
  return page;
}
