// The language menu, and what somebody says about the translation.
import { deflateSync } from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { expect, NETWORK_ERROR, test } from '../support/desk-test.mjs';
import { kept, keptToHold } from '../support/kept.mjs';
import { program } from '../support/process.mjs';

const PATH = '/v1/translation-feedback';

/** A picture that is one: as small as PNG has it. */
function png() {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc(body), body.length + 4);
    return frame;
  };
  const crc = (bytes) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from([0, 0]))), chunk('IEND', Buffer.alloc(0))]);
}

/** What the operator's command lists, a line each, below its head. */
const listed = (endpoint) =>
  execFileSync(program, ['feedback', 'list', '--data', endpoint.data], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .split('\n')
    .slice(1, -1);

const part = (desk, name) => desk.at(`pd-feedback-${name}`);

async function openFeedback(desk, parameters) {
  await desk.open(parameters);
  await desk.toHelp();
  await desk.at('pd-feedback-open').click();
  await part(desk, 'subject').waitFor();
}

async function fill(desk) {
  await part(desk, 'name').fill('Jo Example');
  await part(desk, 'email').fill('jo@shop.example');
  await part(desk, 'subject').fill('A wrong word');
  await part(desk, 'description').fill('It says “x”, and should say “y”.');
}

test.beforeEach(({ complaints }) => complaints.allow(NETWORK_ERROR));

test('another language is chosen, and launcher, panel and form speak it', async ({ desk, page }) => {
  await desk.openForm();
  await desk.field('subject').fill('Stays');
  await desk.at('pd-back').click();
  await desk.toHelp();
  const menu = desk.at('pd-language');
  expect(await menu.locator('option').evaluateAll((options) => options.map(({ lang, textContent }) => [lang, textContent]))).toContainEqual(['ja', '日本語']);
  await menu.focus();
  await menu.selectOption('fr');
  desk.lang = 'fr';
  await expect(desk.at('pd-panel')).toContainText(desk.text('help.obligation'));
  await expect(menu).toHaveValue('fr');
  await expect(menu).toBeFocused();
  await menu.selectOption('ar');
  desk.lang = 'ar';
  await expect(page.locator('.pd-app')).toHaveAttribute('dir', 'rtl');
  await desk.at('pd-tab-requests').click();
  await desk.toForm();
  await expect(desk.field('subject')).toHaveValue('Stays');
  await desk.at('pd-close').click();
  expect(await page.locator('partner-desk').evaluate(({ lang }) => lang)).toBe('ar');
});

test('feedback with a screenshot arrives once, and the operator reads it', async ({ desk, endpoint }) => {
  await openFeedback(desk, { lang: 'de', secret: 'not-to-be-sent' });
  const address = await part(desk, 'page-url').inputValue();
  expect(address).toBe(`${endpoint.url}/`);
  await fill(desk);
  await part(desk, 'screenshots').setInputFiles([{ name: 'screen.png', mimeType: 'image/png', buffer: png() }]);
  await expect(desk.at('pd-panel')).toContainText('screen.png');
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toHaveAttribute('data-reference', 'TF-000001');
  await expect(desk.at('pd-panel')).toContainText(desk.text('feedback.done'));
  await expect(desk.at('pd-live')).toHaveText(desk.text('feedback.done'));
  const [line, ...rest] = listed(endpoint);
  expect(rest).toEqual([]);
  for (const word of ['TF-000001', 'de', 'Jo Example', 'jo@shop.example', 'A wrong word']) expect(line).toContain(word);
  // The next one is another one, and who it is stands there already.
  await desk.at('pd-feedback-another').click();
  await expect(part(desk, 'name')).toHaveValue('Jo Example');
  await expect(part(desk, 'subject')).toHaveValue('');
  await expect(part(desk, 'subject')).toBeFocused();
  await part(desk, 'subject').fill('Another wrong word');
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toHaveAttribute('data-reference', 'TF-000002');
});

test('nobody has to be signed in', async ({ desk, endpoint }) => {
  await openFeedback(desk, { user: 'signed-out' });
  await fill(desk);
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toBeVisible();
  expect(listed(endpoint)).toHaveLength(1);
});

for (const lang of ['en', 'de']) {
  test(`${lang}: what is missing or wrong is said at its field, and nothing is sent`, async ({ desk, endpoint }) => {
    await openFeedback(desk, { lang });
    await part(desk, 'email').fill('jo@nowhere');
    await part(desk, 'page-url').fill('javascript:alert(1)');
    await part(desk, 'screenshots').setInputFiles([{ name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') }]);
    await part(desk, 'submit').click();
    for (const name of ['name', 'email', 'subject', 'page', 'screenshots']) {
      const error = desk.at(`pd-feedback-${name === 'page' ? 'page-url' : name}-error`);
      await expect(error).toContainText(desk.text(`feedback.error_${name}`));
    }
    await expect(part(desk, 'name')).toBeFocused();
    await expect(part(desk, 'name')).toHaveAccessibleDescription(new RegExp(desk.text('feedback.error_name')));
    expect(listed(endpoint)).toEqual([]);
  });
}

test('without an answer nobody knows, and sent again it is there once', async ({ desk, endpoint, page }) => {
  await endpoint.faults([{ method: 'POST', path: PATH, do: 'drop-answer' }]);
  await openFeedback(desk);
  await fill(desk);
  await part(desk, 'submit').click();
  await expect(desk.at('pd-panel')).toContainText(desk.text('feedback.unknown'));
  await expect(part(desk, 'subject')).toHaveJSProperty('readOnly', true);
  // Closed and opened again it still waits.
  await page.keyboard.press('Escape');
  await desk.launch();
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toBeVisible();
  expect(listed(endpoint)).toHaveLength(1);
});

test('typed text and pictures outlive a reload, and what may have arrived is sent again as it was', async ({ desk, endpoint, page }) => {
  const again = async () => {
    await keptToHold(page, 'A wrong word');
    await page.reload();
    await desk.launch();
    await desk.toHelp();
    await desk.at('pd-feedback-open').click();
    await expect(part(desk, 'subject')).toHaveValue('A wrong word');
    await expect(desk.at('pd-panel')).toContainText('screen.png');
  };
  await openFeedback(desk);
  await fill(desk);
  await part(desk, 'screenshots').setInputFiles([{ name: 'screen.png', mimeType: 'image/png', buffer: png() }]);
  await keptToHold(page, 'screen.png');
  await again();
  await endpoint.faults([{ method: 'POST', path: PATH, do: 'drop-answer' }]);
  await part(desk, 'submit').click();
  await expect(desk.at('pd-panel')).toContainText(desk.text('feedback.unknown'));
  await keptToHold(page, '"tried":true');
  await again();
  await expect(part(desk, 'subject')).toHaveJSProperty('readOnly', true);
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toHaveAttribute('data-reference', 'TF-000001');
  expect(listed(endpoint)).toHaveLength(1);
  await expect.poll(() => kept(page)).not.toContain('A wrong word');
});

test('for somebody who is not signed in nothing is kept', async ({ desk, page }) => {
  await openFeedback(desk, { user: 'signed-out' });
  await fill(desk);
  expect(await kept(page)).toBe('');
});

test('a refusal for now leaves what was typed', async ({ desk, endpoint }) => {
  await endpoint.faults([{ method: 'POST', path: PATH, do: 'status', status: 429 }]);
  await openFeedback(desk);
  await fill(desk);
  await part(desk, 'submit').click();
  await expect(desk.at('pd-panel')).toContainText(desk.text('feedback.not_sent'));
  await expect(part(desk, 'subject')).toHaveValue('A wrong word');
  await part(desk, 'submit').click();
  await expect(desk.at('pd-feedback-sent')).toBeVisible();
});

test('by keyboard alone: to the menu, to the form, sent, and back', async ({ desk, page }) => {
  await desk.goto();
  await desk.at('pd-launcher').focus();
  await page.keyboard.press('Enter');
  await desk.at('pd-live').waitFor({ state: 'attached' });
  await desk.tabTo('pd-tab-requests');
  await page.keyboard.press('ArrowRight');
  await desk.at('pd-question').first().waitFor();
  await desk.tabTo('pd-feedback-open', 80);
  await page.keyboard.press('Enter');
  await expect.poll(() => desk.focused()).toBe('pd-title');
  for (const [name, text] of [['name', 'Jo'], ['email', 'jo@shop.example'], ['subject', 'Words']]) {
    await desk.tabTo(`pd-feedback-${name}`);
    await page.keyboard.type(text);
  }
  await desk.tabTo('pd-feedback-submit');
  await page.keyboard.press('Enter');
  await expect(desk.at('pd-feedback-sent')).toBeVisible();
  await expect.poll(() => desk.focused()).toBe('pd-title');
  await desk.tabTo('pd-back');
  await page.keyboard.press('Enter');
  await expect(desk.at('pd-feedback-open')).toBeFocused();
});
