// Stands at the start of the first picture, before any of it is painted: the picture is framed if the page is, and as light or
// dark as the address says or the page was left.
(function () {
  'use strict';
  var picture = document.currentScript.parentNode;
  if (/[?&]embed=1(&|$)/.test(location.search)) picture.className += ' embed';
  var theme = (/[?&]theme=(light|dark|auto)(&|$)/.exec(location.search) || [])[1];
  try {
    theme = theme || JSON.parse(localStorage.getItem(picture.getAttribute('data-kept'))).theme;
  } catch (unreadable) { /* The page itself says what is wrong with what was kept. */ }
  if (theme === 'light' || theme === 'dark') document.documentElement.setAttribute('data-theme', theme);
})();
