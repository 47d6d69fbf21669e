// Slips that the types must catch: each line below a `@ts-expect-error` is an error. Never run.
import { mount } from 'partner-desk';
import { DeskPage } from 'partner-desk/testing';
import type { Page } from '@playwright/test';

// @ts-expect-error no such data centre
mount({ dc: 'de' });
// @ts-expect-error an attribute's name is no option's
mount({ dc: 'eu', 'offset-block': 1 });
// @ts-expect-error a slip
mount({ dc: 'eu', endpiont: 'https://a.example' });
// @ts-expect-error a token, not a function
mount({ tokenProvider: 'eyJ' });
// @ts-expect-error no such field
mount({ prefill: { org_id: '1' } });
// @ts-expect-error no options at all
mount();

const desk = document.createElement('partner-desk');
// @ts-expect-error no such view
desk.open('form');
// @ts-expect-error read-only
desk.unsent = 0;
// @ts-expect-error the detail has no text
desk.addEventListener('pd-submitted', ({ detail }) => detail.subject);
// @ts-expect-error a number
desk.addEventListener('pd-unread', ({ detail }) => detail.count.length);
// @ts-expect-error no such method
desk.logOut();

declare const page: Page;
// @ts-expect-error test ids begin with pd-
new DeskPage(page).at('submit');
// @ts-expect-error no such field
new DeskPage(page).fill({ servise: 'Zoho CRM' });
// @ts-expect-error no such outcome
new DeskPage(page).expectOutcome('urgent');
