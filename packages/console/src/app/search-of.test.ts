import { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { expect, test, vi } from 'vitest';
import { searchOf } from './search-of.ts';

test('a page sees nothing of an address but what its route reads there', () => {
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/page',
    validateSearch: searchOf(({ text }): { text?: string } => (typeof text === 'string' ? { text } : {})),
  });
  const seen = (address: string) => {
    const history = createMemoryHistory({ initialEntries: [address] });
    const router = createRouter({ routeTree: root.addChildren([page]), history });
    const search = router.matchRoutes(router.latestLocation).at(-1)?.search ?? {};
    return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
  };
  expect(seen('/page?text=one&other=2')).toEqual({ text: 'one' });
  for (const hostile of ['{"trim":1}', '["a"]', '12', 'true', '{"__proto__":{"x":1}}'])
    expect(seen(`/page?text=${encodeURIComponent(hostile)}&__proto__=1&constructor=2`)).toEqual({});
});

test('every route of the console that reads an address reads it so', async () => {
  vi.stubGlobal('location', new URL('http://keyrack.example/'));
  const { createConsoleRouter } = await import('./router.tsx');
  const routes = Object.values(createConsoleRouter(new QueryClient()).routesById);
  const reading = routes.flatMap(({ id, options: { validateSearch } }) =>
    typeof validateSearch === 'function' ? [{ id, read: validateSearch as (given: object) => object }] : [],
  );
  expect(reading.length).toBeGreaterThan(4);
  for (const { id, read } of reading) {
    const given = Object.fromEntries(
      ['search', 'state', 'back', 'record', 'room', 'view', 'never'].map((name) => [name, {}]),
    );
    const taken = read(given);
    expect([id, Object.keys(taken)]).toEqual([id, expect.arrayContaining(Object.keys(given))]);
    expect([id, Object.values(taken).filter((value) => value !== undefined)]).toEqual([id, []]);
  }
});
