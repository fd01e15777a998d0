import { z } from 'zod';
import { SYSTEMS } from '../../downloads/archive-name.ts';
import { DOWNLOADS_PATH } from '../../downloads/serve-downloads.ts';
import { endpoint } from '../endpoint.ts';

const downloadView = z
  .object({
    name: z.string().meta({ description: 'Of the file.' }),
    version: z.string(),
    system: z.enum(SYSTEMS),
    bytes: z.int(),
    sha256: z.string().meta({ description: 'In hex.' }),
    path: z.string().meta({
      description: 'Where this server gives it, to any credential of it or to the link of a pairing code.',
    }),
  })
  .meta({ id: 'Download', description: "A package of the front desk's program." });

export const listDownloads = endpoint({
  id: 'listDownloads',
  method: 'GET',
  path: '/v1/downloads',
  tag: 'agents',
  summary: "List downloads of the front desk's program",
  description:
    'The newest version first. The list is empty where this server has no packages, as one that runs from its sources.',
  right: 'agents.read',
  answers: {
    200: {
      description: 'All of them.',
      body: z
        .object({ data: z.array(downloadView) })
        .meta({ id: 'Downloads', description: 'What this server offers.' }),
    },
  },
  async handle({ parts }) {
    const downloads = await parts.downloads.catalogue.list();
    return { status: 200, body: { data: downloads.map((each) => ({ ...each, path: DOWNLOADS_PATH + each.name })) } };
  },
});
