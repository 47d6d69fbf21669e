// The endpoint as a program calls it, to see what was really stored.
import { randomUUID } from 'node:crypto';
import { eligible } from './drafts.mjs';

/** The calls of one user. */
export async function api(endpoint, user = 'superadmin') {
  const token = await endpoint.token(user);

  async function call(path, init = {}) {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const answer = await fetch(endpoint.url + path, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  const change = (path, json) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(json),
    });

  return {
    /** All tickets that this user may see, newest first. */
    tickets: async () => (await call('/v1/tickets?limit=200')).items,
    ticket: (reference) => call(`/v1/tickets/${encodeURIComponent(reference)}`),
    file: (draft = {}) => change('/v1/tickets', body({ ...eligible, ...draft })),
    reply: (reference, text) => change(`/v1/tickets/${encodeURIComponent(reference)}/replies`, { text }),
    close: (reference, reason) => change(`/v1/tickets/${encodeURIComponent(reference)}/close`, { ...(reason && { reason }) }),
  };
}

function body({ superadmin_unknown: unknown, customer_email: email, zuid, ...rest }) {
  const optional = { ...(email && { customer_email: email }), ...(zuid && { zuid }) };
  const superadmin = unknown ? { superadmin_email: null } : {};
  return { dc: 'eu', region: 'eu', ...rest, ...superadmin, ...optional };
}
