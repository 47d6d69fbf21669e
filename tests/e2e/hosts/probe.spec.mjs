// The probe itself: whatever a rude guest does to a page, the report names it. Otherwise the silence of the
// other specs would prove nothing.
import { expect, test } from './support/test.mjs';

/** Everything that a guest must not do. */
async function beRude() {
  document.addEventListener('keydown', () => {});
  const ear = () => {};
  addEventListener('resize', ear, true);
  removeEventListener('resize', ear, true);
  matchMedia('print').addEventListener('change', ear);
  window.onmessage = ear;
  history.pushState(0, '', '#rude');
  history.pushState = ear;
  window.fetch = (...values) => Promise.resolve(values);
  Array.prototype.last = ear;
  window.rude = 1;
  document.body.style.overflow = 'hidden';
  document.head.appendChild(document.createElement('style')).remove();
  document.adoptedStyleSheets.push(new CSSStyleSheet());
  document.cookie = 'rude=1';
  localStorage.rude = 1;
  sessionStorage.rude = 1;
  await new Promise((done) => (indexedDB.open('rude').onsuccess = done));
  await caches.open('rude');
  await new Promise((done) => Object.assign(new Image(), { onerror: done, src: '/rude' }));
  console.warn('rude', 1);
  void Promise.reject(Error('rude'));
  // A rejection is told in a later task.
  await new Promise((later) => setTimeout(later));
}

test('whatever a rude guest does is noticed', async ({ host, site }) => {
  await host.open({ element: '' });
  await host.do(beRude);
  const report = await host.report();
  expect.soft(report.listeners).toEqual(['#document keydown', 'MediaQueryList change']);
  expect.soft(report.handlers).toContain('window.onmessage');
  expect.soft(report.functions).toEqual(['fetch', 'Array.prototype.last', 'history.pushState']);
  expect.soft(report.globals).toEqual(expect.arrayContaining(['PartnerDesk', 'rude']));
  expect.soft(report.mutations).toEqual(['body attributes style', 'head childList style', 'head childList style']);
  expect.soft(report.styles).toContain('overflow-y: hidden');
  expect.soft(report.markup).not.toBe(host.start.markup);
  expect.soft(report.sheets).not.toBe(host.start.sheets);
  expect.soft(report.url).toMatch(/#rude$/);
  expect.soft(report.history).toBe(host.start.history + 1);
  expect.soft(report.kept).toEqual({ cookies: 'rude=1', local: ['rude'], session: ['rude'], databases: ['rude'], caches: ['rude'], workers: 0 });
  expect.soft(site.requests).toContain('page /rude');
  expect.soft(report.requests).toContain(`${site.origin}/rude`);
  expect.soft(report.complaints).toEqual(['rude 1', 'unhandled Error: rude']);
});

test('a violation of the page’s policy is noticed', async ({ host }) => {
  await host.open({ element: '', headers: { 'content-security-policy': "style-src 'none'" } });
  await host.do(() => document.body.setAttribute('style', 'color: red'));
  await host.until(() => hostProbe.notes.violations.length > 0);
  expect((await host.violations())[0]).toMatch(/^style-src/);
});

test('a covered control cannot be clicked', async ({ host }) => {
  await host.open({ body: '<button id="own">Own</button><div style="position:fixed;inset:0"></div>', element: '' });
  expect((await host.place('own')).over).toMatch(/^div/);
});
