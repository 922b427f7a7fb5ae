// The first minute, the guess before the run, and the moment of loss: from the page's opening to the first success within ten gestures; a guess
// drawn by mouse, by finger and by keys, skipped, kept and told; a goal that is missed held at its moment and forked there.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { openHouse, named } from './support/house.mjs';
import { finished } from './support/learner.mjs';

const KEY = named('saved.v1');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const button = (visit, name) => visit.app.getByRole('button', { name }).locator('visible=true').first();
const tab = (visit, name) => visit.app.getByRole('tab', { name, exact: true }).locator('visible=true').first();
const stored = (visit) => visit.app.evaluate((key) => JSON.parse(localStorage.getItem(key)), KEY);

/** A learner who has watched the first run, with a design whose consumers are `changed`. */
function watched(name, changed, scenario = 'monday', guesses = []) {
  return async (context) => {
    const design = JSON.parse(await readFile(new URL(`../../static/katas/waiting-room/designs/${name}.json`, import.meta.url), 'utf8'));
    changed?.(design.nodes.find((node) => node.kind === 'consumers').params);
    const text = JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario, seed: 1, theme: 'auto', seen: [['watch', '']], guesses, design });
    await context.addInitScript(([key, text]) => {
      if (location.protocol !== 'http:' || sessionStorage.getItem('laid')) return;
      localStorage.setItem(key, text);
      sessionStorage.setItem('laid', '1');
    }, [KEY, text]);
  };
}

/** Before the first run of a design with a queue and twenty workers. */
const atTheFork = () => watched('queue-60', (params) => { params.scaling.workers = 20; });
/** Workers that give a slow clinic up after three seconds. */
const impatient = () => watched('demand-breaker', (params) => { Object.assign(params, { timeout_ms: 3000, breaker: null }); }, 'slow-clinic');

/** Draws a hill on the track: up to a height (0 to 1) at a third of the morning, and down to nothing. */
async function drawn(visit, height) {
  const box = await visit.app.locator('.guessing').boundingBox();
  const at = (across, up) => [box.x + box.width * across, box.y + box.height - 4 - (box.height - 14) * up];
  await visit.page.mouse.move(...at(0.16, 0));
  await visit.page.mouse.down();
  await visit.page.mouse.move(...at(0.33, height), { steps: 8 });
  await visit.page.mouse.move(...at(0.6, 0), { steps: 8 });
  await visit.page.mouse.move(...at(0.99, 0), { steps: 4 });
  await visit.page.mouse.up();
}

const figure = (text) => Number(text.replace(/\D/g, ''));

