// The first script: says how the page comes along, and in words why it can't start.
//
// It stands before anything large, and it is parsed by every browser that has scripts at all, so it keeps to the oldest
// JavaScript. The start script, which needs a current browser, hands its promises to `waitingRoom`: only what goes wrong in
// those is a failure of this page; another script's error is none. The page is up when it has set `data-ready` on #app.
// On <html>, `data-form="single"` marks the single file, which has to unpack itself, and `data-bytes` says how much has to
// come: bytes of wasm, or of the text that holds it.
(function () {
  'use strict';
  var SLOW_MS = 20000;
  var STILL_MS = 10000;
  var PROGRESS_MS = 500;
  var MOST_HEARD = 200;
  // What is longer is refused; it need not come in whole for that.
  var MOST_TEXT = 1 << 21;
  var app = document.getElementById('app');
  var html = document.documentElement;
  var single = html.getAttribute('data-form') === 'single';
  var room = window.waitingRoom;
  var t = room.t;
  var began = new Date().getTime();
  var state = { failed: false, opened: false, slow: false, got: 0, moved: began };
  // What a policy has stopped, a file by its name, and by which directive. The start script may be stopped before that can be heard.
  var stopped = { start: 'script-src' };

  function part(id) { return document.getElementById(id); }
  function ready() { return state.opened || app.hasAttribute('data-ready'); }

  // From now on the page speaks for itself.
  function opened() { state.opened = true; }

  function show(text, role) {
    var line = part('boot');
    if (!line) return;
    if (line.getAttribute('role') !== role) line.setAttribute('role', role);
    if (line.textContent !== text) line.textContent = text;
  }

  function beside(text) {
    var line = part('boot-progress');
    if (line && line.textContent !== text) line.textContent = text;
  }

  function fail(text) {
    if (state.failed || ready()) return;
    state.failed = true;
    beside('');
    wayOut();
    show(t('The waiting room could not start. {0}', text), 'alert');
  }

  addEventListener('securitypolicyviolation', function (event) {
    if (event.disposition !== 'report') stopped[name(event.blockedURI)] = event.effectiveDirective.replace('-elem', '');
  });

  // If a policy has stopped that, it is said; what is said after it no longer counts.
  function unlessAllowed(what) {
    if (stopped[what]) fail(t('A part of it is not allowed here: a Content-Security-Policy lacks this file or its hashes in its {0}.', stopped[what]));
  }

  function wayOut() {
    var button = part('boot-reload');
    if (!button) return;
    button.onclick = function () { location.reload(); };
    button.removeAttribute('hidden');
  }

  function kilobytes(bytes) {
    return String(Math.round(bytes / 1000)).replace(/(\d)(?=(\d{3})+$)/g, '$1\u00a0');
  }

  // How much has to come; nothing if the build didn't say.
  function whole() { return Number(html.getAttribute('data-bytes')) || 0; }

  function amount() {
    return whole() >= state.got ? t('{0} of {1} kB', kilobytes(state.got), kilobytes(whole())) : t('{0} kB', kilobytes(state.got));
  }

  function look() {
    if (!state.begun && document.readyState === 'complete') unlessAllowed('start');
    if (state.failed || ready() || room.stopped) return;
    setTimeout(look, PROGRESS_MS);
    var now = new Date().getTime();
    if (single) count(Math.min(64 * 1024 * document.getElementsByClassName('packed').length, whole()));
    if (now - began < 2 * PROGRESS_MS) return;
    beside(state.got ? amount() : '');
    if (now - began < SLOW_MS) return;
    if (!state.slow) {
      state.slow = true;
      wayOut();
    }
    show(now - state.moved < STILL_MS
      ? t('This takes long: the line or the machine is slow. The page opens by itself when all is here.')
      : t('Nothing more has come for a while. If it stays so, reload the page or come back on another line.'), 'status');
  }

  function count(bytes) {
    if (bytes === state.got) return;
    state.got = bytes;
    state.moved = new Date().getTime();
  }

  function missing() {
    if (!('noModule' in document.createElement('script'))) return true;
    if (typeof WebAssembly !== 'object' || typeof Promise !== 'function') return true;
    return single ? typeof DecompressionStream !== 'function' : typeof ReadableStream !== 'function';
  }

  // Whether a policy forbids wasm: the smallest module there is tells.
  function forbidden() {
    try { return !new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); } catch (refused) { return true; }
  }

  function name(address) { return address.replace(/^.*\//, ''); }

  // Why a file of this page is of no use, found out by asking for it once more.
  function explain(address, type, error) {
    if (location.protocol === 'file:') {
      return fail(t('This copy needs a web server; the file waiting-room.html beside it opens without one.'));
    }
    if (window.origin === 'null') {
      return fail(t('Its frame has a sandbox without allow-same-origin, and there its files can\u2019t be fetched. The file waiting-room.html beside it is one that needs no others: frame that.'));
    }
    var file = name(address);
    var lost = t('{0} did not arrive: the connection broke, or something on the way blocks it. Reload the page to try again.', file);
    return fetch(address).then(function (answer) {
      unlessAllowed(file);
      if (answer.body) answer.body.cancel();
      var kind = (answer.headers.get('Content-Type') || 'no type').split(';')[0];
      if (!answer.ok) {
        fail(t('The server answers {0} for {1}. Its copy of the page is incomplete, or a newer one has just replaced it: reload the page.', answer.status, file));
      } else if (!type.test(kind)) {
        fail(t('The server sends {0} as {1}, so the browser refuses it. The one who runs the server can mend that.', file, kind));
      } else if (/network|fetch/i.test(error.message) && !/import/i.test(error.message)) {
        fail(lost);
      } else {
        fail(t('{0} is damaged, or this browser does not understand it. Reload the page; if that does not help, try another browser. ({1})', file, error.message));
      }
    }, function () { setTimeout(function () { unlessAllowed(file); fail(lost); }, 0); });
  }

  // The bytes as they come, counted. The browser is told what they are, whatever the server calls them.
  function counted(answer) {
    var reader = answer.body.getReader();
    var stream = new ReadableStream({
      pull: function (to) {
        return reader.read().then(function (piece) {
          if (piece.done) return to.close();
          count(state.got + piece.value.length);
          to.enqueue(piece.value);
        });
      }
    });
    return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
  }

  /** A block with another text, found in the other's stead: that is a script, whose text is its own for good. */
  room.instead = function (id, text) {
    var block = document.createElement('data');
    block.id = id;
    block.hidden = true;
    block.translate = false;
    block.textContent = text;
    part(id).before(block);
  };

  /** What the page begins with, and resolves when that is settled: what was kept, and the kata that the address asks for, which takes the place of the page's own; where it does not come, that one stays, and the page says so. */
  room.choose = function () {
    state.begun = true;
    var kata = room.kata;
    var spoken = room.speak();
    var text = !kata ? Promise.resolve('') : kata.file
      ? fetch(kata.file).then(function (answer) { return answer.ok ? answer.text() : ''; })
      : Promise.resolve(part('waiting-room-kata-' + kata.id).textContent);
    return text.then(function (text) {
      if (!text) return;
      room.own = part('waiting-room-kata').textContent;
      room.instead('waiting-room-kata', text);
    }).catch(function () {}).then(function () { return spoken; }).then(function (there) {
      if (!there) return;
      room.translate();
      if (!state.failed && !state.slow) opening();
    }).then(function () { return room.kept; });
  };

  // A trap at the start is for the recovery screen.
  function unlessTrap(explained) {
    return function (error) {
      if (!(room.trap && room.trap(error))) return explained(error);
    };
  }

  /** The hosted form: the address of the script and of the wasm, and the promise of the script. */
  room.open = function (script, wasm, module) {
    if (state.failed) return;
    var chosen = room.choose();
    var answer = fetch(wasm).then(function (answer) {
      if (!answer.ok) throw new Error('status ' + answer.status);
      return answer;
    });
    var wrong = unlessTrap(function (error) { return explain(wasm, /^application\/(wasm|octet-stream)$/, error); });
    answer.then(null, wrong);
    module.then(function (page) {
      answer.then(function (answer) {
        return WebAssembly.compileStreaming(counted(answer)).then(function (wasm) {
          return chosen.then(function () { return page.default({ module_or_path: wasm }); });
        }).then(opened, wrong);
      }, function () {});
    }, function (error) { return explain(script, /javascript/, error); });
  };

  /** The single file: the promise of its start. */
  room.unpack = function (started) {
    started.then(opened, unlessTrap(function (error) {
      fail(t('This copy of the file is incomplete or damaged: fetch it once more. ({0})', error.message));
    }));
  };

  // The second module holds what the page doesn't begin with. It is compiled once, for the page and for its workers.
  room.later = null;
  room.coming = false;

  // A module that stands packed in this page, in all elements of a class.
  room.packed = function (kind) {
    var text = '';
    Array.prototype.forEach.call(document.getElementsByClassName(kind), function (piece) { text += piece.textContent; });
    var bytes = Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream, { headers: { 'Content-Type': 'application/wasm' } });
  };

  function second() {
    if (single) return Promise.resolve().then(function () { return room.packed('later'); });
    return fetch(html.getAttribute('data-late')).then(function (answer) {
      if (!answer.ok) throw new Error('status ' + answer.status);
      return answer;
    });
  }

  // The looks of what it draws, as a sheet of their own; in the single file they are there.
  function dressed() {
    var address = html.getAttribute('data-late-style');
    if (!address) return null;
    return new Promise(function (done, failed) {
      var link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = address;
      link.onload = function () { html.removeAttribute('data-late-style'); done(); };
      link.onerror = failed;
      document.head.appendChild(link);
    });
  }

  // What it needs of the first one: by name, or by its place in the table.
  function joined(exports, module) {
    var first = {};
    WebAssembly.Module.imports(module).forEach(function (wanted) {
      first[wanted.name] = /^\d/.test(wanted.name) ? exports.late_table.get(Number(wanted.name)) : exports[wanted.name];
    });
    return WebAssembly.instantiate(module, { first: first });
  }

  // What a hosted kata has besides what the page begins with. A file that the block holds itself counts; another kata's block is whole.
  function rest() {
    var address = html.getAttribute('data-kata-rest');
    if (!address) return null;
    return fetch(address).then(function (answer) { return answer.json(); }).then(function (rest) {
      function filled(text) {
        try {
          var kata = JSON.parse(text);
          if (kata['kata.json'].id !== rest['kata.json'].id) return text;
          for (var name in rest) kata[name] = kata[name] || rest[name];
          return JSON.stringify(kata);
        } catch (faulty) { return text; }
      }
      html.removeAttribute('data-kata-rest');
      if (room.own) room.own = filled(room.own);
      else if (part('waiting-room-kata')) room.instead('waiting-room-kata', filled(part('waiting-room-kata').textContent));
      if (room.english) {
        room.english = filled(room.english);
        room.translate();
      }
    });
  }

  /** Called by the page: fetches the second module and joins it to the first one, whose exports are given; `done` hears whether it is there. */
  room.more = function (exports, done) {
    room.coming = true;
    second().then(function (answer) { return answer.arrayBuffer(); })
      .then(function (bytes) { return WebAssembly.compile(bytes); })
      .then(function (module) {
        return Promise.all([joined(exports, module), dressed(), rest()]).then(function () { room.later = module; });
      })
      .then(function () { return true; }, function () { return false; })
      .then(function (there) {
        room.coming = false;
        if (!room.stopped) done(there);
      });
  };

  // In a frame: what the page around says waits here until the page listens. Nobody else is heard; but Open edX puts something in the parent's
  // place that is no window, and then that can't be told.
  var framed = window.parent !== window;
  var heard = room.heard = [];
  function isAbove(event) {
    var above = window.parent;
    return event.source === above || above.window !== above && event.source !== window;
  }
  function hear(event) {
    if (isAbove(event) && heard.length < MOST_HEARD) heard.push(event);
  }
  if (framed) addEventListener('message', function (event) { hear(event); });

  /** Called by the page, in a frame: `take` gets each message, its data as JSON; first those that waited. */
  room.listen = function (take) {
    hear = function (event) {
      if (!isAbove(event)) return;
      var text;
      try { text = JSON.stringify(event.data); } catch (none) { /* What has no JSON is no message. */ }
      if (text) take({ data: text.slice(0, MOST_TEXT), origin: event.origin });
    };
    heard.forEach(function (event) { hear(event); });
  };

  /** Says something, as JSON, to the page around, if that is of this origin. */
  room.say = function (text, origin) { window.parent.postMessage(JSON.parse(text), origin); };

  /** Calls `then` once some of the page is in sight, wherever the frame is. */
  room.seen = function (then) {
    var eye = new IntersectionObserver(function (looks) {
      if (!looks[looks.length - 1].isIntersecting) return;
      eye.disconnect();
      then();
    });
    eye.observe(html);
  };

  // The functions that Open edX calls. What is set early waits here; what is asked for early fails, in words, and is asked again.
  var forHost = window.WaitingRoom = {};
  ['getGrade', 'getState', 'setState'].forEach(function (name) {
    forHost[name] = function (given) {
      room.asked = [name, given];
      room.answer = null;
      window.dispatchEvent(new Event('waiting-room-asked'));
      if (room.answer !== null) return room.answer;
      if (name === 'setState') return void (room.set = given);
      var early = new Error(t('The waiting room is still opening. Try again.'));
      early.name = 'Waitfor Exception';
      throw early;
    };
  });

  function opening() {
    show(room.kata ? t('Opening \u201c{0}\u201d\u2026', room.kata.title) : t('Opening the waiting room\u2026'), 'status');
  }
  opening();
  if (missing()) {
    fail(t('This browser is too old for it. A current Firefox, Chrome, Edge or Safari opens it.'));
  } else if (forbidden()) {
    fail(t('WebAssembly is not allowed here: a Content-Security-Policy lacks \u2018wasm-unsafe-eval\u2019 in its script-src.'));
  } else {
    setTimeout(look, PROGRESS_MS);
  }
})();
