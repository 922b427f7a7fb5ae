// Runs test files, two at a time, in one Chromium that they share: a visit is a context of its own in it.
//
// `node all.mjs [files]`; without files, all of this folder. `cargo xtask test browser` builds the page before.

import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { LAUNCH } from './support/house.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const all = async () => (await readdir(here)).filter((name) => name.endsWith('.test.mjs')).sort();

const named = process.argv.slice(2);
const files = named.length > 0 ? named : await all();
if (files.length === 0) throw new Error('tests/browser holds no tests');

const server = await chromium.launchServer(LAUNCH);
const reporters = ['spec', './support/slowest.mjs'].flatMap((name) => [`--test-reporter=${name}`, '--test-reporter-destination=stdout']);
const node = spawn(process.execPath, ['--test', '--test-concurrency=2', ...reporters, ...files], {
  cwd: here,
  env: { ...process.env, BROWSER: server.wsEndpoint() },
  stdio: 'inherit',
});
// Who stops this stops the tests; a run that was stopped has failed. The browser ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => node.kill(signal));
const code = await new Promise((done) => { node.once('exit', (code) => done(code ?? 1)); });
await server.close();
process.exitCode = code;
