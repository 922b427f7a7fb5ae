// What axe-core finds in the page, with the size of targets: nothing, in every state a learner meets.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { axeFinds, BOTH } from './support/axe.mjs';
import { openHouse } from './support/house.mjs';
import { finished, goOn, kept } from './support/learner.mjs';
import { plant } from './support/storage.mjs';
import { fromHeader, isPhone, LINK, selected } from './support/states.mjs';

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const FRAME = { viewport: { width: 800, height: 600 } };
const DARK = { ...WIDE, colorScheme: 'dark' };

const press = (name) => (visit) => visit.app.getByRole('button', { name, exact: true }).first().click();
const play = async (visit) => {
  await press('Play')(visit);
  // Until curves, figures and goals are there.
  await visit.app.locator('.goal.holds').first().waitFor({ state: 'attached' });
};
const pause = async (visit) => { await play(visit); await press('Pause')(visit); };
const tab = (name) => (visit) => visit.app.getByRole('tab', { name }).first().click();
/** The diagram's panel, where there is room for one panel only; elsewhere it is always seen. */
const toDiagram = async (visit) => { if (await visit.app.getByRole('tab', { name: 'Design' }).count() > 0) await tab('Design')(visit); };
const select = (id) => async (visit) => {
  if (await isPhone(visit)) return selected(visit, id);
  await visit.app.locator(`.diagram [data-id="${id}"]`).focus();
  await visit.page.keyboard.press('Enter');
  await visit.app.locator('.inspector').getByRole('heading').first().waitFor();
};
const list = async (visit) => {
  await toDiagram(visit);
  if (await isPhone(visit)) await fromHeader(visit, 'List');
  else await press('List')(visit);
  await visit.app.locator('.list').waitFor();
};
/** A connection is about to be made in the list: another target is chosen, and the button has the focus. */
const connectingInList = async (visit) => {
  await list(visit);
  await visit.app.getByRole('button', { name: 'Connect Booking API' }).focus();
};
const share = async (visit) => { await fromHeader(visit, 'Share'); await visit.app.locator('#share-link').waitFor(); };
const desk = async (visit) => {
  await fromHeader(visit, 'Files');
  await visit.app.locator('dialog.exchange[open]').waitFor();
};
const openText = (text) => async (visit) => {
  await desk(visit);
  await visit.app.locator('#exchange-paste').fill(text);
  await press('Open this text')(visit);
  await visit.app.locator('.exchange .faults').waitFor();
};
const help = (visit) => fromHeader(visit, 'Help and keys');
const copied = async (visit) => {
  await desk(visit);
  await press('Copy as text')(visit);
  await visit.app.locator('.exchange .told').getByText(/The text is/).waitFor();
};
const connecting = async (visit) => {
  await visit.app.locator('.diagram [data-id=api]').focus();
  await visit.page.keyboard.press('c');
  await visit.app.locator('.diagram .part.aimed').waitFor();
};
const choosing = async (visit) => {
  const port = await visit.app.locator('.diagram [data-id=api] .port.out').boundingBox();
  const canvas = await visit.app.locator('.diagram svg.canvas').boundingBox();
  await visit.page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
  await visit.page.mouse.down();
  await visit.page.mouse.move(canvas.x + canvas.width * 0.3, canvas.y + canvas.height - 80, { steps: 4 });
  await visit.page.mouse.up();
  await visit.app.locator('.diagram .menu').waitFor();
};
const dragging = async (visit) => {
  const part = await visit.app.locator('.diagram [data-id=queue]').boundingBox();
  await visit.page.mouse.move(part.x + 40, part.y + 20);
  await visit.page.mouse.down();
  await visit.page.mouse.move(part.x + 60, part.y + 60, { steps: 4 });
};
const everything = async (visit) => {
  await visit.app.locator('.diagram svg.canvas').focus();
  await visit.page.keyboard.press('Control+a');
};
const gapOffered = async (visit) => {
  await visit.app.locator('.diagram [data-id=queue]').focus();
  await visit.page.keyboard.press('Delete');
};
/** A field of the inspector holds what is impossible. */
const invalid = async (visit) => {
  const field = visit.app.locator('.inspector .param input[type=text]:not([disabled])').first();
  // All numbers of a queue may be absent, and are.
  if (await field.count() === 0) await visit.app.locator('.inspector .absence input:not([disabled])').first().uncheck();
  await field.fill('a lot');
  await visit.app.locator('.inspector .wrong').waitFor();
};
const fileOver = async (visit) => {
  const session = await visit.context.newCDPSession(visit.page);
  const data = { items: [], files: [fileURLToPath(import.meta.url)], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver']) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await visit.app.locator(':root[data-file-over]').waitFor({ state: 'attached' });
};
/** What a word means is shown. */
const meaning = (panel) => async (visit) => {
  await visit.app.locator(`${panel} .term[tabindex]`).first().focus();
  await visit.app.locator('.meaning.shown').waitFor();
};
const why = async (visit) => {
  await press('Why?')(visit);
  await visit.app.locator('.teaching').first().waitFor();
};
const banner = (visit) => visit.app.locator('.banner').first().waitFor();
const closed = press('Close the result');
const KINDS = ['patients', 'api', 'queue', 'consumers', 'clinic', 'dead_letter'];
/** Those with something to type into: the rest is given by the scenario. */
const TYPED = ['api', 'queue', 'consumers'];

/** Each state: its name, how the page is opened, and what is done there. With `schemes` it is looked at in each. */
const STATES = [
  ['fresh', {}, []],
  ['fresh, dark', { context: DARK }, []],
  ['fresh, 360 px', { context: PHONE }, []],
  ['fresh, in a frame', { context: FRAME, tail: '?embed=1' }, []],
  ['brief, 360 px', { context: PHONE }, [(visit) => visit.app.getByRole('tab', { name: 'Brief' }).first().click()]],
  ['charts, 360 px', { context: PHONE }, [tab('Charts')]],
  ['parts', { schemes: BOTH }, [tab('Parts')]],
  ['parts, 360 px', { context: PHONE }, [tab('Parts')]],
  ['help', { schemes: BOTH }, [help]],
  ['help, 360 px', { context: PHONE }, [help]],
  ['playing', { design: 'demand-breaker', tail: '?speed=300', schemes: BOTH }, [play]],
  ['playing, in a frame', { context: FRAME, design: 'demand-breaker', tail: '?embed=1&speed=300' }, [play]],
  ['paused', { design: 'demand-breaker', tail: '?speed=300' }, [pause]],
  ['paused, 360 px', { context: PHONE, design: 'demand-breaker', tail: '?speed=300' }, [pause]],
  ['not passed', {}, [finished]],
  ['passed', { design: 'demand-breaker', schemes: BOTH }, [finished]],
  ['passed, 360 px', { context: PHONE, design: 'demand-breaker' }, [finished]],
  ['passed, in a frame', { context: FRAME, design: 'demand-breaker', tail: '?embed=1' }, [finished]],
  ['a design that can not run', { design: 'broken' }, [press('Play')]],
  ['a chart as a table', { design: 'demand-breaker' }, [finished, press('The gap: more'), press('Data')]],
  ...KINDS.map((id) => [`inspector of ${id}`, { design: 'demand-breaker', id, schemes: id === 'consumers' ? BOTH : [] }, [select]]),
  ...TYPED.map((id) => [`inspector of ${id}, invalid`, { design: 'demand-breaker', id, schemes: BOTH }, [select, invalid]]),
  ['inspector, 360 px', { context: PHONE, design: 'demand-breaker', id: 'consumers' }, [select, invalid]],
  ['everything selected', { design: 'demand-breaker' }, [everything]],
  ['list', { design: 'demand-breaker', schemes: BOTH }, [list]],
  ['list, 360 px', { context: PHONE, design: 'demand-breaker' }, [list]],
  ['list, in a frame', { context: FRAME, design: 'demand-breaker', tail: '?embed=1' }, [list]],
  ['list with errors', { design: 'broken' }, [list]],
  ['list with errors, dark, 360 px', { context: { ...PHONE, colorScheme: 'dark' }, design: 'broken' }, [list]],
  ['list, connecting', { design: 'demand-breaker' }, [connectingInList]],
  ['list of nothing', { design: 'empty' }, [list]],
  ['empty canvas', { design: 'empty', schemes: BOTH }, []],
  ['desk', { schemes: BOTH }, [desk]],
  ['desk, 360 px', { context: PHONE }, [desk]],
  ['desk, copied', {}, [copied]],
  ['desk with faults', {}, [openText('{')]],
  ['desk with faults, dark', { context: DARK }, [openText('{"format":"waiting-room/design","version":1,"nodes":[{"id":"api","kind":"x"}],"edges":[{"from":"a","to":"b"}]}')]],
  ['desk with faults, 360 px', { context: PHONE }, [openText('{')]],
  ['share', { design: 'demand-breaker', schemes: BOTH }, [finished, share]],
  ['share, 360 px', { context: PHONE, design: 'demand-breaker' }, [finished, share]],
  ['a shared run', { tail: LINK, schemes: BOTH }, [banner]],
  ['a shared run, 360 px', { context: PHONE, tail: LINK }, [banner]],
  ['on a projector', { design: 'demand-breaker', tail: '?present=1', schemes: BOTH }, [finished]],
  ['the design and its charts alone', { tail: '?panels=charts' }, []],
  ['a file over the page', { schemes: BOTH }, [fileOver]],
  ['connecting', { design: 'demand-breaker', schemes: BOTH }, [connecting]],
  ['choosing what follows', { design: 'demand-breaker', schemes: BOTH }, [choosing]],
  ['dragging', { design: 'demand-breaker' }, [dragging]],
  ['a gap to close', { design: 'demand-breaker' }, [gapOffered]],
  ['errors', { design: 'broken', schemes: BOTH }, []],
  ['errors, 360 px', { context: PHONE, design: 'broken' }, []],
  ['a banner', { tail: '?scenario=nonsense&speed=nonsense', schemes: BOTH }, [banner]],
  ['a banner, 360 px', { context: PHONE, tail: '?scenario=nonsense&speed=nonsense' }, [banner]],
  ['help, in a frame', { context: FRAME, tail: '?embed=1' }, [help]],
  ['charts with curves, 360 px', { context: PHONE, design: 'demand-breaker' }, [finished, closed, tab('Charts')]],
  ['a word explained', {}, [meaning('.brief')]],
  ['a word explained, dark', { context: DARK, design: 'demand-breaker' }, [meaning('.decides')]],
  ['a word explained, 360 px', { context: PHONE, design: 'demand-breaker' }, [tab('Charts'), meaning('.decides')]],
  ['a word explained in a dialog', {}, [help, meaning('dialog[open]')]],
  ['a word explained in the result', {}, [finished, meaning('.verdict')]],
  ['a problem says why', { design: 'queue-60', schemes: BOTH }, [why]],
];

describe('axe-core', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [name, { design, id, schemes = [], ...options }, steps] of STATES) {
    test(`finds nothing: ${[name, ...schemes].join(', ')}`, async () => {
      const visit = await house.visit('hosted', { ...options, prepare: kept({ design }) });
      for (const step of steps) await (id && step === select ? select(id) : step)(visit);
      assert.deepEqual(await axeFinds(visit, { schemes }), []);
      await visit.close();
    });
  }
});

