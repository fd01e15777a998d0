import { createKeyrack, type Keyrack } from '@keyrack/sdk';

/** Where the server is, and as whom these programs ask; from the environment. */
export interface Settings {
  readonly keyrack: Keyrack;
  /** Id or number of the property. */
  readonly property: string;
  /** Id of the encoder that stands here. */
  readonly encoder: number;
}

/** @param program its name and version, which the server's log knows it by */
export function readSettings(program: string): Settings {
  const { KEYRACK_URL: url, KEYRACK_KEY: key, KEYRACK_PROPERTY: property, KEYRACK_ENCODER: encoder } = process.env;
  if (!url || !key || !property || !encoder || !/^\d+$/.test(encoder)) {
    console.error('Set KEYRACK_URL, KEYRACK_KEY, KEYRACK_PROPERTY and KEYRACK_ENCODER; see examples/README.md.');
    process.exit(2);
  }
  return { keyrack: createKeyrack({ url, key, userAgent: program }), property, encoder: Number(encoder) };
}
