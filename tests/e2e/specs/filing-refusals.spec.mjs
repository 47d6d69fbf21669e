// Every shared case that may not be sent: its own message at its own field, and nothing is filed.
import { LANGUAGES, refused } from '../support/drafts.mjs';
import { expect, test } from '../support/desk-test.mjs';

const nameOf = ({ field, code }) => `${field} ${code}`;

/** Types a case, tries to send it, and gives the messages by field and code. */
async function refuse(desk, { name, draft, outcome, violations }) {
  await desk.fill(draft);
  await expect.soft(desk.at('pd-preview'), name).toHaveAttribute('data-outcome', outcome);
  await desk.submit();
  const summary = desk.at('pd-error-summary');
  await expect.soft(summary, name).toBeFocused();
  await expect.soft(summary.getByRole('link'), name).toHaveCount(violations.length);
  await expect.soft(desk.errors(), name).toHaveCount(violations.length);
  const messages = [];
  for (const [at, violation] of violations.entries()) {
    const error = desk.error(violation.field);
    await expect.soft(error, name).toBeVisible();
    await expect.soft(desk.field(violation.field), name).toHaveAttribute('aria-invalid', 'true');
    const message = await summary.getByRole('link').nth(at).innerText();
    await expect.soft(error, name).toContainText(message);
    messages.push([nameOf(violation), message]);
  }
  return messages;
}

for (const lang of LANGUAGES) {
  test(`${lang}: each wrong input has its own message and is not filed`, async ({ desk, stored }) => {
    test.setTimeout(90_000);
    const messages = new Map();
    await desk.openForm({ lang });
    for (const refusedCase of refused) {
      await test.step(refusedCase.name, async () => {
        const told = await refuse(desk, refusedCase);
        for (const [cause, message] of told) {
          const known = messages.get(cause) ?? message;
          expect.soft(message, `${cause} says the same everywhere`).toBe(known);
          messages.set(cause, message);
        }
      });
    }
    expect(messages.size).toBeGreaterThan(25);
    expect(new Set(messages.values()).size, 'different causes, different messages').toBe(messages.size);
    expect(await stored.tickets()).toEqual([]);
  });
}
