// Partner Desk as a module: the loader that pages embed, told where it is. It expects the app in the folder
// `app/` beside this file, or beside the bundle that it ends up in; the attribute `assets` names another
// place. Without a page (on a server) it does nothing.

// In a bundle that is a classic script, `import.meta.url` is nothing or a path of the machine that built it.
const bundle = globalThis.document?.currentScript;
const partnerDeskScript = bundle?.tagName === 'SCRIPT' ? bundle : { tagName: 'SCRIPT', src: import.meta.url };

// The app is fetched at run time, from an address that no bundler can know.
const importApp = (url) =>
  import(/* webpackIgnore: true */ /* @vite-ignore */ url).catch((error) => {
    console.error(
      `partner-desk: ${url} cannot be loaded. If there is no such file: copy the folder app/ of the package there, or name its parent in the attribute "assets" (README of the package, "Where the app's files are").`,
    );
    throw error;
  });

if (globalThis.customElements) {
  // The loader.
}

/** Makes the element from camelCase options; the same as `window.PartnerDesk.mount`. */
export function mount(options) {
  if (!globalThis.PartnerDesk) throw new Error('partner-desk: mount() needs a page, there is none here');
  return globalThis.PartnerDesk.mount(options);
}
