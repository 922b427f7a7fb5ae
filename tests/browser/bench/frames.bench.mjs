// The page while a run plays, with the chain built and all four charts in sight: how much work a frame holds, and how far apart frames are.
//
// Gaps are those between animation frames, taken in the page: by the wall's clock, so they also tell what else the machine has to do. Work is
// what the page's main thread itself spends in tasks between two frames (script, style, layout, paint), from the browser's own trace; the
// longest task says how long a press of a key could wait. The target: no frame with more than 16 ms of work at 60×.

import { finished, kept } from '../support/learner.mjs';

const SECONDS = 10;
/** A frame's budget at 60 a second, in milliseconds. */
const FRAME = 16;

export const title = 'Frames while a run plays';

export async function measure(house) {
  return [...await playing(house, '60'), ...await playing(house, 'max'), ...await wholeMonday(house), ...await redraw(house)];
}

async function visit(house, speed) {
  const found = await house.visit('hosted', { tail: `?speed=${speed}`, prepare: kept({ design: 'demand-breaker' }) });
  await found.page.waitForLoadState('networkidle');
  return found;
}

/** Ten seconds at a speed; at full speed a Monday after another. */
async function playing(house, speed) {
  const found = await visit(house, speed);
  // Into the rush first, where there is most to draw; and out of the baseline compiler.
  const times = speed === 'max' ? 'max' : `${speed}×`;
  if (speed !== 'max') {
    await choose(found, '1800×');
    await found.app.getByRole('button', { name: 'Play', exact: true }).click();
    await found.app.waitForFunction(() => document.querySelector('.clock').textContent >= '08:35');
    await choose(found, times);
  } else {
    await found.app.getByRole('button', { name: 'Play', exact: true }).click();
  }
  const { gaps, tasks } = await traced(found, (seconds) => new Promise((done) => {
    const gaps = [];
    const start = performance.now();
    let last = start;
    let pressed = 0;
    const next = (now) => {
      gaps.push(now - last);
      last = now;
      // At full speed a run is soon over: the next one begins.
      const play = document.querySelector('.transport .primary');
      if (play.textContent !== 'Pause' && now - pressed > 200) {
        pressed = now;
        play.click();
      }
      if (now - start < seconds * 1000) requestAnimationFrame(next);
      else done(gaps.slice(1));
    };
    requestAnimationFrame(next);
  }), SECONDS);
  await found.close();
  const work = tasks.frames;
  return [
    [`${times}: frames a second`, gaps.length / SECONDS, '/s'],
    ...spread(`${times}: gap between frames`, gaps),
    ...spread(`${times}: work in a frame`, work),
    [`${times}: frames with more than ${FRAME} ms of work`, work.filter((ms) => ms > FRAME).length, `of ${work.length}`],
    ...spread(`${times}: script in a frame that draws`, tasks.scripts.filter((ms) => ms > 1)),
    [`${times}: longest task`, tasks.longest, 'ms'],
  ];
}

/** From Play to the result at full speed, by the wall's clock, and what stood in the way of the learner meanwhile. */
async function wholeMonday(house) {
  const found = await visit(house, 'max');
  const walls = [];
  let longest = 0;
  for (let run = 0; run < 5; run++) {
    const { wall, tasks } = await traced(found, () => new Promise((done) => {
      const start = performance.now();
      document.querySelector('.transport .primary').click();
      const look = () => (document.querySelector('.transport .primary').textContent === 'Again'
        ? done({ wall: performance.now() - start }) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    }));
    walls.push(wall);
    longest = Math.max(longest, tasks.longest);
  }
  await found.close();
  walls.sort((a, b) => a - b);
  return [['a Monday at max: median of 5', walls[2], 'ms'], ['a Monday at max: worst', walls[4], 'ms'], ['a Monday at max: longest task', longest, 'ms']];
}

/** The live layers of all four charts with a whole Monday in them, from the key that moves the crosshair to the last pixel drawn. */
async function redraw(house) {
  const found = await visit(house, 'max');
  await finished(found);
  const times = await found.app.evaluate(async () => {
    const plot = document.querySelector('.plot');
    const times = [];
    for (let i = 0; i < 60; i++) {
      const start = performance.now();
      plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true, cancelable: true }));
      // The page draws before the browser's next task.
      await new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
      times.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    if (document.querySelectorAll('.readout').length !== 4) throw new Error('the crosshair is not in all charts');
    return times.slice(10);
  });
  await found.close();
  return spread('four charts, a whole Monday: redraw', times);
}

/** Chooses a speed by its word, whichever control the page shows. */
async function choose({ app }, word) {
  await app.locator('.speeds .seg button', { hasText: word }).first().click();
}

/** Runs a function in the page while the browser traces it. Gives what the function gives, and `tasks`. */
async function traced({ page, app, context }, run, argument) {
  const client = await context.newCDPSession(page);
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => { client.once('Tracing.tracingComplete', done); });
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  });
  await app.evaluate(() => performance.mark('measured'));
  const result = await app.evaluate(run, argument);
  await client.send('Tracing.end');
  await complete;
  await client.detach();
  const found = Array.isArray(result) ? { gaps: result } : result;
  return { ...found, tasks: work(events) };
}

/** The work of the page's main thread, cut at its animation frames: all of it and the script's part. Milliseconds. */
function work(events) {
  const frames = events.filter((e) => e.name === 'FireAnimationFrame' && e.ph === 'X');
  if (frames.length === 0) throw new Error('the trace has no animation frames');
  const { pid, tid } = frames[0];
  const here = events.filter((e) => e.pid === pid && e.tid === tid && e.ph === 'X');
  const starts = [...new Set(here.filter((e) => e.name === 'FireAnimationFrame').map((e) => e.ts))].sort((a, b) => a - b);
  // The page's frames: several callbacks within 2 ms are one.
  const cuts = starts.filter((ts, i) => i === 0 || ts - starts[i - 1] > 2000);
  const spans = here.filter((e) => e.name === 'RunTask' && e.dur > 0);
  if (spans.length === 0) throw new Error('the trace has no tasks');
  // The thread's own time where the trace has it: another program on the same core is not the page's work.
  const own = (e) => (e.tdur ?? e.dur) / 1000;
  const within = (list, from, to) => list.filter((e) => e.ts >= from && e.ts < to).reduce((sum, e) => sum + own(e), 0);
  const fired = here.filter((e) => e.name === 'FireAnimationFrame');
  const pairs = cuts.slice(0, -1).map((from, i) => [from, cuts[i + 1]]);
  // A task begins a little before the callbacks in it.
  const early = 1500;
  return {
    frames: pairs.map(([from, to]) => within(spans, from - early, to - early)),
    scripts: pairs.map(([from, to]) => within(fired, from, to)),
    longest: Math.max(...spans.map(own)),
  };
}

function spread(what, values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [[`${what}: median`, at(0.5), 'ms'], [`${what}: p95`, at(0.95), 'ms'], [`${what}: worst`, at(1), 'ms']];
}
