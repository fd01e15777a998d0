import type { BenchDesk } from '../properties/plan-properties.ts';
import type { createPoster, Posted } from './post.ts';
import { cancelRequest, issueRequest, type SignedRequest } from './requests.ts';

/** An encoder that one caller alone uses. */
export interface Spot {
  readonly desk: BenchDesk;
  readonly mac: string;
}

export interface Done {
  readonly kind: 'issue' | 'cancel';
  readonly ms: number;
  readonly operationId: string | undefined;
}

/** Issues and cancels in turn: one spot after the other where it has several, one room after the other. */
export interface Caller {
  /** The next issue or cancel. Rejects for any answer but success: then the bench measures something else. */
  next(): Promise<Done>;
  /** Whether a card was issued that isn't cancelled yet. */
  hasCard(): boolean;
}

const SUCCESS = 200;

export function createCaller(poster: ReturnType<typeof createPoster>, spots: readonly Spot[]): Caller {
  let place = 0;
  let issues = 0;
  /** The card that was issued and not cancelled yet. */
  let issued: string | null = null;

  const send = async (kind: Done['kind'], sent: SignedRequest): Promise<Posted> => {
    const posted = await poster.post(sent);
    const { status, message } = JSON.parse(posted.body) as { readonly status: number; readonly message?: string };
    if (posted.status !== 200 || status !== SUCCESS)
      throw new Error(`a request to ${kind} a card was answered ${posted.status}, ${status} "${message ?? ''}"`);
    return posted;
  };

  return {
    hasCard: () => issued !== null,
    next: async () => {
      const { desk, mac } = spots[place % spots.length] as Spot;
      if (issued === null) {
        issues += 1;
        const room = desk.rooms[issues % desk.rooms.length] as BenchDesk['rooms'][number];
        const { body, ms, operationId } = await send('issue', issueRequest(desk, mac, room, issues));
        issued = (JSON.parse(body) as { readonly data: { readonly serialNum: string } }).data.serialNum;
        return { kind: 'issue', ms, operationId };
      }
      const { ms, operationId } = await send('cancel', cancelRequest(desk, mac, issued));
      issued = null;
      place += 1;
      return { kind: 'cancel', ms, operationId };
    },
  };
}
