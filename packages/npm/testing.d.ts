// A page object for Playwright tests of pages with the widget.
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Outcome, PartnerDeskEventDetails } from './partner-desk.js';

/** A field of the form, by its name on the wire. */
export type Field = 'service' | 'org_id' | 'subject' | 'description' | 'superadmin_email' | 'customer_email' | 'zuid';

/** All fields, in the order of the form. */
export const FIELDS: readonly Field[];

/** What to type; what is left out stays empty. */
export type Draft = Partial<Record<Field, string>> & {
  org_id_kind?: 'zoid' | 'zgid';
  /** Ticks "I don't know it"; then `customer_email` and `zuid` are filled in as well. */
  superadmin_unknown?: boolean;
};

export interface DeskPageOptions {
  /** Where the widget is, if the page has several: its element, or the frame that it is in. */
  within?: Page | Locator | FrameLocator;
  /** How long to wait for what should appear, in milliseconds. Default: 10,000. */
  timeout?: number;
}

/** An event of the widget as it was heard. */
export type HeardEvent = {
  [Name in keyof PartnerDeskEventDetails]: { type: Name; detail: PartnerDeskEventDetails[Name] };
}[keyof PartnerDeskEventDetails];

export class DeskPage {
  constructor(page: Page, options?: DeskPageOptions);
  readonly page: Page;
  readonly within: Page | Locator | FrameLocator;
  readonly timeout: number;

  /** The control with this test id, such as `pd-submit`; `attributes` are its `data-` attributes. */
  at(testId: `pd-${string}`, attributes?: Record<string, string>): Locator;
  field(field: Field): Locator;
  /** The error at a field. */
  error(field: Field): Locator;
  /** Every error at a field that is on show. */
  errors(): Locator;
  /** A row of the list of services, by the service's id (`writer-add-ons`). */
  option(service: string): Locator;
  /** A row of the list of requests. */
  request(reference: string): Locator;

  /** Opens the demo page with these parameters (`user`, `dc`, `lang` …). For your own page: `page.goto`. */
  goto(parameters?: Record<string, string>): Promise<void>;
  /** Opens the panel by its launcher. */
  launch(): Promise<void>;
  /** `goto`, then `launch`. */
  open(parameters?: Record<string, string>): Promise<void>;
  /** From the list of requests to the form. */
  toForm(): Promise<void>;
  /** `open`, then `toForm`. */
  openForm(parameters?: Record<string, string>): Promise<void>;
  /** Waits until the form can be filled in. */
  formIsReady(): Promise<void>;

  /** Fills in a whole form, like somebody who pastes; what stood there before is gone. */
  fill(draft: Draft): Promise<void>;
  /** Fills in these fields alone. */
  fillFields(fields: readonly Field[], draft: Draft): Promise<void>;
  /** What stands in the fields that are shown. */
  typed(): Promise<Partial<Record<Field, string>>>;
  submit(): Promise<void>;
  /** Waits for the receipt. */
  receipt(): Promise<{ reference: string; outcome: Outcome }>;

  /** Waits until the preview says so. */
  expectOutcome(outcome: Outcome): Promise<void>;
  expectFocusInPanel(): Promise<void>;
  /** The test id of what has focus, through shadow roots; else its id or tag; null for the page's body. */
  focused(): Promise<string | null>;
  /** Presses Tab until this control has focus. */
  tabTo(testId: `pd-${string}`, limit?: number): Promise<void>;
  /** Waits for a frame: what a key press has changed is on the screen by then. */
  nextFrame(): Promise<void>;

  /** From the next page load on, notes every event of the widget. */
  recordEvents(): Promise<void>;
  /** The events so far, oldest first; with a type, only those. */
  events(): Promise<HeardEvent[]>;
  events<Type extends HeardEvent['type']>(type: Type): Promise<Extract<HeardEvent, { type: Type }>[]>;

  /** Waits until the locator is there, for at most `timeout`. */
  shown(locator: Locator, state?: 'visible' | 'attached' | 'hidden' | 'detached'): Promise<void>;
}