describe('The first minute', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('fails in sight, asks before it answers, and comes to its first success within ten gestures', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=1800' });
    let gestures = 0;
    const does = async (gesture) => { gestures += 1; await gesture(); };
    const api = visit.app.locator('.part[data-id=api]');
    await does(() => button(visit, 'Play the first design').click());
    // The API's card says it, with a red rim; those in line stand before it, and who was turned away is counted.
    await api.getByText('No thread is free').waitFor();
    await api.getByText(/^\d+\/s rejected$/).waitFor();
    await visit.app.locator('.part.blamed[data-id=api]').waitFor();
    await visit.app.locator('.crowd .waits').getByText(/^\d+ in line$/).waitFor();
    assert.ok((await visit.app.locator('.crowd path').getAttribute('d')).split('M').length - 1 <= 60, 'a crowd has sixty dots at most');
    assert.match(await visit.app.locator('.crowd .unit').textContent(), /^(10|100) to a dot$/);
    await visit.app.locator('.crowd .away').getByText(/ turned away, [\d.]+\s% so far$/).waitFor();
    await does(() => button(visit, 'To the end').click());
    await visit.app.locator('.verdict').waitFor();
    assert.match(await visit.app.locator('.run-log').innerText().catch(() => ''), /^$|turned away/);
    await does(() => tab(visit, 'Parts').click());
    await does(() => visit.app.locator('.palette-item[data-kind=queue]').click());
    // The place behind the queue asks; it names no part.
    const ghost = visit.app.locator('.diagram .ghost');
    assert.match(await ghost.textContent(), /What empties it\?/);
    assert.doesNotMatch(await visit.app.locator('.stage').textContent(), /[Cc]onsumers/);
    await ghost.focus();
    await does(() => visit.page.keyboard.press('Enter'));
    assert.deepEqual(await visit.app.locator('.menu .menu-item').allTextContents(), ['Consumers']);
    assert.equal(await visit.app.evaluate(() => document.activeElement.textContent), 'Consumers', 'the menu has the focus');
    await does(() => visit.page.keyboard.press('Enter'));
    assert.equal(await visit.app.locator('.diagram .part[data-id=consumers]').count(), 1);
    await visit.app.locator('.guess-bar').waitFor();
    await does(() => visit.app.locator('.guess-bar').getByRole('button', { name: 'Play' }).click());
    assert.equal(await visit.app.locator('.guess-bar').count(), 0, 'it is asked once');
    await does(() => button(visit, 'To the end').click());
    const success = visit.app.locator('.success [role=status]');
    await success.waitFor();
    const [, now, was] = (await success.textContent()).match(/^(\d+)\sms to hear yes at 08:\d\d\. It was (\d+)\ss\.$/);
    assert.ok(Number(now) < 200 && Number(was) > 10, `${now} ms, ${was} s`);
    assert.equal(await visit.app.locator('.first-steps .done').count(), 3);
    assert.equal(await visit.app.locator('.burst').count(), 1, 'the first time it is worth a moment');
    assert.ok(gestures <= 10, `${gestures} gestures`);
    await visit.close();
  });

  test('on a phone those who wait for a word are counted before the API, and what is below stays where it is', async () => {
    const visit = await house.visit('hosted', { context: PHONE, tail: '?speed=1800' });
    const places = () => visit.app.locator('.flow-card, .joint .insert').evaluateAll((all) => all.map((e) => Math.round(e.getBoundingClientRect().x * 1e4 + e.getBoundingClientRect().y)));
    await button(visit, /^Play/).tap();
    await visit.app.locator('.joint').first().getByText(/^\d+ in line$/).waitFor();
    const during = await places();
    await button(visit, 'To the end').tap();
    await visit.app.locator('.verdict').waitFor();
    await button(visit, /^Close the result/).tap();
    assert.equal(await visit.app.locator('.joint').getByText(/in line$/).count(), 0, 'nobody waits at the end');
    assert.deepEqual(await places(), during);
    await visit.close();
  });

  test('on a phone the place behind the queue asks too', async () => {
    const visit = await house.visit('hosted', { context: PHONE });
    await visit.app.getByRole('button', { name: 'Put a part between Booking API and Clinics' }).tap();
    await visit.app.locator('.between').getByRole('button', { name: 'Queue' }).tap();
    const asks = visit.app.locator('.flow .asks');
    assert.match(await asks.locator('summary').textContent(), /What empties it\?/);
    await asks.locator('summary').press('Enter');
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    assert.equal(await visit.app.locator('.flow-card[data-id=consumers]').count(), 1);
    await visit.close();
  });
});

