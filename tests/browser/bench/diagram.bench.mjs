// Every gesture in the largest design: 200 components with 1 000 connections, kept as the page keeps them, under real pointer events. Work is
// what the page's main thread itself does between two animation frames (script, style, layout, paint); 60 frames a second leave 16.7 ms.
//
// Gaps between frames are the wall's, so they also tell what else the machine has to do, and what the browser needs to draw what moved.

import { spread, traced } from '../support/trace.mjs';

const SAVED = named('saved.v1');
const SECONDS = 2;

export const title = 'The largest design under the pointer: 200 components with 1 000 connections';

/** Rows of twenty a kind: whatever may be joined is joined to what is near until there are a thousand connections. */
export function crowd() {
  const columns = ['patients', 'api', 'queue', 'consumers', 'clinic'];
  const nodes = [];
  for (const [column, kind] of columns.entries()) {
    for (let n = 0; n < 40; n++) nodes.push({ id: `${kind}-${n}`, kind, x: column * 184 + (n >= 20 ? 1000 : 0), y: (n % 20) * 136 });
  }
  const edges = [];
  for (let step = 0; edges.length < 1000; step++) {
    for (let n = 0; n < 40; n++) {
      for (const [from, to] of [['patients', 'api'], ['api', 'queue'], ['queue', 'consumers'], ['consumers', 'clinic'], ['api', 'clinic']]) {
        if (edges.length < 1000) edges.push({ from: `${from}-${n}`, to: `${to}-${(n + step * 3) % 40}` });
      }
    }
  }
  return { format: 'waiting-room/design', version: 1, name: 'A crowd', nodes, edges };
}

export async function measure(house) {
  const kept = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design: crowd() });
  const visit = await house.visit('hosted', { prepare: (context) => context.addInitScript(keep, [SAVED, kept]) });
  if (await visit.app.locator('.diagram [data-id]').count() !== 200) throw new Error('the crowd is not there');
  await visit.app.evaluate(askForFrames);
  await settled(visit);
  const rows = [];
  for (const [what, gesture] of GESTURES) {
    const { frames, gaps, longest } = await traced(visit, () => gesture(visit));
    // The first frame holds the end of what came before.
    rows.push(...spread(`${what}: work`, frames.slice(1)), ['… longest task', longest, 'ms'], ...spread('… from frame to frame', gaps.slice(1)).slice(0, 2));
    await settled(visit);
  }
  await visit.close();
  return rows;
}

const GESTURES = [
  ['one component with many connections dragged', async (visit) => {
    await visit.page.keyboard.press('Escape');
    await press(visit, 'queue-7');
    await sway(visit);
  }],
  ['… and dropped', async (visit) => {
    await visit.page.mouse.up();
    await settled(visit);
  }],
  ['half of it marked by a marquee', async (visit) => {
    const { page } = visit;
    const { x, y, width, height } = await canvas(visit);
    await page.mouse.move(x + 4, y + 60);
    await page.mouse.down();
    for (let step = 1; step <= 60; step++) await page.mouse.move(x + 4 + step * (width / 2 - 4) / 60, y + 60 + step * (height - 80) / 60);
    await page.mouse.up();
  }],
  ['half of it dragged', async (visit) => {
    await press(visit, 'queue-7');
    await sway(visit);
  }],
  ['… and dropped', async (visit) => {
    await visit.page.mouse.up();
    await settled(visit);
  }],
  ['all of it dragged', async (visit) => {
    await visit.page.keyboard.press('Control+a');
    await press(visit, 'queue-7');
    await sway(visit);
  }],
  ['… and dropped', async (visit) => {
    await visit.page.mouse.up();
    await settled(visit);
  }],
  ['panned', async (visit) => {
    const { x, y, width, height } = await canvas(visit);
    await visit.page.mouse.move(x + width / 2, y + height / 2);
    await visit.page.mouse.down({ button: 'middle' });
    await sway(visit, { x: x + width / 2, y: y + height / 2 });
    await visit.page.mouse.up({ button: 'middle' });
  }],
  ['zoomed', async (visit) => {
    const { x, y, width, height } = await canvas(visit);
    await visit.page.mouse.move(x + width / 2, y + height / 2);
    await visit.page.keyboard.down('Control');
    for (let step = 0; step < 80; step++) await visit.page.mouse.wheel(0, step % 40 < 20 ? -12 : 12);
    await visit.page.keyboard.up('Control');
  }],
  ['a connection drawn', async (visit) => {
    await visit.page.keyboard.press('Escape');
    const box = await visit.app.locator('.diagram [data-id="queue-7"] .port.out').boundingBox();
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await visit.page.mouse.move(at.x, at.y);
    await visit.page.mouse.down();
    await sway(visit, at);
    await visit.page.keyboard.press('Escape');
    await visit.page.mouse.up();
  }],
  ['a part of the palette carried over it', async (visit) => {
    const tab = visit.app.getByRole('tab', { name: 'Parts' }).first();
    await tab.click();
    const box = await visit.app.locator('.palette-item[data-kind="queue"]').boundingBox();
    await visit.page.mouse.move(box.x + 20, box.y + 20);
    await visit.page.mouse.down();
    const area = await canvas(visit);
    await sway(visit, { x: area.x + area.width / 2, y: area.y + area.height / 2 });
    await visit.page.keyboard.press('Escape');
    await visit.page.mouse.up();
  }],
];

async function canvas({ app }) {
  return app.locator('.diagram svg.canvas').boundingBox();
}

async function press({ app, page }, id) {
  const box = await app.locator(`.diagram [data-id="${id}"]`).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
}

/** Moves the pointer about for a while. */
async function sway({ page }, around) {
  const start = around ?? { x: 720, y: 300 };
  const until = Date.now() + SECONDS * 1000;
  for (let step = 0; Date.now() < until; step++) {
    const turn = step / 12;
    await page.mouse.move(start.x + 60 * Math.sin(turn), start.y + 40 * Math.sin(turn * 1.7));
  }
}

/** Waits until every route is found and the page is quiet. */
async function settled({ app }) {
  await app.locator('.diagram:not([aria-busy])').waitFor();
  await app.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

/** In the page: keeps a text, before the page's own script runs. An empty tab has no storage. */
function keep([key, text]) {
  if (location.protocol.startsWith('http')) localStorage.setItem(key, text);
}

/** In the page: one animation frame after another, so that the trace has frames to cut at. */
function askForFrames() {
  const frame = () => { requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}
