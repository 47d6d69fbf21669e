// Nine languages: the whole main job in each, one catalogue per visitor, right to left, and typing that
// takes several strokes per letter.
import { large } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

const ALL = ['en', 'de', 'fr', 'nl', 'es', 'pt-BR', 'ja', 'ar', 'hi'];

for (const lang of ALL) {
  test(`${lang}: from the launcher to the receipt`, async ({ desk, page, stored }) => {
    const fetched = [];
    page.on('request', (request) => {
      const [, name] = new URL(request.url()).pathname.match(/\/app\/locales\/(.+)/) ?? [];
      if (name) fetched.push(name);
    });
    await desk.openForm({ lang });
    const root = page.locator('.pd-app');
    await expect(root).toHaveAttribute('lang', lang);
    await expect(root).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
    await desk.fill(large);
    await desk.expectOutcome('priority');
    await expect(desk.at('pd-preview')).toContainText(desk.text('preview.priority'));
    await desk.submit();
    expect((await desk.receipt()).outcome).toBe('priority');
    await expect(desk.at('pd-receipt')).toContainText(desk.text('outcome.priority'));
    expect(await stored.tickets()).toHaveLength(1);
    expect((await stored.ticket((await stored.tickets())[0].reference)).lang).toBe(lang);
    // One file per visitor; English is compiled in.
    expect(fetched).toEqual(lang === 'en' ? [] : [`${lang}.json`]);
  });

  test(`${lang}: an empty form says what is missing, in words of the language`, async ({ desk }) => {
    await desk.openForm({ lang });
    await desk.submit();
    for (const field of ['service', 'org_id', 'subject', 'description', 'superadmin_email']) {
      await expect(desk.error(field)).toContainText(desk.text(`error.${field}.required`));
    }
  });

  test(`${lang}: help in words of the language`, async ({ desk }) => {
    await desk.open({ lang });
    await desk.toHelp();
    await expect(desk.at('pd-panel')).toContainText(desk.text('help.obligation'));
    await expect(desk.steps('email').locator('summary')).toContainText(desk.text('help.steps'));
  });
}

test.describe('Japanese typing', () => {
  /** What the browser does for an input method: half a word, in the control and not yet meant. */
  async function composing(page) {
    const session = await page.context().newCDPSession(page);
    const half = (text) => session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    const whole = (text) => session.send('Input.insertText', { text });
    return { half, whole };
  }

  test('half a word stays as it is, and its Enter neither submits nor chooses', async ({ desk, page, stored }) => {
    await desk.openForm({ lang: 'ja' });
    const { half, whole } = await composing(page);
    const subject = desk.field('subject');
    await subject.focus();
    for (const text of ['k', 'か', 'かい', 'かいぎ']) {
      await half(text);
      await expect(subject).toHaveValue(text);
    }
    // The input method gets the key first; the page sees it as part of the composition.
    await subject.evaluate((control) =>
      control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true, cancelable: true })),
    );
    await whole('会議');
    await expect(subject).toHaveValue('会議');
    await expect(desk.at('pd-error-summary')).toHaveCount(0);
    expect(await stored.tickets()).toEqual([]);
  });

  test('in a list with search half a word chooses nothing, and Escape keeps the panel', async ({ desk, page }) => {
    await desk.openForm({ lang: 'ja' });
    const { half, whole } = await composing(page);
    const service = desk.field('service');
    await service.focus();
    await half('Zoho C');
    for (const key of ['Enter', 'Escape', 'ArrowDown']) {
      await service.evaluate(
        (control, name) =>
          control.dispatchEvent(new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true, composed: true, cancelable: true })),
        key,
      );
    }
    await expect(service).toHaveValue('Zoho C');
    await expect(desk.at('pd-panel')).toBeVisible();
    await whole('Zoho CRM');
    await expect(service).toHaveValue('Zoho CRM');
  });
});
