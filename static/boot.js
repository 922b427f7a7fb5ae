// The first script: says in words when the page can't start. It starts nothing itself.
//
// Runs in every browser that has scripts at all, so it keeps to the oldest JavaScript. The page is up when it has set
// `data-ready` on #app; until then any error of a script, of loading or of a promise is shown instead of a blank page,
// afterwards this script keeps silent. `data-form="single"` on <html> marks the single file, which has to unpack itself.
(function () {
  'use strict';
  var app = document.getElementById('app');
  var failed = false;

  function show(text, role) {
    var line = document.getElementById('boot');
    if (!line) {
      app.textContent = '';
      line = document.createElement('p');
      line.id = 'boot';
      line.className = 'boot';
      app.appendChild(line);
    }
    line.setAttribute('role', role);
    line.textContent = text;
  }

  function fail(text) {
    if (failed || app.hasAttribute('data-ready')) return;
    failed = true;
    show(text, 'alert');
  }

  function missing() {
    if (!('noModule' in document.createElement('script'))) return true;
    if (typeof WebAssembly !== 'object') return true;
    var single = document.documentElement.getAttribute('data-form') === 'single';
    return single && typeof DecompressionStream !== 'function';
  }

  function stopped(reason) {
    var text = 'The waiting room could not start.';
    if (location.protocol === 'file:' && document.documentElement.getAttribute('data-form') !== 'single') {
      fail(text + ' This copy needs a web server; the file waiting-room.html beside it opens without one.');
      return;
    }
    fail(text + ' Reload the page; if that does not help, try another browser.' + (reason ? ' (' + reason + ')' : ''));
  }

  show('Opening the waiting room\u2026', 'status');
  if (missing()) {
    fail('This browser is too old for the waiting room. A current Firefox, Chrome, Edge or Safari opens it.');
  }
  // In the capture phase, because a script that can't be loaded fires an error that doesn't bubble.
  addEventListener('error', function (event) {
    var target = event.target;
    if (target && target !== window && target.nodeName !== 'SCRIPT') return;
    stopped(event.message || 'a script could not be loaded');
  }, true);
  addEventListener('unhandledrejection', function (event) {
    var reason = event.reason;
    stopped(reason && reason.message ? reason.message : String(reason));
  });
})();
