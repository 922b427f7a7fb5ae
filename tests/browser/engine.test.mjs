// The engine in a browser is the engine at home: equal digests for the runs that the native tests hold, and no more memory.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { openProbe, pinnedRuns, pinnedWorlds } from './support/probe.mjs';

describe('The engine in a browser', () => {
  let house;
  let page;
  before(async () => {
    house = await openHouse();
    page = await openProbe(house.browser);
  });
  after(() => house?.close());

  test('gives the digests of the native tests, however it is sliced', async () => {
    for (const { design, scenario, seed, digest, facts } of await pinnedRuns()) {
      const found = await page.evaluate(async ([design, scenario, seed]) => {
        const run = await fresh();
        run.start(design, scenario, seed);
        run.finish();
        const whole = [run.digest(), run.probe.facts()];
        run.start(design, scenario, seed);
        for (let t = 7; t < 10_800; t += 61) run.probe.advance_to(t);
        run.finish();
        return [whole, [run.digest(), run.probe.facts()]];
      }, [design, scenario, seed]);
      assert.deepEqual(found, [[digest, facts], [digest, facts]], `${design}, ${scenario}, seed ${seed}`);
    }
  });

  test('gives the digests of the native swarm in every world', async () => {
    const worlds = await pinnedWorlds();
    const found = await page.evaluate(async (seeds) => {
      const run = await fresh();
      return seeds.map((seed) => {
        run.probe.start_world(seed);
        run.finish();
        return [seed, run.digest(), run.probe.facts()];
      });
    }, worlds.map(([seed]) => seed));
    assert.deepEqual(found, worlds);
  });

  test('takes at most 64 bytes a waiting booking, in wasm too', async () => {
    const [before, after, waiting] = await page.evaluate(async () => {
      const run = await fresh();
      run.probe.start_backlog(1000);
      run.probe.advance_to(11);
      const before = run.memory();
      run.probe.start_backlog(1_000_000);
      run.probe.advance_to(20);
      return [before, run.memory(), run.probe.waiting()];
    });
    assert.ok(waiting > 990_000, `${waiting} wait`);
    // Besides: a second run's histograms, and pages of 64 KiB.
    assert.ok(after - before <= 64 * waiting + 2 ** 20, `${(after - before) / waiting} bytes a booking`);
  });
});
