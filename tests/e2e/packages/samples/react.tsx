// <partner-desk> in JSX of React. Checked, never run.
import type {} from 'partner-desk/react';
import type { PartnerDeskElement } from 'partner-desk';
import { createRef } from 'react';

const ref = createRef<PartnerDeskElement>();

export const good = (
  <partner-desk ref={ref} dc="eu" offset-block={16} lang="de" hidden onpd-submitted={({ detail }) => detail.reference.length} />
);
// @ts-expect-error no such data centre
export const wrongValue = <partner-desk dc="de" />;
// @ts-expect-error no such attribute
export const wrongName = <partner-desk datacentre="eu" />;
