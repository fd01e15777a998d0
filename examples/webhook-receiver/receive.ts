// Receives webhooks, and prints each event once. `PORT=8090 WEBHOOK_SECRET=whsec_… node examples/webhook-receiver/receive.ts`
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeliveryRefused, type KeyrackEvent, verifyDelivery } from '@keyrack/sdk';

const { WEBHOOK_SECRET, PORT = '8090' } = process.env;
if (!WEBHOOK_SECRET) {
  console.error('Set WEBHOOK_SECRET to the secret that was shown when the webhook was made.');
  process.exit(2);
}
/** Two while it is being changed, with a blank between them. */
const secret = WEBHOOK_SECRET.split(' ');

/** Bytes of a delivery. */
const MOST_BYTES = 256 * 1024;
/** Ids of events that were dealt with. A real program keeps them beside its data, in the same transaction. */
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  try {
    const body = await readBody(request);
    if (body === null) return response.writeHead(413).end();
    const { id, event } = await verifyDelivery<KeyrackEvent>({ body, headers: request.headers, secret });
    // A delivery whose answer got lost comes again.
    if (!seen.has(id)) {
      seen.add(id);
      console.log(`${event.timestamp} ${event.type} ${JSON.stringify(event.data)}`);
    }
    return response.writeHead(204).end();
  } catch (error) {
    if (isDeliveryRefused(error)) {
      console.error(`Not believed (${error.fault}): ${error.message}`);
      return response.writeHead(400).end();
    }
    console.error(error);
    // It comes again later.
    return response.writeHead(500).end();
  }
});

/** To the byte: what was parsed and written again has another signature. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`Receives webhooks at http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
process.on('SIGTERM', () => server.close());
