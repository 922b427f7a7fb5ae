// Time in the page: a learner goes through the morning on the timeline, forks it, keeps runs and reads a booking's story; and whatever is
// done on the way, the run's digest at the end is that of the straight run.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeFinds, BOTH } from './support/axe.mjs';
import { openHouse, named } from './support/house.mjs';
import { finished, kept } from './support/learner.mjs';
import { pinnedRuns } from './support/probe.mjs';

const RUNS = named('runs.v1');

describe('Time', () => {
  let house;
  let straight;
  before(async () => {
    house = await openHouse();
    straight = (await pinnedRuns()).find(({ design, scenario, seed }) => design === 'demand' && scenario === 'monday' && seed === 1).digest;
  });
  after(() => house?.close());

  const open = (options = {}) => house.visit('hosted', { ...options, prepare: kept({ design: options.design ?? 'demand' }) });
  const slider = (visit) => visit.app.getByRole('slider', { name: 'Time of day in the run' });
  const now = async (visit) => Number(await slider(visit).getAttribute('aria-valuenow'));
  const arrived = (visit) => visit.app.waitForFunction(() => !document.querySelector('.strip-slider.seeking'));
  const digest = (visit) => visit.app.locator('.verdict').getAttribute('data-digest');
  const at = async (visit, share) => {
    const box = await slider(visit).boundingBox();
    return { x: box.x + box.width * share, y: box.y + box.height / 2 };
  };
  const near = (found, wanted) => assert.ok(Math.abs(found - wanted) <= 30, `${found} s instead of ${wanted} s`);
  /** Presses one of the steps and the fork, in their list. */
  const step = async (visit, name) => {
    await visit.app.locator('.marks > button').click();
    await button(visit, name).click();
  };
  const button = (visit, name) => visit.app.getByRole('button', { name, exact: true }).filter({ visible: true }).first();
  /** Plays from where the head is to the end, and gives the digest. */
  const toTheEnd = async (visit) => {
    await finished(visit);
    return digest(visit);
  };
  const runs = (visit) => visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{"runs":[]}').runs, RUNS);
  const keeps = (visit, count) => visit.app.waitForFunction(([key, count]) => {
    try {
      return JSON.parse(localStorage.getItem(key)).runs.length === count;
    } catch {
      return false; // Nothing there yet, or what a test has laid there.
    }
  }, [RUNS, count]);

  test('goes back by the pointer, shows that moment, and ends as the straight run', async () => {
    const visit = await open();
    assert.equal(await toTheEnd(visit), straight);
    const cost = visit.app.locator('.decides .goal[data-goal=cost] .value');
    const whole = await cost.innerText();
    const from = await at(visit, 0.9);
    await visit.page.mouse.move(from.x, from.y);
    await visit.page.mouse.down();
    for (const share of [0.8, 0.5, 0.7, 0.3, 0.25]) {
      const to = await at(visit, share);
      await visit.page.mouse.move(to.x, to.y);
    }
    await visit.page.mouse.up();
    await arrived(visit);
    near(await now(visit), 2700);
    assert.match(await visit.app.locator('.clock').innerText(), /^08:1[45]:/);
    assert.equal(await button(visit, 'Play').count(), 1, 'it waits there');
    assert.match(await slider(visit).getAttribute('aria-valuetext'), /simulated up to 10:30:00/);
    assert.notEqual(await cost.innerText(), whole, 'the goals are those of the moment');
    assert.equal(await toTheEnd(visit), straight);
    await visit.close();
  });

  test('goes by keys: a minute, ten seconds, ten minutes, start and end', async () => {
    const visit = await open();
    await slider(visit).focus();
    const key = async (name) => { await visit.page.keyboard.press(name); await arrived(visit); };
    await key('PageUp');
    assert.equal(await now(visit), 600);
    await key('ArrowRight');
    await key('Shift+ArrowRight');
    assert.equal(await now(visit), 670);
    await key('ArrowLeft');
    await key('Shift+ArrowLeft');
    await key('PageDown');
    assert.equal(await now(visit), 0);
    await key('End');
    await visit.app.locator('.verdict').waitFor();
    assert.equal(await digest(visit), straight);
    await key('Home');
    assert.equal(await now(visit), 0);
    assert.match(await slider(visit).getAttribute('aria-valuetext'), /^07:30:00, simulated up to 10:30:00/);
    // Where the run is does not scroll the page.
    assert.equal(await visit.app.evaluate(() => scrollY), 0);
    await visit.close();
  });

  test('goes by touch', async () => {
    const visit = await open({ context: { viewport: { width: 360, height: 740 }, hasTouch: true } });
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    const { x, y } = await at(visit, 0.5);
    await visit.page.touchscreen.tap(x, y);
    await arrived(visit);
    near(await now(visit), 5400);
    const box = await slider(visit).boundingBox();
    assert.ok(box.height >= 24, `${box.height} px`);
    await visit.close();
  });

  test('steps by one event and says which component acted', async () => {
    const visit = await open();
    await step(visit, 'On by one event');
    await visit.app.locator('.diagram [data-id="patients"].acted').waitFor();
    await visit.app.getByRole('status').filter({ hasText: 'is asked for' }).first().waitFor();
    await step(visit, 'On by one event');
    await visit.app.locator('.diagram [data-id="api"].acted').waitFor();
    assert.equal(await visit.app.locator('.acted').count(), 1);
    const before = await now(visit);
    await step(visit, 'On by one second');
    assert.equal(await visit.app.locator('.acted').count(), 0);
    assert.equal(await now(visit), before + 1);
    await visit.close();
  });

  test('forks: one change, the same patients, and both futures are kept', async () => {
    const visit = await open({ design: 'queue-60' });
    const { x, y } = await at(visit, 0.2);
    await visit.page.mouse.click(x, y);
    await arrived(visit);
    await step(visit, 'Fork here');
    await keeps(visit, 1);
    const [parent] = await runs(visit);
    await visit.app.locator('.diagram [data-id="consumers"]').focus();
    const workers = visit.app.getByRole('textbox', { name: 'Workers', exact: true });
    await workers.fill('90');
    await workers.press('Enter');
    await visit.app.locator('.strip-drawing .mark.change').waitFor({ state: 'attached' });
    const branch = await toTheEnd(visit);
    await keeps(visit, 2);
    assert.notEqual(branch, parent.digest);
    const [kept] = await runs(visit);
    assert.equal(kept.digest, branch);
    assert.equal(kept.changes.length, 1);
    assert.deepEqual(parent.changes, []);
    await visit.app.getByRole('button', { name: /marks$/ }).click();
    const words = await visit.app.locator('.marks-list li').allInnerTexts();
    assert.ok(words.some((text) => /Consumers: workers 60 → 90/.test(text)), words.join(' | '));
    assert.ok(words.some((text) => /Forked/.test(text)), words.join(' | '));
    await visit.page.keyboard.press('Escape');
    assert.equal(await visit.app.locator('.marks-list').count(), 0);
    await visit.close();
  });

  test('keeps runs over a reload: pinned, renamed, restored, deleted and brought back', async () => {
    const visit = await open({ design: 'queue-60' });
    await finished(visit);
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    const first = visit.app.locator('.run').first();
    const unfold = () => first.getByRole('button', { name: /^What can be done/ }).click();
    await unfold();
    await first.getByRole('button', { name: /^Rename/ }).click();
    const name = first.getByLabel('Name of the run');
    await visit.app.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Name of the run');
    await name.fill('Sixty');
    // Whatever the page draws meanwhile, what was typed stays.
    await visit.app.getByRole('button', { name: /^Theme/ }).or(visit.app.locator('.theme')).first().click();
    assert.equal(await name.inputValue(), 'Sixty');
    await name.press('Enter');
    await visit.app.getByRole('heading', { name: 'Sixty' }).waitFor();
    await first.getByRole('button', { name: /^Pin/ }).click();
    await visit.app.waitForFunction((key) => /"pinned":true/.test(localStorage.getItem(key)), RUNS);
    const before = await runs(visit);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    await unfold();
    assert.equal(await first.getByRole('button', { name: /^Pin/ }).getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await runs(visit), before);
    // Another design, another run; the two side by side.
    const seed = visit.app.getByLabel('Seed', { exact: true });
    await seed.fill('2');
    await seed.press('Enter');
    await finished(visit);
    await keeps(visit, 2);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    await button(visit, 'Compare two').click();
    const table = visit.app.getByRole('dialog', { name: 'Two runs side by side' });
    await table.waitFor();
    assert.equal(await table.locator('.outcomes tbody tr').count(), await visit.app.locator('.goal:not(.sum)').count());
    await visit.page.keyboard.press('Escape');
    await table.waitFor({ state: 'hidden' });
    await unfold();
    await first.getByRole('button', { name: /^Delete/ }).click();
    await keeps(visit, 1);
    await button(visit, 'Bring back').click();
    await keeps(visit, 2);
    await visit.close();
  });

  test('a run says all that was changed for it, whatever it is called', async () => {
    const visit = await open();
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    await visit.app.locator('.diagram [data-id=consumers] .card').click();
    for (const [key, text] of [['scaling.max', '89'], ['scaling.messages_per_worker', '5'], ['scaling.period_s', '20']]) {
      await visit.app.locator(`[id="param-consumers-${key}"]`).fill(text);
      await visit.page.keyboard.press('Enter');
    }
    await finished(visit);
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    const first = visit.app.locator('.run').first();
    assert.match(await first.locator('.name').innerText(), / and 1 more$/);
    await first.getByRole('button', { name: /^What can be done/ }).click();
    const told = first.locator('.deeds').getByText(/^Changed: /);
    assert.equal((await told.innerText()).split(' → ').length, 4, await told.innerText());
    await first.getByRole('button', { name: /^Rename/ }).click();
    await first.getByLabel('Name of the run').fill('Mine');
    await first.getByLabel('Name of the run').press('Enter');
    await first.getByRole('heading', { name: 'Mine' }).waitFor();
    await told.waitFor();
    await visit.app.locator('.run').nth(1).getByRole('button', { name: /^What can be done/ }).click();
    assert.equal(await visit.app.locator('.run .deeds').getByText(/^Changed: /).count(), 0, 'nothing was, for the first');
    await visit.close();
  });

  test('a press anywhere on a run unfolds it, or chooses it while two are chosen', async () => {
    const visit = await open({ design: 'queue-60' });
    for (const seed of ['1', '2', '3']) {
      await visit.app.getByLabel('Seed', { exact: true }).fill(seed);
      await visit.app.getByLabel('Seed', { exact: true }).press('Enter');
      await finished(visit);
      await visit.app.getByRole('button', { name: 'Close the result' }).click();
    }
    await keeps(visit, 3);
    await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
    const card = (at) => visit.app.locator('.run').nth(at);
    const press = async (at) => {
      const { x, y, width, height } = await card(at).boundingBox();
      await visit.page.mouse.click(x + width * 0.4, y + height * 0.75);
    };
    const deeds = visit.app.locator('.run .deeds');
    await press(1);
    await card(1).locator('.deeds').waitFor();
    assert.equal(await card(1).getByRole('button', { name: /^What can be done/ }).getAttribute('aria-expanded'), 'true');
    await press(0);
    await card(0).locator('.deeds').waitFor();
    assert.equal(await deeds.count(), 1, 'one at a time');
    await button(visit, 'Compare two').click();
    assert.equal(await deeds.count(), 0);
    await press(2);
    const box = (at) => card(at).getByRole('checkbox', { name: /^Compare / });
    assert.deepEqual([await box(2).isChecked(), await card(2).evaluate((e) => e.classList.contains('chosen'))], [true, true]);
    await press(2);
    assert.equal(await box(2).isChecked(), false);
    await press(2);
    await box(0).press('Space');
    await visit.app.getByRole('dialog', { name: 'Two runs side by side' }).waitFor();
    await visit.close();
  });

  test('leaves runs of a newer version untouched and sets aside what it can not read', async () => {
    for (const [text, words] of [['{"format":"waiting-room/runs","version":9,"runs":[]}', /newer version/], ['{"rubbish', /can't be read/]]) {
      const visit = await house.visit('hosted', {
        prepare: (context) => context.addInitScript(([key, text]) => {
          if (location.protocol === 'http:') localStorage.setItem(key, text);
        }, [RUNS, text]),
      });
      await visit.app.locator('.banner').filter({ hasText: words }).waitFor();
      await finished(visit);
      await visit.app.getByRole('tab', { name: 'Runs' }).first().click();
      await visit.app.locator('.run').waitFor();
      if (text.includes('version')) {
        assert.equal(await visit.app.evaluate((key) => localStorage.getItem(key), RUNS), text);
      } else {
        await keeps(visit, 1);
        assert.ok(await visit.app.evaluate((text) => Object.values(localStorage).includes(text), text), 'the text is still there');
      }
      await visit.close();
    }
  });

  test('two tabs keep each other\'s runs', async () => {
    const visit = await open();
    const other = await visit.another();
    await finished(visit);
    await keeps(visit, 1);
    await other.app.getByLabel('Seed', { exact: true }).fill('2');
    await other.app.getByLabel('Seed', { exact: true }).press('Enter');
    await finished(other);
    await keeps(visit, 2);
    await visit.close();
  });

  test('tells the story of the worst booking and of another one, and Escape closes it', async () => {
    const visit = await open({ design: 'queue-60' });
    await finished(visit);
    await visit.app.locator('.verdict .worst').click();
    const story = visit.app.locator('dialog.story');
    await story.locator('.headline').waitFor();
    assert.match(await story.locator('.headline').innerText(), /^Acknowledged after \d+.ms, confirmed after 1\d.min/);
    assert.ok(await story.locator('.piece').count() >= 4);
    const worst = await story.locator('h2').innerText();
    await story.getByLabel(/Another booking/).fill('12');
    await story.getByRole('button', { name: 'Tell' }).click();
    await story.getByRole('heading', { name: 'Booking 12' }).waitFor();
    assert.notEqual(worst, 'Booking 12');
    await story.getByLabel(/Another booking/).fill('999999999');
    await story.getByRole('button', { name: 'Tell' }).click();
    await story.getByRole('status').getByText(/There is no booking/).waitFor();
    await visit.page.keyboard.press('Escape');
    await story.waitFor({ state: 'hidden' });
    await visit.close();
  });

  const WIDE = { viewport: { width: 1440, height: 900 } };
  const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
  const FRAME = { viewport: { width: 800, height: 600 } };
  const back = async (visit) => {
    await finished(visit);
    await visit.app.getByRole('button', { name: 'Close the result' }).click();
    const { x, y } = await at(visit, 0.4);
    await visit.page.mouse.click(x, y);
    await arrived(visit);
  };
  const marks = async (visit) => { await back(visit); await visit.app.getByRole('button', { name: /marks?$/ }).click(); };
  const runsTab = async (visit) => {
    await finished(visit);
    await visit.app.getByRole('tab', { name: 'Runs' }).filter({ visible: true }).first().click();
    await visit.app.locator('.run').waitFor();
  };
  const story = async (visit) => {
    await finished(visit);
    await visit.app.locator('.verdict .worst').click();
    await visit.app.locator('dialog.story .headline').waitFor();
  };
  for (const [name, context, steps, options = {}] of [
    ['back on the timeline', WIDE, back, { schemes: BOTH }], ['back, 360 px', PHONE, back], ['back, in a frame', FRAME, back, { tail: '?embed=1' }],
    ['marks', WIDE, marks], ['marks, 360 px', PHONE, marks], ['runs', WIDE, runsTab, { schemes: BOTH }], ['runs, 360 px', PHONE, runsTab],
    ['story', WIDE, story, { schemes: BOTH }], ['story, 360 px', PHONE, story],
  ]) {
    const { schemes = [], tail } = options;
    test(`axe finds nothing: ${[name, ...schemes].join(', ')}`, async () => {
      const visit = await open({ design: 'queue-60', context, tail });
      await steps(visit);
      assert.deepEqual(await axeFinds(visit, { schemes }), []);
      const width = await visit.app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(width <= 0, `${width} px too wide`);
      await visit.close();
    });
  }
});
