// The page object of the package: the test that docs/testing.md shows runs as it stands there, and what our own
// specs do not use works as well.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { args, executablePath } from '../playwright.config.mjs';
import { openHostPage } from '../support/host-page.mjs';
import { expect, npm, pageTest as test, run, source } from '../support/packages.mjs';

const { DeskPage } = await import(pathToFileURL(join(npm, 'testing.js')));

test('the test in docs/testing.md passes in a project that has only the package', async ({ endpoint, project }) => {
  // It starts a second Playwright with a browser of its own.
  test.setTimeout(90_000);
  const [, code] = source('docs/testing.md').split('\n## A test against it\n')[1].match(/```js\n([\s\S]+?)```/);
  const demo = 'http://127.0.0.1:8080';
  expect(code).toContain(demo);
  await writeFile(join(project, 'shop.spec.js'), code.replace(demo, endpoint.url));
  const use = JSON.stringify({ launchOptions: { executablePath, args }, testIdAttribute: 'data-qa' });
  await writeFile(join(project, 'playwright.config.js'), `export default { testMatch: 'shop.spec.js', expect: { timeout: 15_000 }, use: ${use} };`);
  const words = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=json'];
  const report = JSON.parse(await run(process.execPath, words, { cwd: project, timeout: 80_000 }));
  expect(report.errors).toEqual([]);
  expect(report.stats).toMatchObject({ expected: 1, unexpected: 0, skipped: 0, flaky: 0 });
});

test('of several widgets it takes the one that it is told', async ({ page }) => {
  await openHostPage(page, {
    body: '<partner-desk id="first" dc="us" position="start"></partner-desk><iframe src="/?user=member" style="width:600px;height:600px"></iframe>',
  });
  const first = new DeskPage(page, { within: page.locator('#first') });
  const framed = new DeskPage(page, { within: page.frameLocator('iframe') });
  await first.launch();
  await framed.launch();
  await framed.toForm();
  await framed.fill({ service: 'Zoho Campaigns', subject: 'In the frame' });
  expect(await framed.typed()).toMatchObject({ service: 'Zoho Campaigns', subject: 'In the frame', org_id: '' });
  await framed.expectOutcome('excluded');
  expect(await first.at('pd-add-ticket').count()).toBe(1);
  expect(await first.typed()).toEqual({});
});

test('what does not come is an error after the time that was given', async ({ page }) => {
  await openHostPage(page);
  await new DeskPage(page).launch();
  const desk = new DeskPage(page, { timeout: 200 });
  await expect(desk.receipt()).rejects.toThrow(/200ms/);
  await expect(desk.tabTo('pd-submit', 3)).rejects.toThrow(/did not reach pd-submit/);
});
