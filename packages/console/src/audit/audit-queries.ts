import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { type AuditSearch, auditQueryOf } from './audit-search.ts';
import type { AuditRecord } from './told-record.ts';

export type Verified = Answer<'verifyAuditLog'>;

const ROWS_OF_A_PAGE = 50;
/** A search looks at a thousand records each time; so many times before what was found is shown. */
const ASKED_AT_MOST = 5;

interface Page {
  readonly data: readonly AuditRecord[];
  readonly nextCursor: string | null;
}

/** A page of a log. It is static: with each thing that is done anywhere it would be asked for anew. */
export const auditPage = (
  property: string,
  timeZone: string,
  search: AuditSearch,
  cursor: string | null,
  epoch: number,
) =>
  queryOptions({
    queryKey: ['audit-page', property, search, cursor, epoch],
    staleTime: 'static',
    async queryFn({ signal }): Promise<Page> {
      const data: AuditRecord[] = [];
      let at = cursor;
      for (let asked = 0; asked < ASKED_AT_MOST; asked += 1) {
        const query = { ...auditQueryOf(search, timeZone), limit: ROWS_OF_A_PAGE, ...(at !== null && { cursor: at }) };
        const page: Page =
          search.log === 'installation'
            ? await keyrack.call('listInstallationAuditRecords', query, { signal })
            : await keyrack.call('listAuditRecords', { property, ...query }, { signal });
        data.push(...page.data);
        at = page.nextCursor;
        if (at === null || data.length >= ROWS_OF_A_PAGE / 2) break;
      }
      return { data, nextCursor: at };
    },
  });

/** The next part of the proof that nothing in a log was changed. */
export function verifyPart(
  property: string,
  log: AuditSearch['log'],
  cursor: string | null,
  signal: AbortSignal,
): Promise<Verified> {
  const more = cursor === null ? {} : { cursor };
  return log === 'installation'
    ? keyrack.call('verifyInstallationAuditLog', more, { signal })
    : keyrack.call('verifyAuditLog', { property, ...more }, { signal });
}
