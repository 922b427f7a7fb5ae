// Size it: designs of a grid a second in the page, with the map drawn as they come; by workers, and by the page alone.

import { kept } from '../support/learner.mjs';

export const title = 'Sizing a design';

export async function measure(house) {
  const rows = [];
  for (const refused of [false, true]) {
    const visit = await house.visit('hosted', {
      prepare: async (context) => {
        await kept({ design: 'demand' })(context);
        if (refused) await context.addInitScript(() => { globalThis.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }; });
      },
    });
    await visit.app.locator('#open-size').click();
    await visit.app.locator('#size-seeds').selectOption('1');
    const seconds = await visit.app.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const start = performance.now();
      document.querySelector('#size-start').click();
      do await frame(); while (document.querySelector('#size-stop') || !document.querySelector('.says p'));
      return (performance.now() - start) / 1000;
    });
    const cells = Number((await visit.app.locator('.says p').first().innerText()).match(/of (\d+)/)[1]);
    rows.push([`designs a second, ${refused ? 'the page alone' : 'workers'}`, cells / seconds, '1/s']);
    await visit.close();
  }
  return rows;
}
