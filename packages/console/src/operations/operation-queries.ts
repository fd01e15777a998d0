import type { Answer, Operation } from '@keyrack/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { filtersOf, type OperationsSearch, queryOf } from './operations-search.ts';

export type Step = Answer<'getOperationSteps'>['data'][number];

const ROWS_OF_A_PAGE = 100;
/** A search looks at a thousand operations each time; so many times before what was found is shown. */
const ASKED_AT_MOST = 5;

interface Page {
  readonly data: readonly Operation[];
  readonly nextCursor: string | null;
}

/**
 * Operations, the newest first, page by page. News are put in where they stand (use-operations.ts): were all pages asked for
 * anew with each, a long list would be asked for as a whole. So it is static, and another `epoch` begins it anew.
 */
export const operationPages = (property: string, timeZone: string, search: OperationsSearch, epoch: number) =>
  infiniteQueryOptions({
    queryKey: ['operations-list', property, filtersOf(search), epoch],
    staleTime: 'static',
    gcTime: 30_000,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }: Page) => nextCursor,
    async queryFn({ pageParam, signal }): Promise<Page> {
      const query = { property, limit: ROWS_OF_A_PAGE, ...queryOf(search, timeZone) };
      const data: Operation[] = [];
      let cursor = pageParam;
      for (let asked = 0; asked < ASKED_AT_MOST; asked += 1) {
        const page: Page = await keyrack.operations.list({ ...query, ...(cursor !== null && { cursor }) }, { signal });
        data.push(...page.data);
        cursor = page.nextCursor;
        if (cursor === null || data.length >= ROWS_OF_A_PAGE / 2) break;
      }
      return { data, nextCursor: cursor };
    },
  });

/** What a person has to look after. */
export const attentionOf = (property: string) =>
  queryOptions({
    queryKey: ['operations', property, 'attention'],
    queryFn: async ({ signal }) =>
      (await keyrack.operations.list({ property, attention: 'true', limit: 50 }, { signal })).data as Operation[],
  });

export const stepsOf = (property: string, operation: string) =>
  queryOptions({
    queryKey: ['operations', property, 'steps', operation],
    queryFn: async ({ signal }) => (await keyrack.call('getOperationSteps', { property, operation }, { signal })).data,
  });