describe('A guess before the run', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('is covered by no notice on a low screen', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork(), context: { viewport: { width: 1280, height: 720 } } });
    await visit.app.locator('.guess-bar').waitFor();
    await tab(visit, 'Parts').click();
    await visit.app.locator('.palette-item[data-kind=dead_letter]').press('Enter');
    const [toast, bar] = [await visit.app.locator('.toast').boundingBox(), await visit.app.locator('.guess-bar').boundingBox()];
    assert.ok(toast.y + toast.height <= bar.y, `${toast.y + toast.height} of ${bar.y}`);
    await visit.close();
    // Nor where the question comes with what the notice tells.
    const fork = await house.visit('hosted', { prepare: watched('naive'), context: { viewport: { width: 1280, height: 720 } } });
    await tab(fork, 'Parts').click();
    for (const kind of ['queue', 'consumers']) await fork.app.locator(`.palette-item[data-kind=${kind}]`).press('Enter');
    await fork.app.locator('.guess-bar').waitFor();
    await fork.app.waitForFunction(() => {
      const [toast, bar] = ['.toast', '.guess-bar'].map((one) => document.querySelector(one).getBoundingClientRect());
      return toast.bottom <= bar.top;
    });
    const places = () => fork.app.locator('.guess-bar .btn').evaluateAll((all) => all.map((e) => Math.round(e.getBoundingClientRect().left)));
    const before = await places();
    await drawn(fork, 0.5);
    await fork.app.locator('.guess-bar .pass').getByText('Done').waitFor();
    assert.deepEqual(await places(), before, 'a button is where it was');
    await fork.close();
  });

  test('is drawn by mouse on the track, kept after a reload, and told in the result', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork() });
    const layer = visit.app.locator('.guessing');
    await layer.waitFor();
    const heights = () => visit.app.locator('.track').evaluateAll((tracks) => tracks.map((track) => Math.round(track.getBoundingClientRect().height)));
    assert.deepEqual((await heights()).filter((height) => height !== 30).length, 1, 'the others are folded');
    await drawn(visit, 0.8);
    const guess = async () => figure(await visit.app.locator('.track[data-chart=backlog] .curve .value').first().textContent());
    const peak = await guess();
    assert.ok(peak > 4000 && peak < 6000, `${peak} of the 6 000 that the axis reaches`);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).sketches?.monday?.length > 10, KEY);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await layer.count(), 0, 'what was drawn is not asked for again');
    assert.match(await visit.app.locator('#words-backlog').textContent(), /You expect a peak of/);
    await finished(visit);
    assert.match(await visit.app.locator('.verdict .guessed').innerText(), /^You drew [45]\s?\d{3}\. 9\d\s\d{3} waited\.$/);
    assert.match(await visit.app.locator('#words-backlog').textContent(), /You expected a peak of [\d\s]+ at 08:\d\d; it was 9\d\s\d{3}/);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).guesses?.[0]?.[2] > 90_000, KEY);
    assert.equal((await stored(visit)).guesses[0][0], 'monday');
    await visit.close();
  });

  test('has an axis that doubles at its upper edge', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork() });
    const most = async () => Number(await visit.app.locator('.guessing [role=slider]').first().getAttribute('aria-valuemax'));
    assert.equal(await most(), 6000, 'twice what is allowed');
    await drawn(visit, 1.1);
    assert.equal(await most(), 12_000);
    await visit.close();
  });

  test('is drawn by keys on ten handles, each heard as a slider', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork() });
    await button(visit, 'Draw').click();
    const handles = visit.app.locator('.guessing [role=slider]');
    assert.equal(await handles.count(), 10);
    assert.equal(await visit.app.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Guess at 07:48', 'every 18 minutes');
    await visit.page.keyboard.press('ArrowRight');
    await visit.page.keyboard.press('ArrowRight');
    for (let step = 0; step < 4; step++) await visit.page.keyboard.press('PageUp');
    await visit.page.keyboard.press('ArrowDown');
    const heard = await visit.app.evaluate(() => document.activeElement.getAttribute('aria-valuetext'));
    assert.match(heard, /^at 08:24, 2\s[89]00 waiting$|^at 08:24, 2\s\d{3} waiting$/);
    await visit.page.keyboard.press('End');
    assert.equal(await handles.nth(2).getAttribute('aria-valuemax'), '12000', 'the top doubles the scale by keys too');
    await button(visit, 'Done').click();
    assert.equal(await visit.app.locator('.guessing').count(), 0);
    assert.match(await visit.app.locator('#words-backlog').textContent(), /You expect a peak of [56]\s000 at 08:24/);
    await visit.close();
  });

  test('is drawn by a finger on a phone', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork(), context: PHONE });
    await button(visit, 'Draw').tap();
    const layer = visit.app.locator('.guessing');
    await layer.waitFor();
    const box = await layer.boundingBox();
    assert.ok(box.height > 150, `${box.height} px`);
    assert.equal(await layer.evaluate((element) => getComputedStyle(element).touchAction), 'none', 'a stroke does not scroll');
    const client = await visit.context.newCDPSession(visit.page);
    const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([across, up], id) => ({ x: box.x + box.width * across, y: box.y + box.height * (1 - up), id })) });
    await touch('touchStart', [0.3, 0.2]);
    await touch('touchMove', [0.4, 0.6]);
    await touch('touchMove', [0.8, 0.2]);
    await touch('touchEnd');
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).sketches?.monday?.length > 3, KEY);
    await tab(visit, 'Design').click();
    await visit.app.locator('.guess-bar').getByRole('button', { name: 'Play' }).click();
    assert.equal(await visit.app.locator('.guess-bar').count(), 0);
    await visit.close();
  });

  test('is asked for by Next before the run, and one press of Play skips it; where none is due, Next runs at once', async () => {
    const visit = await house.visit('hosted', { prepare: watched('demand-breaker', () => {}), tail: '?speed=1800' });
    await visit.app.locator('.guess-bar').waitFor();
    await finished(visit);
    await button(visit, 'Next: the clinic slows down').click();
    await visit.app.locator('.guess-bar').waitFor();
    assert.equal(await visit.app.locator('.bar select[aria-label=Scenario]').inputValue(), 'slow-clinic');
    assert.equal(await visit.app.locator('.clock').textContent(), '07:30:00', 'nothing runs yet');
    assert.equal(await visit.app.locator('.verdict').count(), 0, 'the result of the run before is put away');
    assert.equal(await visit.app.evaluate(() => document.activeElement.matches('.transport .primary')), true, 'Play is one press away');
    await visit.page.keyboard.press('Enter');
    await button(visit, 'Pause').waitFor();
    assert.equal(await visit.app.locator('.guess-bar').count(), 0);
    await finished(visit);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).guesses?.length === 2, KEY);
    assert.deepEqual((await stored(visit)).guesses.map(([id]) => id), ['monday', 'slow-clinic']);
    await visit.close();
    const again = await house.visit('hosted', { prepare: watched('demand-breaker', () => {}, 'monday', [['monday', 900, 2_313], ['slow-clinic', null, null]]), tail: '?speed=1800' });
    await finished(again);
    await button(again, 'Next: the clinic slows down').click();
    await button(again, 'Pause').waitFor();
    assert.equal(await again.app.locator('.guess-bar').count(), 0);
    await again.close();
  });

  test('is skipped for good, and can be wanted again', async () => {
    const visit = await house.visit('hosted', { prepare: atTheFork() });
    await button(visit, 'Skip the guess').click();
    assert.equal(await visit.app.locator('.guess-bar, .guessing').count(), 0);
    await visit.app.waitForFunction((key) => JSON.parse(localStorage.getItem(key)).guesses?.length === 1, KEY);
    assert.deepEqual((await stored(visit)).guesses, [['monday', null, null]]);
    await visit.page.reload();
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await visit.app.locator('.guess-bar').count(), 0);
    await button(visit, 'Draw a guess').click();
    await visit.app.locator('.guessing').waitFor();
    await finished(visit);
    assert.equal(await visit.app.locator('.verdict .guessed').count(), 0, 'nothing was drawn');
    await visit.close();
  });
});

