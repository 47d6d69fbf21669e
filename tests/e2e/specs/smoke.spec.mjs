// The least that must hold: the demo page opens and has the launcher, and nothing complains.
import { expect, test } from '../support/endpoint.mjs';

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
