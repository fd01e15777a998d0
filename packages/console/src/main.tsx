import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import './theme/mantine.css';
import './theme/base.css';
import { leadsToDesk, sendFirstRequests } from './api/first-requests.ts';
import { lastPlace } from './session/chosen-property.ts';

// It is small, so that it runs at once: what the desk shows is asked for while the rest is on its way.
sendFirstRequests(location, lastPlace());
void import('./app/start.tsx');
// The router loads it again, and says so where it can't.
if (leadsToDesk(location.pathname)) import('./desk/desk-page.tsx').catch(() => {});
