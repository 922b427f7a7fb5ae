// Runs test files, each in a process and a Chromium of its own: a visit is a context of its own in it.
//
// A file talks to its browser without anybody between: a step costs half of what it costs through a browser that files share. One more runs
// than there are processors, for a test also waits: for frames, and for the page's own timers.
//
// `node all.mjs [files]`; without files, all of this folder. `cargo xtask test browser` builds the page before.

import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const all = async () => (await readdir(here)).filter((name) => name.endsWith('.test.mjs')).sort();

const named = process.argv.slice(2);
const files = named.length > 0 ? named : await all();
if (files.length === 0) throw new Error('tests/browser holds no tests');

const atOnce = availableParallelism() + 1;
const reporters = ['spec', './support/slowest.mjs'].flatMap((name) => [`--test-reporter=${name}`, '--test-reporter-destination=stdout']);
const node = spawn(process.execPath, ['--test', `--test-concurrency=${atOnce}`, ...reporters, ...files], { cwd: here, stdio: 'inherit' });
// Who stops this stops the tests; a run that was stopped has failed.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => node.kill(signal));
process.exitCode = await new Promise((done) => { node.once('exit', (code) => done(code ?? 1)); });