describe('The moment of loss', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  test('is said once, and one press holds the page there', async () => {
    const visit = await house.visit('hosted', { tail: '?speed=300' });
    await button(visit, 'Play the first design').click();
    const flag = visit.app.locator('.goal-flag button');
    await flag.waitFor();
    const said = await flag.innerText();
    assert.match(said, /\d\d:\d\d: \w/);
    await flag.click();
    await visit.app.locator('.frozen').waitFor();
    assert.match(await visit.app.locator('.frozen .at').innerText(), /^Frozen at \d\d:\d\d:\d\d$/);
    assert.equal(await visit.app.locator('.clock').textContent(), (await visit.app.locator('.frozen .at').innerText()).split(' ').pop());
    assert.equal(await flag.count(), 0);
    await button(visit, 'Play on').click();
    assert.equal(await visit.app.locator('.frozen').count(), 0);
    assert.equal(await button(visit, 'Pause').count(), 1);
    await visit.close();
  });

  test('is let go by Escape', async () => {
    const visit = await house.visit('hosted', { prepare: impatient() });
    await finished(visit);
    await visit.app.locator('.player .marks > button').click();
    await visit.app.locator('.marks-list').getByText(/a booking was made twice/).click();
    await visit.app.locator('.frozen').getByRole('button', { name: 'Play on' }).focus();
    await visit.page.keyboard.press('Escape');
    assert.equal(await visit.app.locator('.frozen').count(), 0);
    assert.notEqual(await visit.app.evaluate(() => document.activeElement.tagName), 'BODY');
    await visit.close();
  });

  test('keeps its mark after the run: what did it is lit, whom it met is told, and the run can branch off there', async () => {
    const visit = await house.visit('hosted', { prepare: impatient() });
    await finished(visit);
    await visit.app.locator('.player .marks > button').click();
    await visit.app.locator('.marks-list').getByText(/a booking was made twice/).click();
    const frozen = visit.app.locator('.frozen');
    assert.match(await frozen.locator('h2').innerText(), /A booking was made twice\./);
    assert.match(await frozen.locator('.reason').innerText(), /waiting stopped after 3\ss, [\d\s]+ times so far\. .*: \d+ calls go on unheard\./);
    await visit.app.locator('.part.lit[data-id=consumers]').waitFor();
    await visit.app.locator('.part.lit[data-id=clinic]').waitFor();
    assert.equal(await visit.app.locator('.part.lit').count(), 2);
    await visit.app.waitForFunction(() => getComputedStyle(document.querySelector('.diagram .place:not(.lit)')).opacity === '0.5');
    assert.ok((await visit.app.locator('.part[data-id=clinic] .unheard').getAttribute('d')).length > 20, 'calls nobody waits for are hatched');
    // Somebody with a name and a reason, and not a number.
    await frozen.locator('.strip-of').getByText(/^\p{L}.*, asked at \d\d:\d\d:\d\d, heard yes \d+\sms later$/u).waitFor();
    assert.match(await frozen.locator('.strip-of b').innerText(), /^\p{Lu}\p{Ll}+$/u);
    // What stands under the bar is not cut.
    const cut = await frozen.locator('.story-bar text').evaluateAll((all) => all.filter((text) => text.getBoundingClientRect().width > text.parentNode.getBoundingClientRect().width + 1).map((text) => text.textContent));
    assert.deepEqual(cut, []);
    assert.ok(await frozen.locator('.strip-of ol li').count() > 4);
    await frozen.getByRole('button', { name: 'Fork here' }).click();
    assert.equal(await frozen.count(), 0);
    await visit.app.locator('.toast').getByText(/Forked at/).waitFor();
    await visit.close();
  });
});
