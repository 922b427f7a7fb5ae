// The largest designs, rates and pools that files allow: how long the page can keep a learner waiting while they run, and how soon Pause and
// Stop show. The targets: no task of the page over 100 ms; Pause and Stop within 200 ms.
//
// The longest task is the thread's own time from the browser's trace, so that what else the machine does is not counted. Pause and Stop are by the
// wall's clock, from the press to the frame that shows it. Studies and sweeps run in slices of the page, as where a frame refuses workers: with workers
// the page does nothing of it.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DIST, named } from '../support/house.mjs';
import { traced } from '../support/trace.mjs';

/** How long a run is watched, in seconds, and how often it is paused. */
const WATCHED_S = 6;
const PAUSES = 7;

export const title = 'The largest that files allow';

const none = { dist: 'constant', mean_ms: 0 };
const WEEK = 604_800;
const MONDAY = 10_800;
/** The most bookings that a scenario may bring, spread over so many seconds. */
const most = (duration_s) => ({ duration_s, curve: [[0, Math.min(1e6, 1e8 / duration_s)]] });

/** The chain of the kata with parameters of one's own. */
function chain({ patients, api, queue, consumers, clinic }) {
  const params = { patients, api, queue, consumers, clinic };
  const kinds = ['patients', 'api', 'queue', 'consumers', 'clinic'];
  return {
    nodes: kinds.map((kind, at) => ({ id: kind, kind, x: 176 * at, y: 112, params: params[kind] ?? {} })),
    edges: kinds.slice(1).map((to, at) => ({ from: kinds[at], to })),
  };
}

/** 200 components and 1 000 connections, each kind to each. */
function crowd() {
  const many = (kind, n) => Array.from({ length: n }, (_, at) => ({ id: `${kind}-${at}`, kind }));
  const [apis, queues, pools, clinics] = [['api', 20], ['queue', 60], ['consumers', 60], ['clinic', 59]].map(([kind, n]) => many(kind, n));
  const edges = apis.map(({ id }) => ({ from: 'patients', to: id }));
  const some = (from, to, each) => from.forEach(({ id }, at) => {
    for (let n = 0; n < each; n++) edges.push({ from: id, to: to[(at * each + n * 7) % to.length].id });
  });
  some(apis, queues, 10);
  some(queues, pools, 6);
  some(pools, clinics, 7);
  return { nodes: [{ id: 'patients', kind: 'patients' }, ...apis, ...queues, ...pools, ...clinics], edges };
}

/** What is measured: a design and the world it is put into. */
const MODELS = {
  '200 parts, 1 000 connections, a Monday': { design: crowd(), studies: true },
  '200 parts, 1 000 connections, the top rate': { design: crowd(), world: most(100) },
  'the largest of everything, the top rate': {
    design: chain({
      api: { instances: 10_000, threads: 1_000_000, accept_backlog: 10_000_000, service: none, publish_ms: 0 },
      queue: { capacity: 100_000_000 },
      consumers: { handling: none, timeout_ms: null, scaling: { policy: 'fixed', workers: 1_000_000 } },
      clinic: { clinics: 10_000, slots_per_clinic: 1_000_000, skew: 5 },
    }),
    world: most(100),
    studies: true,
  },
  'a million workers start at once': {
    design: chain({
      api: { instances: 10_000, threads: 1_000_000, service: none, publish_ms: 0 },
      queue: { capacity: 100_000_000 },
      consumers: { handling: none, scaling: { policy: 'schedule', workers: 1, startup_s: 0, steps: [{ at_s: 60, workers: 1_000_000 }] } },
      clinic: { slots_per_clinic: 1_000_000 },
    }),
    world: { duration_s: MONDAY, curve: [[0, 1e6], [3, 1e6], [3.001, 0]] },
  },
  'more than a run holds': {
    design: chain({ api: { instances: 10_000, threads: 1_000_000, service: none }, queue: { capacity: 100_000_000 }, consumers: { scaling: { policy: 'fixed', workers: 1 } } }),
    world: most(100),
  },
  'a storm of tries': {
    design: chain({
      patients: { patience_s: 0, retries: 20, retry_after_s: 0 },
      api: { instances: 1, threads: 1, accept_backlog: 10_000_000 },
      consumers: { timeout_ms: 1, attempts: 100, backoff_base_ms: 0, jitter: 'none', scaling: { policy: 'fixed', workers: 1_000_000 } },
    }),
    world: most(MONDAY),
  },
  'a week of 100 000 000 bookings': { world: most(WEEK), studies: true },
};

