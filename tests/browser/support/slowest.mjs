// A reporter beside another one: the ten slowest tests, at the end.

import path from 'node:path';

const MOST = 10;

export default async function* slowest(events) {
  const tests = [];
  for await (const { type, data } of events) {
    if (!['test:pass', 'test:fail'].includes(type) || data.details.type === 'suite' || !data.file) continue;
    tests.push({ seconds: data.details.duration_ms / 1000, name: `${path.basename(data.file)}: ${data.name}` });
  }
  tests.sort((a, b) => b.seconds - a.seconds);
  yield 'The slowest in the browser:\n';
  for (const { seconds, name } of tests.slice(0, MOST)) yield `  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`;
}
