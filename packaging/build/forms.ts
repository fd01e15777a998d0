import { packTar, packZip } from './archive.ts';
import { debianFile, writeDebian } from './debian.ts';
import { writeImage } from './image.ts';
import type { LaidOut } from './lay-out.ts';
import type { ProductName } from './products.ts';
import { PRODUCTS } from './products.ts';
import { isWindows, type TargetName } from './targets.ts';

/** A form in which products are handed out. */
interface Form {
  /** The name of its file, or null where there is none for this product and system. */
  readonly file: (product: ProductName, version: string, target: TargetName) => string | null;
  /** Writes that file. It leaves `parent` as it is, since other forms are made from it too. */
  readonly write: (laid: LaidOut, file: string) => Promise<void>;
}

/** `keyrack-agent-1.2.3-linux-x64`, which every file of that product and system begins with. */
export const nameOf = (product: ProductName, version: string, target: TargetName): string =>
  `${PRODUCTS[product].name}-${version}-${target}`;

/** Every form, in the order in which they are made. */
export const FORMS = {
  archive: {
    file: (product, version, target) =>
      `${nameOf(product, version, target)}.${isWindows(target) ? 'zip' : `tar.${PRODUCTS[product].compression}`}`,
    write: ({ product, target, parent, quick }, file) =>
      (isWindows(target) ? packZip : packTar)(parent, PRODUCTS[product].name, file, quick),
  },
  image: {
    file: (product, version, target) =>
      product === 'server' && !isWindows(target) ? `${nameOf(product, version, target)}.oci.tar` : null,
    write: writeImage,
  },
  debian: { file: debianFile, write: writeDebian },
} as const satisfies Record<string, Form>;

export type FormName = keyof typeof FORMS;

export const formOf = (name: FormName): Form => FORMS[name];
