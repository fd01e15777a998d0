import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** How a key or its browser lies, or is simpler than others. */
export interface PasskeyQuirks {
  readonly origin?: string;
  readonly host?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** Whether it asked its owner for a finger or a PIN; yes unless told. */
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly signature?: Uint8Array;
  /** Of the statement about the maker; `none` unless told. */
  readonly statement?: string;
}

/** A passkey (WebAuthn) without a browser, as one would send what it makes and shows. */
export function softwarePasskey({ origin }: { readonly origin: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let count = 0;

  const clientData = (type: string, challenge: string, quirks: PasskeyQuirks) =>
    Buffer.from(
      JSON.stringify({
        type: quirks.type ?? type,
        challenge: quirks.challenge ?? challenge,
        origin: quirks.origin ?? origin,
      }),
    );
  const authenticatorData = (host: string, quirks: PasskeyQuirks, attested: Uint8Array = Buffer.alloc(0)) => {
    const flags = 1 | (quirks.userVerified === false ? 0 : 4) | (attested.length > 0 ? 64 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(quirks.counter ?? count);
    return Buffer.concat([sha256(quirks.host ?? host), Buffer.from([flags]), counter, attested]);
  };
  const told = (response: object) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });

  return {
    id: id.toString('base64url'),
    make(options: { challenge: string; rp: { id: string } }, quirks: PasskeyQuirks = {}) {
      const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
      // COSE: an elliptic key (2) for ES256 (-7) on P-256 (1).
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const data = authenticatorData(options.rp.id, quirks, attested);
      const { statement = 'none' } = quirks;
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText(statement),
        cborText('attStmt'),
        // What a maker would say: the name of an algorithm, and a certificate.
        statement === 'none'
          ? Buffer.from([0xa0])
          : Buffer.concat([Buffer.from([0xa1]), cborText('x5c'), Buffer.from('8141aa', 'hex')]),
        cborText('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return told({
        clientDataJSON: clientData('webauthn.create', options.challenge, quirks).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      });
    },
    show(options: { challenge: string; rpId: string }, quirks: PasskeyQuirks = {}) {
      count += 1;
      const client = clientData('webauthn.get', options.challenge, quirks);
      const data = authenticatorData(options.rpId, quirks);
      const signature = quirks.signature ?? sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return told({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: Buffer.from(signature).toString('base64url'),
        userHandle: null,
      });
    },
  };
}

function sha256(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A text of fewer than 24 bytes. */
function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}
