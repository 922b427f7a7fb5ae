// The second module: fetched once the page is up, waited for calmly, asked for again when it was lost, and there in every form.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { named, openHouse } from './support/house.mjs';

const LATE = '**/*_late.wasm';

/** Notes when the page was up, by the clock that its requests are timed by. */
const timed = (context) => context.addInitScript(() => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('#app[data-ready]')) return;
    globalThis.upAt = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
});

/** Keeps the second module back until it is let go. */
function held() {
  let letGo;
  const gone = new Promise((done) => { letGo = done; });
  const prepare = (context) => context.route(LATE, async (route) => {
    await gone;
    await route.continue();
  });
  return { prepare, letGo };
}

/** Answers so many requests for the second module with nothing. */
const lost = (times) => (context) => {
  let left = times;
  return context.route(LATE, (route) => left-- > 0 ? route.fulfill({ status: 404, body: 'gone' }) : route.continue());
};

describe('What the page does not begin with', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const help = (visit) => visit.app.getByRole('button', { name: 'Help and keys' }).first();
  const dialog = (visit) => visit.app.locator('dialog[open]');
  const keys = (visit) => dialog(visit).locator('dl.keys').first();
  const parts = (visit) => visit.app.locator('.diagram [data-id]').count();
  const addQueue = async (visit) => {
    await visit.app.locator('#left-parts').click();
    await visit.app.locator('[data-kind=queue]').first().click();
  };

  test('is asked for after the page is up, and once', async () => {
    const visit = await house.visit('hosted', { prepare: timed });
    await visit.app.waitForFunction(() => globalThis.waitingRoom.later);
    await help(visit).click();
    await keys(visit).waitFor();
    const { upAt, asked } = await visit.app.evaluate(() => ({
      upAt: globalThis.upAt,
      asked: performance.getEntriesByType('resource').filter((entry) => /_late\.wasm$/.test(entry.name)).map((entry) => entry.startTime),
    }));
    assert.equal(asked.length, 1);
    assert.ok(asked[0] >= upAt, `asked for at ${asked[0]} ms, up at ${upAt} ms`);
    await visit.close();
  });

  test('is waited for in its place, and the focus finds its way back', async () => {
    const { prepare, letGo } = held();
    const visit = await house.visit('hosted', { prepare });
    await help(visit).focus();
    await visit.page.keyboard.press('Enter');
    assert.match(await dialog(visit).innerText(), /Help.*Loading this part of the page/s);
    letGo();
    await keys(visit).waitFor();
    assert.equal(await dialog(visit).count(), 1);
    await visit.page.keyboard.press('Escape');
    assert.equal(await dialog(visit).count(), 0);
    assert.equal(await help(visit).evaluate((button) => button === document.activeElement), true);
    await visit.close();
  });

  test('is asked for again when it was lost, and nothing else is', async () => {
    const visit = await house.visit('hosted', { prepare: lost(2) });
    const there = await parts(visit);
    await help(visit).click();
    const again = dialog(visit).getByRole('button', { name: 'Try again' });
    assert.match(await dialog(visit).getByRole('alert').innerText(), /was not fetched, or is damaged\. Nothing of yours is lost/);
    await again.click();
    await again.waitFor();
    await again.click();
    await keys(visit).waitFor();
    assert.equal(await parts(visit), there);
    // The page was told 404, twice, and said no more than that.
    assert.deepEqual(visit.faults.filter((fault) => !/404/.test(fault)), []);
    await visit.context.close();
  });

  test('lets wait what needs it, and then does it: presses, a drag, keys', async () => {
    const { prepare, letGo } = held();
    const visit = await house.visit('hosted', { prepare });
    const there = await parts(visit);
    await addQueue(visit);
    const notice = visit.app.locator('.toast').filter({ hasText: 'is done as soon as it is here' });
    await notice.waitFor();
    assert.equal(await parts(visit), there);
    await visit.app.locator('#left-brief').click();
    // The page sees the press and where it ends, and draws nothing of the way.
    const card = visit.app.locator('.diagram .part[data-id=clinic]');
    const before = await card.boundingBox();
    await visit.page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await visit.page.mouse.down();
    await visit.page.mouse.move(before.x + before.width / 2, before.y + before.height / 2 + 60, { steps: 4 });
    await visit.page.mouse.up();
    assert.equal((await card.boundingBox()).y, before.y);
    await visit.page.keyboard.press('Control+d');
    letGo();
    await visit.app.waitForFunction((n) => document.querySelectorAll('.diagram [data-id]').length === n, there + 2);
    await notice.waitFor({ state: 'detached' });
    // One after the other: the copy, the move, the queue.
    for (let steps = 3; steps > 0; steps--) await visit.page.keyboard.press('Control+z');
    assert.equal(await parts(visit), there);
    assert.equal(await visit.app.getByRole('button', { name: /^Undo/ }).first().isDisabled(), true);
    await visit.close();
  });

  test('is waited for by an answer to what the page asks', async () => {
    const { prepare, letGo } = held();
    const visit = await house.visit('hosted', { prepare: async (context) => {
      await prepare(context);
      await context.addInitScript(([key, text]) => location.protocol === 'http:' && localStorage.setItem(key, text), [named('saved.v1'), '{']);
    } });
    await visit.app.getByRole('button', { name: 'Show it' }).click();
    letGo();
    assert.equal(await visit.app.getByLabel('The unreadable text').inputValue(), '{');
    await visit.close();
  });

  test('shows no more of what waited than of what did not: a part put in on a phone', async () => {
    const { prepare, letGo } = held();
    const visit = await house.visit('hosted', { prepare, context: { viewport: { width: 390, height: 844 }, hasTouch: true } });
    await visit.app.getByRole('button', { name: /^Put a part between Booking API/ }).tap();
    await visit.app.locator('.between').getByRole('button', { name: 'Queue' }).tap();
    await visit.app.locator('.toast').getByText('as soon as').waitFor();
    letGo();
    await visit.app.locator('.flow-card[data-id=queue]').waitFor();
    assert.equal(await visit.app.locator('.app').getAttribute('data-tab'), 'diagram');
    await visit.close();
  });

  test('does not leave waiting what it can not do, and asks once more for what is done next', async () => {
    let letCome = false;
    const visit = await house.visit('hosted', {
      prepare: (context) => context.route(LATE, (route) => letCome ? route.continue() : route.fulfill({ status: 404, body: 'gone' })),
    });
    const there = await parts(visit);
    await addQueue(visit);
    await visit.app.locator('.toast').filter({ hasText: 'was not fetched, so that was not done' }).waitFor();
    assert.equal(await parts(visit), there);
    letCome = true;
    await visit.app.locator('[data-kind=queue]').first().click();
    await visit.app.waitForFunction((n) => document.querySelectorAll('.diagram [data-id]').length === n, there + 1);
    assert.deepEqual(visit.faults.filter((fault) => !/404/.test(fault)), []);
    await visit.context.close();
  });

  test('holds back the result of a run that ends before, and no more', async () => {
    const { prepare, letGo } = held();
    const visit = await house.visit('hosted', { prepare, tail: '?speed=max' });
    await visit.page.keyboard.press('Space');
    await visit.app.getByRole('status').filter({ hasText: 'The run is over' }).first().waitFor({ state: 'attached' });
    assert.equal(await visit.app.locator('.verdict').count(), 0);
    letGo();
    await visit.app.locator('.verdict').first().waitFor();
    await visit.close();
  });

  for (const form of ['hosted', 'file', 'sandbox']) {
    test(`is all there: ${form}`, async () => {
      const visit = await house.visit(form);
      await visit.app.waitForFunction(() => globalThis.waitingRoom.later);
      await help(visit).click();
      await keys(visit).waitFor();
      await visit.page.keyboard.press('Escape');
      await addQueue(visit);
      await visit.app.locator('.inspector input').first().waitFor();
      assert.equal(await visit.app.locator('.coming:visible').count(), 0);
      await visit.close();
    });
  }
});
