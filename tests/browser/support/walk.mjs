// A walk by keyboard over every action of the page: what can have the focus is found on the page, so a new control is walked too.
//
//   const faults = await walkOver(visit, walked);          // presses all that is not in `walked` yet; a fault a line
//
// A control is known by where it stands, what it is and what it is called, without its figures; a row of a list or a part of the diagram by its
// kind. What a press opens is walked before the rest; then Escape leads back, and the focus with it.

/** What runs in the page: finds controls, names them, and says where the focus is. */
function inPage() {
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const able = (e) => !e.matches(':disabled') && !e.closest('[inert]') && e.tabIndex >= 0 && seen(e);
  const plain = (text) => text.replaceAll(/\p{N}+/gu, '#').replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  const PLACES = 'dialog, .diagram, .list, .flow, .right, .verdict, .banners, .bar, .dock, .left, .stage, .strip, .toast, .frozen';
  const place = (e) => {
    const at = e.closest(PLACES);
    return at ? at.classList[0] ?? at.tagName.toLowerCase() : 'page';
  };
  /** What a control is called, the same for each of a kind. */
  const name = (e) => {
    const role = e.getAttribute('role') ?? (e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase());
    const label = e.labels?.[0]?.textContent;
    const own = e.dataset.kind ?? (e.closest('.part, .list tr, .connection, .run, .brief dfn') ? '' : undefined)
      ?? e.getAttribute('aria-label') ?? label ?? (e.textContent.trim() || e.title);
    const kind = e.closest('.run, .row-menu, .part, .connection') ? e.className.baseVal ?? e.className : '';
    const id = e.id.replaceAll(/\d+/g, '#');
    return [place(e), role, id || plain(String(own)), plain(kind)].filter(Boolean).join(' ');
  };
  const modal = () => [...document.querySelectorAll('dialog:modal')].at(-1);
  const controls = () => [...(modal() ?? document.body).querySelectorAll(FOCUSABLE)].filter(able);
  const what = (e) => e ? [e.tagName.toLowerCase(), ...e.classList].join('.') : 'nothing';
  /** What is wrong with the focus, or nothing. */
  const wrong = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return 'nothing has it';
    const dialog = modal();
    if (dialog && !dialog.contains(e)) return `it is behind the dialog, at ${name(e)}`;
    if (!seen(e)) return `it is on what isn't seen, ${name(e)}`;
    const box = e.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right < left || bottom < top || right - left + bottom - top < 1) return `it is out of sight, at ${name(e)}`;
    // A point of it that is not covered: a grid over what is in the window.
    const shares = [0.5, 0.05, 0.25, 0.75, 0.95];
    const reach = (x, y) => {
      const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return hit && (e.contains(hit) || e.ownerSVGElement?.contains(hit) || hit.contains(e) && hit !== document.body && !hit.matches('main, .app, .scroll') || [...(e.labels ?? [])].some((label) => label.contains(hit)));
    };
    if (!shares.some((x) => shares.some((y) => reach(x, y)))) return `it is covered by ${what(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))}, at ${name(e)}`;
    return undefined;
  };
  globalThis.walk = { controls, name, wrong, place, modal };
}

/** Has every page of this context ready for a walk. */
export const walkable = (context) => context.addInitScript(inPage);

/** What changes what the others need: the first of these is pressed last. */
const LAST = [/Start over|Begin anew|forget/i, /Delete|Remove|Clear|reset/i, /Restart/, /Undo|Redo/, /Scenario/, /Close|Done|Cancel|Stop/, /To the end/, /Play|Pause|Again/];
/** So many frames may pass until it is right, while the page goes on by itself. */
const FRAMES = 20;
/** How a control is used by keyboard. */
const keysFor = async (control) => control.evaluate((e) => {
  if (e.matches('input[type=text], input:not([type]), input[type=search], input[type=number]')) return ['Control+a', '7', 'Enter'];
  if (e.matches('textarea')) return ['a', 'Shift+Tab'];
  if (e.matches('select')) return ['ArrowDown', 'ArrowUp'];
  if (e.matches('input[type=range], [role=slider]')) return ['ArrowRight', 'ArrowLeft'];
  if (e.matches('input[type=checkbox], input[type=radio]')) return ['Space'];
  // Unfolded and folded: what it unfolds takes the room that the others are walked in.
  if (e.matches('.goals-strip button')) return ['Enter', 'Enter'];
  if (e.matches('[role=tab]')) return ['ArrowRight'];
  // What leads to another page is looked at only.
  if (e.matches('a:not([href^="#"], [download]), .lang')) return [];
  return ['Enter'];
});

export async function walkOver(visit, walked, { settled, most = 900 }) {
  const faults = [];
  const steps = [];
  // While a run or a study goes on, what is wrong for a frame is the page at work; what stays wrong is a fault. A page that rests is judged as
  // it is.
  const wrong = async (what) => {
    await settled();
    const fault = await visit.app.evaluate(async (frames) => {
      const { wrong } = globalThis.walk;
      for (let left = frames; left > 0 && wrong() && globalThis.goesOn(); left--) await new Promise((done) => { requestAnimationFrame(done); });
      await globalThis.settled();
      return wrong();
    }, FRAMES);
    if (fault) faults.push(`${what}: ${fault} (after ${steps.slice(-4).join(' › ')})`);
    return fault;
  };
  let escapes = 0;
  for (let pressed = 0; pressed < most;) {
    const open = await visit.app.evaluate((walked) => {
      const known = new Set(walked);
      const all = globalThis.walk.controls().map((e, at) => ({ at, name: globalThis.walk.name(e) }));
      return { all: all.filter(({ name }, i) => !known.has(name) && all.findIndex((one) => one.name === name) === i), modal: Boolean(globalThis.walk.modal()) };
    }, [...walked]);
    const rank = ({ name }) => LAST.toReversed().findIndex((late) => late.test(name));
    const next = open.all.sort((a, b) => rank(a) - rank(b))[0];
    if (!next) {
      if (steps.length === 0 || (!open.modal && escapes >= 2)) break;
      if (escapes > 4) { faults.push(`Escape leads nowhere (${steps.slice(-4).join(' › ')})`); break; }
      escapes += 1;
      steps.push('Escape');
      await visit.page.keyboard.press('Escape');
      await wrong('Escape');
      continue;
    }
    escapes = 0;
    walked.add(next.name);
    const handle = await visit.app.evaluateHandle((at) => globalThis.walk.controls()[at], next.at);
    const control = handle.asElement();
    if (!control) continue;
    await control.evaluate((e) => e.focus());
    steps.push(next.name);
    await wrong(`at ${next.name}`);
    for (const key of await keysFor(control)) {
      await visit.page.keyboard.press(key);
      pressed += 1;
      await wrong(`${key} on ${next.name}`);
    }
    await handle.dispose();
  }
  return faults;
}
