// The language of the page where it is not English: its texts, and what the browser knows of its figures and plurals.
//
// `static/first.js` has chosen it. Its file (`xtask/src/lang.rs`) is one object: `lines`, the page's own texts, for the wasm; `said`, by their English
// ones what these first scripts, the first picture and the katas say; `terms`, a kata's words and its glossary's; `forms`, its words in their cases. Where it does not come, the page
// speaks English. Old JavaScript only.
(function () {
  'use strict';
  var room = window.waitingRoom = window.waitingRoom || {};
  var html = document.documentElement;
  var language = { said: {} };
  var rules;

  function part(id) { return document.getElementById(id); }

  function of(all, text) {
    return Object.prototype.hasOwnProperty.call(all, text) ? all[text] : text;
  }

  function said(text) { return of(language.said, text); }

  /** A text in the page's language; in the place of `{0}` and so on stands what is given after it. */
  room.t = function (text) {
    var given = arguments;
    return said(text).replace(/\{(\d)\}/g, function (_, at) { return given[Number(at) + 1]; });
  };

  /** Resolves to whether there is another language, once its texts are here. */
  room.speak = function () {
    var tag = room.lang;
    if (!tag) return Promise.resolve(false);
    var file = html.getAttribute('data-lang-' + tag);
    var text = file
      ? fetch(file).then(function (answer) { return answer.text(); })
      : Promise.resolve(part('waiting-room-lang-' + tag).textContent);
    return text.then(function (text) {
      var found = JSON.parse(text);
      var figures = new Intl.NumberFormat(tag).formatToParts(1234567.8);
      ['decimal', 'group'].forEach(function (kind) {
        found[kind] = figures.filter(function (part) { return part.type === kind; })[0].value;
      });
      rules = new Intl.PluralRules(tag);
      language = found;
      html.lang = tag;
      if (found.dir) html.dir = found.dir;
      return true;
    }).catch(function () { return false; });
  };

  // A value with its texts translated. What somebody has changed in it stays as it is.
  function within(value, all) {
    return JSON.parse(JSON.stringify(value), function (key, text) { return typeof text === 'string' ? of(all, text) : text; });
  }

  function block(id) {
    var text = part(id).textContent;
    var kata = within(JSON.parse(text), language.said);
    var own = kata['kata.json'] ? kata['kata.json'].id : '';
    ['words.json', 'glossary.json'].forEach(function (file) {
      if (kata[file] && language.terms[own]) kata[file] = within(kata[file], language.terms[own]);
    });
    if (kata['words.json']) kata['words.json'].forms = language.forms[own];
    room.instead(id, JSON.stringify(kata));
    return text;
  }

  /** Puts what is seen first, and the katas, into the language. The English kata is kept, for a copy of the page. */
  room.translate = function () {
    try {
      var english = [block('waiting-room-kata'), block('waiting-room-katas')];
      room.english = room.english || english[0];
    } catch (unreadable) { /* The page itself says what is wrong with it. */ }
    var seen = document.createTreeWalker(part('app'), NodeFilter.SHOW_TEXT);
    while (seen.nextNode()) {
      var words = seen.currentNode.data.trim();
      if (said(words) !== words) seen.currentNode.data = said(words);
    }
  };

  /** Called by the page: the languages that it has, a line each: the tag, and what the language calls itself. */
  room.languages = function () {
    var tags = Array.prototype.map.call(html.attributes, function (of) { return (/^data-lang-(..)$/.exec(of.name) || [])[1]; });
    return ['en'].concat(tags.filter(Boolean)).map(function (tag) {
      return tag + ' ' + new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
    }).join('\n');
  };

  /** Called by the page: something of its language, or nothing if it speaks English; and which plural a number takes. */
  room.spoken = function (what) { return language[what]; };
  room.plural = function (number) { return rules.select(number); };
})();
