// The three engines behind one small interface, so that a host page's spec is written once.
//
//   engine = await launch('chromium' | 'firefox' | 'webkit')
//   engine.newTab(), engine.close()
//   tab.goto(url)             until the document is parsed; scripts with `async` may still be on their way
//   tab.run(expression)       an expression in the page; a promise is awaited, the value has to be JSON
//   tab.move(x, y), tab.click(x, y)   the real pointer, in CSS pixels of the window
//   tab.drag(from, to)        pressed at one place `[x, y]`, released at another
//   tab.type(text), tab.press('Control+Enter')   real keys
//   tab.screenshot(), tab.close()
//   tab.dead()                whether the engine itself has ended under the page
//
// A tab starts without cookies and storage, in a window of always the same size: WebKitGTK's cannot be as
// narrow as a phone, so small screens are frames in a page. Must never know anything about the widget.
import { chromium, firefox } from './puppeteer.mjs';
import { webkit } from './webkit.mjs';

const ENGINES = { chromium, firefox, webkit };

export const NAMES = Object.keys(ENGINES);

/** The window of every tab. */
export const WINDOW = { width: 1280, height: 800 };

export const launch = (name) => ENGINES[name](WINDOW);
