// Keeps the hosted page for visits without its server, and says when there is a newer one. It comes once the page is whole, never in a frame.
//
// The service worker is sw.js; it asks this for nothing. While the page runs it holds a lock with its build's name, so that no other page's
// worker takes its files away. `waiting-room:new-build` tells the page; `waitingRoom.reload` is what it calls then.
const build = document.documentElement.dataset.build;
const container = navigator.serviceWorker;
const lock = `waiting-room@${new URL('./', location.href).pathname}@${build}`;

/** Holds the lock; gives back what lets it go, for a page that a browser puts by. */
function hold() {
  let release;
  const held = new Promise((done) => { release = done; });
  navigator.locks.request(lock, { mode: 'shared' }, () => held);
  return release;
}

async function keep() {
  let release = hold();
  addEventListener('pagehide', () => release());
  addEventListener('pageshow', (event) => { if (event.persisted) release = hold(); });

  let told = false;
  container.addEventListener('message', ({ data }) => {
    if (data !== 'waiting-room:new' || told) return;
    told = true;
    document.dispatchEvent(new Event('waiting-room:new-build'));
  });

  // The page's policy asks for trusted types, and lists this name.
  const script = globalThis.trustedTypes?.createPolicy('waiting-room-offline', { createScriptURL: String }).createScriptURL('./sw.js') ?? './sw.js';
  const registration = await container.register(script, { updateViaCache: 'none' });
  const arrived = (worker) => { if (/^(installed|activat)/.test(worker.state)) worker.postMessage({ build }); };
  const watch = (worker) => {
    if (!worker) return;
    arrived(worker);
    worker.addEventListener('statechange', () => arrived(worker));
  };
  watch(registration.installing);
  watch(registration.waiting);
  registration.addEventListener('updatefound', () => watch(registration.installing));

  const look = () => {
    registration.active?.postMessage('waiting-room:look');
    // Without the server nothing is new.
    registration.update().catch(() => {});
  };
  look();
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });

  globalThis.waitingRoom.reload = () => {
    if (!registration.waiting) return location.reload();
    container.addEventListener('controllerchange', () => location.reload());
    registration.waiting.postMessage('waiting-room:take');
  };
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = './manifest.webmanifest';
  document.head.append(manifest);
}

// Where there is none of it the page is as it ever was.
if (isSecureContext && container && navigator.locks) keep().catch(() => {});
