// For TypeScript with React: `import type {} from 'partner-desk/react'` makes <partner-desk> known in JSX.
// Properties (`tokenProvider`, `prefill`) are set by a `ref`: React takes what an element does not have yet for attributes.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PartnerDeskAttributes, PartnerDeskElement, PartnerDeskEventMap } from './partner-desk.js';

type Listeners = { [Name in keyof PartnerDeskEventMap as `on${Name}`]?: (event: PartnerDeskEventMap[Name]) => void };
type Own = Omit<PartnerDeskAttributes, 'lang'> & Listeners & { lang?: string };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'partner-desk': DetailedHTMLProps<HTMLAttributes<PartnerDeskElement>, PartnerDeskElement> & Own;
    }
  }
}
