import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a runtime takes of the configuration of an image. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly StopSignal: string;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

/** Unpacks the layers of an image as a runtime does, over each other and with their owners, into `root` of that folder. */
export function unpackImage(file: string, folder: string): { readonly root: string; readonly config: ImageConfig } {
  const image = join(folder, 'image');
  const root = join(folder, 'root');
  for (const each of [image, root]) mkdirSync(each, { recursive: true });
  const untar = (archive: string, to: string) =>
    execFileSync('tar', ['--extract', '--numeric-owner', '--same-owner', '--preserve-permissions', '--file', archive], {
      cwd: to,
    });
  untar(file, image);
  const blob = ({ digest }: { readonly digest: string }) => join(image, 'blobs', digest.replace(':', '/'));
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const manifest = read(blob(read(join(image, 'index.json')).manifests[0]));
  for (const layer of manifest.layers) untar(blob(layer), root);
  return { root, config: read(blob(manifest.config)).config };
}
