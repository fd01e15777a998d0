import type { QueryClient, QueryKey, Updater } from '@tanstack/react-query';

/**
 * Takes what the server answered to a change for what the query knows. A query that was asked before that answers with what was
 * before, and would show the change undone: it is asked anew.
 */
export function keepAnswer<Data>(
  client: QueryClient,
  queryKey: QueryKey,
  update: Updater<Data | undefined, Data | undefined>,
): void {
  client.setQueryData<Data>(queryKey, update);
  if (client.isFetching({ queryKey, exact: true }) > 0) void client.invalidateQueries({ queryKey, exact: true });
}
