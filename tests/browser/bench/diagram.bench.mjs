// Dragging one component of the largest design: 200 components with 1 000 connections, kept as the page keeps them, one of them dragged with
// real pointer events for three seconds. Sixty frames a second leave 16.7 ms for each.

const SAVED = 'waiting-room.saved.v1';
const SECONDS = 3;

export const title = 'Dragging one of 200 components with 1 000 connections';

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
  const visit = await house.visit('hosted', {
    prepare: (context) => context.addInitScript(keep, [SAVED, kept]),
  });
  const card = visit.app.locator('.diagram [data-id="queue-7"]');
  if (await visit.app.locator('.diagram [data-id]').count() !== 200) throw new Error('the crowd is not there');
  const box = await card.boundingBox();
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const client = await visit.context.newCDPSession(visit.page);
  await client.send('Performance.enable');
  const script = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  };
  await visit.page.mouse.move(start.x, start.y);
  await visit.page.mouse.down();
  await visit.app.evaluate(noteFrames);
  const before = await script();
  const until = Date.now() + SECONDS * 1000;
  for (let step = 0; Date.now() < until; step++) {
    const turn = step / 12;
    await visit.page.mouse.move(start.x + 60 * Math.sin(turn), start.y + 40 * Math.sin(turn * 1.7));
  }
  const after = await script();
  const { gaps, busy } = await visit.app.evaluate(() => globalThis.frames);
  await visit.page.mouse.up();
  await visit.close();
  const share = (values, p) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * p)];
  return [
    ['frames', gaps.length, ''],
    ['from frame to frame: p50', share(gaps, 0.5), 'ms'],
    ['from frame to frame: p95', share(gaps, 0.95), 'ms'],
    ['script for a move of the pointer: p50', share(busy, 0.5), 'ms'],
    ['script for a move of the pointer: p95', share(busy, 0.95), 'ms'],
    ['script a frame, mean', (after.ScriptDuration - before.ScriptDuration) / gaps.length, 'ms'],
    ['style and layout a frame, mean', (after.LayoutDuration + after.RecalcStyleDuration - before.LayoutDuration - before.RecalcStyleDuration) / gaps.length, 'ms'],
  ];
}

/** In the page: keeps a text, before the page's own script runs. An empty tab has no storage. */
function keep([key, text]) {
  if (location.protocol.startsWith('http')) localStorage.setItem(key, text);
}

/** In the page: notes the gaps between frames, and how long the page works on each move of the pointer until it has drawn it anew. */
function noteFrames() {
  const frames = { gaps: [], busy: [] };
  let last;
  const frame = (at) => {
    if (last !== undefined) frames.gaps.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  let began;
  addEventListener('pointermove', () => { began = performance.now(); }, true);
  // The page draws anew in a microtask after the event; a message comes after those.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => frames.busy.push(performance.now() - data);
  addEventListener('pointermove', () => queueMicrotask(() => queueMicrotask(() => port2.postMessage(began))));
  globalThis.frames = frames;
}
