import type { OfferedArchive } from '@keyrack/protocol';
import type { FastifyInstance } from 'fastify';
import { type Catalogue, openCatalogue } from './downloads/catalogue.ts';
import { offerForAgent } from './downloads/offer-for-agent.ts';
import { createOneTimeLinks, type OneTimeLinks } from './downloads/one-time-links.ts';
import { addDownloads, type DownloadParts } from './downloads/serve-downloads.ts';
import { authenticate } from './rest/authenticate.ts';
import { tokenOfDownload } from './rest/session-cookie.ts';
import type { ServerLog } from './runtime/log.ts';
import type { WayOf } from './runtime/page-way.ts';
import type { Read } from './runtime/runner.ts';

/** The front desk's packages, for whoever is signed in or has a link. */
export interface Downloads {
  readonly catalogue: Catalogue;
  readonly links: OneTimeLinks;
  add(app: FastifyInstance): void;
  /** What an agent of that system is offered. */
  offerFor(system: string): Promise<OfferedArchive | null>;
}

type Parts = Omit<DownloadParts, 'catalogue' | 'links' | 'credentialOf' | 'log'> & {
  readonly log: ServerLog;
  readonly read: Read;
  readonly wayOf: WayOf;
};

export function createDownloads(folder: string | null, { read, wayOf, ...parts }: Parts): Downloads {
  const catalogue = openCatalogue(folder, parts.log);
  const links = createOneTimeLinks();
  return {
    catalogue,
    links,
    offerFor: (system) => offerForAgent({ catalogue, links }, system, parts.clock.now()),
    add: (app) =>
      addDownloads(app, {
        ...parts,
        catalogue,
        links,
        async credentialOf({ headers, raw }) {
          const shown = tokenOfDownload(headers, wayOf(raw));
          return (await authenticate(read, shown, parts.clock.now()))?.credential ?? null;
        },
      }),
  };
}
