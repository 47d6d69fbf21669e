// A request with what agents have said and done. The widget's calls cannot make it, so the answer about the request
// is dressed up on its way to the page.
const agent = { kind: 'agent', name: 'Grace', email: null };
const minutes = (from, count) => new Date(Date.parse(from) + count * 60_000).toISOString();

/** The request as it would be after an agent has answered, held it, and had the account verified. */
export function dressed(ticket) {
  const at = (count) => minutes(ticket.created_at, count);
  const [filed] = ticket.history;
  const change = (what, count, more = {}) => ({ ...filed, at: at(count), change: what, by: agent, reason: null, ...more });
  const undecided = { ...filed.classification, outcome: 'undecided', reasons: ['service_eligible', 'account_unverified'], commitment: null };
  const said = (id, count, text, more = {}) => ({ id, created_at: at(count), author: agent, text, attachments: [], ...more });
  return {
    ...ticket,
    messages: [
      ...ticket.messages,
      said('a-1', 48, 'Thank you. Please attach a HAR of one failing sign-in, as described at https://help.zoho.eu/har (two minutes).'),
      said('a-2', 95, 'We found the cause and are working on it.', { status_note: true }),
    ],
    history: [
      { ...filed, classification: undecided, severity: null },
      change('verified', 20, { reason: 'Licences counted: enough.' }),
      change('held', 60, { reason: 'Waiting for the product team.' }),
      change('resumed', 90),
    ],
    timeline: ticket.timeline.map((entry, n) => ({
      ...entry,
      done_at: n === 0 ? at(48) : null,
      ...(n === 2 && { informed_at: at(95) }),
    })),
  };
}

/**
 * From now on the page gets this request dressed up: by [`dressed`], or as `change` makes it. `endpoint` is needed where
 * the page has it under a name that only the browser knows.
 */
export async function dress(page, reference, change = dressed, endpoint) {
  await page.route(
    (url) => url.pathname.endsWith(`/v1/tickets/${reference}`),
    async (route) => {
      const url = endpoint && endpoint.url + new URL(route.request().url()).pathname;
      const answer = await route.fetch({ url });
      if (!answer.ok()) return route.fulfill({ response: answer });
      return route.fulfill({ response: answer, json: change(await answer.json()) });
    },
  );
}
