// What a page writes, and what it may rely on. Checked by types.spec.mjs, never run.
import { mount } from 'partner-desk';
import type { Outcome, PartnerDeskElement, TokenProvider } from 'partner-desk';
import { copyTo, folder } from 'partner-desk/assets';
import { DeskPage, FIELDS } from 'partner-desk/testing';
import type { Draft } from 'partner-desk/testing';
import type { Locator, Page } from '@playwright/test';

const tokenProvider: TokenProvider = async () => (await fetch('/desk-token')).text();

const made: PartnerDeskElement = mount({
  target: document.body,
  dc: 'eu',
  region: 'uk',
  endpoint: 'https://a.example https://b.example',
  lang: 'de',
  theme: 'dark',
  position: 'start',
  offsetBlock: '5rem',
  offsetInline: 16,
  zIndex: 7,
  preload: 'idle',
  storage: 'off',
  launcher: 'hidden',
  shadow: 'closed',
  assets: '/desk/',
  deepLink: 'on',
  qa: '2026-11-23T09:00:00Z',
  tokenProvider,
  prefill: { service: 'Zoho CRM', orgIdKind: 'zgid', orgId: '1', subject: 's', description: 'd', superadminEmail: 'a@b.example' },
});
window.PartnerDesk.mount({ dc: 'us' }).close();

const found: PartnerDeskElement | null = document.querySelector('partner-desk');
const created: PartnerDeskElement = document.createElement('partner-desk');
created.tokenProvider = async () => null;
created.prefill = undefined;
made.open();
made.open('add-ticket');
made.destroy();
const waiting: number = made.unsent;
const gone: Promise<{ sent: number; dropped: number }> = made.signOut();

found?.addEventListener('pd-submitted', ({ detail }) => {
  const reference: string = detail.reference;
  const outcome: Outcome = detail.outcome;
  const severity: 'S1' | null = detail.severity;
  console.log(reference, outcome, severity, detail.endpoint, detail.replayed === true);
});
document.addEventListener('pd-failed', ({ detail }) => console.log(detail.code.length, detail.retryable));
window.addEventListener('pd-unread', (event) => console.log(event.detail.count + 1));
made.addEventListener('click', ({ clientX }) => console.log(clientX));

export async function build(): Promise<string> {
  await copyTo('public');
  return folder;
}

export async function test(page: Page): Promise<Locator> {
  const draft: Draft = { service: 'Zoho CRM', superadmin_unknown: true, zuid: '7' };
  const desk = new DeskPage(page, { within: page.frameLocator('iframe'), timeout: 1000 });
  await desk.open({ lang: 'de' });
  await desk.fill(draft);
  await desk.expectOutcome('manual');
  const { reference, outcome } = await desk.receipt();
  const [ready] = await desk.events('pd-ready');
  console.log(ready?.detail.version, FIELDS.map((field) => desk.error(field)), outcome, waiting, gone);
  return desk.request(reference);
}
