// A W3C WebDriver session as far as the host pages need one.

/** Opens a session at the driver that listens at `url`. */
export async function openSession(url, capabilities) {
  const { sessionId } = await send('POST', `${url}/session`, { capabilities: { alwaysMatch: capabilities } });
  const session = `${url}/session/${sessionId}`;
  let dead = false;
  const command = async (...request) => {
    try {
      return await send(...request);
    } catch (trouble) {
      dead ||= trouble.code === 'invalid session id';
      throw trouble;
    }
  };
  return {
    get: (path) => command('GET', `${session}/${path}`),
    post: (path, body = {}) => command('POST', `${session}/${path}`, body),
    delete: (path = '') => command('DELETE', path ? `${session}/${path}` : session),
    /** Whether the browser behind it is gone. The first command after its end still says something vague. */
    async dead() {
      await command('GET', `${session}/title`).catch(() => null);
      return dead;
    },
  };
}

async function send(method, url, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (answer.ok) return value;
  throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
}

/** WebDriver's code points for keys that are no characters, by the names that puppeteer uses. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE006',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  Home: '\uE011',
  End: '\uE010',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

const code = (key) => KEYS[key] ?? key;
const down = (key) => ({ type: 'keyDown', value: code(key) });
const up = (key) => ({ type: 'keyUp', value: code(key) });

/** `Control+Enter` as key actions. */
export function pressed(combination) {
  const keys = combination.split('+');
  return keysInput([...keys.map(down), ...keys.toReversed().map(up)]);
}

/** One key after the other. */
export const typed = (text) => keysInput([...text].flatMap((key) => (key === '\n' ? ['Enter'] : [key]).flatMap((key) => [down(key), up(key)])));

const keysInput = (actions) => ({ actions: [{ type: 'key', id: 'keyboard', actions }] });

const BUTTON = { button: 0 };
const to = (x, y) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', x: Math.round(x), y: Math.round(y) });
const mouse = (...actions) => ({ actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });

/** The pointer, moved and perhaps pressed. */
export const pointer = (x, y, click) =>
  mouse(to(x, y), ...(click ? [{ type: 'pointerDown', ...BUTTON }, { type: 'pointerUp', ...BUTTON }] : []));

/** Pressed at one place and released at another, with a place between them. */
export const dragged = ([x, y], [toX, toY]) =>
  mouse(to(x, y), { type: 'pointerDown', ...BUTTON }, to((x + toX) / 2, (y + toY) / 2), to(toX, toY), { type: 'pointerUp', ...BUTTON });
