import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Endpoint } from '../rest/endpoint.ts';
import { ENDPOINTS } from '../rest/endpoints.ts';
import { openApiDocument } from '../rest/openapi.ts';
import { PROBLEM_TYPE, PROBLEMS } from '../rest/problems.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is walked by names.
type Json = any;

/** What was sent and received, to be held against the document. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** The parsed body; undefined for none. */
  readonly sent: unknown;
  readonly status: number;
  readonly contentType: string | null;
  readonly received: unknown;
}

/** Throws where an exchange isn't as the document says. What leads to no endpoint is none of its business. */
export function createDocumentCheck(endpoints: readonly Endpoint[] = ENDPOINTS): (exchange: Exchange) => void {
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false, strictRequired: false });
  addFormats.default(ajv);
  const document: Json = openApiDocument(endpoints, { closed: true });
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'components', 'x-right']);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validate = (pointer: string, value: unknown, what: string) => {
    const check = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, check);
    if (!check(value)) throw new Error(`${what} is not as the document says: ${ajv.errorsText(check.errors)}`);
  };

  return ({ method, target, sent, status, contentType, received }) => {
    const [path = ''] = target.split('?');
    const endpoint = endpoints.find((each) => each.method === method && patternOf(each.path).test(path));
    if (endpoint === undefined) return;
    const { id } = endpoint;
    const at = `/paths/${escaped(endpoint.path)}/${method.toLowerCase()}`;
    const operation = document.paths[endpoint.path][method.toLowerCase()];
    const response = operation.responses[status];
    if (response === undefined) throw new Error(`${id} answered ${status}, which the document doesn't name`);
    const type = contentType?.split(';')[0] ?? null;
    const content = response.content?.[type ?? ''];
    if (response.content === undefined && received !== '') throw new Error(`${id} answered ${status} with a body`);
    if (response.content !== undefined && content === undefined) throw new Error(`${id} answered ${status} as ${type}`);
    if (type === PROBLEM_TYPE) {
      validate('/components/schemas/Problem', received, `the problem of ${id}`);
      const name = String((received as Json).type).replace('/v1/problems/', '');
      if (PROBLEMS[name as keyof typeof PROBLEMS]?.status !== status)
        throw new Error(`${id} answered ${status} as ${name}`);
      if (!response.description.includes(`\`${name}\``))
        throw new Error(`the document doesn't say that ${id} answers ${name}`);
      return;
    }
    if (content !== undefined)
      validate(`${at}/responses/${status}/content/${escaped(type as string)}/schema`, received, `the answer of ${id}`);
    // What succeeded must be valid by the document, or others couldn't have known how to send it.
    const isSent = sent !== undefined || operation.requestBody?.required === true;
    if (operation.requestBody !== undefined && isSent && status < 300)
      validate(`${at}/requestBody/content/application~1json/schema`, sent, `what ${id} took`);
    // Clients that always send JSON send {} where nothing is wanted, which is taken as nothing.
    const isNothing = sent === undefined || JSON.stringify(sent) === '{}';
    if (operation.requestBody === undefined && !isNothing && status < 300)
      throw new Error(`${id} took a body that the document doesn't name`);
  };
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
const escaped = (name: string) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
