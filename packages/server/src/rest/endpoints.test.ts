import { describe, expect, it } from 'vitest';
import { RIGHTS } from '../domain/rights.ts';
import { EXAMPLE_SETTINGS, restExamples } from '../testing/rest-examples.ts';
import { restWorldForFile } from '../testing/rest-world.ts';
import { TAGS } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { openApiDocument } from './openapi.ts';

const world = restWorldForFile({}, { settings: EXAMPLE_SETTINGS });

/** What each method's endpoints are called. */
const VERBS = {
  GET: /^(?:list|get|search|verify|export|preview|follow)[A-Z]/,
  POST: /^[a-z]+[A-Z]/,
  PUT: /^(?:set|put)[A-Z]/,
  PATCH: /^change[A-Z]/,
  DELETE: /^(?:remove|revoke|forget|delete|withdraw)[A-Z]/,
};

describe.each(ENDPOINTS.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  const { id, method, path, tag, summary, right, params, query, body, answers } = endpoint;

  it('is named as the others are', () => {
    expect(id).toMatch(VERBS[method]);
    // Collections in the plural and with dashes; what a placeholder stands for is a field in camel case.
    expect(path).toMatch(/^\/v1(?:\/[a-z]+(?:-[a-z]+)*|\/\{[a-z][A-Za-z]*\})+$/);
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
    expect(Object.keys(TAGS)).toContain(tag);
    expect(ENDPOINTS.filter((other) => other.id === id)).toHaveLength(1);
    expect(ENDPOINTS.filter((other) => other.path === path && other.method === method)).toHaveLength(1);
  });

  it('names its right, one that only shows where it only shows', () => {
    expect(Object.keys(RIGHTS)).toContain(right);
    if (right.endsWith('.read')) expect(method).not.toMatch(/PUT|PATCH|DELETE/);
    if (method === 'GET') expect(right).toMatch(/\.read$|^installation\.owner$/);
  });

  it('knows every placeholder of its path, and refuses fields that it does not know', () => {
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => name !== 'property');
    expect(Object.keys(params?.shape ?? {})).toEqual(placeholders);
    for (const schema of [params, query]) {
      if (schema !== undefined) expect(schema.def.catchall?._zod.def.type, 'strictObject').toBe('never');
    }
    if (body !== undefined) {
      const document = JSON.stringify(openApiDocument([endpoint]));
      expect(document).toContain('"additionalProperties":false');
    }
    if (method === 'GET') expect(body).toBeUndefined();
  });

  it('answers with fields in camel case', () => {
    for (const answer of Object.values(answers)) {
      for (const name of Object.keys((answer.body as { shape?: object } | undefined)?.shape ?? {}))
        expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
    }
  });
});

describe('the document', () => {
  it('is served to everybody, and is the one of the endpoints', async () => {
    const { status, body, headers } = await world().send('/v1/openapi.json', { key: null });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch('application/json');
    expect(body).toEqual(openApiDocument(ENDPOINTS));
    expect(body.openapi).toBe('3.1.0');
    expect(Object.values(body.paths).flatMap((item) => Object.keys(item as object))).toHaveLength(ENDPOINTS.length);
  });

  it('names shared schemas once, and every reference leads to one', async () => {
    const text = JSON.stringify(openApiDocument(ENDPOINTS));
    const { components } = JSON.parse(text);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(components.schemas)).toContain(name);
    expect(text).not.toContain('$defs');
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(['Property', 'ApiKey', 'Problem', 'Scope']));
  });

  it('has a page for people that loads nothing from elsewhere and runs nothing', async () => {
    const { status, body, headers } = await world().send('/v1/reference', { key: null });
    expect(status).toBe(200);
    for (const { id, path } of ENDPOINTS) {
      expect(body).toContain(`id="${id}"`);
      expect(body).toContain(path);
    }
    expect(body).not.toMatch(/<script|<link|<img|src=|https?:|@import|url\(/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it("leads from a problem's type to what it means", async () => {
    const { server } = world();
    const answer = await fetch(`${server.url}/v1/problems/not-found`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/v1/reference#not-found');
  });
});

const EXAMPLES = restExamples(world);

describe('an example of each endpoint', () => {
  it('is there', () => {
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(ENDPOINTS.map(({ id }) => id).toSorted());
  });

  it.each(Object.entries(EXAMPLES))('of %s succeeds, as the document says', async (id, example) => {
    const { answers } = ENDPOINTS.find((endpoint) => endpoint.id === id) ?? { answers: {} };
    expect(Object.keys(answers)).toContain(String((await example()).status));
  });
});
