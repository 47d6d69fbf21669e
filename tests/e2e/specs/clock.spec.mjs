// The browser's clock is wrong, jumps, or stands in another zone: targets go by the endpoint's.
import { api } from '../support/api.mjs';
import { large } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

const HOUR = 3_600_000;

/** `Date` of the page, off by a number that a test can change. */
async function skewed(page, ms) {
  await page.addInitScript((start) => {
    window.skew = start;
    const real = Date.now;
    Date.now = () => real() + window.skew;
  }, ms);
}

const row = (desk, reference) => desk.request(reference);

for (const [name, ms] of [['five hours fast', 5 * HOUR], ['three days slow', -72 * HOUR]]) {
  test(`a clock that is ${name} changes no target`, async ({ desk, page, stored }) => {
    await skewed(page, ms);
    const { reference } = await stored.file(large);
    await desk.open();
    // Due in three hours at most, whatever the browser believes.
    await expect(row(desk, reference)).toContainText(/due in (2 h|3 h)/);
    await desk.at('pd-close').click();
    await desk.launch();
    await expect(row(desk, reference)).toContainText(/due in (2 h|3 h)/);
  });
}

test('a clock that jumps while the panel is there is set right', async ({ desk, page, stored }) => {
  await skewed(page, 0);
  const { reference } = await stored.file(large);
  await desk.open();
  await expect(row(desk, reference)).toContainText(/due in (2 h|3 h)/);
  await desk.at('pd-close').click();
  await page.evaluate(() => {
    window.skew = 9 * 3_600_000;
  });
  await desk.launch();
  await expect(row(desk, reference)).toContainText(/due in (2 h|3 h)/);
});

test.describe('in a zone that changes its clocks', () => {
  test.use({ timezoneId: 'America/New_York', locale: 'en-US' });

  test('a target across the change is counted in hours', async ({ desk, endpoint }) => {
    // The night in which New York goes back by an hour: 2027-11-07, 06:00 UTC.
    const change = Date.UTC(2027, 10, 7, 6);
    await endpoint.advanceClock(change - Date.now() - HOUR);
    // A token of then.
    const { reference } = await (await api(endpoint)).file(large);
    await desk.open();
    await expect(row(desk, reference)).toContainText(/due in (2 h 5\d min|3 h)/);
    await endpoint.advanceClock(2 * HOUR);
    await desk.page.reload();
    await desk.launch();
    await expect(row(desk, reference)).toContainText(/due in (5\d min|1 h)/);
  });
});
