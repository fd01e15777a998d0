import type { FastifyInstance } from 'fastify';
import type { Endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi.ts';
import { referencePage } from './reference-page.ts';

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
};

/** Made when somebody asks for it, and once: a start needn't wait for it. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What everybody may read: the document, the reference page, and what a problem's `type` leads to. */
export function addOpenPages(v1: FastifyInstance, endpoints: readonly Endpoint[]): void {
  const document = once(() => JSON.stringify(openApiDocument(endpoints)));
  const page = once(() => referencePage(endpoints));
  const config = { isOpen: true };
  v1.get('/openapi.json', { config }, async (_request, reply) => reply.type('application/json').send(document()));
  v1.get('/reference', { config }, async (_request, reply) => reply.headers(PAGE_HEADERS).send(page()));
  v1.get('/problems/:problem', { config }, async (request, reply) => {
    const { problem } = request.params as { problem: string };
    return reply.redirect(`/v1/reference#${encodeURIComponent(problem)}`);
  });
}
