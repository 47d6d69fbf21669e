// The page object that we publish (packages/npm/testing.js), and what only our own tests know: the
// catalogues' sentences, by which they see that the form speaks the language that was asked for.
import { expect } from '@playwright/test';
import { DeskPage as Published } from '../../../packages/npm/testing.js';
import { sentence } from './drafts.mjs';

export { FIELDS } from '../../../packages/npm/testing.js';

export class DeskPage extends Published {
  constructor(page, lang = 'en') {
    super(page);
    this.lang = lang;
  }

  async goto({ lang = 'en', ...rest } = {}) {
    this.lang = lang;
    await super.goto({ lang, ...rest });
  }

  async formIsReady() {
    await super.formIsReady();
    await expect(this.at('pd-submit')).toHaveText(this.text('form.submit'));
  }

  /** The tab Help, with questions and answers. */
  async toHelp() {
    await this.at('pd-tab-help').click();
    await this.at('pd-question').first().waitFor();
  }

  steps(channel) {
    return this.page.locator(`[data-testid="pd-steps"][data-channel="${channel}"]`);
  }

  question(id) {
    return this.page.locator(`[data-testid="pd-question"][data-question="${id}"]`);
  }

  /** A question that the preview links to. */
  asked(id) {
    return this.page.locator(`[data-testid="pd-ask"][data-question="${id}"]`);
  }

  /** Follows it; its list is unfolded first. */
  async ask(id) {
    if (!(await this.asked(id).isVisible())) await this.at('pd-preview').locator('summary').click();
    await this.asked(id).click();
  }

  text(key, values) {
    return sentence(this.lang, key, values);
  }
}
