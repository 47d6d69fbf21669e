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

  text(key, values) {
    return sentence(this.lang, key, values);
  }
}
