// What the browser keeps for the widget, read past it.
import { expect } from '@playwright/test';

/** Everything that the browser keeps for us, as text. */
export const kept = (page) =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'partner-desk')) return '';
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const database = await done(indexedDB.open('partner-desk'));
    const store = database.transaction('kept').objectStore('kept');
    const [names, records] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return JSON.stringify(names.map((name, at) => [name, records[at]]));
  });

export const keptToHold = (page, text) => expect.poll(() => kept(page)).toContain(text);
