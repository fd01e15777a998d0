import type { Answer } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../../api/keyrack.ts';

/** What the server offers for front desks: the newest package for each system. */
export type Offer = Answer<'listDownloads'>['data'][number];

export const packagesOf = (property: string) =>
  queryOptions({
    queryKey: ['agents', property, 'packages'],
    async queryFn(): Promise<Offer[]> {
      const { data } = await keyrack.downloads.list();
      return data.filter(({ system }, at) => data.findIndex((each) => each.system === system) === at);
    },
  });
