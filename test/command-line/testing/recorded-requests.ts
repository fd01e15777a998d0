import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';

/** Which endpoints of /v1 the programs of this process asked, by their `operationId`, and what they were answered. */
export interface RecordedRequests {
  /** What was asked since the last time, where it went well. */
  taken(): string[];
  stop(): void;
}

const WAYS = ENDPOINTS.map(({ id, method, path }) => ({
  ...{ id, method },
  way: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  // `…/me` before `…/{id}`.
  blanks: path.split('{').length,
})).sort((one, other) => one.blanks - other.blanks);

/** Listens to the global `fetch`, which the SDK sends by. */
export function recordRequests(): RecordedRequests {
  const send = globalThis.fetch;
  let reached: string[] = [];
  globalThis.fetch = async (input, init) => {
    const answer = await send(input, init);
    const { pathname } = new URL(String(input));
    const endpoint = WAYS.find(({ method, way }) => method === (init?.method ?? 'GET') && way.test(pathname));
    if (endpoint !== undefined && answer.ok) reached.push(endpoint.id);
    return answer;
  };
  return {
    taken() {
      const taken = reached;
      reached = [];
      return taken;
    },
    stop() {
      globalThis.fetch = send;
    },
  };
}
