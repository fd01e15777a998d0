import { ENDPOINTS } from '../rest/endpoints.ts';
import { restExamples } from './rest-examples.ts';
import type { RestWorld, Sent } from './rest-world.ts';

/** The request of an endpoint's example, which wasn't sent yet; what it needs is there. */
export interface ExampleRequest {
  readonly path: string;
  readonly sent: Sent;
}

class Stopped extends Error {}

/** Takes the requests of examples before they are sent, by the id of their endpoint. */
export function exampleRequests(world: () => RestWorld): (id: string) => Promise<ExampleRequest> {
  let isWanted = (_method: string, _path: string) => false;
  let found: ExampleRequest | undefined;
  const examples = restExamples(() => ({
    ...world(),
    async send(path, sent = {}) {
      if (!isWanted(sent.method ?? 'GET', path)) return world().send(path, sent);
      found = { path, sent };
      throw new Stopped();
    },
  }));
  return async (id) => {
    const { method, path } = ENDPOINTS.find((endpoint) => endpoint.id === id) ?? {};
    const pattern = new RegExp(`^${path?.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?.*)?$`);
    isWanted = (sentMethod, sentPath) => sentMethod === method && pattern.test(sentPath);
    found = undefined;
    await examples[id]?.().catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error;
    });
    if (found === undefined) throw new Error(`the example of ${id} sends no request to its endpoint`);
    return found;
  };
}
