// Runs the browser's measurements, each `*.bench.mjs` in this folder, and prints one table.
//
// A bench exports `title` and `measure(house)`, which gives rows `[what, value, unit]`. It measures the published page as a
// test visits it, so a page that isn't quiet fails here too. Names as arguments choose some benches: `node run.mjs start`.

import { readdir } from 'node:fs/promises';
import { openHouse } from '../support/house.mjs';

const chosen = process.argv.slice(2);
const files = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith('.bench.mjs')).sort();
const benches = files.filter((name) => chosen.length === 0 || chosen.includes(name.replace('.bench.mjs', '')));
if (benches.length === 0) throw new Error(`no bench of that name; there are ${files.join(', ')}`);

const house = await openHouse({ settles: false });
try {
  for (const file of benches) {
    const { title, measure } = await import(new URL(file, import.meta.url));
    const rows = await measure(house);
    console.log(`\n${title}`);
    for (const [what, value, unit] of rows) {
      const figure = value.toLocaleString('en-GB', { maximumSignificantDigits: 4, useGrouping: value >= 10_000 });
      console.log(`  ${what.padEnd(56)} ${figure.padStart(12)} ${unit}`);
    }
  }
} finally {
  await house.close();
}
