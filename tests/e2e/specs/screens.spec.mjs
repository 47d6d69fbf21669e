// docs/screens/index.md and the pictures beside it: what it shows is there, and nothing else is. How they look is for
// `cargo xtask screenshots`, on a machine whose fonts are known.
import { expect, test } from '@playwright/test';
import { keptFiles, keptPictures } from '../support/pictures.mjs';

test('the page of pictures shows those that are kept, and each can be taken again', () => {
  const shown = keptPictures().map(({ name }) => name);
  expect(shown.length).toBeGreaterThan(0);
  expect(keptFiles().sort()).toEqual(shown.sort());
});

test('a picture that nobody can take is refused, and one that is shown twice', () => {
  const page = (...names) => names.map((name) => `![What it shows](${name}.png)`).join('\n');
  const [known] = keptPictures().map(({ name }) => name);
  expect(keptPictures(page(known))).toHaveLength(1);
  expect(() => keptPictures(page('no-such-state-desktop-light-en'))).toThrow('no-such-state');
  expect(() => keptPictures(page('german-form-desktop-light-ja'))).toThrow('german-form');
  expect(() => keptPictures(page(known, known))).toThrow(known);
});
