// Words that the glossary explains: shown by the pointer, the focus and a tap, taken away without closing anything else; and problems say why.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openHouse } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { terms } = JSON.parse(readFileSync(path.join(root, 'static/katas/waiting-room/glossary.json'), 'utf8'));
const meaning = (term) => terms.find((entry) => entry.term === term).text;
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

describe('A word with a meaning', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const pop = (visit) => visit.app.locator('.meaning.shown');
  /** Opens all that is folded in the brief. */
  const unfold = (visit) => visit.app.evaluate(() => { for (const part of document.querySelectorAll('.brief details')) part.open = true; });
  /** The word in a panel. */
  const word = (visit, panel, text) => visit.app.locator(`${panel} .term`, { hasText: new RegExp(`^${text}$`, 'i') }).first();
  const shows = async (visit, term) => {
    await pop(visit).waitFor();
    assert.equal(await pop(visit).textContent(), term + meaning(term));
  };
  const gone = (visit) => pop(visit).waitFor({ state: 'hidden' });
  /** All of the popover lies in the view, and beside its word. */
  const inView = async (visit, term) => {
    const view = visit.page.viewportSize();
    const [own, of] = [await pop(visit).boundingBox(), await term.boundingBox()];
    assert.ok(own.x >= 0 && own.x + own.width <= view.width && own.y >= 0 && own.y + own.height <= view.height, JSON.stringify({ own, view }));
    assert.ok(own.y >= of.y + of.height - 2 || own.y + own.height <= of.y + 2, 'it does not cover its word');
  };

  test('is explained under the pointer, which can go on to the meaning', async () => {
    const visit = await house.visit('hosted');
    await unfold(visit);
    const term = word(visit, '.brief', 'queued');
    await term.hover();
    await shows(visit, 'queue');
    await inView(visit, term);
    const box = await pop(visit).boundingBox();
    await visit.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 });
    // Longer than the word would keep it: until the next meaning would have come.
    await visit.app.evaluate(() => new Promise((resolve) => { let frames = 40; const next = () => (frames-- ? requestAnimationFrame(next) : resolve()); next(); }));
    await shows(visit, 'queue');
    await visit.page.mouse.move(700, 300);
    await gone(visit);
    await visit.close();
  });

  test('is explained with the focus, and goes with it', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    const term = word(visit, '.decides', 'backlog');
    await term.focus();
    await shows(visit, 'backlog');
    await inView(visit, term);
    assert.equal(await term.evaluate((e) => document.getElementById(e.getAttribute('aria-describedby')).textContent), meaning('backlog'));
    await visit.page.keyboard.press('Tab');
    await gone(visit);
    await visit.page.keyboard.press('Shift+Tab');
    await shows(visit, 'backlog');
    await visit.page.keyboard.press('Enter');
    await gone(visit);
    await visit.page.keyboard.press(' ');
    await shows(visit, 'backlog');
    await visit.app.locator('.transport .primary').focus();
    await gone(visit);
    await visit.close();
  });

  test('lets Escape take the meaning away and nothing else', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand', scenario: 'outage' }) });
    await finished(visit);
    const term = word(visit, '.verdict', 'dead letters');
    await term.focus();
    await shows(visit, 'dead letter');
    await visit.page.keyboard.press('Escape');
    await gone(visit);
    assert.equal(await visit.app.locator('.verdict').count(), 1, 'the result is still there');
    assert.ok(await term.evaluate((e) => e === document.activeElement), 'and so is the focus');
    await visit.page.keyboard.press('Escape');
    await visit.app.locator('.verdict').waitFor({ state: 'detached' });
    await visit.close();
  });

  test('is explained above a dialog, and Escape leaves the dialog open', async () => {
    const visit = await house.visit('hosted');
    await visit.app.getByRole('button', { name: 'Help and keys' }).click();
    const term = visit.app.locator('dialog[open] .term').first();
    await term.hover();
    await pop(visit).waitFor();
    const box = await pop(visit).boundingBox();
    const top = await visit.app.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest('.meaning') !== null, [box.x + 20, box.y + 12]);
    assert.ok(top, 'nothing covers it');
    await visit.page.keyboard.press('Escape');
    await gone(visit);
    assert.equal(await visit.app.locator('dialog[open]').count(), 1);
    await visit.close();
  });

  test('is explained by a tap, and a tap elsewhere takes that away', async () => {
    const visit = await house.visit('hosted', { context: PHONE });
    await visit.app.getByRole('tab', { name: 'Brief' }).first().tap();
    await unfold(visit);
    for (const [text, of] of [['queued', 'queue'], ['worker', 'worker']]) {
      const term = word(visit, '.brief', text);
      await term.tap();
      await shows(visit, of);
      await inView(visit, term);
      // It lies over the lines beside its word.
      await visit.app.locator('.brief .meta').tap();
      await gone(visit);
    }
    await word(visit, '.brief', 'queued').tap();
    await pop(visit).waitFor();
    await visit.app.locator('.brief p').first().tap();
    await gone(visit);
    await visit.close();
  });

  test('is explained at the very edge of the view', async () => {
    const visit = await house.visit('hosted', { context: PHONE, prepare: kept({ design: 'demand-breaker' }) });
    await visit.app.getByRole('tab', { name: 'Charts' }).first().click();
    const terms = await visit.app.locator('.decides .term').all();
    assert.ok(terms.length > 3, `${terms.length} terms`);
    for (const term of terms) {
      await term.focus();
      await pop(visit).waitFor();
      await inView(visit, term);
    }
    await visit.close();
  });

  for (const form of ['sandbox', 'file', 'cross-site']) {
    test(`is explained wherever the page runs: ${form}`, async () => {
      const visit = await house.visit(form);
      await unfold(visit);
      await word(visit, '.brief', 'queued').hover();
      await shows(visit, 'queue');
      await visit.close();
    });
  }

  test('is explained where the browser knows no popovers', async () => {
    const visit = await house.visit('hosted', {
      prepare: (context) => context.addInitScript(() => {
        delete HTMLElement.prototype.showPopover;
        delete HTMLElement.prototype.hidePopover;
        delete HTMLElement.prototype.popover;
      }),
    });
    // Such a browser has no rule that hides what has the attribute.
    await unfold(visit);
    await word(visit, '.brief', 'queued').focus();
    await visit.app.locator('.meaning.shown').waitFor();
    await visit.page.keyboard.press('Escape');
    await gone(visit);
    await visit.close();
  });

  test('stands once in a panel, is no control in a control, and few are stops for Tab', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await visit.app.locator('.diagram [data-id=consumers]').click();
    await unfold(visit);
    const found = await visit.app.evaluate(() => {
      const shown = (e) => e.getClientRects().length > 0;
      // Words of the glossary; a parameter's label explains itself in the place of a button that did.
      const stops = [...document.querySelectorAll('.term[data-term][tabindex]')].filter(shown);
      const twice = ['.brief', '.decides'].filter((panel) => {
        const ids = [...document.querySelectorAll(`${panel} .term`)].map((e) => e.dataset.term);
        return new Set(ids).size !== ids.length;
      });
      return { stops: stops.length, brief: stops.filter((e) => e.closest('.brief')).length, nested: stops.filter((e) => e.closest('button, label, summary, a')).length, twice };
    });
    assert.deepEqual({ nested: found.nested, twice: found.twice }, { nested: 0, twice: [] });
    assert.ok(found.brief >= 8 && found.brief <= 20, `${found.brief} in the brief`);
    assert.ok(found.stops <= 45, `${found.stops} stops`);
    await visit.close();
  });
});

