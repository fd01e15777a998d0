import { onlineManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { createQueryClient } from './queries.ts';

afterEach(() => onlineManager.setOnline(true));

test('without a network a request is tried at once: none is kept, and sent when nobody expects it any more', () => {
  const client = createQueryClient();
  onlineManager.setOnline(false);
  const mutation = client.getMutationCache().build(client, { mutationFn: async () => 'changed' });
  void mutation.execute(undefined);
  expect(mutation.state).toMatchObject({ status: 'pending', isPaused: false });
  const query = new QueryObserver(client, { queryKey: ['rack'], queryFn: async () => 'seen' });
  const leave = query.subscribe(() => {});
  expect(query.getCurrentResult().fetchStatus).toBe('fetching');
  leave();
});
