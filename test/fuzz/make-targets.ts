import type { OutsideOptions } from './connections/listener-target.ts';
import type { Pool } from './mutate.ts';
import type { Target } from './target.ts';
import { agentMessages } from './targets/agent-messages.ts';
import { cards } from './targets/cards.ts';
import { deskListener } from './targets/desk-listener.ts';
import { deskPage } from './targets/desk-page.ts';
import { forms } from './targets/forms.ts';
import { http } from './targets/http.ts';
import { journals } from './targets/journals.ts';
import { metrics } from './targets/metrics.ts';
import { setUp } from './targets/set-up.ts';
import { simulatorControl } from './targets/simulator-control.ts';
import { webSocketsAfterProof } from './targets/web-sockets-after-proof.ts';
import { webSocketsBeforeProof } from './targets/web-sockets-before-proof.ts';

/** What reads inputs, fed straight, in this process. */
export async function targetsWithin(pool: Pool): Promise<Target[]> {
  return [forms(pool), await agentMessages(pool), await journals(pool), cards(pool), deskPage(pool)];
}

/** Every port that there is, over real sockets. */
export function targetsOutside(options: OutsideOptions): Target[] {
  return [http, metrics, setUp, deskListener, simulatorControl, webSocketsBeforeProof, webSocketsAfterProof].map(
    (make) => make(options),
  );
}
