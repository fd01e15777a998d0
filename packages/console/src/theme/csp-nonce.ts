/** The nonce of this answer, by which the page's policy allows style elements that parts of Mantine write. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
