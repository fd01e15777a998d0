import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { restWorldForFile } from '../testing/rest-world.ts';
import { COMPRESSED_FROM, takesGzip } from './compressed.ts';

describe('who reads gzip', () => {
  it.each([
    ['gzip', true],
    ['br, GZIP;q=0.5', true],
    ['*', true],
    ['gzip;q=0, *', false],
    ['br', false],
    ['', false],
    [undefined, false],
  ])('says so: %s', (header, takes) => {
    expect(takesGzip(header)).toBe(takes);
  });
});

describe('a long answer', () => {
  const world = restWorldForFile();
  const asked = async (path: string, encodings: string | undefined) => {
    const headers = {
      authorization: `Bearer ${world().ownerKey}`,
      ...(encodings !== undefined && { 'accept-encoding': encodings }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${world().server.url}${path}`, { headers }, resolve).once('error', reject);
    });
    return { headers: response.headers, body: await buffer(response) };
  };

  it('is compressed for who reads gzip, and says the same', async () => {
    const rooms = Array.from({ length: 120 }, (_, at) => {
      return { building: 'A', floor: '1', number: String(100 + at), lockType: 'QRLOCK' };
    });
    await world().send('/v1/properties/1001/rooms/import', { method: 'POST', json: { rooms } });
    const path = '/v1/properties/1001/rooms?limit=200';
    const plain = await asked(path, undefined);
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding', 'content-length': String(plain.body.length) });
    expect(plain.headers['content-encoding']).toBe(undefined);
    expect(plain.body.length).toBeGreaterThan(COMPRESSED_FROM);
    const short = await asked(path, 'gzip, br');
    expect(short.headers).toMatchObject({ vary: 'accept-encoding', 'content-encoding': 'gzip' });
    expect(short.body.length).toBeLessThan(plain.body.length / 4);
    expect(gunzipSync(short.body).equals(plain.body)).toBe(true);
    const { headers } = await asked('/v1/properties/1001', 'gzip');
    expect(headers['content-encoding']).toBe(undefined);
  });
});
