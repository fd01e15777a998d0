/**
 * Addresses of the published platform that aren't served here (docs/room-card-api.md, "Moving from another provider").
 * Public clients show nothing of an answer with HTTP status 404, so these get an envelope that says what to do.
 */
export const PUBLISHED_PATHS: readonly string[] = [
  // Gateways, and unlocking through them.
  '/Home/Records/getBoxInfo',
  '/Home/Records/lockBoxRoom',
  // The page of a guest's QR code.
  '/apiLogin',
  '/apiLogin/',
];

/** Where `c` names a module, e.g. `/?c=Qrcode&a=getLink`. Whatever it names, none of them is served. */
const MODULE_PATHS: readonly string[] = ['/', '/index.php'];

/** Whether an address, with its query, is one of the published platform's that Keyrack doesn't have. */
export function isPublishedElsewhere(path: string, query: string): boolean {
  if (MODULE_PATHS.includes(path)) return new URLSearchParams(query).has('c');
  return PUBLISHED_PATHS.includes(path);
}
