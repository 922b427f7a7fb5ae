// 50 Mondays: what one costs in a worker and in slices of the page, how long the page keeps a learner waiting meanwhile, and how soon a stop
// shows. The targets: 100 ms or less of one core a Monday; a stop within 200 ms.
//
// With one worker, a Monday is the time between two of its messages; in slices it is the time that the slices themselves took. Both hold all of
// the engine, the measures and the report; neither holds what the machine does elsewhere, except that it slows both.

import { finished, kept } from '../support/learner.mjs';

const MONDAYS = 50;
const STOPS = 9;

export const title = '50 Mondays';

export async function measure(house) {
  return [...await form(house, 'in a worker', false), ...await form(house, 'in slices of the page', true)];
}

async function form(house, name, refused) {
  const learner = kept({ design: 'demand-breaker' });
  const visit = await house.visit('hosted', {
    prepare: async (context) => {
      await learner(context);
      await context.addInitScript(watch, refused);
    },
  });
  await finished(visit);
  const { mondays, frames, slices, took } = await visit.app.evaluate(all, MONDAYS);
  const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  const rows = refused
    ? [[`a Monday ${name}: mean`, slices.reduce((a, b) => a + b, 0) / MONDAYS, 'ms'], [`the longest slice`, Math.max(...slices), 'ms']]
    : [[`a Monday ${name}: median`, middle(mondays), 'ms']];
  rows.push([`all ${MONDAYS} ${name}`, took, 'ms'], [`the longest wait for a frame meanwhile, ${name}`, Math.max(...frames), 'ms']);
  const stops = [];
  for (let n = 0; n < STOPS; n++) {
    // Another design or a fresh page begins anew; here a new run does.
    await visit.app.getByRole('button', { name: 'Run again' }).click();
    await finished(visit);
    stops.push(await visit.app.evaluate(stop));
  }
  rows.push([`from the stop to a picture of it, ${name}: median`, middle(stops), 'ms'], [`from the stop to a picture of it, ${name}: worst`, Math.max(...stops), 'ms']);
  await visit.close();
  return rows;
}

/** In the page, before anything else: one worker or none, the times of its messages, and those of slices, which are timers without a delay. */
function watch(refused) {
  globalThis.times = { messages: [], slices: [] };
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 1 });
  const [after, NativeWorker] = [setTimeout, Worker];
  const timed = (what) => () => {
    const start = performance.now();
    what();
    globalThis.times.slices.push(performance.now() - start);
  };
  globalThis.setTimeout = (what, delay, ...more) => after(typeof what === 'function' && !delay ? timed(what) : what, delay, ...more);
  globalThis.Worker = class extends NativeWorker {
    constructor(...all) {
      if (refused) throw new DOMException('refused', 'SecurityError');
      super(...all);
      this.addEventListener('message', () => globalThis.times.messages.push(performance.now()));
    }
  };
}

/** In the page: all Mondays, with the waits between frames. */
async function all(mondays) {
  const frame = () => new Promise(requestAnimationFrame);
  const section = document.querySelector('.repeat');
  const button = (words) => [...section.querySelectorAll('button')].find((b) => b.textContent.includes(words));
  const { messages, slices } = globalThis.times;
  slices.length = 0;
  const frames = [];
  const start = performance.now();
  button('Repeat on').click();
  let last = await frame();
  while (button('Stop')) {
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  if (!section.querySelector('.grade').textContent.includes(`of ${mondays}`)) throw new Error('not all are done');
  const gaps = messages.slice(1).map((at, n) => at - messages[n]);
  return { mondays: gaps, frames, slices, took: performance.now() - start };
}

/** In the page: begins, waits for a first Monday, stops, and waits for the frame that shows it. */
async function stop() {
  const frame = () => new Promise(requestAnimationFrame);
  const section = document.querySelector('.repeat');
  const button = (words) => [...section.querySelectorAll('button')].find((b) => b.textContent.includes(words));
  button('Repeat on').click();
  while (!section.querySelector('.grade')) await frame();
  const start = performance.now();
  button('Stop').click();
  do await frame(); while (button('Stop'));
  return performance.now() - start;
}
