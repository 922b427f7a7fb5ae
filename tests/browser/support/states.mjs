// The states of the page that people look at and that geometry is held in: each is a way to come there from a fresh visit.
//
//   const visit = await house.visit('hosted', { ...opened('passed'), context: { viewport } });
//   await STATES.passed.go(visit);

import { readFile } from 'node:fs/promises';
import { finished, kept } from './learner.mjs';

/** A link to a run: workers by demand with a breaker, in the outage, seed 7. */
export const LINK = `#${(await readFile(new URL('../../golden/link-1.txt', import.meta.url), 'utf8')).trim()}`;

const button = (visit, name) => visit.app.getByRole('button', { name }).first();

/** Whether the page is a phone's: the design is a column, and what belongs to it lies in sheets. */
export const isPhone = (visit) => visit.app.evaluate(() => matchMedia('(max-width: 699px)').matches);
/** Whether panels stand under tabs. */
export const isNarrow = (visit) => visit.app.evaluate(() => matchMedia('(max-width: 1099px)').matches);

/** Shows a panel, whatever the width. */
export async function panel(visit, name) {
  const tab = visit.app.getByRole('tab', { name, exact: true }).locator('visible=true');
  if (await tab.count() > 0) await tab.first().click();
}

/** Opens what stands in the header, or behind its `More`. */
export async function fromHeader(visit, name) {
  const wanted = visit.app.locator('.bar').getByRole('button', { name }).locator('visible=true');
  if (await wanted.count() === 0) await visit.app.locator('.bar > .more > button').click();
  await visit.app.locator('.bar').getByRole('button', { name }).locator('visible=true').first().click();
}

/** Plays until the clock shows this minute or a later one, and pauses. */
export async function played(visit, until) {
  await button(visit, /^(Play|Again)$/).click();
  await visit.app.waitForFunction((time) => document.querySelector('.clock').textContent >= time, until);
  await button(visit, 'Pause').click();
}

/** Plays until the page says what has just been missed, and pauses: it stays said. */
export async function missed(visit) {
  await button(visit, /^(Play|Again)$/).click();
  // At once, before the flag has had its time.
  await visit.app.waitForFunction(() => {
    const said = document.querySelector('.goal-flag .btn');
    if (said) document.querySelector('.transport .primary').click();
    return Boolean(said);
  });
  await visit.app.locator('.goal-flag .btn').waitFor();
}

/** Runs to the end, pins the run and begins another one beside it. */
export async function pinned(visit) {
  await finished(visit);
  await button(visit, /^Close/).click();
  await panel(visit, 'Runs');
  const run = visit.app.locator('.run').first();
  await run.getByRole('button', { name: /^What can be done/ }).click();
  await run.getByRole('button', { name: /^Pin/ }).click();
  await played(visit, '07:45');
}

/** Selects a part, as a press does. */
export async function selected(visit, id) {
  await panel(visit, 'Design');
  const phone = await isPhone(visit);
  const part = visit.app.locator(phone ? `.flow [data-id="${id}"]` : `.diagram .part[data-id="${id}"]`).first();
  if (phone) return part.click();
  await part.locator('.card').click();
}

/** A design of a hundred parts: lanes of a queue and its consumers behind one API. Its file gives no places, so the page finds them. */
async function hundred(context) {
  const file = new URL('../../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url);
  const design = JSON.parse(await readFile(file, 'utf8'));
  const [queue, consumers] = ['queue', 'consumers'].map((kind) => design.nodes.find((node) => node.kind === kind));
  for (let lane = 2; lane <= 48; lane++) {
    const [q, c] = [`queue-${lane}`, `consumers-${lane}`];
    design.nodes.push({ ...queue, id: q, label: `Queue ${lane}` }, { ...consumers, id: c, label: `Consumers ${lane}` });
    design.edges.push({ from: 'api', to: q }, { from: q, to: c }, { from: c, to: 'clinic' });
  }
  for (const node of design.nodes) [node.x, node.y] = [undefined, undefined];
  const text = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design });
  await context.addInitScript((text) => { if (location.protocol === 'http:') localStorage.setItem('waiting-room.saved.v1', text); }, text);
}

/** Each: what the visit begins with, and how the state is come to. */
export const STATES = {
  first: { async go() {} },
  mid: { design: 'demand-breaker', tail: 'speed=1800', go: (visit) => played(visit, '08:15') },
  failing: { tail: 'speed=1800', go: (visit) => played(visit, '08:15') },
  missed: { go: missed },
  passed: { design: 'demand-breaker', go: finished },
  pinned: { design: 'demand-breaker', tail: 'speed=1800', go: pinned },
  schedule: { design: 'schedule', tail: 'speed=1800', go: (visit) => played(visit, '08:15') },
  'not-yet': { go: finished },
  'not-yet-storm': { design: 'retry-storm', scenario: 'slow-clinic', go: finished },
  ...Object.fromEntries(['patients', 'api', 'queue', 'consumers', 'dead_letter', 'clinic'].map((id) => [
    `inspector-${id}`, { design: 'demand-breaker', go: (visit) => selected(visit, id) },
  ])),
  list: {
    design: 'demand-breaker',
    async go(visit) {
      if (await isPhone(visit)) await fromHeader(visit, 'List');
      else await visit.app.locator('.stage').getByRole('button', { name: 'List' }).click();
    },
  },
  parts: { design: 'demand-breaker', go: (visit) => panel(visit, 'Parts') },
  brief: { go: (visit) => panel(visit, 'Brief') },
  charts: { design: 'demand-breaker', async go(visit) { await finished(visit); await button(visit, /Close/).click(); await panel(visit, 'Charts'); } },
  runs: {
    design: 'demand-breaker',
    async go(visit) {
      await finished(visit);
      // In a low window the result lies over it until it has the focus.
      await button(visit, /^(Again)$/).press('Enter');
      await button(visit, 'Pause').click();
      await panel(visit, 'Runs');
    },
  },
  faults: { design: 'broken', async go() {} },
  empty: { design: 'empty', async go() {} },
  hundred: { prepare: hundred, async go() {} },
  files: { design: 'demand-breaker', go: (visit) => fromHeader(visit, 'Files') },
  share: { design: 'demand-breaker', async go(visit) { await finished(visit); await fromHeader(visit, 'Share'); } },
  shared: { design: 'queue-60', link: true, go: (visit) => visit.app.locator('.banner').waitFor() },
  present: { design: 'demand-breaker', tail: 'present=1', go: finished },
  'size-it': { design: 'demand-breaker', go: (visit) => fromHeader(visit, 'Size it') },
  help: { go: (visit) => fromHeader(visit, 'Help and keys') },
};

/** What a visit to a state is opened with. */
export function opened(name, { tail = '' } = {}) {
  const state = STATES[name];
  const prepare = state.prepare ?? kept({ design: state.design, scenario: state.scenario });
  const query = [state.tail, tail].filter(Boolean).join('&');
  return { prepare, tail: `${query ? `?${query}` : ''}${state.link ? LINK : ''}` };
}
