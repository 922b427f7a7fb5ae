// The stage: what is on it can be read, is where it seems to be, and nothing lies over what one works on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { readFile } from 'node:fs/promises';
import { finished, kept } from './support/learner.mjs';
import { played } from './support/states.mjs';

const KEY = named('saved.v1');

/** For a visit's `prepare`: a design of a hundred parts in fifty lanes, all at one place. */
async function hundred(context) {
  const nodes = [['patients', 'patients'], ['api', 'api'], ['clinic', 'clinic']];
  const edges = [['patients', 'api']];
  for (let lane = 0; lane < 48; lane++) {
    nodes.push([`q${lane}`, 'queue'], [`c${lane}`, 'consumers']);
    edges.push(['api', `q${lane}`], [`q${lane}`, `c${lane}`], [`c${lane}`, 'clinic']);
  }
  nodes.push(['dead', 'dead_letter']);
  const design = {
    format: 'waiting-room/design', version: 1, name: 'Many',
    nodes: nodes.map(([id, kind], at) => ({ id, kind, x: 0, y: 160 * at })), edges: edges.map(([from, to]) => ({ from, to })),
  };
  const text = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design });
  await context.addInitScript(([key, text]) => { if (location.protocol === 'http:') localStorage.setItem(key, text); }, [KEY, text]);
}

