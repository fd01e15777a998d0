import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from '@keyrack/protocol/version.ts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { PRODUCT_NAMES, type ProductName } from '../../packaging/build/products.ts';
import { agentArchive, builtFolder, describePackages, SYSTEM, unpacked } from './testing/packages.ts';

/** What each package says of what it is made of. */

interface Component {
  readonly name: string;
  readonly version: string;
}

const folderOf = (product: ProductName) => join(unpacked(product), 'versions', VERSION);
const read = (product: ProductName, file: string) => readFileSync(join(folderOf(product), file), 'utf8');
const componentsOf = (product: ProductName): Component[] => JSON.parse(read(product, 'sbom.cdx.json')).components;

const SCHEMAS = fileURLToPath(new URL('../../node_modules/@cyclonedx/cyclonedx-library/res/schema/', import.meta.url));
const schema = (name: string) => JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8'));

/** The names of the packages in a node_modules. */
const installedIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : [name],
  );

describePackages('what a package says of what is inside', () => {
  test('is CycloneDX by its schema', () => {
    const ajv = new Ajv({ strict: false });
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema({ ...schema(name), $id: undefined }, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
    addFormats.default(ajv);
    for (const format of ['idn-email', 'iri-reference']) ajv.addFormat(format, true);
    const isBom = ajv.compile(schema('bom-1.6'));
    for (const product of PRODUCT_NAMES) {
      isBom(JSON.parse(read(product, 'sbom.cdx.json')));
      expect(isBom.errors, product).toBeNull();
    }
    expect(isBom({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'without a type' }] })).toBe(false);
  });

  test('names Node, every package beside the program and what is in it, whole', () => {
    for (const product of PRODUCT_NAMES) {
      const components = componentsOf(product);
      const names = components.map(({ name }) => name);
      const beside = installedIn(join(folderOf(product), 'node_modules'));
      expect(names).toEqual(expect.arrayContaining([`node-${SYSTEM}`, 'ws', ...beside]));
      for (const { name, version, ...each } of components) {
        const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
        const hashes = [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }];
        expect(each, name).toMatchObject({ purl, hashes, licenses: [expect.anything()] });
      }
      expect(components.find(({ name }) => name === `node-${SYSTEM}`)).toMatchObject({
        cpe: expect.stringContaining(`:nodejs:node.js:${process.versions.node}:`),
      });
    }
    expect(componentsOf('server').map(({ name }) => name)).toEqual(expect.arrayContaining(['fastify', 'react']));
    expect(componentsOf('agent').map(({ name }) => name)).not.toContain('fastify');
  });

  test('brings a text of every licence', () => {
    for (const product of PRODUCT_NAMES) {
      const parts = read(product, 'LICENCES').split(`\n\n${'-'.repeat(80)}\n\n`);
      for (const { name, version } of componentsOf(product)) {
        const part = parts.find((each) => each.includes(`${name} ${version} (`)) ?? '';
        expect(part, name).toMatch(/copyright|public domain|as is/i);
        expect(part.length, name).toBeGreaterThan(300);
      }
    }
  });

  test('and its program tells nobody to type what only a checkout has', () => {
    for (const product of PRODUCT_NAMES) {
      const lib = join(folderOf(product), 'lib');
      const modules = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
      expect(modules).not.toEqual([]);
      const saying = modules.filter((name) => readFileSync(join(lib, name), 'utf8').includes('npx keyrack'));
      expect([product, saying]).toEqual([product, []]);
    }
  });

  test('lies beside an archive, too', () => {
    expect(readFileSync(join(builtFolder(), `${agentArchive()}.cdx.json`), 'utf8')).toBe(
      read('agent', 'sbom.cdx.json'),
    );
  });
});
