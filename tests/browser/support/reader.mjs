// A virtual screen reader: reads a part of the page from end to end, as one does with the arrow keys, and says what it heard, a line each.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.dirname(createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/package.json'));
const module = await readFile(path.join(folder, 'lib/esm/index.browser.js'), 'utf8');
/** The module as a script: as tools may, in the page's world, whatever its policy says of scripts. */
const source = module.replace(/export\s*\{\s*(\w+) as Virtual,[^}]*\}/, 'globalThis.VirtualReader = $1');

/** What is heard of the first element of a selector, from its start to its end. */
export async function heard(visit, selector) {
  if (!await visit.app.evaluate(() => 'VirtualReader' in globalThis)) await visit.app.evaluate(`(() => {\n${source}\n})()`);
  return visit.app.evaluate(async (selector) => {
    const reader = new globalThis.VirtualReader();
    const all = document.querySelectorAll(selector);
    const container = [...all].find((e) => e.checkVisibility()) ?? all[0];
    await reader.start({ container });
    const first = await reader.lastSpokenPhrase();
    const node = reader.activeNode;
    for (let steps = 0; steps < 800; steps++) {
      await reader.next();
      if (reader.activeNode === node && await reader.lastSpokenPhrase() === first) break;
    }
    const log = [...await reader.spokenPhraseLog()].slice(0, -1);
    await reader.stop();
    return log.map((phrase) => phrase.replaceAll(/\s+/g, ' ').trim());
  }, selector);
}
