// Hands: four ways to work on a design, each with nothing but its own means: a mouse, a finger, the keyboard, the list by keyboard.
//
// A hand adds a part that stands alone, connects two parts, types a number, moves a slider, renames and undoes. What typing needs is the same
// for all: whoever has a mouse or a finger has keys or a keyboard on the screen too.

import assert from 'node:assert/strict';

const part = (visit, id) => visit.app.locator(`.diagram [data-id="${id}"]`);
const row = (visit, id) => visit.app.locator(`.list [data-row="${id}"]`);
const press = (visit, ...keys) => keys.reduce((before, key) => before.then(() => visit.page.keyboard.press(key)), Promise.resolve());

async function middle(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  assert.ok(box, `${locator} is to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses Tab until what has the focus matches. */
export async function tabTo(visit, selector, key = 'Tab') {
  for (let presses = 0; presses < 150; presses++) {
    if (await visit.app.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await press(visit, key);
  }
  assert.fail(`${key} does not come to ${selector}`);
}

/** Where parts stand: shares of the canvas's width and height, so that none lies on a connection. */
const PLACES = { patients: [0.1, 0.2], api: [0.3, 0.2], queue: [0.5, 0.2], consumers: [0.7, 0.2], clinic: [0.9, 0.2], dead_letter: [0.7, 0.6] };

async function place(visit, kind) {
  const box = await visit.app.locator('.diagram svg.canvas').boundingBox();
  const [x, y] = PLACES[kind];
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

/** What mouse and finger have in common; `point` has `drag(visit, from, to)` and `tap(visit, at)`. */
function pointing({ drag, tap }) {
  const tapOn = async (visit, locator) => tap(visit, await middle(locator));
  return {
    async open(visit) {
      await tapOn(visit, visit.app.getByRole('tab', { name: 'Parts' }).first());
      for (let times = 0; times < 3; times++) await tapOn(visit, visit.app.getByRole('button', { name: 'Zoom out (−)' }));
    },
    async add(visit, kind) {
      await drag(visit, await middle(visit.app.locator(`[data-kind=${kind}]`)), await place(visit, kind));
      await part(visit, kind).waitFor();
    },
    async connect(visit, from, to) {
      await drag(visit, await middle(part(visit, from).locator('.port.out')), await middle(part(visit, to)));
    },
    async type(visit, id, key, text) {
      await tapOn(visit, part(visit, id));
      const field = visit.app.locator(`#param-${id}-${key}`);
      await tapOn(visit, field);
      await write(visit, field, text);
    },
    async slide(visit, id, key, share) {
      await tapOn(visit, part(visit, id));
      const slider = visit.app.locator(`.param:has(#param-${id}-${key}) input[type=range]`);
      const { x, y } = await middle(slider);
      const { min, max, value, width } = await slider.evaluate((e) => ({ min: +e.min, max: +e.max, value: +e.value, width: e.clientWidth }));
      // The thumb goes from end to end.
      const thumb = await slider.evaluate((e) => Number.parseFloat(getComputedStyle(e).getPropertyValue('--thumb')));
      const at = (number) => ({ x: x - width / 2 + thumb / 2 + (width - thumb) * (number - min) / (max - min), y });
      await drag(visit, at(value), at(share));
    },
    async rename(visit, id, name) {
      await tapOn(visit, part(visit, id));
      const field = visit.app.locator('#inspector-name');
      await tapOn(visit, field);
      await write(visit, field, name);
    },
    async undo(visit) {
      await tapOn(visit, visit.app.getByRole('button', { name: /^Undo \(/ }));
    },
  };
}

/** All that is in a field makes room for this; the field is left, as by a tap on the canvas. */
async function write(visit, field, text) {
  await field.evaluate((e) => { if (document.activeElement !== e) throw new Error('the tap gives the field the focus'); e.select(); });
  await visit.page.keyboard.insertText(text);
  await field.evaluate((e) => e.blur());
}

async function touchPoints(visit) {
  visit.cdp ??= await visit.context.newCDPSession(visit.page);
  return (type, points) => visit.cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points });
}

const STEPS = 8;
const between = (from, to, step) => ({ x: from.x + (to.x - from.x) * step / STEPS, y: from.y + (to.y - from.y) * step / STEPS });

