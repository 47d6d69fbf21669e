// The page inside the preview: does with the widget what the configurator says, as a customer's script would.
{
  /** Read once, when the element appears. */
  const ONCE = ['shadow', 'assets', 'preload', 'qa'];
  const own = document.querySelector('.own');
  let desk;
  let now = { attributes: {} };

  const tokens = (user) => async () => {
    const answer = await fetch(`/demo/token?user=${encodeURIComponent(user)}`);
    if (!answer.ok) throw new Error(`no token: ${answer.status}`);
    return (await answer.json()).token;
  };

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== location.origin || source !== parent) return;
    const { attributes, user } = data;
    const differs = (name) => attributes[name] !== now.attributes[name];
    if (!desk || user !== now.user || ONCE.some(differs)) {
      desk?.remove();
      desk = document.createElement('partner-desk');
      if (user !== 'signed-out') desk.tokenProvider = tokens(user);
    }
    for (const name of desk.getAttributeNames()) if (!(name in attributes)) desk.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) {
      if (desk.getAttribute(name) !== value) desk.setAttribute(name, value);
    }
    if (!desk.isConnected) document.body.append(desk);
    own.hidden = attributes.launcher !== 'hidden';
    now = data;
  });
  own.addEventListener('click', () => desk.open?.());
  // Whoever frames this page may start now.
  if (parent !== window) parent.postMessage('ready', location.origin);
}