export async function measure(house) {
  const chosen = process.env.MODEL ? Object.entries(MODELS).filter(([name]) => name.includes(process.env.MODEL)) : Object.entries(MODELS);
  const rows = [];
  for (const [name, model] of chosen) {
    rows.push(...await playing(house, name, model));
    if (model.studies) rows.push(...await studying(house, name, model));
  }
  return rows;
}

/** The page with the design kept and the world in the place of Monday's. */
async function open(house, { design, world }, prepare) {
  const index = await readFile(path.join(DIST, 'index.html'), 'utf8');
  const html = index.replace(/(id="waiting-room-kata">)([\s\S]*?)(<\/script>)/, (_, open, block, close) => {
    const kata = JSON.parse(block);
    const monday = kata['scenarios/monday.json'];
    if (world) Object.assign(monday, { duration_s: world.duration_s, given: {}, events: [], arrivals: { process: 'regular', curve: world.curve } });
    return open + JSON.stringify(kata).replaceAll('<', '\\u003c') + close;
  });
  const file = new URL('../../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url);
  const whole = { ...JSON.parse(await readFile(file, 'utf8')), ...design };
  const saved = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design: whole });
  const visit = await house.visit('hosted', {
    tail: '?speed=max',
    prepare: async (context) => {
      await context.route((url) => url.pathname.endsWith('/'), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
      await context.addInitScript(([key, text]) => location.protocol === 'http:' && localStorage.setItem(key, text), [named('saved.v1'), saved]);
      await prepare?.(context);
    },
  });
  await visit.page.waitForLoadState('networkidle');
  const there = await visit.app.locator('.diagram [data-id]').count();
  if (there !== whole.nodes.length) throw new Error(`${there} of ${whole.nodes.length} components are there`);
  return visit;
}

async function playing(house, name, model) {
  const visit = await open(house, model);
  const { result: pauses, longest, scripts } = await traced(visit, () => visit.app.evaluate(play, [WATCHED_S, PAUSES]));
  const size = await visit.app.evaluate(() => document.querySelector('.clock').textContent);
  await visit.close();
  pauses.sort((a, b) => a - b);
  return [
    [`${name} (to ${size}): longest task`, longest, 'ms'],
    ['  script in a frame: worst', Math.max(...scripts), 'ms'],
    ['  from Pause to a picture of it: worst', pauses.at(-1), 'ms'],
  ];
}

/** In the page: plays, and pauses now and then; a run that is over begins again. */
async function play([seconds, pauses]) {
  const frame = () => new Promise(requestAnimationFrame);
  const button = () => document.querySelector('.transport .primary');
  const found = [];
  for (let n = 0; n < pauses; n++) {
    button().click();
    for (const until = performance.now() + seconds * 1000 / pauses; performance.now() < until; await frame()) {
      if (button().textContent === 'Again') button().click();
    }
    if (button().textContent !== 'Pause') continue;
    const start = performance.now();
    button().click();
    do await frame(); while (button().textContent === 'Pause');
    found.push(performance.now() - start);
  }
  return found;
}

/** A sweep of the model in slices of the page, begun and stopped. */
async function studying(house, name, model) {
  const visit = await open(house, model, (context) => context.addInitScript(() => {
    globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } };
  }));
  await visit.app.locator('#open-size').click();
  await visit.app.locator('#size-start').waitFor();
  const { result: stops, longest } = await traced(visit, () => visit.app.evaluate(sweep));
  await visit.close();
  return [[`${name}, a sweep in slices: longest task`, longest, 'ms'], ['  from Stop to a picture of it: worst', Math.max(...stops), 'ms']];
}

/** In the page: begins a sweep, or goes on, and stops it. */
async function sweep() {
  const frame = () => new Promise(requestAnimationFrame);
  const found = [];
  for (let n = 0; n < 3; n++) {
    document.querySelector('#size-start').click();
    while (!document.querySelector('#size-stop')) await frame();
    for (const until = performance.now() + 1500; performance.now() < until;) await frame();
    const start = performance.now();
    document.querySelector('#size-stop')?.click();
    do await frame(); while (document.querySelector('#size-stop'));
    found.push(performance.now() - start);
  }
  return found;
}
