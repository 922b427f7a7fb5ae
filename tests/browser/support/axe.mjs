// What axe-core finds in the page, with the size of targets, in words; not in its frames, which are pages of their own. Nothing is what every state
// should give.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For those whose looks differ by the scheme: one visit is looked at in both, as by a learner whose evening begins. */
export const BOTH = ['light', 'dark'];

/** What axe finds within a selector as the page is now, or in each of these schemes; the visit stays in the last one. */
export async function axeFinds(visit, { within = 'html', schemes = [] } = {}) {
  // As the page itself may: the policy forbids scripts in the page, not the tool's own world. Once a page.
  if (!await visit.app.evaluate(() => 'axe' in globalThis)) await visit.app.evaluate(`(() => { ${source} })()`);
  const found = async () => {
    const { violations } = await visit.app.evaluate((within) => globalThis.axe.run(within, {
      rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], iframes: false,
    }), within);
    const twice = await visit.app.evaluate((within) => [...document.querySelectorAll(`${within} [aria-label][title]`)]
      .filter((e) => e.title === e.getAttribute('aria-label') && !e.hasAttribute('aria-description')).map((e) => `named twice: ${e.outerHTML.slice(0, 90)}`), within);
    return [...twice, ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`))];
  };
  if (schemes.length === 0) return found();
  const all = [];
  for (const colorScheme of schemes) {
    await visit.page.emulateMedia({ colorScheme });
    // The page hears of it in its next frame.
    await visit.app.evaluate(() => new Promise(requestAnimationFrame));
    all.push(...(await found()).map((words) => `${colorScheme}: ${words}`));
  }
  return all;
}
