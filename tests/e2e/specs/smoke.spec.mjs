// The least that must hold: the demo page opens and has the launcher, and nothing complains.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/endpoint.mjs';
import { site } from '../support/process.mjs';

test('demo page opens without an error in the console', async ({ page }) => {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto('/');
  await expect(page.getByTestId('pd-launcher')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what is served names no folder of the machine that built it', () => {
  const home = /(\/(?:root|home|Users)\/|\.cargo|registry\/src|rustlib)[\w./-]*/g;
  for (const name of ['app/app_bg.wasm', 'app/app.js', 'partner-desk.js']) {
    const served = readFileSync(join(site, name), 'latin1');
    expect([...served.matchAll(home)].map(([found]) => found), name).toEqual([]);
  }
});
