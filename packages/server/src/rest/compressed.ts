import { constants, createGzip, type Gzip } from 'node:zlib';

/**
 * From so many characters on an answer is compressed: lists and the key rack, which a slow line feels. Nobody can try texts of theirs
 * beside secrets to tell them by the length, since pages of strangers get no answer (decision 0037).
 */
export const COMPRESSED_FROM = 16_384;

/** An answer as gzip. The quickest level makes a rack a tenth as long, and works beside the main thread. */
export function compressed(text: string): Gzip {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.end(text);
  return gzip;
}

/** Whether a client reads gzip. One that says nothing may not. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  const weights = new Map(
    (acceptEncoding ?? '').split(',').map((each) => {
      const [coding = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.map((parameter) => /^q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return [coding, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}
