import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { openFile } from '../durable-files.ts';
import type { NetworkRoute } from '../link/index.ts';
import type { SignedArchive } from './judge-offer.ts';
import { UpdateFailure } from './update-failure.ts';
import { UPDATE_LIMITS } from './update-limits.ts';

export interface Download {
  /** The server's agent endpoint: `wss://HOST/agent`. The archive comes from the same server, whatever `path` says. */
  readonly server: string;
  /** Where on it, with the link that works once. */
  readonly path: string;
  readonly bytes: number;
  readonly archive: SignedArchive;
}

/**
 * Downloads an archive into a file, by the way that the agent's connection takes too. What was cut is gone on with. It counts only
 * when it has the checksum that was signed.
 * @throws UpdateFailure
 * @throws the system's error when it can't be written
 */
export async function download(
  { server, path, bytes, archive }: Download,
  route: NetworkRoute,
  to: string,
): Promise<void> {
  if (bytes > UPDATE_LIMITS.archiveBytes)
    throw new UpdateFailure('download-failed', `The server offers an archive of ${bytes} bytes, which is too long.`);
  const base = new URL(server.replace(/^ws/, 'http'));
  const url = URL.parse(path, base.href);
  if (url === null || url.origin !== base.origin)
    throw new UpdateFailure('download-failed', 'The server names an address of another server.');
  const file = await openFile(to, 'w', { mode: 0o600 });
  try {
    const hash = createHash('sha256');
    let taken = 0;
    const takeRest = async () => {
      const response = await ask(url, route, taken);
      await eachChunk(response, async (chunk) => {
        if (taken + chunk.length > bytes) throw failed('more came than was offered');
        hash.update(chunk);
        await file.write(chunk);
        taken += chunk.length;
      });
      if (taken < bytes) throw failed(`it ended after ${taken} of ${bytes} bytes`);
    };
    for (let cuts = 1; ; cuts += 1) {
      try {
        await takeRest();
        break;
      } catch (error) {
        // Where nothing came at all, nobody is there to wait for.
        if (!(error instanceof Cut) || taken === 0 || cuts > UPDATE_LIMITS.cuts) throw error;
        // An agent that is stopped meanwhile isn't kept by it.
        await setTimeout(UPDATE_LIMITS.againMs, undefined, { ref: false });
      }
    }
    if (hash.digest('hex') !== archive.sha256)
      throw new UpdateFailure('wrong-checksum', `What came as ${archive.name} isn't what was signed. Try again.`);
    await file.sync();
  } catch (error) {
    await rm(to, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

const textOf = (why: string) => `The download came to nothing: ${why}. Try again when the network is steady.`;
const failed = (why: string) => new UpdateFailure('download-failed', textOf(why));

/** The connection ended before all had come. */
class Cut extends UpdateFailure {
  constructor(why: string) {
    super('download-failed', textOf(why));
  }
}

/** Asks for what comes behind so many bytes. */
function ask(url: URL, { ca, proxy = null }: NetworkRoute, taken: number): Promise<IncomingMessage> {
  const options = {
    ...(taken > 0 && { headers: { range: `bytes=${taken}-` } }),
    ...(ca !== undefined && { ca }),
    ...(proxy !== null && { agent: new HttpsProxyAgent(proxy) }),
    timeout: UPDATE_LIMITS.quietMs,
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (response) => {
      const { statusCode, headers } = response;
      if (statusCode === 200 && taken === 0) return resolve(response);
      if (statusCode === 206 && headers['content-range']?.startsWith(`bytes ${taken}-`)) return resolve(response);
      response.destroy();
      // A proxy that gives whole files alone answers 200.
      const cut = taken === 0 ? '' : `it was cut after ${taken} bytes, and then `;
      reject(failed(`${cut}the server answers ${statusCode}`));
    });
    request.on('timeout', () =>
      request.destroy(new Error(`nothing came for ${UPDATE_LIMITS.quietMs / 1_000} seconds`)),
    );
    request.on('error', (error) => reject(new Cut(error.message)));
    request.end();
  });
}

/** Failures of the network become one of the download; those of the disk stay what they are. */
async function eachChunk(response: IncomingMessage, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  const chunks = response[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: Error) => {
      throw new Cut(error.message);
    });
    if (next.done === true) return;
    try {
      await take(next.value as Buffer);
    } catch (error) {
      response.destroy();
      throw error;
    }
  }
}
