import type { Endpoint } from './endpoint.ts';
import { getProperty } from './properties/get-property.ts';
import { listProperties } from './properties/list-properties.ts';

/** Every endpoint of /v1, in the order of the document. */
export const ENDPOINTS: readonly Endpoint[] = [
  // Properties
  listProperties,
  getProperty,
];
