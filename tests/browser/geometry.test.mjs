// Geometry: in every width and in the longest states nothing overlaps, is clipped or leaves the window, and a press on the middle of any
// control hits that control. Ribbon and tracks have one time axis.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openHouse } from './support/house.mjs';
import { STATES, opened, panel, pinned, played } from './support/states.mjs';

const WINDOWS = [[1920, 1080], [1440, 900], [1280, 720], [1100, 700]];
const TOUCHED = [[1024, 768], [768, 1024], [390, 844], [360, 740]];
const FRAMES = [[800, 600], [684, 600], [600, 400], [354, 700]];
/** The states that hold the most. */
const LONGEST = ['first', 'mid', 'failing', 'missed', 'passed', 'not-yet-storm', 'inspector-consumers', 'list', 'runs'];
/** The least that a finger hits, and the smallest type, in pixels on the screen. */
const FINGER = 44;
const SMALLEST_TYPE = 11;
/** So far may the edges of neighbours reach into each other: each is still hit on its own ground. */
const SLACK = 4;

/** Everything that is wrong with the page as it is, in words. Runs in the page. */
function faults({ touch, finger, smallest, slack }) {
  const found = [];
  const box = (e) => e.getBoundingClientRect();
  const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 40)}”`;
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
  if (root.scrollHeight > innerHeight + 1) found.push(`the page is ${root.scrollHeight} high`);

  /** The part of an element that its scrolling ancestors let through. */
  const seen = (e) => {
    let { left, top, right, bottom } = box(e);
    for (let up = e.parentElement; up; up = up.parentElement) {
      if (getComputedStyle(up).overflow === 'visible') continue;
      const b = box(up);
      [left, top, right, bottom] = [Math.max(left, b.left), Math.max(top, b.top), Math.min(right, b.right), Math.min(bottom, b.bottom)];
    }
    return { left, top, right, bottom };
  };
  const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !e.closest('.sr-only, [inert]') && box(e).width > 1 && box(e).height > 1;

  const controls = [...document.querySelectorAll('button, select, input, textarea, a[href], [role=slider]')].filter((e) => shown(e) && !e.closest('svg, .skip'));
  for (const e of controls) {
    const b = box(e);
    const s = seen(e);
    const whole = s.left <= b.left + 1 && s.right >= b.right - 1 && s.top <= b.top + 1 && s.bottom >= b.bottom - 1;
    const scrolls = e.closest('.scroll, .flow, .verdict, dialog, .list, .tracks, .goals-strip');
    if (b.left < -1 || b.right > innerWidth + 1) found.push(`${name(e)} leaves the window sideways`);
    if (!whole && !scrolls) found.push(`${name(e)} is cut`);
    if (!whole) continue;
    const [x, y] = [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
    const hit = document.elementFromPoint(x, y);
    const reached = hit && (e.contains(hit) || hit.contains(e) && hit.tagName === 'LABEL' || hit.closest('label')?.control === e);
    // A drawer or a sheet lies over the design and its curves, and can be put away.
    const over = hit?.closest('.verdict, .right');
    if (!reached && !e.matches('.plot') && !(over && e.closest('.stage, .charts'))) found.push(`${name(e)} is covered by ${hit ? name(hit) : 'nothing'}`);
    // A field is hit with the frame that holds its unit.
    const target = box(e.closest('.entry') ?? e);
    if (touch && e.type !== 'checkbox' && e.type !== 'range' && (target.height < finger - 0.5 || target.width < finger - 0.5) && !e.closest('p, td, li')) {
      found.push(`${name(e)} is ${Math.round(target.width)} × ${Math.round(target.height)}`);
    }
  }
  for (const [at, a] of controls.entries()) {
    for (const b of controls.slice(at + 1)) {
      // A plot has its own tools over it.
      if (a.contains(b) || b.contains(a) || [a, b].some((e) => e.matches('.plot') || getComputedStyle(e).display === 'inline')) continue;
      const [s, t] = [seen(a), seen(b)];
      const over = Math.min(s.right, t.right) - Math.max(s.left, t.left);
      const down = Math.min(s.bottom, t.bottom) - Math.max(s.top, t.top);
      const layered = [a, b].some((e) => e.closest('.right, .verdict, .toast, .next-step, .menu')) && a.closest('.right, .verdict, .toast, .next-step, .menu') !== b.closest('.right, .verdict, .toast, .next-step, .menu');
      if (over > slack && down > slack && !layered) found.push(`${name(a)} overlaps ${name(b)}`);
    }
  }

  // Text: whole, unless it says by an ellipsis that it is not; and large enough.
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const e = text.parentElement;
    if (!text.data.trim() || !shown(e)) continue;
    const scale = e instanceof SVGGraphicsElement ? Math.abs(e.getScreenCTM()?.a ?? 1) : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * scale;
    if (size < smallest - 0.05 && !small.has(e.className)) {
      small.add(e.className);
      found.push(`${name(e)} is written in ${size.toFixed(1)} px`);
    }
    const style = getComputedStyle(e);
    if (!(e instanceof SVGElement) && style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 1 && style.display !== 'inline') {
      found.push(`${name(e)} is clipped`);
    }
  }
  return found;
}

describe('Geometry', () => {
  let house;
  before(async () => { house = await openHouse(); });
  after(() => house?.close());

  const held = async (visit, touch, where) => {
    const wrong = await visit.app.evaluate(faults, { touch, finger: FINGER, smallest: SMALLEST_TYPE, slack: SLACK });
    assert.deepEqual(wrong, [], where);
  };

  for (const name of LONGEST) {
    test(`holds by mouse: ${name}`, async () => {
      const visit = await house.visit('hosted', opened(name));
      await STATES[name].go(visit);
      for (const [width, height] of WINDOWS) {
        await visit.page.setViewportSize({ width, height });
        await held(visit, false, `${width} × ${height}`);
      }
      await visit.close();
    });

    for (const [kind, sizes, tail] of [['by touch', TOUCHED, ''], ['in a frame', FRAMES, 'embed=1']]) {
      test(`holds ${kind}: ${name}`, async () => {
        for (const [width, height] of sizes) {
          const visit = await house.visit('hosted', { ...opened(name, { tail }), context: { viewport: { width, height }, hasTouch: true } });
          await STATES[name].go(visit);
          await held(visit, true, `${width} × ${height}`);
          await visit.close();
        }
      });
    }
  }

  // Text spacing as WCAG 1.4.12 has it: what stands on controls, the goals and the cards stay whole.
  const SPACED = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
  for (const name of ['first', 'mid', 'failing', 'passed', 'not-yet', 'inspector-consumers', 'runs', 'list']) {
    test(`holds with wider text: ${name}`, async () => {
      const visit = await house.visit('hosted', { ...opened(name), context: { bypassCSP: true } });
      await visit.page.addStyleTag({ content: SPACED });
      await STATES[name].go(visit);
      const wrong = await visit.app.evaluate(() => {
        const found = [];
        const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !e.closest('.sr-only');
        const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')} “${(e.textContent ?? '').trim().slice(0, 40)}”`;
        for (const e of [...document.querySelectorAll('button, [role=tab], .goal .name, .goal .value, .goal .limit, .sum, .clock, .track .drain')].filter(shown)) {
          if (getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth) found.push(`${name(e)} is cut by ${e.scrollWidth - e.clientWidth} px`);
        }
        // A list that drops down never says that its words are cut: they are measured.
        const ruler = document.createElement('canvas').getContext('2d');
        for (const e of [...document.querySelectorAll('select')].filter(shown)) {
          const style = getComputedStyle(e);
          [ruler.font, ruler.letterSpacing] = [style.font, style.letterSpacing];
          const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          if (ruler.measureText(e.selectedOptions[0].text).width > room + 1) found.push(`${name(e)} is cut`);
        }
        const [clock, sum] = ['.standing .clock', '.standing .sum'].map((s) => document.querySelector(s).getBoundingClientRect());
        if (sum.left < clock.right) found.push('the goals lie over the clock');
        for (const part of document.querySelectorAll('.diagram .part')) {
          const edge = part.querySelector('.card').getBoundingClientRect().right;
          for (const text of part.querySelectorAll('text')) {
            if (text.getBoundingClientRect().right > edge + 1) found.push(`“${text.textContent.trim()}” leaves its card`);
          }
        }
        return found;
      });
      assert.deepEqual(wrong, []);
      await visit.close();
    });
  }

  test('in a low frame, or a narrow one with large type, a result shows its way on, and the ribbon its play head and its times whole', async () => {
    for (const name of ['passed', 'not-yet']) {
      for (const [width, height, tail] of [[600, 400, 'embed=1'], [720, 450, ''], [720, 640, 'present=1']]) {
        const visit = await house.visit('hosted', { ...opened(name, { tail }), context: { viewport: { width, height }, hasTouch: width < 700 } });
        await STATES[name].go(visit);
        const [way, sheet] = [await visit.app.locator('.verdict .ways .btn').boundingBox(), await visit.app.locator('.verdict').boundingBox()];
        assert.ok(way.y + way.height <= sheet.y + sheet.height, `${name} at ${width} × ${height}: the way on ends at ${way.y + way.height}, the sheet at ${sheet.y + sheet.height}`);
        const ribbon = await visit.app.evaluate(() => {
          const drawing = document.querySelector('.strip-drawing');
          const [all, head] = [drawing, drawing.querySelector('.head')].map((e) => e.getBoundingClientRect());
          const style = getComputedStyle(drawing);
          const [, aside = '0'] = style.clipPath.match(/inset\(\S+ (\S+)/) ?? [];
          const spare = style.overflow === 'visible' ? (style.clipPath === 'none' ? Infinity : -parseFloat(aside)) : 0;
          const labels = [...drawing.querySelectorAll('.time-label')].filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect());
          const next = document.querySelector('.standing .clock').getBoundingClientRect();
          return {
            cut: head.right + 1 - all.right > spare || head.right > next.left && next.top < head.bottom && next.bottom > head.top,
            times: labels.length,
            apart: labels.every((label, at) => at === 0 || label.left > labels[at - 1].right),
          };
        });
        assert.deepEqual([ribbon.cut, ribbon.times >= 3, ribbon.apart], [false, true, true], `${width} × ${height}: ${JSON.stringify(ribbon)}`);
        await visit.close();
      }
    }
  });

  test('at 200 % zoom every card says what its figure counts', async () => {
    const visit = await house.visit('hosted', { ...opened('mid'), context: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 } });
    await STATES.mid.go(visit);
    const mute = await visit.app.locator('.diagram .part').evaluateAll((all) => all.filter((part) => !part.querySelector('.unit')?.textContent.trim()).map((part) => part.dataset.id));
    assert.deepEqual(mute, []);
    await held(visit, false, '720 × 450');
    await visit.close();
  });

  // Nothing moves when a run starts or a part comes: what a run brings has its place already.
  const places = (visit, selector) => visit.app.locator(selector).evaluateAll((all) => all.map((e) => {
    const { top, height } = e.getBoundingClientRect();
    return `${e.dataset.chart ?? e.dataset.id ?? e.className} ${Math.round(top)} ${Math.round(height)}`;
  }));

  test('stage and tracks stay where they are: a run starts, a part comes, a run is pinned', async () => {
    for (const [width, height] of WINDOWS) {
      const visit = await house.visit('hosted', { ...opened('failing'), context: { viewport: { width, height } } });
      const all = '.stage, .player, .track';
      const before = await places(visit, all);
      await played(visit, '08:15');
      assert.deepEqual(await places(visit, all), before, `a run at ${width} × ${height}`);
      await panel(visit, 'Parts');
      for (const kind of ['queue', 'consumers']) {
        await visit.app.locator(`.palette-item[data-kind=${kind}]`).focus();
        await visit.page.keyboard.press('Enter');
        assert.deepEqual(await places(visit, all), before, `${kind} at ${width} × ${height}`);
      }
      await visit.close();
    }
    const visit = await house.visit('hosted', opened('passed'));
    const heights = async () => (await places(visit, '.stage, .track')).join();
    const before = await heights();
    await pinned(visit);
    for (const [width, height] of [[1440, 900], [1280, 720]]) {
      await visit.page.setViewportSize({ width, height });
      assert.equal(await visit.app.locator('.curve.other').count(), 4);
      if (height === 900) assert.equal(await heights(), before, 'with another run beside it');
      const spilt = await visit.app.locator('.track').evaluateAll((all) => all.filter((track) => {
        const low = track.getBoundingClientRect().bottom;
        return [...track.querySelectorAll('.curve')].some((e) => e.checkVisibility() && e.getBoundingClientRect().bottom > low + 0.5);
      }).map((track) => track.dataset.chart));
      assert.deepEqual(spilt, [], `${width} × ${height}: rows below their track`);
      // Its name is said once, and every line of it has the whole name.
      const said = await visit.app.locator('.curve.other').evaluateAll((all) => all.map((e) => ({
        label: e.querySelector('.label').checkVisibility(), line: e.querySelector('svg').checkVisibility() || e.closest('.track').clientHeight < 40, title: e.title,
      })));
      assert.deepEqual(said.map(({ label }) => label), [true, false, false, false]);
      for (const { line, title } of said) assert.ok(line && title.startsWith('Workers by demand with a breaker. '), title);
    }
    await visit.close();
  });

  test('the cards of a phone stay where they are when the first run starts', async () => {
    for (const [width, height] of [[390, 844], [360, 740]]) {
      const visit = await house.visit('hosted', { ...opened('failing'), context: { viewport: { width, height }, hasTouch: true } });
      const before = await places(visit, '.flow-card');
      await played(visit, '08:15');
      assert.deepEqual(await places(visit, '.flow-card'), before, `${width} × ${height}`);
      await visit.close();
    }
  });

  for (const [width, height] of [[768, 1024], [1024, 768], [800, 600]]) {
    test(`the part that the result names is seen beside it: ${width} × ${height}`, async () => {
      for (const name of ['not-yet', 'not-yet-storm']) {
        const visit = await house.visit('hosted', { ...opened(name), context: { viewport: { width, height }, hasTouch: true } });
        await STATES[name].go(visit);
        const named = (await visit.app.locator('.evidence h3').innerText()).split(' · ').at(-1).trim();
        await visit.app.waitForFunction((named) => {
          const part = [...document.querySelectorAll('.diagram .part')].find((e) => e.textContent.startsWith(named)).querySelector('.card').getBoundingClientRect();
          const [stage, drawer] = ['.stage', '.verdict'].map((s) => document.querySelector(s).getBoundingClientRect());
          return part.left >= stage.left && part.right <= drawer.left && part.top >= stage.top && part.bottom <= stage.bottom;
        }, named);
        // “Show it” shows it too.
        await visit.app.locator('.verdict').getByRole('button', { name: /^Show it/ }).tap();
        await visit.app.locator('.verdict').waitFor({ state: 'detached' });
        const covered = await visit.app.evaluate((named) => {
          const part = [...document.querySelectorAll('.diagram .part')].find((e) => e.textContent.startsWith(named)).querySelector('.card').getBoundingClientRect();
          const hit = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) => document.elementFromPoint(part.left + part.width * x, part.top + part.height * y));
          return hit.filter((e) => !e?.closest('.diagram')).map((e) => e?.className ?? 'the window’s edge');
        }, named);
        assert.deepEqual(covered, [], `${name}: ${named}`);
        await visit.close();
      }
    });
  }

  test('where there is no part yet the next step is said, in the same words everywhere', async () => {
    const said = new Set();
    for (const [width, height] of [[1440, 900], [768, 1024], [684, 600], [360, 740]]) {
      const visit = await house.visit('hosted', { ...opened('empty'), context: { viewport: { width, height } } });
      const words = visit.app.locator('.stage .empty');
      const [box, stage] = [await words.boundingBox(), await visit.app.locator('.stage').boundingBox()];
      assert.ok(box.y >= stage.y && box.y + box.height <= stage.y + stage.height, `${width} × ${height}`);
      said.add(await words.innerText());
      await visit.close();
    }
    assert.equal(said.size, 1, [...said].join(' | '));
  });

  test('in a frame the part that is edited stays in sight beside its parameters', async () => {
    const visit = await house.visit('hosted', { ...opened('inspector-consumers', { tail: 'embed=1' }), context: { viewport: { width: 800, height: 600 }, hasTouch: true } });
    const card = (id) => visit.app.locator(`.diagram .part[data-id=${id}] .card`).first();
    const before = await card('patients').boundingBox();
    await STATES['inspector-consumers'].go(visit);
    await visit.app.waitForFunction(() => {
      const [part, drawer] = ['.diagram .part[data-id=consumers] .card', '.right'].map((s) => document.querySelector(s).getBoundingClientRect());
      const stage = document.querySelector('.stage').getBoundingClientRect();
      return part.right <= drawer.left && part.left >= stage.left;
    });
    await visit.app.getByRole('button', { name: 'Done' }).tap();
    await visit.app.locator('.right').waitFor({ state: 'hidden' });
    const after = await card('patients').boundingBox();
    assert.ok(Math.abs(after.x - before.x) < 1, 'and the design is where it was once they are put away');
    await visit.close();
  });

  test('ribbon and tracks have one time axis, as wide as the stage', async () => {
    const visit = await house.visit('hosted', opened('mid'));
    await STATES.mid.go(visit);
    for (const [width, height] of WINDOWS) {
      await visit.page.setViewportSize({ width, height });
      const edges = await visit.app.evaluate(() => ['.stage', '.strip-drawing', ...[...document.querySelectorAll('.track')].map((t) => `.track[data-chart=${t.dataset.chart}] .plot-box`)].map((selector) => {
        const { left, right } = document.querySelector(selector).getBoundingClientRect();
        return { selector, left, right };
      }));
      for (const { selector, left, right } of edges) {
        assert.ok(Math.abs(left - edges[0].left) <= 1.5 && Math.abs(right - edges[0].right) <= 1.5, `${selector} at ${width}: ${left}–${right}, the stage ${edges[0].left}–${edges[0].right}`);
      }
    }
    // The crosshair of a track stands at the same x in the ribbon.
    await visit.page.setViewportSize({ width: 1440, height: 900 });
    const plot = await visit.app.locator('.track[data-chart=backlog] .plot-box').boundingBox();
    const x = plot.x + plot.width * 0.3;
    await visit.page.mouse.move(x, plot.y + plot.height / 2);
    const line = await visit.app.locator('.strip-drawing .look').boundingBox();
    assert.ok(Math.abs(line.x + line.width / 2 - x) <= 2, `the ribbon's line at ${line.x}, the pointer at ${x}`);
    await visit.close();
  });
});
