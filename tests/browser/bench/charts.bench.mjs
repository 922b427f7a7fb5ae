// Redrawing all four charts with a whole Monday in them, beside uPlot with the same figures in four charts of the same size, in one page of
// the same browser, by turns.
//
// The page's side is the page's own code (`tests/charts_probe`): the static layer when its key has changed, the live one always. "With news"
// is what a run in progress costs: a bin is added before each picture, so every stroke is made anew. Of uPlot the same is asked: `setData` and a
// synchronous redraw of all series on axes that stay. Canvases are recorded by the browser and painted elsewhere; both sides are timed until
// their calls have returned, and once with a pixel read back, which waits for the painting. The target: 1 ms, whatever the run's length.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const PROBE = process.env.CHARTS_PROBE ?? path.resolve(import.meta.dirname, '../../../target/charts_probe');
/** A track's plot as at 1440 × 900, the labels of its scale included, in CSS pixels. */
const SIZE = { width: 932, height: 98 };
const ROUNDS = 5;

export const title = 'Redrawing four charts with 10 800 simulated seconds';

export async function measure(house) {
  const page = await house.browser.newPage();
  const uplot = await readFile(createRequire(import.meta.url).resolve('uplot/dist/uPlot.iife.min.js'), 'utf8');
  const bindings = await readFile(path.join(PROBE, 'charts_probe.js'), 'utf8');
  const wasm = (await readFile(path.join(PROBE, 'charts_probe_bg.wasm'))).toString('base64');
  await page.evaluate(`${uplot}; ${bindings}; globalThis.uPlot = uPlot; globalThis.probe = wasm_bindgen;`);
  await page.evaluate(async (text) => {
    await globalThis.probe({ module_or_path: Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) });
  }, wasm);
  const rows = [];
  for (const scale of [1, 2]) {
    const times = await page.evaluate(compared, [SIZE, scale, ROUNDS]);
    for (const [what, values] of Object.entries(times)) rows.push(row(`${scale}×: ${what}`, values));
    rows.push([`${scale}×: ours to uPlot's, with news`, median(times['ours, with news']) / median(times['uPlot, with news']), 'times']);
  }
  await page.close();
  return rows;
}

/** In the page: times in milliseconds of each way to redraw. */
async function compared([size, scale, rounds]) {
  const { Four } = globalThis.probe;
  const canvas = () => {
    const made = document.createElement('canvas');
    made.width = size.width * scale;
    made.height = size.height * scale;
    document.body.append(made);
    return made;
  };
  const canvases = Array.from({ length: 8 }, canvas);
  const four = (stretch) => new Four(canvases, size.width * scale, size.height * scale, scale, stretch);
  const times = {};
  const timed = (what, draw) => {
    const start = performance.now();
    draw();
    (times[what] ??= []).push(performance.now() - start);
  };
  // So that one picture's painting does not stand in the way of the next one's drawing.
  const settled = () => new Promise((done) => { requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); }); });
  // The lower canvases are not touched: what they show was painted long ago.
  const flushed = () => canvases.filter((_, i) => i % 2).forEach((c) => c.getContext('2d').getImageData(0, 0, 1, 1));

  Object.defineProperty(globalThis, 'devicePixelRatio', { value: scale, configurable: true });
  const ours = four(1);
  ours.draw(-1);
  const plots = others(ours, [{}, {}]);
  const bare = others(ours, [{ show: false }, { show: false }]);
  const NEWS = 60;
  for (let round = -1; round < rounds; round++) {
    ours.back(NEWS);
    for (let i = 0; i < NEWS; i++) {
      ours.on();
      const data = columns(ours);
      const first = () => ours.draw(-1);
      // uPlot draws in a microtask but for a batch, which draws before it returns.
      const redraw = (plots) => () => plots.forEach((plot, chart) => plot.batch(() => { plot.setData(data[chart], false); plot.redraw(true, false); }));
      timed('ours, with news', first);
      await settled();
      timed('uPlot, with news', redraw(plots));
      await settled();
      timed('uPlot, with news, without its axes', redraw(bare));
      await settled();
      timed('ours, the crosshair moves', () => ours.draw(40 * i));
      await settled();
      if (i % 4 === 0) {
        ours.forget();
        timed('ours, all layers anew', first);
        await settled();
      }
    }
    // The first round is for the compilers.
    if (round < 0) Object.keys(times).forEach((what) => { times[what] = []; });
  }
  const long = four(2);
  long.draw(-1);
  long.back(NEWS);
  for (let i = 0; i < NEWS; i++) {
    long.on();
    timed('ours, with news, a run twice as long', () => long.draw(-1));
    await settled();
  }
  for (let i = 0; i < 30; i++) {
    ours.back(1);
    ours.on();
    timed('ours, painted', () => { ours.draw(-1); flushed(); });
    await settled();
    const data = columns(ours);
    timed('uPlot, painted', () => {
      plots.forEach((plot, chart) => {
        plot.batch(() => { plot.setData(data[chart], false); plot.redraw(true, false); });
        plot.ctx.getImageData(0, 0, 1, 1);
      });
    });
    await settled();
  }
  [...plots, ...bare].forEach((plot) => plot.destroy());
  canvases.forEach((c) => c.remove());
  ours.free();
  long.free();
  return times;

  function columns(source) {
    const t = source.times();
    return [0, 1, 2, 3].map((chart) => {
      const lines = Array.from({ length: source.lines(chart) }, (_, line) => Array.from(source.column(chart, line), (v) => (Number.isNaN(v) ? null : v)));
      return [t, ...lines];
    });
  }

  /** Four of uPlot's charts with the same lines, weights, scales and grounds. */
  function others(source, axes) {
    const tops = [[10, 7_200_000], [0, 3_000], [0, 60], [0, 100]];
    return columns(source).map((data, chart) => {
      const series = data.slice(1).map((_, line) => ({ stroke: ['#0072b2', '#c24f00', '#00795a', '#a34f86', '#1b2430'][line], width: line % 2 ? 2 : 1, fill: line === 1 ? '#c24f001c' : undefined }));
      const plot = new globalThis.uPlot({
        ...size, legend: { show: false }, cursor: { show: false }, pxAlign: 1,
        scales: { x: { time: false, range: [0, 10_800] }, y: { distr: chart === 0 ? 3 : 1, range: tops[chart] } },
        axes, series: [{}, ...series],
      }, data, document.body);
      return plot;
    });
  }
}

const row = (what, values) => [`${what}: median`, median(values), 'ms'];

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
