// Going through time: from the key that asks for another moment of a whole Monday to the picture of it. The longest way back is from the
// end to just before it, because going back replays everything up to there. The target: 100 ms.

import { finished, kept } from '../support/learner.mjs';

const TIMES = 15;

export const title = 'Going through time';

export async function measure(house) {
  const visit = await house.visit('hosted', { prepare: kept({ design: 'demand' }) });
  await finished(visit);
  await visit.app.getByRole('button', { name: 'Close the result' }).click();
  const seek = (keys) => visit.app.evaluate(async ([keys, times]) => {
    const strip = document.querySelector('.strip-slider');
    const frame = () => new Promise(requestAnimationFrame);
    const press = async (key) => {
      const start = performance.now();
      strip.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: key === 'ArrowLeft', bubbles: true, cancelable: true }));
      do await frame(); while (strip.classList.contains('seeking'));
      return performance.now() - start;
    };
    const all = [];
    for (let i = 0; i < times; i++) for (const key of keys) all.push([key, await press(key)]);
    return all.filter(([key]) => key === keys.at(-1)).map(([, ms]) => ms).slice(3);
  }, [keys, TIMES]);
  const rows = [];
  for (const [what, keys] of [
    ['back over a whole Monday, to 10:29:50', ['End', 'ArrowLeft']],
    ['back to the start', ['End', 'Home']],
    ['on again to the end that was simulated', ['Home', 'End']],
  ]) {
    const times = (await seek(keys)).toSorted((a, b) => a - b);
    rows.push([`${what}: median`, times[Math.floor(times.length / 2)], 'ms'], [`${what}: worst`, times.at(-1), 'ms']);
  }
  await visit.close();
  return rows;
}