describe('A problem', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('says why, in the list and at its component', async () => {
    const visit = await house.visit('hosted');
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    const why = visit.app.locator('.run-log .problem').getByRole('button', { name: 'Why?' });
    assert.equal(await why.getAttribute('aria-expanded'), 'false');
    assert.equal(await visit.app.locator('.teaching').count(), 0, 'nothing is explained unasked');
    await why.press('Enter');
    assert.equal(await why.getAttribute('aria-expanded'), 'true');
    assert.match(await visit.app.locator('.run-log .teaching').innerText(), /needs only our own work/);
    await visit.app.locator('.run-log .problem .show').click();
    await visit.app.locator('.inspector .param').first().waitFor();
    await visit.app.locator('.inspector .problem').getByRole('button', { name: 'Why?' }).click();
    assert.match(await visit.app.locator('.inspector .teaching').innerText(), /needs only our own work/);
    await visit.close();
  });

  test('of a missing breaker is kept back until a run has shown the outage', async () => {
    const visit = await house.visit('hosted', { tail: '?scenario=outage', prepare: kept({ design: 'demand' }) });
    const missing = visit.app.locator('.problem', { hasText: 'The clinics are dark for 10 min' });
    assert.equal(await visit.app.locator('.run-log').getByText('What stands out').count(), 0);
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    await missing.waitFor();
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await missing.waitFor();
    await visit.close();
  });
});

describe('The brief', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('shows what each scenario trades off, which are passed, and switches', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'demand-breaker' }) });
    await visit.app.locator('.brief .of-scenarios > summary').click();
    const all = visit.app.locator('.brief .scenarios li');
    assert.equal(await all.count(), 4);
    assert.match(await visit.app.locator('.brief .scenarios [aria-pressed=true]').innerText(), /^Monday, 8 am\s+chosen$/);
    await finished(visit);
    await visit.app.locator('.brief .scenarios li.passed').waitFor();
    await all.nth(2).locator('button').click();
    assert.equal(await visit.app.locator('.bar select[aria-label=Scenario]').inputValue(), 'outage');
    assert.match(await visit.app.locator('.brief .scenarios .chosen').innerText(), /The clinic goes dark/);
    assert.match(await visit.app.locator('.brief h3', { hasText: 'has passed' }).innerText(), /passed 1 of 4/);
    await visit.close();
  });

  test('foretells the backlog in figures before any run, once it is asked to, and for that design', async () => {
    const visit = await house.visit('hosted', { prepare: kept({ design: 'queue-60' }) });
    const words = async () => (await visit.app.locator('#words-backlog').textContent()).replaceAll('\u202f', ' ');
    assert.doesNotMatch(await words(), /Predicted/);
    const ask = visit.app.getByRole('button', { name: 'Show the prediction' });
    await ask.click();
    assert.match(await words(), /Predicted: 22 000 at 08:41, drained by 09:12\.$/);
    assert.equal(await ask.count(), 0);
    await visit.app.locator('.diagram [data-id=consumers] .card').click();
    const workers = visit.app.locator('[id="param-consumers-scaling.workers"]');
    await workers.fill('61');
    await workers.press('Enter');
    await ask.waitFor();
    assert.doesNotMatch(await words(), /Predicted/, 'another design has another');
    await visit.app.getByRole('button', { name: /^Undo/ }).first().click();
    await ask.waitFor({ state: 'detached' });
    assert.match(await words(), /Predicted: 22 000/);
    await visit.close();
  });
});
