// What a page may say to <partner-desk>, and what it hears from it. docs/embedding.md explains each entry.

/** A data centre, or a region. */
export type DataCentre = 'us' | 'in' | 'au' | 'jp' | 'eu' | 'sa' | 'ca' | 'uk';

/** A screen that can be opened. */
export type View = 'requests' | 'add-ticket' | 'channels';

/** How a ticket is classified. */
export type Outcome = 'excluded' | 'incomplete' | 'manual' | 'priority' | 'standard' | 'undecided';

/** The attributes of the element, by their names in HTML. */
export interface PartnerDeskAttributes {
  /** Data centre of the partner's account. Without it: channels only, no form. */
  dc?: DataCentre;
  /** The partner's region, for e-mail. Default: as `dc`. */
  region?: DataCentre;
  /** One or more base URLs of endpoints, separated by blanks, in order of preference. */
  endpoint?: string;
  /** A language tag. Default: the nearest `lang` of the page, else the browser's. */
  lang?: string;
  theme?: 'auto' | 'light' | 'dark';
  position?: 'end' | 'start';
  /** Distance of the launcher from the edge, in the block direction: a CSS length, or a number of pixels. */
  'offset-block'?: string | number;
  /** The same in the inline direction. */
  'offset-inline'?: string | number;
  /** Keeps the panel out of the top layer, and in this place. */
  'z-index'?: string | number;
  /** When the app is fetched before it is opened. */
  preload?: 'intent' | 'idle' | 'none';
  /** Whether anything may be kept in the browser. */
  storage?: 'on' | 'off';
  launcher?: 'shown' | 'hidden';
  shadow?: 'auto' | 'open' | 'closed';
  /** Base URL of the folder that has the app's files in `app/`. Default: where the script came from. */
  assets?: string;
  /** Whether `#pd-request=…` in the page's address opens that request. */
  'deep-link'?: 'off' | 'on';
  /** An RFC 3339 instant: start of the fake clock of a test. */
  qa?: string;
}

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;

/** The attributes in camelCase, as `mount` takes them. */
export type PartnerDeskAttributeOptions = {
  [Name in keyof PartnerDeskAttributes as Camel<Name>]: PartnerDeskAttributes[Name];
};

/** Texts for the form; they fill only fields that are empty and untouched. */
export interface Prefill {
  service?: string;
  orgIdKind?: 'zoid' | 'zgid';
  orgId?: string;
  subject?: string;
  description?: string;
  superadminEmail?: string;
}

/** Gives a fresh token of the user who is signed in: asked on first need, before it expires, after a 401.
 * Nothing (`null`, an empty text) says that nobody is. */
export type TokenProvider = () => Promise<string | null | undefined>;

export interface MountOptions extends PartnerDeskAttributeOptions {
  /** Where the element goes. Default: the end of `document.body`. */
  target?: Element;
  tokenProvider?: TokenProvider;
  prefill?: Prefill;
}

/** What the events carry. Never text of a ticket, never an address. */
export interface PartnerDeskEventDetails {
  /** The app has started. */
  'pd-ready': { version: string };
  'pd-open': { view: View };
  'pd-close': Record<string, never>;
  /** A ticket is filed. `replayed`: an earlier attempt had filed it. */
  'pd-submitted': { reference: string; outcome: Outcome; severity: 'S1' | null; endpoint: string; replayed: boolean };
  /** A ticket waits in the outbox. */
  'pd-queued': { draft: string };
  /** A ticket was refused, or nobody knows. `draft` is the form's idempotency key. */
  'pd-failed': { draft: string; code: string; retryable: boolean };
  'pd-unread': { count: number };
}

export type PartnerDeskEventMap = {
  [Name in keyof PartnerDeskEventDetails]: CustomEvent<PartnerDeskEventDetails[Name]>;
};

/** The element `<partner-desk>`. */
export interface PartnerDeskElement extends HTMLElement {
  tokenProvider: TokenProvider | undefined;
  prefill: Prefill | undefined;
  /** How many tickets wait to be sent. */
  readonly unsent: number;
  /** Opens the panel; without a view it stays where it is. */
  open(view?: View): void;
  close(): void;
  /** Forgets the user and what they have typed. `sent`, `dropped`: what became of waiting tickets. */
  signOut(): Promise<{ sent: number; dropped: number }>;
  /** Closes the panel and removes the element. */
  destroy(): void;
  /** With the attribute `qa`: every event so far, oldest first. */
  qaLog(): { name: keyof PartnerDeskEventMap; detail: unknown }[];
}

export interface PartnerDeskGlobal {
  /** Makes the element. An option that is not known throws a `TypeError` that names it. */
  mount(options: MountOptions): PartnerDeskElement;
}

/** The same as `window.PartnerDesk.mount`. Importing the package does nothing on a server; calling this throws there. */
export function mount(options: MountOptions): PartnerDeskElement;

declare global {
  interface Window {
    PartnerDesk: PartnerDeskGlobal;
  }
  interface HTMLElementTagNameMap {
    'partner-desk': PartnerDeskElement;
  }
  // The events bubble out of the shadow root, so a page may listen on the element or anywhere above.
  interface GlobalEventHandlersEventMap extends PartnerDeskEventMap {}
}
