// What a learner brings to the page and does there, for tests that need it in passing.

import { readFile } from 'node:fs/promises';
import { named } from './house.mjs';

const KEY = named('saved.v1');

/**
 * For a visit's `prepare`: a built-in design is kept in the browser, as the page keeps it. `broken` is one that has no way to a clinic, `empty`
 * one of nothing; no design is no change.
 */
export function kept({ design: name, scenario, seed }) {
  return async (context) => {
    if (!name) return;
    const whole = ['broken', 'empty'].includes(name) ? 'demand-breaker' : name;
    const file = new URL(`../../../static/katas/waiting-room/designs/${whole}.json`, import.meta.url);
    const design = JSON.parse(await readFile(file, 'utf8'));
    if (name === 'empty') [design.nodes, design.edges] = [[], []];
    if (name === 'broken') design.edges = design.edges.filter(({ to }) => to !== 'clinic');
    await plantDesign(design, { scenario, seed })(context);
  };
}

/** For a visit's `prepare`: any design is kept in the browser, as a file has it. */
export function plantDesign(design, { scenario = 'monday', seed = 1 } = {}) {
  return async (context) => {
    const text = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario, seed, theme: 'auto', design });
    await context.addInitScript(([key, text]) => {
      // The empty page that a tab begins with has no storage; and only once, so that a reload and another tab find what the page has kept.
      if (location.protocol !== 'http:' || sessionStorage.getItem('laid') || localStorage.getItem(key)) return;
      localStorage.setItem(key, text);
      sessionStorage.setItem('laid', '1');
    }, [KEY, text]);
  };
}

/** Lets the run go to its end and waits for the result. */
export async function finished(visit) {
  await visit.app.getByRole('button', { name: 'To the end' }).click();
  await visit.app.locator('.verdict').waitFor();
}

/** Goes on to the next scenario from the result; where a guess is asked for first, one press of Play skips it. */
export async function goOn(visit, name) {
  await visit.app.locator('.verdict').getByRole('button', { name: `Next: ${name}` }).click();
  await visit.app.waitForFunction((name) => document.querySelector('.bar select.pick').selectedOptions[0].textContent.toLowerCase().includes(name.toLowerCase()), name);
  const bar = visit.app.locator('.guess-bar');
  const asked = await bar.count() > 0;
  if (asked) await visit.app.locator('.transport .primary').locator('visible=true').first().click();
  await visit.app.locator('.verdict .words').getByText(new RegExp(name, 'i')).or(visit.app.getByRole('heading', { name: 'Mastered' })).first().waitFor();
  return asked;
}

/** The bytes of a file that the page hands out. */
export async function content(download) {
  const pieces = [];
  for await (const piece of await download.createReadStream()) pieces.push(piece);
  return Buffer.concat(pieces);
}
