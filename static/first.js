// Stands at the start of the first picture, before any of it is painted: the picture is framed if the page is, and as light or
// dark as the address says or the page was left. Its story is the page's own kata's: where the address asks for another one that
// is here, only that one's name is told until it has come.
(function () {
  'use strict';
  var picture = document.currentScript.parentNode;
  if (/[?&]embed=1(&|$)/.test(location.search)) picture.className += ' embed';
  var room = window.waitingRoom = window.waitingRoom || {};
  var place = picture.getAttribute('data-kept');
  var id = (/[?&]kata=([a-z0-9-]+)(&|$)/.exec(location.search) || [])[1];
  try {
    room.kata = JSON.parse(document.getElementById('waiting-room-katas').textContent).slice(1)
      .filter(function (kata) { return kata.id === id; })[0];
  } catch (unreadable) { /* The page is about its own. */ }
  if (room.kata) {
    picture.className += ' other';
    document.title = room.kata.title;
    place = 'waiting-room.' + id + '.saved.v1';
  }
  var theme = (/[?&]theme=(light|dark|auto)(&|$)/.exec(location.search) || [])[1];
  try {
    theme = theme || JSON.parse(localStorage.getItem(place)).theme;
  } catch (unreadable) { /* The page itself says what is wrong with what was kept. */ }
  if (theme === 'light' || theme === 'dark') document.documentElement.setAttribute('data-theme', theme);
})();
