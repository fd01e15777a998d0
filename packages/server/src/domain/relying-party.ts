/** For whom passkeys are made and asked for (WebAuthn): browsers give them to no other. */
export interface RelyingParty {
  /** The name of the host. */
  readonly id: string;
  readonly origin: string;
}

/**
 * That of a server which people reach at this address; null where browsers use no passkeys there: they want `https`, or `localhost`,
 * and a name that is no address.
 */
export function relyingPartyOf(publicUrl: string | null): RelyingParty | null {
  const { protocol, hostname, origin } = publicUrl === null ? NOWHERE : new URL(publicUrl);
  const isOwnComputer = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  if (hostname === '' || isAddress || (protocol !== 'https:' && !isOwnComputer)) return null;
  return { id: hostname, origin };
}

const NOWHERE = { protocol: '', hostname: '', origin: '' };
