import { ENGINES } from './support/engines.mjs';
import { serve, BASE } from './support/server.mjs';
import { DIST } from './support/house.mjs';
const server = await serve(DIST);
const t0 = Date.now(); const t = (w) => console.log(((Date.now()-t0)/1000).toFixed(1), w);
for (const name of process.argv.slice(2)) {
  const b = await ENGINES[name](); t(name+' up');
  await b.size(1440, 900);
  await b.open(`http://127.0.0.1:${server.port}${BASE}?speed=max`); t('open');
  await b.until(() => document.querySelector('#app[data-ready]')!==null); t('ready');
  t(await b.run(() => [innerWidth, innerHeight, navigator.userAgent, devicePixelRatio]));
  await b.picture(`/tmp/ft/${name}-1.png`);
  await b.press('.transport .primary'); t('pressed');
  await b.until(() => document.querySelector('.verdict')!==null); t('verdict');
  await b.picture(`/tmp/ft/${name}-2.png`); t('pic');
  await b.size(390, 844);
  t(await b.run(() => [innerWidth, innerHeight]));
  await b.picture(`/tmp/ft/${name}-3.png`);
  await b.close(); t('closed');
}
await server.close();
