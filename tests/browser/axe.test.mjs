// What axe-core finds in the page, with the size of targets: nothing, in every state a learner meets.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { kept, finished } from './support/learner.mjs';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const FRAME = { viewport: { width: 800, height: 600 } };
const DARK = { ...WIDE, colorScheme: 'dark' };

const press = (name) => (visit) => visit.app.getByRole('button', { name, exact: true }).first().click();
const play = async (visit) => {
  await press('Play')(visit);
  // Until curves, figures and goals are there.
  await visit.app.locator('.goal.holds').first().waitFor();
};
const pause = async (visit) => { await play(visit); await press('Pause')(visit); };
const tab = (name) => (visit) => visit.app.getByRole('tab', { name }).first().click();
const select = (id) => async (visit) => {
  await visit.app.locator(`.diagram [data-id="${id}"]`).focus();
  await visit.page.keyboard.press('Enter');
  await visit.app.locator('.inspector').getByRole('heading').first().waitFor();
};
const open = (label) => (visit) => visit.app.getByLabel(label, { exact: true }).first().click();

/** Each state: its name, how the page is opened, and what is done there. */
const STATES = [
  ['fresh', {}, []],
  ['fresh, dark', { context: DARK }, []],
  ['fresh, 360 px', { context: PHONE }, []],
  ['fresh, in a frame', { context: FRAME, tail: '?embed=1' }, []],
  ['brief, 360 px', { context: PHONE }, [(visit) => visit.app.getByRole('tab', { name: 'Brief' }).first().click()]],
  ['charts, 360 px', { context: PHONE }, [tab('Charts')]],
  ['parts', {}, [tab('Parts')]],
  ['parts, 360 px', { context: PHONE }, [tab('Parts')]],
  ['help', {}, [press('Help and keys')]],
  ['help, dark', { context: DARK }, [press('Help and keys')]],
  ['help, 360 px', { context: PHONE }, [press('Help and keys')]],
  ['playing', { design: 'demand-breaker', tail: '?speed=300' }, [play]],
  ['playing, dark', { context: DARK, design: 'demand-breaker', tail: '?speed=300' }, [play]],
  ['playing, in a frame', { context: FRAME, design: 'demand-breaker', tail: '?embed=1&speed=300' }, [play]],
  ['paused', { design: 'demand-breaker', tail: '?speed=300' }, [pause]],
  ['paused, 360 px', { context: PHONE, design: 'demand-breaker', tail: '?speed=300' }, [pause]],
  ['not passed', {}, [finished]],
  ['passed', { design: 'demand-breaker' }, [finished]],
  ['passed, dark', { context: DARK, design: 'demand-breaker' }, [finished]],
  ['passed, 360 px', { context: PHONE, design: 'demand-breaker' }, [finished]],
  ['passed, in a frame', { context: FRAME, design: 'demand-breaker', tail: '?embed=1' }, [finished]],
  ['a design that can not run', { design: 'broken' }, [press('Play')]],
  ['a chart as a table', { design: 'demand-breaker' }, [finished, press('The gap: more'), press('Data')]],
  ...['patients', 'api', 'queue', 'consumers', 'clinic', 'dead_letter'].map((id) => (
    [`inspector of ${id}`, { design: 'demand-breaker', id }, [select]])),
  ['inspector of consumers, dark', { design: 'demand-breaker', context: DARK, id: 'consumers' }, [select]],
];

describe('axe-core', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [name, { design, id, ...options }, steps] of STATES) {
    test(`finds nothing: ${name}`, async () => {
      const visit = await house.visit('hosted', { ...options, prepare: kept({ design }) });
      for (const step of steps) await (id && step === select ? select(id) : step)(visit);
      // As the page itself may: the policy forbids scripts in the page, not the tool's own world.
      const found = await visit.app.evaluate(`(() => { ${source}; return globalThis.axe.run(document, {
        rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
      }); })()`);
      const told = found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
      assert.deepEqual(told, []);
      await visit.close();
    });
  }
});
