// The recovery screen: what is left when the page's wasm has stopped for good, by a panic or by any other trap.
//
// After a trap nothing of the wasm may be called any more, so this needs none of it: the page leaves the newest text of what it
// keeps in `waitingRoom.keep`, here what the browser has kept is compared with it, and the design is offered as text. Old
// JavaScript only; no request; it works in a sandboxed frame.
//
// One cause is kept from happening: Yew stops when the node that it is to insert another before was taken away by somebody else,
// an ad blocker say. Such a node comes last instead.
(function () {
  'use strict';
  var room = window.waitingRoom = window.waitingRoom || {};
  var t = room.t;
  var newest = null;
  // Where the page keeps it, should it stop before it says so itself.
  var frame = document.querySelector('[data-kept]');
  var place = frame && frame.getAttribute('data-kept');

  /** Called by the page: the text that is to be kept, and the place in the storage where it belongs. */
  room.keep = function (place, text) { newest = { place: place, text: text }; };

  /** Called by the page's panic hook. */
  room.panicked = function () { stop(t('That is a mistake in this page, not in your design.')); };

  /** Whether an error is the end of the wasm; if so, the recovery screen is there afterwards. */
  room.trap = function (error) {
    if (!isTrap(error)) return false;
    stop(t('Either the browser has no more memory for this page, or there is a mistake in the page. It is not your design.'));
    return true;
  };

  // A stack that overflows is an error of JavaScript, thrown in the midst of the wasm.
  function isTrap(error) {
    if (typeof WebAssembly !== 'object' || !error) return false;
    var stack = String(error.stack || '');
    if (/-extension:\/\//.test(stack)) return false;
    if (error instanceof WebAssembly.RuntimeError) return true;
    return (error instanceof RangeError || error.name === 'InternalError') && /wasm-function/.test(stack);
  }

  var insertBefore = Node.prototype.insertBefore;
  Node.prototype.insertBefore = function (node, before) {
    return insertBefore.call(this, node, before && before.parentNode === this ? before : null);
  };

  addEventListener('error', function (event) { room.trap(event.error); });
  addEventListener('unhandledrejection', function (event) { room.trap(event.reason); });

  function designIn(text) {
    try { return JSON.parse(text).design || null; } catch (unreadable) { return null; }
  }

  function stored(place) {
    try { return localStorage.getItem(place); } catch (closed) { return null; }
  }

  function element(tag, text, className) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, className, press) {
    var made = element('button', text, 'btn ' + className);
    made.type = 'button';
    made.onclick = press;
    return made;
  }

  // What becomes of the design; true, because it is looked up now.
  function fate(design, kept) {
    if (!design) return t('Nothing was changed yet; reload the page to begin.');
    if (kept) return t('Your design is kept in this browser; reload the page to go on.');
    return t('This browser has not kept your design as it is now: a reload loses it. Copy it first; \u201cFiles\u201d takes it back.');
  }

  function stop(cause) {
    if (room.stopped) return;
    room.stopped = true;
    var there = designIn(stored(newest ? newest.place : place));
    var design = newest ? designIn(newest.text) : there;
    var kept = [there, designIn(room.safe)].some(function (one) { return one && JSON.stringify(one) === JSON.stringify(design); });
    var focused = document.hasFocus();
    var app = document.getElementById('app');
    // Away with all of it: an open dialog would keep the rest of the page out of reach.
    app.textContent = '';
    app.hidden = true;
    var screen = element('div', '', 'crash');
    screen.id = 'crash';
    var said = element('div');
    said.setAttribute('role', 'alert');
    said.appendChild(element('h1', t('The waiting room has stopped.')));
    said.appendChild(element('p', cause + ' ' + fate(design, kept)));
    screen.appendChild(said);
    var buttons = element('p', '', 'ways');
    var first = button(t('Reload'), kept || !design ? 'primary' : '', function () { location.reload(); });
    buttons.appendChild(first);
    screen.appendChild(buttons);
    if (design) offer(screen, buttons, JSON.stringify(design, null, 2));
    document.body.appendChild(screen);
    if (focused) first.focus();
  }

  function offer(screen, buttons, text) {
    var area = element('textarea', text);
    area.readOnly = true;
    area.rows = 8;
    area.setAttribute('aria-label', t('The text of your design'));
    var told = element('p', '', 'told');
    told.setAttribute('role', 'status');
    function selected() {
      area.focus();
      area.select();
      var done = false;
      try { done = document.execCommand('copy'); } catch (refused) { /* It stays selected. */ }
      told.textContent = done ? t('The text is on the clipboard.') : t('The clipboard is closed to this page. The text is selected: press Ctrl+C (\u2318C).');
    }
    buttons.appendChild(button(t('Copy the design'), '', function () {
      if (!navigator.clipboard) return selected();
      navigator.clipboard.writeText(text).then(function () { told.textContent = t('The text is on the clipboard.'); }, selected);
    }));
    var link = element('a', t('Download the design'), 'btn');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = 'waiting-room-design.json';
    buttons.appendChild(link);
    screen.appendChild(told);
    // A frame without an origin is a sandbox, where downloads fail without a word unless they are allowed.
    if (window.parent !== window && window.origin === 'null') {
      screen.appendChild(element('p', t('This frame can block downloads; copying the text always works.'), 'told'));
    }
    screen.appendChild(area);
  }
})();
