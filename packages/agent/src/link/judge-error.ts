import { type Obstacle, obstacle, placeOf } from './obstacle.ts';

/** Codes with which OpenSSL turns a certificate down, beside the name and the dates. */
const UNTRUSTED = new Set([
  'CERT_REVOKED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What OpenSSL says of bytes that are no TLS at all: a server of plain HTTP, say. */
const NOT_TLS = /wrong version number|packet length too long|http request|https proxy request/;

/**
 * Why no answer was had of a server, by the error of Node, OpenSSL or ws.
 * @param proxy what it was tried through, named without user and password; null for nothing
 */
export function judgeError(server: URL, error: Error & { readonly code?: string }, proxy: string | null): Obstacle {
  const code = error.code ?? '';
  const host = placeOf(server, proxy);
  // Node's message is empty where it tried several addresses of one name.
  const said = error.message || code || error.name;
  if (proxy !== null && NETWORK.has(code)) {
    const todo = 'Check the address of the proxy, and that it runs and lets this computer through.';
    return obstacle('proxy-not-reached', `the proxy ${proxy} isn't reached (${said})`, todo);
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return obstacle(
        'name-unknown',
        `the name ${server.hostname} isn't known to this computer (${code})`,
        "Check the address, this computer's network and its name server.",
      );
    case 'ECONNREFUSED':
      return obstacle(
        'nobody-listens',
        `nobody listens at ${host} (${code})`,
        'Check the address with its port, and that the server runs.',
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return obstacle('no-way', `there is no way to ${host} (${code})`, "Check this computer's network.");
    case 'ETIMEDOUT':
      return addressSilent(server, proxy);
    case 'ECONNRESET':
    case 'EPIPE':
      return obstacle(
        'broken-off',
        `${host} ends the connection without an answer (${said})`,
        `Check the address with its port, and what stands on the way: a firewall may cut it off.${orTls(server)}`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return obstacle(
        'certificate-name',
        `${host} shows a certificate of another name (${plain(said)})`,
        'Check the address. Where this network has a log-in page, log in with a browser on this computer first.',
      );
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return obstacle(
        'certificate-date',
        `the certificate of ${host} isn't valid today (${said})`,
        "Renew it on the server, or set this computer's clock.",
      );
  }
  if (UNTRUSTED.has(code)) {
    return obstacle(
      'certificate-unknown',
      `the certificate of ${host} comes from nobody whom this computer trusts (${said})`,
      "Name the certificate of a private CA with --ca-file; otherwise check that the server shows all of its certificate's chain.",
    );
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    // `…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…` where Node gives it no code of its own.
    const reason = /SSL routines:[^:]*:([^:]+)/.exec(said)?.[1] ?? code.slice('ERR_SSL_'.length).replaceAll('_', ' ');
    if (NOT_TLS.test(reason.toLowerCase())) {
      const todo =
        'Check the port: name the one of the proxy that speaks TLS in front of Keyrack. See docs/reverse-proxy.md.';
      return obstacle('no-tls', `${host} doesn't speak TLS`, todo);
    }
    return obstacle(
      'tls-failed',
      `${host} and this computer don't agree on TLS (${plain(reason.toLowerCase())})`,
      'Check the host name in the address, and the TLS settings of the proxy in front of Keyrack.',
    );
  }
  if (code.startsWith('HPE_')) {
    const todo = `Check the address with its port.${orTls(server)}`;
    return obstacle('not-http', `${host} doesn't speak HTTP (${code})`, todo);
  }
  if (/^Invalid (Upgrade|Sec-WebSocket-\w+) header$|subprotocol/.test(said)) return notKeyrack(server, proxy, said);
  const todo = 'Check the address, the proxy and the network.';
  return obstacle('not-reached', `${host} can't be reached (${plain(said)})`, todo);
}

/** Errors of the first step, which a proxy takes where there is one. */
const NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
]);

export function addressSilent(server: URL, proxy: string | null): Obstacle {
  const todo =
    'Check the address with its port, and what stands on the way: a firewall, or a proxy that must be named.';
  return obstacle('address-silent', `${placeOf(server, proxy)} doesn't answer`, todo);
}

/** A WebSocket was opened or nearly so, and who opened it is a stranger. */
export function notKeyrack(server: URL, proxy: string | null, detail: string): Obstacle {
  const todo = 'Check the address: another program has it.';
  const found = `a WebSocket opens at ${placeOf(server, proxy)}, but no Keyrack server speaks on it (${detail})`;
  return obstacle('not-keyrack', found, todo);
}

/** What else plain text that isn't answered may mean. */
function orTls({ protocol }: URL): string {
  return protocol === 'wss:' ? '' : ' If TLS is spoken there, name it as wss://….';
}

/** The names of a certificate are a stranger's words. */
function plain(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
