// A customer's page of our own making, on the endpoint's origin, with the widget in it.
// Must never do more to the widget than markup and script of a page can.

const DEFAULTS = { lang: 'en', html: '', head: '', body: '', attributes: 'dc="eu"' };

/** What the page's own script does: the endpoint and a provider of tokens for each element. */
const SCRIPT = `for (const desk of document.querySelectorAll('partner-desk')) {
  desk.setAttribute('endpoint', location.origin);
  desk.tokenProvider = async () => (await (await fetch('/demo/token?user=superadmin')).json()).token;
}`;

/** Opens a page with these pieces; `element: ''` leaves the widget's element out. */
export async function openHostPage(page, pieces = {}) {
  const { lang, html, head, body, attributes, element } = { ...DEFAULTS, ...pieces };
  const embedded = element ?? `<partner-desk ${attributes}></partner-desk>`;
  await page.route('**/host-page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="${lang}" ${html}><head><meta charset="utf-8"><link rel="icon" href="data:,">${head}</head>
        <body>${body}${embedded}<script src="/host-page.js"></script><script src="/partner-desk.js" async></script></body></html>`,
    }),
  );
  await page.route('**/host-page.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
  );
  await page.goto('/host-page');
  await page.waitForFunction(() => customElements.get('partner-desk'));
}

/** The element's own answer to a question: `ask(page, (desk) => desk.unsent)`. */
export const ask = (page, question) => page.locator('partner-desk').first().evaluate(question);

/** The paths that the page asks the server for, from now on. */
export function requestsOf(page) {
  const paths = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http')) paths.push(url.pathname + url.search);
  });
  return paths;
}