const mouse = pointing({
  async drag(visit, from, to) {
    await visit.page.mouse.move(from.x, from.y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(to.x, to.y, { steps: STEPS });
    await visit.page.mouse.up();
  },
  tap: (visit, { x, y }) => visit.page.mouse.click(x, y),
});

const touch = pointing({
  async drag(visit, from, to) {
    const send = await touchPoints(visit);
    await send('touchStart', [from]);
    for (let step = 1; step <= STEPS; step++) await send('touchMove', [between(from, to, step)]);
    await send('touchEnd', []);
  },
  tap: (visit, { x, y }) => visit.page.touchscreen.tap(x, y),
});

/** What is typed into a field by whoever came to it with Tab. */
async function overwrite(visit, text) {
  await press(visit, 'Control+a');
  await visit.page.keyboard.type(text);
  await press(visit, 'Tab');
}

/** Arrow keys on a slider until it shows the number. */
async function nudge(visit, number) {
  const now = () => visit.app.evaluate(() => Number(document.activeElement.value));
  for (let presses = 0; presses < 30 && await now() !== number; presses++) await press(visit, await now() < number ? 'ArrowRight' : 'ArrowLeft');
  assert.equal(await now(), number);
}

const keyboard = {
  async open(visit) {
    await tabTo(visit, '#left-brief');
    await press(visit, 'ArrowRight');
  },
  async add(visit, kind) {
    // The parts stand before the diagram.
    await tabTo(visit, '.diagram svg.canvas', await afterDiagram(visit) ? 'Shift+Tab' : 'Tab');
    await tabTo(visit, `[data-kind=${kind}]`, 'Shift+Tab');
    await press(visit, 'Shift+Enter');
    await part(visit, kind).waitFor();
  },
  async connect(visit, from, to) {
    await goTo(visit, from);
    await press(visit, 'c');
    for (let presses = 0; presses < 6 && await visit.app.locator(`.diagram .part.aimed[data-id="${to}"]`).count() === 0; presses++) {
      await press(visit, 'ArrowRight');
    }
    await press(visit, 'Enter');
  },
  async type(visit, id, key, text) {
    await goTo(visit, id);
    await press(visit, 'Enter');
    await tabTo(visit, `#param-${id}-${key}`);
    await overwrite(visit, text);
  },
  async slide(visit, id, key, number) {
    await goTo(visit, id);
    await press(visit, 'Enter');
    await tabTo(visit, `#param-${id}-${key}`);
    await tabTo(visit, 'input[type=range]', 'Shift+Tab');
    await nudge(visit, number);
  },
  async rename(visit, id, name) {
    await goTo(visit, id);
    await press(visit, 'Enter');
    await tabTo(visit, '#inspector-name');
    await overwrite(visit, name);
  },
  // Where a field has the focus, Ctrl+Z is the field's own: back to the canvas first.
  async undo(visit) {
    await tabTo(visit, '.diagram svg.canvas', await afterDiagram(visit) ? 'Shift+Tab' : 'Tab');
    await press(visit, 'Control+z');
  },
};

/** Whether the focus is behind the canvas in the order of Tab. */
const afterDiagram = (visit) => visit.app.evaluate(() => Boolean(
  document.querySelector('.diagram svg.canvas').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));

async function goTo(visit, id) {
  await tabTo(visit, '.diagram svg.canvas', await afterDiagram(visit) ? 'Shift+Tab' : 'Tab');
  await tabTo(visit, `.diagram [data-id="${id}"]`);
}

const list = {
  async open(visit) {
    await visit.app.locator('.stage-tools button', { hasText: 'List' }).press('Enter');
    await visit.app.locator('.list').waitFor();
  },
  async add(visit, kind) {
    await visit.app.locator('#list-add-kind').selectOption(kind);
    await visit.app.locator('#list-add-place').selectOption({ label: 'on its own' });
    await visit.app.locator('#list-add').press('Enter');
    await row(visit, kind).waitFor();
  },
  async connect(visit, from, to) {
    await row(visit, from).getByRole('button', { name: /^Connect / }).press('Enter');
    const name = await row(visit, to).locator('input.field').first().inputValue();
    await row(visit, from).locator('.menu-item', { hasText: name }).first().press('Enter');
    await row(visit, from).locator(`[data-to="${to}"]`).waitFor();
  },
  async type(visit, id, key, text) {
    await edit(visit, id);
    await tabTo(visit, `#param-${id}-${key}`);
    await overwrite(visit, text);
  },
  async slide(visit, id, key, number) {
    await edit(visit, id);
    await tabTo(visit, `#param-${id}-${key}`);
    await tabTo(visit, 'input[type=range]', 'Shift+Tab');
    await nudge(visit, number);
  },
  async rename(visit, id, name) {
    await row(visit, id).locator('input.field').first().focus();
    await overwrite(visit, name);
  },
  async undo(visit) {
    await visit.app.locator('#list-add').focus();
    await press(visit, 'Control+z');
  },
};

async function edit(visit, id) {
  await row(visit, id).getByRole('button', { name: /^More about / }).press('Enter');
  await row(visit, id).getByRole('button', { name: /^Parameters of / }).press('Enter');
  await visit.app.waitForFunction(() => document.activeElement.id === 'panel-inspector');
}

export const HANDS = { mouse, touch, keyboard, list };
