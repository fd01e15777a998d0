import { drawPool } from './mutate.ts';
import type { Target } from './target.ts';
import { agentMessages } from './targets/agent-messages.ts';
import { cards } from './targets/cards.ts';
import { deskPage } from './targets/desk-page.ts';
import { forms } from './targets/forms.ts';
import { httpBytes } from './targets/http-bytes.ts';
import { journals } from './targets/journals.ts';
import { setUpForms } from './targets/set-up-forms.ts';
import { webSocketBytes } from './targets/web-socket-bytes.ts';

/** Every input that strangers reach: the mass goes straight into what reads it, a part over real sockets. */
export async function makeTargets(seed: number): Promise<Target[]> {
  const pool = drawPool(seed);
  return [
    forms(pool),
    await agentMessages(pool),
    await journals(pool),
    cards(pool),
    setUpForms(pool),
    deskPage(pool),
    await httpBytes(pool),
    await webSocketBytes(pool),
  ];
}
