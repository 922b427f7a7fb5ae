// A browser's translator, as far as the page can feel it: it takes every text node out and puts <font><font>…</font></font> in its place, and
// does the same to whatever is added later. What it writes is the same text between brackets, so that a test sees what is translated.
//
// It runs in a world of its own, as the real one does: it shares the document with the page and none of its scripts.

/** Its two ways: the text node is dropped, or moved inside. */
export const WAYS = ['dropped', 'moved'];

/** Translates the page in `visit`, and what is added to it from now on. */
export async function translate(visit, way) {
  const client = await visit.context.newCDPSession(visit.page);
  const { frameTree } = await client.send('Page.getFrameTree');
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'translator' });
  const { exceptionDetails } = await client.send('Runtime.evaluate', { contextId, expression: `(${translator})(${JSON.stringify(way)})` });
  if (exceptionDetails) throw new Error(`the translator: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
}

/** Runs in the page. */
function translator(way) {
  const SKIPPED = 'font, script, style, textarea, input, canvas, [translate=no]';
  const own = new WeakSet();
  function one(text) {
    const parent = text.parentElement;
    if (own.has(text) || !text.data.trim() || !parent || parent.closest(SKIPPED)) return;
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    outer.append(inner);
    if (way === 'moved') {
      parent.insertBefore(outer, text);
      inner.append(text);
      text.data = `[${text.data}]`;
    } else {
      const words = document.createTextNode(`[${text.data}]`);
      own.add(words);
      inner.append(words);
      parent.insertBefore(outer, text);
      text.remove();
    }
  }
  function all(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    found.forEach(one);
  }
  all(document.body);
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') one(target);
      for (const node of addedNodes) node.nodeType === Node.TEXT_NODE ? one(node) : node.isConnected && node.nodeName !== 'FONT' && all(node);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}
