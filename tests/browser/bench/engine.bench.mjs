// A Monday in the browser: the `monday` scenario with demand scaling, all measures and the digest on, on one core. Cold is a freshly
// compiled module; warm is after ten runs. The targets: 80 ms warm, under 250 ms cold.

import { openProbe } from '../support/probe.mjs';

const COLD = 7;
const WARM = 25;

export const title = 'The engine in the browser';

export async function measure(house) {
  const page = await openProbe(house.browser);
  const { cold, warm, bookings } = await page.evaluate(async ([colds, warms]) => {
    const monday = (run, seed) => {
      const start = performance.now();
      run.start('demand', 'monday', seed);
      run.finish();
      return performance.now() - start;
    };
    const cold = [];
    for (let i = 0; i < colds; i++) cold.push(monday(await fresh(), 1));
    const run = await fresh();
    for (let i = 0; i < 10; i++) monday(run, 1);
    const warm = [];
    for (let i = 0; i < warms; i++) warm.push(monday(run, 1));
    return { cold, warm, bookings: run.probe.bookings() };
  }, [COLD, WARM]);
  const memory = await page.evaluate(async () => {
    const run = await fresh();
    run.probe.start_backlog(1000);
    run.probe.advance_to(11);
    const before = run.memory();
    const rows = [];
    for (const waiting of [1e3, 1e5, 1e7]) {
      run.probe.start_backlog(waiting);
      run.probe.advance_to(20);
      const held = run.memory() - before;
      const start = performance.now();
      for (let minute = 1; minute <= 100; minute++) run.probe.advance_to(20 + minute * 60);
      rows.push([waiting, (performance.now() - start) / 100, held / waiting]);
    }
    return rows;
  });
  const ends = (name, times) => {
    const sorted = times.toSorted((a, b) => a - b);
    return [[`a Monday, ${name}: median`, sorted[Math.floor(sorted.length / 2)], 'ms'], [`a Monday, ${name}: best`, sorted[0], 'ms']];
  };
  const rows = [...ends('cold', cold), ...ends('warm', warm)];
  rows.push(['bookings a second, warm: median', bookings / rows[2][1] * 1000, '/s']);
  for (const [waiting, minute, bytes] of memory) {
    const name = waiting.toLocaleString('en-GB');
    rows.push([`a simulated minute with ${name} waiting`, minute, 'ms']);
    if (waiting >= 1e5) rows.push([`memory a waiting booking, of ${name}`, bytes, 'bytes']);
  }
  return rows;
}
