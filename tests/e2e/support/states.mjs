// Every state of the widget worth a picture: `{ name, path?, reach(page, endpoint) }`.
// `path` is the demo page with its parameters; `reach` works by test ids only and waits for what it shows.
export const states = [
  {
    name: 'closed',
    async reach(page) {
      await page.getByTestId('pd-launcher').waitFor();
    },
  },
];
