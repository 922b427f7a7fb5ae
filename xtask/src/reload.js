// Only in what `cargo xtask serve` serves: asks several times a second which build it is and reloads the page for a new one.
(() => {
  const address = new URL('xtask-build', document.baseURI);
  let known;
  const ask = async () => {
    let wait = 250;
    try {
      const build = await (await fetch(address, { cache: 'no-store' })).text();
      known ??= build;
      if (build !== known) location.reload();
    } catch {
      wait = 10000; // The server has gone; perhaps it comes back.
    }
    setTimeout(ask, wait);
  };
  ask();
})();
