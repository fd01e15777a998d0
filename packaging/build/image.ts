import { createHash } from 'node:crypto';
import { cpSync, createReadStream, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FILES_TIME, packTar } from './archive.ts';
import type { LaidOut } from './lay-out.ts';
import { PRODUCTS } from './products.ts';
import { runTool } from './run-tool.ts';
import { setModes } from './stage.ts';
import { TARGETS } from './targets.ts';

// An image of https://github.com/opencontainers/image-spec: a folder of files named by their SHA-256, packed by tar. It is
// written here, since tools that build images want root or name spaces, and put the time of the build into it. Docker reads that
// form only where containerd keeps its images, so `manifest.json` tells the same to every other Docker.

/** What Node and the parts in machine code need of Debian. No shell is among it. */
const DEBIAN = { suite: 'trixie', packages: ['base-files', 'libc6', 'libgcc-s1', 'libstdc++6'] };
/** The user that it runs as, who owns the data folder alone. */
const USER = 10_001;
const DATA = '/var/lib/keyrack';
const HEALTH =
  "fetch('http://127.0.0.1:8080/healthz').then((is) => process.exit(is.ok ? 0 : 1), () => process.exit(1))";

interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** Writes the image of a server as an archive that `docker load`, `podman load` and `skopeo` read. */
export async function writeImage(
  { product, target, version, parent, scratch, quick }: LaidOut,
  file: string,
): Promise<void> {
  const { name, description } = PRODUCTS[product];
  const image = join(scratch, 'image');
  const blobs = join(image, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const architecture = TARGETS[target].cpu === 'x64' ? 'amd64' : 'arm64';

  const layers: { blob: Blob; diff: string }[] = [];
  const addLayer = async (tar: string) => {
    const diff = await sha256(tar);
    await runTool('gzip', { cwd: scratch, args: ['--force', '--no-name', quick ? '-1' : '-6', tar] });
    layers.push({ blob: await keep(blobs, `${tar}.gz`, 'application/vnd.oci.image.layer.v1.tar+gzip'), diff });
  };

  const debian = join(scratch, 'debian.tar');
  await runTool('mmdebstrap', {
    cwd: scratch,
    env: { SOURCE_DATE_EPOCH: String(FILES_TIME) },
    args: [
      '--variant=extract',
      `--architectures=${architecture}`,
      `--include=${DEBIAN.packages.join()}`,
      // What apt noted of its lists and its log differ between two runs.
      '--customize-hook=rm -rf $1/var/lib/apt $1/var/cache/apt $1/var/log $1/etc/apt',
      DEBIAN.suite,
      debian,
    ],
  });
  await addLayer(debian);

  const top = join(scratch, 'program/opt', name);
  cpSync(join(parent, name), top, { recursive: true });
  const node = `/opt/${name}/versions/${version}/bin/node`;
  const keyrack = `/opt/${name}/keyrack`;
  // Without a shell, Node itself is what starts it.
  writeFileSync(join(top, 'keyrack'), `#!${node}\nimport('/opt/${name}/versions/${version}/lib/main.js');\n`);
  setModes(join(scratch, 'program'));
  await packTar(join(scratch, 'program'), 'opt', join(scratch, 'program.tar'), quick);
  await addLayer(join(scratch, 'program.tar'));

  mkdirSync(join(scratch, `data${DATA}`), { recursive: true, mode: 0o700 });
  await packTar(join(scratch, 'data'), DATA.slice(1), join(scratch, 'data.tar'), quick, USER);
  await addLayer(join(scratch, 'data.tar'));

  const written = (content: unknown, mediaType: string) => {
    const path = join(scratch, 'blob.json');
    writeFileSync(path, JSON.stringify(content));
    return keep(blobs, path, mediaType);
  };
  const config = await written(
    {
      created: new Date(FILES_TIME * 1000).toISOString(),
      architecture,
      os: 'linux',
      config: {
        User: `${USER}:${USER}`,
        Env: [
          'PATH=/usr/bin:/bin',
          'HOST=0.0.0.0',
          `KEYRACK_DATA=${DATA}`,
          'MALLOC_ARENA_MAX=2',
          'MALLOC_TRIM_THRESHOLD_=131072',
        ],
        Entrypoint: [keyrack],
        Cmd: ['serve'],
        WorkingDir: DATA,
        Volumes: { [DATA]: {} },
        ExposedPorts: { '8080/tcp': {} },
        StopSignal: 'SIGTERM',
        // Docker's own; others take it from the Compose file.
        Healthcheck: {
          Test: ['CMD', node, '--eval', HEALTH],
          Interval: 30e9,
          Timeout: 5e9,
          StartPeriod: 30e9,
          Retries: 3,
        },
        Labels: {
          'org.opencontainers.image.title': name,
          'org.opencontainers.image.description': description,
          'org.opencontainers.image.version': version,
          'org.opencontainers.image.licenses': 'Apache-2.0',
        },
      },
      rootfs: { type: 'layers', diff_ids: layers.map(({ diff }) => `sha256:${diff}`) },
    },
    'application/vnd.oci.image.config.v1+json',
  );
  const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = await written(
    { schemaVersion: 2, mediaType: MANIFEST, config, layers: layers.map(({ blob }) => blob) },
    MANIFEST,
  );
  const called = `localhost/${name}:${version}`;
  const annotations = { 'org.opencontainers.image.ref.name': called, 'io.containerd.image.name': called };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations }] };
  writeFileSync(join(image, 'index.json'), JSON.stringify(index));
  writeFileSync(join(image, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const path = ({ digest }: Blob) => `blobs/${digest.replace(':', '/')}`;
  const forDocker = { Config: path(config), RepoTags: [called], Layers: layers.map(({ blob }) => path(blob)) };
  writeFileSync(join(image, 'manifest.json'), JSON.stringify([forDocker]));
  setModes(image);
  await packTar(image, '.', file, quick);
}

/** Moves a file to where its bytes say. */
async function keep(blobs: string, file: string, mediaType: string): Promise<Blob> {
  const digest = await sha256(file);
  const { size } = statSync(file);
  renameSync(file, join(blobs, digest));
  return { mediaType, digest: `sha256:${digest}`, size };
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
