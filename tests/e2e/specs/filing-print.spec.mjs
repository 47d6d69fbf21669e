// Printing the receipt: a sheet of its own, nothing of the page.
import { eligible } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

test('the receipt prints as a sheet of its own and leaves nothing behind', async ({ desk, page }) => {
  await page.addInitScript(() => {
    // A real printer would ask; here a print tells what would be on the paper.
    const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
    globalThis.printed = [];
    Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
      get() {
        const view = get.call(this);
        if (view) view.print = () => globalThis.printed.push(view.document.body.innerText);
        return view;
      },
    });
  });
  await desk.openForm();
  await desk.fill(eligible);
  await desk.submit();
  const { reference } = await desk.receipt();
  await desk.at('pd-print').click();
  await expect.poll(() => page.evaluate(() => globalThis.printed.length)).toBe(1);
  const [sheet] = await page.evaluate(() => globalThis.printed);
  expect(sheet).toContain(reference);
  expect(sheet).toContain(eligible.subject);
  expect(sheet).not.toContain('Larkfield');
  const frames = await page.locator('partner-desk').evaluate(({ shadowRoot }) => shadowRoot.querySelectorAll('iframe').length);
  expect(frames).toBe(0);
});