describe('The stage', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`);
  const canvas = (visit) => visit.app.locator('.diagram svg.canvas').boundingBox();
  const cards = (visit) => visit.app.locator('.diagram [data-id] .card').evaluateAll((all) => all.map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return { x, y, width, height };
  }));
  const whole = (boxes) => {
    const [x, y] = [Math.min(...boxes.map((b) => b.x)), Math.min(...boxes.map((b) => b.y))];
    const [right, bottom] = [Math.max(...boxes.map((b) => b.x + b.width)), Math.max(...boxes.map((b) => b.y + b.height))];
    return { x, y, width: right - x, height: bottom - y };
  };
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const middle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const press = async (visit, { x, y }) => { await visit.page.mouse.move(x, y); await visit.page.mouse.down(); };
  const kinds = async (visit) => visit.app.getByRole('tab', { name: 'Parts' }).first().click();

  test('a design is fitted as large as 1.4 times, in the middle above the tools', async () => {
    for (const [width, height] of [[1440, 900], [1920, 1080]]) {
      const visit = await house.visit('hosted', { context: { viewport: { width, height } } });
      const [stage, boxes] = [await canvas(visit), await cards(visit)];
      const all = whole(boxes);
      const zoom = boxes[0].width / 136;
      assert.ok(zoom > 1.1 && zoom <= 1.401, `zoom ${zoom} at ${width}`);
      assert.ok(Math.abs(middle(all).x - middle(stage).x) < 2, 'in the middle from left to right');
      assert.ok(Math.abs(middle(all).y - (middle(stage).y - 26)) < 2, 'and above the tools');
      assert.equal(new Set(boxes.map((b) => `${b.width.toFixed(1)} × ${b.height.toFixed(1)}`)).size, 1, 'one size');
      await visit.close();
    }
  });

  test('why bookings failed stands on the part in words, with its unit in the tooltip', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'retry-storm' }), tail: '?speed=max' });
    await finished(visit);
    const failures = part(visit, 'consumers').locator('.failures');
    assert.match(await failures.locator('.why').textContent(), /^[\d\u202f]+ given up$/);
    assert.match(await failures.locator('.more').textContent(), /^[\d\u202f]+k? timed out$/);
    assert.match(await failures.locator('title').textContent(), /messages given up after their last attempt\n[\d\u202f]+ calls timed out/);
    assert.match(await part(visit, 'consumers').getAttribute('aria-label'), /calls timed out/);
    await visit.close();
  });

  test('nothing is written under 11 px at any zoom', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'retry-storm' }), tail: '?speed=max' });
    await finished(visit);
    const small = () => visit.app.locator('.diagram svg text, .diagram svg tspan').evaluateAll((all) => all
      .filter((e) => e.textContent.trim() && e.getBoundingClientRect().width > 0)
      .map((e) => [e.textContent, parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a])
      .filter(([, size]) => size < 10.99));
    const clear = () => visit.app.locator('.diagram [data-id]').evaluateAll((all) => all.flatMap((e) => {
      const card = e.querySelector('.card').getBoundingClientRect();
      return [...e.querySelectorAll('text:not(.count)')].filter((t) => t.textContent.trim()).map((t) => t.getBoundingClientRect())
        .filter((t) => t.left < card.left - 1 || t.right > card.right + 1 || t.bottom > card.bottom + 1).map(() => e.dataset.id);
    }));
    const zoom = (label) => visit.app.getByRole('button', { name: label }).click();
    for (let step = 0; step < 12; step++) {
      assert.deepEqual(await small(), [], `after ${step} steps out`);
      assert.deepEqual(await clear(), [], `words stay on their cards after ${step} steps out`);
      await zoom('Zoom out (−)');
    }
    assert.equal(await visit.app.locator('.diagram .part text').count(), 0, 'from very far there are blocks');
    for (let step = 0; step < 16; step++) {
      await zoom('Zoom in (+)');
      assert.deepEqual(await small(), [], `after ${step} steps in`);
    }
    await visit.close();
  });

  test('a name of a hundred letters is cut within its card, and whole in the tooltip', async () => {
    const visit = await house.visit('hosted');
    const name = 'Wide '.repeat(12).trim();
    await part(visit, 'api').focus();
    await visit.app.locator('#inspector-name').fill(name);
    await visit.app.locator('#inspector-name').blur();
    const title = part(visit, 'api').locator('text.title');
    assert.match(await title.textContent(), /…$/);
    const [words, card] = [await title.boundingBox(), await part(visit, 'api').locator('.card').boundingBox()];
    assert.ok(words.x + words.width <= card.x + card.width - 4, 'inside');
    assert.equal(await part(visit, 'api').locator('> title').textContent(), name);
    await visit.close();
  });

  test('what is dragged over another part stays on top of it', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await press(visit, middle(await part(visit, 'patients').boundingBox()));
    const over = middle(await part(visit, 'queue').boundingBox());
    await visit.page.mouse.move(over.x + 12, over.y + 8, { steps: 5 });
    const on = await visit.app.locator('.diagram .lifted').evaluate((lifted) => ({
      title: lifted.querySelector('.title').textContent,
      last: [...document.querySelectorAll('.diagram [data-id]')].every((e) => lifted.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING),
    }));
    assert.deepEqual(on, { title: 'Patients', last: true });
    await visit.page.mouse.up();
    await visit.close();
  });

  test('a notice lies in the row of the tools, offers Undo, and goes with the next press', async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 1280, height: 720 }, { width: 1024, height: 768 }]) {
      const visit = await house.visit('hosted', { context: { viewport } });
      await kinds(visit);
      await visit.app.locator('.palette-item[data-kind=queue]').press('Enter');
      const toast = visit.app.locator('.toast');
      await toast.waitFor();
      const box = await toast.boundingBox();
      for (const card of await cards(visit)) assert.ok(!meet(box, card), `${viewport.width}: the notice covers a card`);
      const stage = await canvas(visit);
      assert.ok(box.height <= 41 && box.x >= stage.x && box.x + box.width <= stage.x + stage.width, 'one line on the stage');
      assert.ok(box.y + box.height <= stage.y + stage.height && box.y >= stage.y + stage.height - 52, 'in the row of the tools');
      await toast.getByRole('button', { name: 'Undo' }).click();
      await part(visit, 'queue').waitFor({ state: 'detached' });
      await visit.app.locator('.palette-item[data-kind=queue]').press('Enter');
      await toast.waitFor();
      await visit.page.mouse.click(stage.x + 8, stage.y + 8);
      assert.equal(await toast.count(), 0, 'gone with the next press');
      await visit.close();
    }
  });

  test('a menu opens upwards and leftwards at the edges, asks in its head, and no notice lies over it', async () => {
    const visit = await house.visit('hosted');
    const stage = await canvas(visit);
    const port = middle(await part(visit, 'api').locator('.port.out').boundingBox());
    for (const [x, y] of [[0.6, 0.1], [0.95, 0.93]]) {
      await press(visit, { x: port.x + 2, y: port.y + 2 });
      const at = { x: stage.x + stage.width * x, y: stage.y + (stage.height - 4) * y };
      await visit.page.mouse.move(at.x, at.y, { steps: 6 });
      await visit.page.mouse.up();
      const menu = visit.app.locator('.diagram .menu');
      await menu.waitFor();
      assert.match(await menu.locator('.menu-head').innerText(), /^What comes after Booking API\?$/);
      assert.equal(await visit.app.locator('.toast').count(), 0);
      const box = await menu.boundingBox();
      assert.ok(box.x >= stage.x && box.y >= stage.y && box.x + box.width <= stage.x + stage.width && box.y + box.height <= stage.y + stage.height, 'whole on the stage');
      if (x > 0.9) assert.ok(box.x + box.width <= at.x + 12 && box.y + box.height <= at.y + 12, 'towards the middle');
      await visit.page.keyboard.press('Escape');
    }
    await visit.close();
  });

  test('of a hundred parts all are seen, and after Tidy each is hit where it is', async () => {
    const visit = await house.visit('hosted', { prepare: hundred });
    const [at, tall] = [await canvas(visit), whole(await cards(visit))];
    assert.ok(tall.y >= at.y && tall.y + tall.height <= at.y + at.height - 40, `before it too: ${JSON.stringify(tall)}`);
    await visit.app.getByRole('button', { name: /^Tidy/ }).click();
    await visit.app.locator('.diagram:not([aria-busy])').waitFor();
    const [stage, boxes] = [await canvas(visit), await cards(visit)];
    assert.equal(boxes.length, 100);
    const all = whole(boxes);
    assert.ok(all.x >= stage.x && all.y >= stage.y && all.x + all.width <= stage.x + stage.width && all.y + all.height <= stage.y + stage.height - 40, JSON.stringify(all));
    assert.ok(all.width > stage.width * 0.6 || all.height > stage.height * 0.6, 'the room is used');
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => assert.ok(!meet(a, b), 'none lies on another')));
    for (const id of ['api', 'q7', 'c40', 'clinic', 'dead']) {
      const { x, y } = middle(await part(visit, id).locator('.card').boundingBox());
      await visit.page.mouse.click(x, y);
      assert.equal(await part(visit, id).getAttribute('aria-pressed'), 'true', id);
    }
    await visit.close();
  });

  test('a part that was just put in is not scolded; after a rest what is wrong is shown, in ink and with words', async () => {
    const visit = await house.visit('hosted');
    await kinds(visit);
    await visit.app.locator('.palette-item[data-kind=queue]').press('Enter');
    await part(visit, 'queue').waitFor();
    assert.equal(await visit.app.locator('.diagram .badge.error, .diagram .part.wrong').count(), 0);
    assert.equal(await visit.app.locator('.diagram .ghost .tag-text').textContent(), 'What empties it?');
    const tag = await visit.app.locator('.diagram .ghost .place').boundingBox();
    for (const card of await cards(visit)) assert.ok(!meet(tag, card), 'the next step is not behind a part');
    const badge = visit.app.locator('.diagram .badge.error').first();
    await badge.waitFor();
    assert.ok((await badge.locator('title').textContent()).length > 10);
    const [sign, ink] = await badge.locator('circle').evaluate((e) => [getComputedStyle(e).fill, getComputedStyle(document.querySelector('.part .title')).fill]);
    assert.equal(sign, ink);
    await visit.close();
  });

  test('rates and the next step stand where no part hides them, also where the chain is bent', async () => {
    const bent = (edges) => async (context) => {
      const file = new URL('../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url);
      const design = JSON.parse(await readFile(file, 'utf8'));
      const at = (kind) => design.nodes.find((node) => node.kind === kind);
      const [queue, consumers, clinic] = ['queue', 'consumers', 'clinic'].map(at);
      Object.assign(consumers, { x: queue.x - 200, y: queue.y + 176 });
      Object.assign(clinic, { x: queue.x - 400, y: queue.y + 176 });
      design.edges = design.edges.filter(edges);
      const text = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design });
      await context.addInitScript(([key, text]) => { if (location.protocol === 'http:') localStorage.setItem(key, text); }, [KEY, text]);
    };
    const run = await house.visit('hosted', { prepare: bent(() => true), tail: '?speed=1800' });
    await played(run, '08:10');
    const rates = await run.app.locator('.diagram .rate').evaluateAll((all) => all.map((e) => {
      const { x, y, width, height } = e.getBoundingClientRect();
      return { x, y, width, height };
    }));
    assert.ok(rates.length >= 4, `${rates.length} rates`);
    for (const rate of rates) for (const card of await cards(run)) assert.ok(!meet(rate, card), 'a rate is behind a part');
    await run.close();

    const built = await house.visit('hosted', { prepare: bent(({ from }) => from !== 'queue') });
    const tag = await built.app.locator('.diagram .ghost .tag').boundingBox();
    for (const card of await cards(built)) assert.ok(!meet(tag, card), 'the next step is behind a part');
    await press(built, middle(tag));
    await built.page.mouse.up();
    await built.app.locator('.diagram .ghost').waitFor({ state: 'detached' });
    await built.close();
  });

  test('the list of parts offers nothing that is given, but where it is not there', async () => {
    const offered = async (visit) => {
      await kinds(visit);
      return visit.app.locator('.palette-item').evaluateAll((all) => all.map((item) => item.dataset.kind).sort());
    };
    const visit = await house.visit('hosted');
    assert.deepEqual(await offered(visit), ['api', 'consumers', 'dead_letter', 'queue']);
    await part(visit, 'patients').focus();
    await visit.page.keyboard.press('Delete');
    assert.equal(await part(visit, 'patients').count(), 1, 'what is given stays');
    await visit.close();
    const empty = await house.visit('hosted', { prepare: kept({ design: 'empty' }) });
    assert.deepEqual(await offered(empty), ['api', 'clinic', 'consumers', 'dead_letter', 'patients', 'queue']);
    await empty.close();
  });
});