const again = async (visit) => {
  const seed = visit.app.locator('.seed .field').locator('visible=true');
  const more = await seed.count() === 0;
  if (more) await visit.app.locator('.bar > .more > button').click();
  await seed.fill('2');
  await visit.page.keyboard.press('Enter');
  if (more) await visit.page.keyboard.press('Escape');
  await finished(visit);
};
/** What comes after runs, one after the other in one visit; each is looked at. */
const AFTER = [
  ['a result with all of its help', async (visit) => {
    await finished(visit);
    for (let n = 0; n < 4; n += 1) {
      await visit.app.locator('.rungs li.next .head').click();
      await visit.app.locator('.rungs li.open').nth(n).waitFor();
    }
  }],
  ['the checklist', tab('Brief')],
  ['a result that was not passed, its review, a note short of letters', async (visit) => {
    await toDiagram(visit);
    // Where panels share a place, going to another one has put the result away.
    const back = visit.app.getByRole('button', { name: /^Result/ });
    if (await back.isVisible()) await back.click();
    await press('Notes')(visit);
    await visit.app.locator('.think textarea').first().fill('x'.repeat(1900));
  }],
  ['the way back to the result', async (visit) => { await visit.page.keyboard.press('Escape'); await press('Close the result')(visit); await visit.app.locator('.next-step').waitFor(); }],
  // Where there is little room only the way back to the result is there.
  ['put away', async (visit) => { const away = visit.app.getByRole('button', { name: 'Put away' }); if (await away.isVisible()) await away.click(); }],
  ['a result of the design before', async (visit) => {
    await visit.app.getByRole('button', { name: /^Result/ }).first().click();
    await visit.app.locator('.verdict').getByRole('button', { name: 'Show it' }).click();
    await visit.app.locator('.frozen').waitFor();
    // Where there is little room the part is shown, and its settings are asked for.
    if (!await visit.app.locator('.inspector').isVisible()) await select('consumers')(visit);
    await visit.app.locator('.inspector .param input[type=text]:not([disabled])').first().fill('7');
    if (await visit.app.locator('.right > .done').isVisible()) await press('Done')(visit);
    await visit.app.getByRole('button', { name: /^Result/ }).first().click();
    await visit.app.locator('.verdict .stale').waitFor();
  }],
  ['an exploration', async (visit) => {
    await press('Run the changed design')(visit);
    await visit.app.locator('.goal.holds').first().waitFor({ state: 'attached' });
    await press('Pause')(visit);
    await press('Undo (Ctrl+Z)')(visit);
    await finished(visit);
    await visit.app.locator('.levels').waitFor();
  }],
  ['the notes among the runs, one deleted', async (visit) => {
    await press('Notes')(visit);
    await visit.app.locator('.think textarea').first().fill('mine');
    await visit.page.keyboard.press('Escape');
    await tab('Runs')(visit);
    await visit.app.locator('.notes > summary').click();
    await visit.app.locator('.noted button').last().click();
    await press('Copy all')(visit);
  }],
  ['two runs side by side', async (visit) => {
    await again(visit);
    await tab('Runs')(visit);
    await press('Compare two')(visit);
    for (const n of [0, 1]) {
      if (await visit.app.locator('dialog[open] .pairs').count() === 0) await visit.app.locator('.run .choose').nth(n).click();
    }
    await visit.app.locator('dialog[open] .pairs').waitFor();
  }],
  ['a guess', async (visit) => {
    await visit.page.keyboard.press('Escape');
    if (await visit.app.getByRole('tab', { name: 'Charts' }).count() > 0) await tab('Charts')(visit);
    await visit.app.locator('.marks > button').click();
    await press('Back to the start')(visit);
    await press('Backlog: more')(visit);
    await visit.app.getByRole('button', { name: 'Draw what you expect' }).first().click();
    await visit.app.locator('.guessing').waitFor();
  }],
  ['many Mondays, and mastery', async (visit) => {
    await visit.page.keyboard.press('Escape');
    await visit.app.evaluate(() => sessionStorage.setItem('laid', '1'));
    await plant(visit, 'saved.v1', { slots: [null, null], mirror: await mastering() });
    await visit.page.goto(visit.page.url().split('?')[0] + '?speed=max&scenario=monday');
    await visit.app.locator('#app[data-ready]').waitFor({ state: 'attached' });
    await finished(visit);
    await press('50 Mondays')(visit);
    await visit.app.locator('.repeat .grade').waitFor();
    // Unless it is over already.
    await visit.app.evaluate(() => document.querySelector('.under-way button')?.click());
  }],
  ['mastered', async (visit) => {
    await visit.page.keyboard.press('Escape');
    for (const name of ['the clinic slows down', 'the clinic goes dark', 'Flu season']) {
      await goOn(visit, name);
    }
    await visit.app.getByRole('heading', { name: 'Mastered' }).waitFor();
    // Until the seal is closed.
    await visit.app.waitForFunction(() => document.getAnimations().every((a) => a.playState === 'finished'));
  }],
];
const mastering = async () => {
  const design = JSON.parse(await readFile(new URL('../../static/katas/waiting-room/designs/demand-breaker.json', import.meta.url), 'utf8'));
  return JSON.stringify({ format: 'waiting-room/saved', version: 1, scenario: 'monday', seed: 1, theme: 'auto', design });
};
const SHAPES = [[1440, 900], [900, 900], [360, 740]];

describe('axe-core after runs', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  for (const [width, height] of SHAPES) {
    test(`finds nothing: ${width} px, ${BOTH.join(', ')}`, async (t) => {
      const context = { viewport: { width, height }, hasTouch: width < 600 };
      const visit = await house.visit('hosted', { context, tail: '?speed=1800', prepare: kept({ design: 'demand', scenario: 'outage' }) });
      for (const [name, step] of AFTER) {
        await t.test(name, async () => {
          await step(visit);
          if (process.env.SHOTS) await visit.page.screenshot({ path: `${process.env.SHOTS}-${width}-${AFTER.findIndex(([n]) => n === name)}.png` });
          // What has scrolled under the row of tabs is no target there.
          await visit.app.evaluate(() => scrollTo(0, 0));
          assert.deepEqual(await axeFinds(visit, { schemes: BOTH }), []);
          const sideways = await visit.app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(sideways <= 0, `the page is ${sideways} px too wide`);
        });
      }
      await visit.close();
    });
  }
});
