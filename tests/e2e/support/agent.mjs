// An agent as a program: the calls of the other side of the counter.
import { randomUUID } from 'node:crypto';

/** The address of the desk: the port after the endpoint's. */
export const deskUrl = ({ url }) => `http://127.0.0.1:${Number(new URL(url).port) + 1}`;

/** What an agent does on tickets: `act(reference, 'replies', {text})`, and `ticket(reference)`. */
export async function agent(endpoint) {
  const answer = await fetch(`${endpoint.url}/demo/agent-token`);
  const { token } = await answer.json();
  const call = async (path, init = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const answer = await fetch(deskUrl(endpoint) + path, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    ticket: (reference) => call(`/agent/tickets/${reference}`),
    act: (reference, act, body = {}) =>
      call(`/agent/tickets/${reference}/${act}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      }),
  };
}
