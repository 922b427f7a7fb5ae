// What the browser's own trace tells about the page's main thread: how much work lies between two animation frames, and the longest task.
//
// Work is the thread's own time where the trace has it, so another program on the same core is not counted. Frames are those of the page's
// animation frame callbacks: whoever measures a page at rest has to ask for frames.

/** Runs `run` in the test while the browser traces the page. Gives what it gives, and the work. */
export async function traced({ page, context }, run) {
  const client = await context.newCDPSession(page);
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => { client.once('Tracing.tracingComplete', done); });
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  });
  const result = await run();
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  return { result, workers: workers(events), ...work(events) };
}

/** Milliseconds that the page's workers have spent in tasks, all of them together. */
function workers(events) {
  const threads = events.filter((e) => e.name === 'thread_name' && e.args.name.startsWith('DedicatedWorker')).map((e) => `${e.pid} ${e.tid}`);
  const tasks = events.filter((e) => e.name === 'RunTask' && e.ph === 'X' && threads.includes(`${e.pid} ${e.tid}`));
  return tasks.reduce((sum, e) => sum + (e.tdur ?? e.dur) / 1000, 0);
}

/** The work of the page's main thread, cut at its animation frames: all of it and the script's part, and the gaps. Milliseconds. */
export function work(events) {
  const first = events.find((e) => e.name === 'FireAnimationFrame' && e.ph === 'X');
  if (!first) throw new Error('the trace has no animation frames');
  const here = events.filter((e) => e.pid === first.pid && e.tid === first.tid && e.ph === 'X');
  const fired = here.filter((e) => e.name === 'FireAnimationFrame');
  const starts = [...new Set(fired.map((e) => e.ts))].sort((a, b) => a - b);
  // The page's frames: several callbacks within 2 ms are one.
  const cuts = starts.filter((ts, i) => i === 0 || ts - starts[i - 1] > 2000);
  const spans = here.filter((e) => e.name === 'RunTask' && e.dur > 0);
  if (spans.length === 0) throw new Error('the trace has no tasks');
  const own = (e) => (e.tdur ?? e.dur) / 1000;
  const within = (list, from, to) => list.filter((e) => e.ts >= from && e.ts < to).reduce((sum, e) => sum + own(e), 0);
  const pairs = cuts.slice(0, -1).map((from, i) => [from, cuts[i + 1]]);
  // A task begins a little before the callbacks in it.
  const early = 1500;
  return {
    gaps: pairs.map(([from, to]) => (to - from) / 1000),
    frames: pairs.map(([from, to]) => within(spans, from - early, to - early)),
    scripts: pairs.map(([from, to]) => within(fired, from, to)),
    longest: Math.max(...spans.map(own)),
  };
}

/** Rows of a bench: median, p95 and worst. */
export function spread(what, values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [[`${what}: median`, at(0.5), 'ms'], [`${what}: p95`, at(0.95), 'ms'], [`${what}: worst`, at(1), 'ms']];
}
