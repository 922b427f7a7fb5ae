// The engine's own measurements inside the page, where it has some: `?bench` asks for them.
//
// The page then sets `data-bench="running"` on #app before it is up, and when it is done the rows as JSON: [[what, value, unit], …].

const LONGEST = 5 * 60_000;

export const title = 'The engine in the browser';

export async function measure(house) {
  const visit = await house.visit('hosted', { tail: '?bench' });
  const app = visit.app.locator('#app');
  const rows = [];
  if (await app.getAttribute('data-bench') === null) {
    console.log('The page has nothing to measure under ?bench.');
  } else {
    await visit.app.locator('#app[data-bench^="["]').waitFor({ state: 'attached', timeout: LONGEST });
    rows.push(...JSON.parse(await app.getAttribute('data-bench')));
  }
  await visit.close();
  return rows;
}
