// The agents' desk in a browser, by its test ids.
import { expect } from '@playwright/test';
import { deskUrl } from './agent.mjs';

export class DeskSide {
  constructor(page, endpoint) {
    this.page = page;
    this.url = deskUrl(endpoint);
  }

  at(testId) {
    return this.page.getByTestId(testId);
  }

  /** The overview; an agent who was away for long signs in again. */
  async signIn() {
    await this.page.goto(this.url);
    const [button, queue] = [this.at('desk-demo-sign-in'), this.at('desk-queue').first()];
    await expect(button.or(queue)).toBeVisible();
    if (await button.isVisible()) await button.click();
    await expect(queue).toBeVisible();
  }

  /** A queue of the overview, with how many wait in it. */
  queue(name) {
    return this.page.locator(`[data-testid="desk-queue"][data-queue="${name}"]`);
  }

  async waits(name, count) {
    await this.signIn();
    await expect(this.queue(name)).toHaveAttribute('data-count', String(count));
  }

  /** From the overview through a queue to a ticket. */
  async take(name, reference) {
    await this.signIn();
    await this.queue(name).getByRole('link').click();
    await this.page.locator(`[data-testid="desk-ticket"][data-reference="${reference}"]`).getByRole('link').first().click();
    await this.isOn(reference);
  }

  async isOn(reference) {
    await expect(this.at('desk-ticket-title')).toHaveAttribute('data-reference', reference);
  }

  /** Fills in one of the ticket's forms and sends it; ticks by name. */
  async act(form, fields = {}, ticks = []) {
    const sheet = this.at(`desk-form-${form}`);
    if (!(await sheet.isVisible())) await sheet.locator('xpath=preceding-sibling::summary').click();
    for (const [name, value] of Object.entries(fields)) await this.at(`desk-${form}-${name}`).fill(value);
    for (const name of ticks) await this.at(`desk-${form}-${name}`).check();
    await this.at(`desk-${form}`).click();
  }
}
