// Runs test files, each in a process and a Chromium of its own: a visit is a context of its own in it.
//
// A file talks to its browser without anybody between: a step costs half of what it costs through a browser that files share. One more runs
// than there are processors, for a test also waits: for frames, and for the page's own timers.
//
// A file in which a test fails is run once more when all others are done, by itself; what fails then has failed. A test that fails only beside
// others is named at the end, because it is a fault too: of the test, or of a page on a slow machine. One more than MOST_AGAIN files is no chance.
//
// `node all.mjs [files]`; without files, all of this folder. `cargo xtask test browser` builds the page before.

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_AGAIN = 3;
const here = path.dirname(fileURLToPath(import.meta.url));
const all = async () => (await readdir(here)).filter((name) => name.endsWith('.test.mjs')).sort();

const named = process.argv.slice(2);
const files = named.length > 0 ? named : await all();
if (files.length === 0) throw new Error('tests/browser holds no tests');

const folder = await mkdtemp(path.join(tmpdir(), 'waiting-room-tests-'));
const list = path.join(folder, 'failed.txt');
const reporters = ['spec', './support/ending.mjs'].flatMap((name) => [`--test-reporter=${name}`, '--test-reporter-destination=stdout']);

let node;
// Who stops this stops the tests; a run that was stopped has failed.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => node.kill(signal));

/** Runs files, so many at once; resolves to the exit code. */
function run(files, atOnce) {
  node = spawn(process.execPath, ['--test', `--test-concurrency=${atOnce}`, ...reporters, ...files], {
    cwd: here, env: { ...process.env, FAILED: list }, stdio: 'inherit',
  });
  return new Promise((done) => { node.once('exit', (code) => done(code ?? 1)); });
}

process.exitCode = await run(files, availableParallelism() + 1);
const failed = (await readFile(list, 'utf8').catch(() => '')).split('\n').filter(Boolean);
if (process.exitCode === 1 && failed.length > 0 && failed.length <= MOST_AGAIN) {
  const names = failed.map((file) => path.basename(file)).join(', ');
  console.log(`\nOnce more, each by itself: ${names}`);
  process.exitCode = await run(failed, 1);
  if (process.exitCode === 0) console.log(`Failed beside others and passed alone: ${names}`);
}
await rm(folder, { recursive: true, force: true });
