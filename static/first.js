// Stands at the start of the first picture, before any of it is painted: the picture has the frame, the panels and the type that the
// address asks for, and is as light or dark as the address says or the page was left. That scripts run takes away what is told where they don't. Its story is the page's own kata's: where the address asks for another one that
// is here, only that one's name is told until it has come. What the address does not say, the page's block of options may.
(function () {
  'use strict';
  var picture = document.currentScript.parentNode;
  var room = window.waitingRoom = window.waitingRoom || {};
  var block = {};
  try {
    block = JSON.parse(document.getElementById('waiting-room-options').textContent) || {};
  } catch (none) { /* The page itself says what is wrong with it. */ }
  function option(key, values) {
    var asked = RegExp('[?&]' + key + '=([^&]*)').exec(location.search);
    var value = String([asked ? asked[1].replace(/%2C/gi, ',') : block[key]]);
    return RegExp('^(' + values + ')$').test(value) ? value : '';
  }
  function mark(name) { picture.className += ' ' + name; }
  mark('live');
  if (option('embed', '1|true')) mark('embed');
  if (option('design', '[a-z0-9-]+')) mark('designed');
  var present = option('present', '1|true');
  if (present) mark('present');
  var panel = '(brief|parts|runs|charts|design)';
  var panels = option('panels', panel + '(,' + panel + ')*');
  var seen = ['brief', 'parts', 'runs', 'charts'].filter(function (name) {
    var gone = present && name === 'parts' || panels && panels.split(',').indexOf(name) < 0;
    if (gone) mark('no-' + name);
    return !gone && name !== 'charts';
  });
  picture.setAttribute('data-left', seen[0] || 'brief');
  var place = room.place = picture.getAttribute('data-kept');
  var id = option('kata', '[a-z0-9-]+');
  try {
    room.kata = JSON.parse(document.getElementById('waiting-room-katas').textContent).slice(1)
      .filter(function (kata) { return kata.id === id; })[0];
  } catch (unreadable) { /* The page is about its own. */ }
  if (room.kata) {
    mark('other');
    document.title = room.kata.title;
    place = 'waiting-room.' + id + '.saved.v1';
  }
  // Its drawer, as `share/drawer.rs` names it; what has not moved there yet is still in the old place.
  var drawer = place + '@' + (option('key', '[A-Za-z0-9_-]{1,64}') || location.pathname.replace(/index\.html$/, ''));
  picture.setAttribute('data-kept', drawer);
  var kept = {};
  var chosen;
  try {
    chosen = localStorage.getItem(drawer.replace('saved', 'lang'));
    kept = JSON.parse(localStorage.getItem(drawer) || localStorage.getItem(place)) || {};
  } catch (unreadable) { /* The page itself says what is wrong with what was kept. */ }
  // The language: what the address says, what was chosen, or the first of the browser's that the page has; `en` is the page as it comes.
  [option('lang', '[a-z]{2}'), chosen].concat(navigator.languages || []).some(function (tag) {
    tag = String(tag || '').slice(0, 2);
    var there = document.documentElement.hasAttribute('data-lang-' + tag);
    if (there) room.lang = tag;
    return there || tag === 'en';
  });
  var theme = option('theme', 'light|dark|auto') || kept.theme;
  if (theme === 'light' || theme === 'dark') document.documentElement.setAttribute('data-theme', theme);
})();
