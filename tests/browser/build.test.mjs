// From an empty canvas to patients → API → queue → consumers → clinics with dead letters, two numbers and a name changed: by mouse, by touch, by
// keyboard and in the list. Each gives the same design but for positions, keeps the same, and takes the same number of steps back to empty.
//
// The canvas is empty because an empty design was kept, not because something was deleted: so every undo step there is belongs to the
// building, and "back to empty" is where undo ends.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HANDS } from './support/hands.mjs';
import { openHouse, named } from './support/house.mjs';
import { kept } from './support/learner.mjs';

const SAVED = named('saved.v1');

/** What each hand does, one undo step a line. */
const PLAN = [
  ['add', 'patients'],
  ['add', 'api'],
  ['connect', 'patients', 'api'],
  ['add', 'queue'],
  ['connect', 'api', 'queue'],
  ['add', 'consumers'],
  ['connect', 'queue', 'consumers'],
  ['add', 'clinic'],
  ['connect', 'consumers', 'clinic'],
  ['add', 'dead_letter'],
  ['connect', 'consumers', 'dead_letter'],
  ['type', 'api', 'threads', '24'],
  ['slide', 'api', 'instances', 7],
  ['rename', 'queue', 'Waiting list'],
];

describe('From an empty canvas', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const found = (visit) => visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key)), SAVED);

  async function build(name) {
    const hand = HANDS[name];
    const visit = await house.visit('hosted', {
      context: { hasTouch: name === 'touch' },
      prepare: kept({ design: 'empty' }),
    });
    const undo = visit.app.getByRole('button', { name: /^Undo \(/ });
    assert.equal(await visit.app.locator('.diagram .empty').count(), 1, 'the canvas is empty');
    assert.equal(await undo.isEnabled(), false);
    await hand.open(visit);
    for (const [deed, ...what] of PLAN) await hand[deed](visit, ...what);
    await visit.app.waitForFunction((key) => {
      const { design } = JSON.parse(localStorage.getItem(key));
      return design.edges.length === 5 && design.nodes.some((node) => node.label === 'Waiting list');
    }, SAVED);
    const state = await found(visit);
    let steps = 0;
    for (; await undo.isEnabled() && steps < 2 * PLAN.length; steps++) await hand.undo(visit);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).design.nodes.length === 0, SAVED);
    await visit.close();
    for (const node of state.design.nodes) { delete node.x; delete node.y; }
    // How often it was saved on the way.
    delete state.seal;
    return { state, steps };
  }

  let mouse;
  test('by mouse: the design is the one that was meant, a step for each deed', async () => {
    mouse = await build('mouse');
    assert.equal(mouse.steps, PLAN.length);
    const { nodes, edges } = mouse.state.design;
    assert.deepEqual(nodes.map((node) => node.kind), ['patients', 'api', 'queue', 'consumers', 'clinic', 'dead_letter']);
    assert.deepEqual(edges.map(({ from, to }) => [from, to]), PLAN.filter(([deed]) => deed === 'connect').map(([, from, to]) => [from, to]));
    const of = (id) => nodes.find((node) => node.id === id);
    assert.deepEqual([of('api').params, of('consumers').params.timeout_ms, of('queue').label], [{ instances: 7, threads: 24 }, 3000, 'Waiting list']);
  });

  for (const name of ['touch', 'keyboard', 'list']) {
    test(`by ${name}: the same design, the same kept, as many steps`, async () => assert.deepEqual(await build(name), mouse));
  }
});
