// A reporter beside another one: the ten slowest tests, at the end; and into the file that FAILED names, the files in which a test has failed.

import { writeFileSync } from 'node:fs';
import path from 'node:path';

const MOST = 10;

export default async function* ending(events) {
  const tests = [];
  const failed = new Set();
  for await (const { type, data } of events) {
    if (!['test:pass', 'test:fail'].includes(type) || data.details.type === 'suite') continue;
    if (type === 'test:fail') failed.add(data.file ?? data.name);
    if (data.file) tests.push({ seconds: data.details.duration_ms / 1000, name: `${path.basename(data.file)}: ${data.name}` });
  }
  tests.sort((a, b) => b.seconds - a.seconds);
  yield 'The slowest in the browser:\n';
  for (const { seconds, name } of tests.slice(0, MOST)) yield `  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`;
  if (process.env.FAILED) writeFileSync(process.env.FAILED, [...failed].join('\n'));
}
