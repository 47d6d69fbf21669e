// The guest contract of docs/embedding.md, held against a page at each stage of a visit.
import { expect } from '@playwright/test';

/** What the widget must never change, whatever its stage. */
function expectUntouched(report, start) {
  expect.soft(report.functions, 'patched or added built-in functions').toEqual([]);
  expect.soft(report.handlers, 'on… handlers of the page').toEqual(start.handlers);
  expect.soft(report.markup, 'the document without the element').toBe(start.markup);
  expect.soft(report.mutations.filter((line) => !line.endsWith('childList partner-desk')), 'changes of the document').toEqual([]);
  expect.soft(report.styles, 'styles of html and body').toEqual([]);
  expect.soft(report.sheets, 'style sheets of the document').toBe(start.sheets);
  expect.soft(report.globals, 'global names').toEqual(['PartnerDesk']);
  for (const fact of ['history', 'url', 'title', 'scroll']) expect.soft(report[fact], fact).toEqual(start[fact]);
  const { databases, ...kept } = report.kept;
  const { databases: databasesBefore, ...keptBefore } = start.kept;
  expect.soft(kept, 'cookies, storage, caches, workers').toEqual(keptBefore);
  expect.soft(report.violations, 'violations of the page’s policy').toEqual([]);
  expect.soft(report.complaints, 'complaints in the console').toEqual([]);
}

const ofKeys = (listeners) => listeners.filter((line) => / (key|beforeinput|input|composition)/.test(line));

/** Before anybody shows interest: one request and nothing else. */
export async function expectNoTrace(host) {
  const report = await host.report();
  expectUntouched(report, host.start);
  expect.soft(report.requests, 'requests').toEqual([host.site.loader]);
  const asked = host.site.requests.filter((line) => line.startsWith('cdn /partner-desk/'));
  expect.soft(asked, 'requests that the CDN saw').toHaveLength(1);
  expect.soft(report.listeners, 'listeners outside the element').toEqual([]);
  expect.soft(report.kept.databases, 'databases').toEqual(host.start.kept.databases);
  expect.soft(report.times.longTasks, 'long tasks').toEqual([]);
  expect.soft(report.times.shifts, 'layout shifts').toEqual([]);
  return report;
}

/** No third party: the page's own server, the CDN and the endpoint. */
function expectKnownServers(host, report) {
  const known = [host.site.origin, host.site.cdn, host.endpoint.url];
  const others = report.requests.filter((url) => !known.some((origin) => url.startsWith(`${origin}/`)));
  expect.soft(others, 'requests to third parties').toEqual([]);
}

/**
 * A whole visit to the page that `host` has open: nothing before intent, the panel opened and closed by pointer
 * and keyboard, and nothing left after destroy(). `elements` tells how many widgets are on the page.
 */
export async function guestContract(host, { scope, elements = 1, visit } = {}) {
  const { start } = host;
  const idle = await expectNoTrace(host);

  await host.launch(scope);
  const open = await host.report();
  expectUntouched(open, start);
  expectKnownServers(host, open);
  expect.soft(open.elements).toBe(elements);
  await host.do((scope) => {
    const panel = find('pd-panel', scope);
    return panel.contains(panel.getRootNode().activeElement);
  }, scope).then((inside) => expect.soft(inside, 'focus is in the panel').toBe(true));
  await visit?.();

  await host.press('Escape');
  await host.vanishes('pd-panel', scope);
  await host.expectFocus('pd-launcher');
  const closed = await host.report();
  expectUntouched(closed, start);
  expect.soft(ofKeys(closed.listeners), 'listeners on the page’s keys while closed').toEqual([]);

  await host.do(() => document.querySelectorAll('partner-desk').forEach((desk) => desk.destroy()));
  await host.until(() => document.querySelectorAll('partner-desk').length === 0);
  const gone = await host.report();
  expectUntouched(gone, start);
  expect.soft(gone.listeners, 'listeners left').toEqual([]);
  expectKnownServers(host, gone);
  return { idle, open, closed, gone };
}
