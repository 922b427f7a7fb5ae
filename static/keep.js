// The database: what the page keeps, so that neither the end of the browser nor of the machine costs more than the last moment.
//
// A drawer, as `[data-kept]` names it, is read here while the wasm is on its way, and the page waits for it no longer than
// WAIT_MS: what a browser's other storage mirrors is there at once. Of each thing two copies lie here, and the older one is written over. A
// number in a text's seal (`src/share/seal.rs`) says which is which. Where there is no database, nothing is found and nothing is written.
(function () {
  'use strict';
  var WAIT_MS = 2000;
  var FOR_EVER = 1e15;
  var room = window.waitingRoom = window.waitingRoom || {};
  var frame = document.querySelector('[data-kept]');
  var place = frame && frame.getAttribute('data-kept');
  var there = null;
  var waiting = {};
  var turn = Promise.resolve();

  // One transaction, as durable as the browser can make it. `deed` begins it and gives back what tells its result.
  function work(mode, deed) {
    return new Promise(function (done, failed) {
      var asked = indexedDB.open('waiting-room', 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore('kept'); };
      asked.onerror = failed;
      asked.onsuccess = function () {
        var base = asked.result;
        function end(how, what) { base.close(); how(what); }
        try {
          var all = base.transaction('kept', mode, { durability: 'strict' });
          var result = deed(all.objectStore('kept'));
          all.oncomplete = function () { end(done, result()); };
          all.onabort = function () { end(failed); };
        } catch (closed) { end(failed); }
      };
    });
  }

  function inTime(promise) {
    return Promise.race([promise, new Promise(function (done) { setTimeout(done, WAIT_MS); })]).catch(function () {});
  }

  function drawer(place) { return IDBKeyRange.bound([place], [place, []]); }

  function number(copy) {
    var seal = copy && /"seal":"(\d{1,14})\.[^"]*"}$/.exec(String(copy[1]).slice(-60));
    return seal ? Number(seal[1]) : -1;
  }

  // What another tab has written since, which then stays; or nothing.
  function write(what, it) {
    return work('readwrite', function (store) {
      var theirs;
      var copies = [0, 1].map(function (slot) { return store.get([it.place, what, slot]); });
      copies[1].onsuccess = function () {
        var newer = number(copies[0].result) > number(copies[1].result) ? 0 : 1;
        if (number(copies[newer].result) > it.known) theirs = copies[newer].result[1];
        else store.put([what, it.text], [it.place, what, 1 - newer]);
      };
      return function () { return theirs; };
    });
  }

  /** Resolves when all that the drawer holds is here, or is not to be had now. */
  room.kept = inTime(work('readonly', function (store) {
    var all = store.getAll(drawer(place));
    return function () { there = all.result; };
  }));

  /** Whether the database has answered. */
  room.answers = function () { return Boolean(there); };

  /** A copy of something in the page's drawer. */
  room.found = function (of, what, at) {
    var copies = of === place && there ? there.filter(function (copy) { return copy && copy[0] === what && typeof copy[1] === 'string'; }) : [];
    return copies[at] && copies[at][1];
  };

  /** Writes a text, unless there is one of a higher number than is known; the last of several that wait. `done` hears another tab's text, nothing, or null: not kept. */
  room.put = function (place, what, known, text, done) {
    var waits = waiting[what];
    waiting[what] = { place: place, text: text, known: known < 0 ? FOR_EVER : known };
    waiting[what].done = function (theirs) {
      if (theirs === undefined && /^saved/.test(what)) room.safe = text;
      if (done && !room.stopped) done(theirs);
    };
    if (waits) return;
    turn = turn.then(function () {
      var it = waiting[what];
      delete waiting[what];
      return write(what, it).then(it.done, function () { it.done(null); });
    });
  };

  /** Forgets the drawer. */
  room.forget = function (place, done) {
    inTime(turn.then(function () {
      return work('readwrite', function (store) { store.delete(drawer(place)); return function () {}; });
    })).then(done);
  };
})();
