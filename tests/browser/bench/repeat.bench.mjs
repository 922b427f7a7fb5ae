// 50 Mondays: what one costs in a worker and in slices of the page, how long the page keeps a learner waiting meanwhile, and how soon a stop
// shows. The targets: 100 ms or less of one core a Monday; a stop within 200 ms.
//
// Work is the thread's own time from the browser's trace, so that what else the machine does is not counted: of the one worker there is here,
// and of the page's main thread, which in slices does the engine's work and its own. Waits for frames and stops are by the wall's clock.

import { finished, kept } from '../support/learner.mjs';
import { traced } from '../support/trace.mjs';

const MONDAYS = 50;
const STOPS = 9;

export const title = '50 Mondays';

export async function measure(house) {
  return [...await form(house, 'in a worker', false), ...await form(house, 'in slices', true)];
}

async function form(house, name, refused) {
  const learner = kept({ design: 'demand-breaker' });
  const open = async () => {
    const visit = await house.visit('hosted', {
      prepare: async (context) => {
        await learner(context);
        await context.addInitScript(oneWorker, refused);
      },
    });
    await finished(visit);
    return visit;
  };
  let visit = await open();
  const { result, workers, frames, longest } = await traced(visit, () => visit.app.evaluate(all, MONDAYS));
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const rows = [
    [`${name}: a Monday${refused ? ', with all that the page does meanwhile' : ''}`, (refused ? sum(frames) : workers) / MONDAYS, 'ms'],
    [`${name}: all ${MONDAYS}, by the clock`, result.took, 'ms'],
    [`${name}: the page's longest task`, longest, 'ms'],
    [`${name}: the page's longest wait for a frame, by the clock`, Math.max(...result.frames), 'ms'],
  ];
  await visit.close();
  // Anew, because what came is kept: after each stop the study goes on.
  visit = await open();
  const stops = [];
  for (let n = 0; n < STOPS; n++) stops.push(await visit.app.evaluate(stop));
  stops.sort((a, b) => a - b);
  rows.push([`${name}: from the stop to a picture of it: median`, stops[Math.floor(STOPS / 2)], 'ms'], [`${name}: from the stop to a picture of it: worst`, stops.at(-1), 'ms']);
  await visit.close();
  return rows;
}

/** In the page, before anything else: one worker, or none. */
function oneWorker(refused) {
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 1 });
  if (refused) globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };
}

/** In the page: all Mondays, with the waits between frames. */
async function all(mondays) {
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  const start = performance.now();
  [...document.querySelectorAll('.verdict button')].find((b) => b.textContent === '50 Mondays').click();
  let last = await frame();
  while (!document.querySelector('.repeat')) last = await frame();
  const section = document.querySelector('.repeat');
  const button = (words) => [...section.querySelectorAll('button')].find((b) => b.textContent.includes(words));
  while (button('Stop')) {
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  if (!section.querySelector('.grade').textContent.includes(`of ${mondays}`)) throw new Error('not all are done');
  return { frames, took: performance.now() - start };
}

/** In the page: begins or goes on, waits for a Monday more, stops, and waits for the frame that shows it. */
async function stop() {
  const frame = () => new Promise(requestAnimationFrame);
  [...document.querySelectorAll('.verdict button')].find((b) => b.textContent === '50 Mondays').click();
  while (!document.querySelector('.repeat')) await frame();
  const section = document.querySelector('.repeat');
  const button = (words) => [...section.querySelectorAll('button')].find((b) => b.textContent.includes(words));
  const come = () => section.querySelector('.grade')?.textContent;
  const before = come();
  button('Go on')?.click();
  while (come() === before) await frame();
  const start = performance.now();
  button('Stop').click();
  do await frame(); while (button('Stop'));
  return performance.now() - start;
}
