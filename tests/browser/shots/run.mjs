// Pictures of the page in every state and size, light and dark; `cargo xtask shots [STATE …]` builds the page before.
//
// They are for people to look at: into the folder OUT, one file each, `STATE-WIDTHxHEIGHT-THEME.png`. Whatever goes wrong on the way to a
// state is told and makes the run fail, but no picture is compared with another.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openHouse } from '../support/house.mjs';
import { STATES, opened } from '../support/states.mjs';

const OUT = process.env.OUT ?? 'shots-out';

/** Windows, and frames (in a course's page). */
const SIZES = [[1440, 900], [1920, 1080], [1280, 720], [1024, 768], [768, 1024], [390, 844], [360, 740]];
const FRAMES = [[800, 600], [684, 600], [600, 400], [354, 700]];
/** The states that are looked at in frames, and by those who see otherwise. */
const FEW = ['first', 'mid', 'passed', 'not-yet', 'inspector-consumers'];
const OTHERWISE = {
  forced: { context: { forcedColors: 'active' } },
  still: { context: { reducedMotion: 'reduce' } },
  spaced: {
    context: { bypassCSP: true },
    style: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }',
  },
  zoomed: { context: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 } },
};

const wanted = process.argv.slice(2);
const chosen = (name) => wanted.length === 0 || wanted.includes(name);
const jobs = [];
for (const name of Object.keys(STATES).filter(chosen)) {
  for (const [width, height] of SIZES) {
    for (const theme of ['light', 'dark']) jobs.push({ name, width, height, theme });
  }
  if (!FEW.includes(name)) continue;
  for (const [width, height] of FRAMES) jobs.push({ name, width, height, theme: 'light', frame: true });
  for (const other of Object.keys(OTHERWISE)) jobs.push({ name, width: 1440, height: 900, theme: 'light', other });
}

await mkdir(OUT, { recursive: true });
const house = await openHouse();
const failures = [];

async function shoot({ name, width, height, theme, frame, other }) {
  const touch = width < 1000;
  const { context = {}, style } = OTHERWISE[other] ?? {};
  const options = opened(name, { tail: frame ? 'embed=1' : '' });
  const wishes = { viewport: { width, height }, colorScheme: theme, hasTouch: touch, ...context };
  const visit = await house.visit('hosted', { ...options, context: wishes });
  try {
    visit.context.setDefaultTimeout(20_000);
    if (style) await visit.page.addStyleTag({ content: style });
    await STATES[name].go(visit);
    const file = [name, `${width}x${height}`, frame ? 'frame' : theme, other].filter(Boolean).join('-');
    await visit.page.screenshot({ path: path.join(OUT, `${file}.png`) });
  } finally {
    await visit.context.close();
  }
}

for (const job of jobs) {
  await shoot(job).catch((error) => failures.push(`${JSON.stringify(job)}: ${error.message.split('\n')[0]}`));
}
await house.close();
console.log(`${jobs.length - failures.length} pictures of ${jobs.length}`);
for (const failure of failures) console.log(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
