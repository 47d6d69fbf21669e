// What a partner's page does with the widget: it sets the attributes and says where tokens come from.
// It stores nothing and calls nothing by itself; a token is fetched only when the widget asks for one.
{
  const wanted = new URLSearchParams(location.search);
  const choices = { user: 'superadmin', dc: 'eu', lang: 'en', endpoint: location.origin };
  const chosen = (name) => wanted.get(name) ?? choices[name];

  const desk = document.querySelector('partner-desk');
  for (const name of ['dc', 'region', 'lang', 'theme', 'storage', 'qa', 'endpoint']) {
    // An empty value leaves the attribute out: that is how a page forgets one.
    if (chosen(name)) desk.setAttribute(name, chosen(name));
  }

  const user = chosen('user');
  if (user !== 'signed-out') {
    desk.tokenProvider = async () => {
      const answer = await fetch(`/demo/token?user=${encodeURIComponent(user)}`);
      if (!answer.ok) throw new Error(`no token: ${answer.status}`);
      return (await answer.json()).token;
    };
  }

  // The form below shows what is chosen, and leaves out what is not.
  const form = document.querySelector('.try__switches');
  for (const field of form.querySelectorAll('select')) field.value = chosen(field.name) ?? '';
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}
