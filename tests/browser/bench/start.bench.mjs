// How long it takes until the page is up: median of several visits, each with a fresh profile.

const VISITS = 9;

export const title = 'From opening to being up';

export async function measure(house) {
  const rows = [];
  for (const [form, what] of [['hosted', 'hosted, from this machine'], ['file', 'the single file']]) {
    const times = [];
    for (let i = 0; i < VISITS; i++) {
      const visit = await house.visit(form, { prepare: (context) => context.addInitScript(noteWhenUp) });
      times.push(await visit.app.evaluate(() => globalThis.upAfter));
      await visit.close();
    }
    times.sort((a, b) => a - b);
    rows.push([`${what}: median`, times[(VISITS - 1) / 2], 'ms'], [`${what}: best`, times[0], 'ms']);
  }
  return rows;
}

/** In the page: notes the time since navigation at which #app is marked as ready. */
function noteWhenUp() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('#app[data-ready]')) return;
    globalThis.upAfter = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true });
}
