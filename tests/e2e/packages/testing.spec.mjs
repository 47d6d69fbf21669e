// docs/testing.md shows a test with the page object of the package: it runs as it stands there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { args, executablePath } from '../playwright.config.mjs';
import { expect, pageTest as test, run, source } from '../support/packages.mjs';

test('the test in docs/testing.md passes in a project that has only the package', async ({ endpoint, project }) => {
  const [, code] = source('docs/testing.md').split('\n## A test against it\n')[1].match(/```js\n([\s\S]+?)```/);
  const demo = 'http://127.0.0.1:8080';
  expect(code).toContain(demo);
  await writeFile(join(project, 'shop.spec.js'), code.replace(demo, endpoint.url));
  const use = JSON.stringify({ launchOptions: { executablePath, args }, testIdAttribute: 'data-qa' });
  await writeFile(join(project, 'playwright.config.js'), `export default { testMatch: 'shop.spec.js', use: ${use} };`);
  const words = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=json'];
  const report = JSON.parse(await run(process.execPath, words, { cwd: project }));
  expect(report.errors).toEqual([]);
  expect(report.stats).toMatchObject({ expected: 1, unexpected: 0, skipped: 0, flaky: 0 });
});
