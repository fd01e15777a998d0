import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { Inside } from './inside.ts';

export interface Described {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** What is inside of a product, as CycloneDX 1.6 in JSON. The same parts give the same bytes: it holds no time and no chance. */
export function sbomOf({ name, version, description }: Described, inside: readonly Inside[]): string {
  const bom = new Models.Bom();
  const product = new Models.Component(Enums.ComponentType.Application, name, {
    version,
    description,
    bomRef: `${name}@${version}`,
    purl: `pkg:generic/${name}@${version}`,
    licenses: new Models.LicenseRepository([new Models.SpdxLicense('Apache-2.0')]),
  });
  bom.metadata.component = product;
  for (const each of inside) {
    const ref = `${each.name}@${each.version}`;
    const component = new Models.Component(Enums.ComponentType.Library, each.name, {
      version: each.version,
      bomRef: ref,
      purl: `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`,
    });
    if (each.licence !== null) component.licenses.add(licenceOf(each.licence));
    if (each.cpe !== null) component.cpe = each.cpe;
    const hash = sha512(each.integrity);
    if (hash !== null) component.hashes.set(Enums.HashAlgorithm['SHA-512'], hash);
    bom.components.add(component);
    product.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const licenceOf = (licence: string) =>
  /[ ()]/.test(licence) ? new Models.LicenseExpression(licence) : new Models.SpdxLicense(licence);

/** The registry's checksum in the notation of CycloneDX. */
function sha512(integrity: string | null): string | null {
  const [, base64] = /^sha512-(.+)$/.exec(integrity ?? '') ?? [];
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('hex');
}
