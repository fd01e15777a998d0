import { expect, test } from 'vitest';
import { judgeError } from './judge-error.ts';

const SERVER = new URL('wss://keyrack.hotel.example/agent');

/** As Node makes them; the messages are OpenSSL's and Node's own. */
const failure = (code: string, message = `connect ${code}`) => Object.assign(new Error(message), { code });
const openssl = (reason: string) =>
  failure(
    'EPROTO',
    `write EPROTO 40A7E:error:0A00010B:SSL routines:ssl3_get_record:${reason}:../deps/openssl/x.c:354:\n`,
  );

test.each([
  ['name-unknown', failure('ENOTFOUND')],
  ['name-unknown', failure('EAI_AGAIN')],
  ['nobody-listens', failure('ECONNREFUSED')],
  ['nobody-listens', failure('ECONNREFUSED', '')],
  ['no-way', failure('EHOSTUNREACH')],
  ['no-way', failure('ENETUNREACH')],
  ['address-silent', failure('ETIMEDOUT')],
  ['broken-off', failure('ECONNRESET', 'socket hang up')],
  ['broken-off', failure('EPIPE')],
  ['certificate-name', failure('ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames: …")],
  ['certificate-date', failure('CERT_HAS_EXPIRED', 'certificate has expired')],
  ['certificate-date', failure('CERT_NOT_YET_VALID', 'certificate is not yet valid')],
  ['certificate-unknown', failure('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain')],
  ['certificate-unknown', failure('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')],
  ['certificate-unknown', failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate')],
  ['certificate-unknown', failure('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate')],
  ['no-tls', openssl('wrong version number')],
  ['no-tls', failure('ERR_SSL_PACKET_LENGTH_TOO_LONG')],
  ['tls-failed', openssl('tlsv1 alert internal error')],
  ['tls-failed', failure('ERR_SSL_TLSV1_UNRECOGNIZED_NAME')],
  ['not-http', failure('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/')],
  ['not-keyrack', new Error('Invalid Sec-WebSocket-Accept header')],
  ['not-reached', failure('EMFILE', 'too many open files')],
])('%s: %s', (cause, error) => {
  const why = judgeError(SERVER, error, null);
  expect(why).toMatchObject({ cause, todo: expect.stringMatching(/^[A-Z].*\.$/) });
  expect(why.found).toMatch(/keyrack\.hotel\.example/);
  expect(why.found).not.toMatch(/\(\)|\n|\.$/);
});

test.each([
  ['of the network is the proxy’s', failure('ECONNREFUSED'), 'proxy-not-reached'],
  ['of a name is the proxy’s', failure('ENOTFOUND'), 'proxy-not-reached'],
  ['of TLS is the server’s', failure('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate-unknown'],
])('through a proxy, an error %s', (_what, error, cause) => {
  const why = judgeError(SERVER, error, 'http://proxy.hotel.example:3128');
  expect(why.cause).toBe(cause);
  expect(why.found).toContain('http://proxy.hotel.example:3128');
});

test('a stranger’s certificate can’t write to a terminal', () => {
  const why = judgeError(
    SERVER,
    failure('ERR_TLS_CERT_ALTNAME_INVALID', `altnames: DNS:\u001b[2J${'x'.repeat(5_000)}`),
    null,
  );
  expect(why.found).not.toContain('\u001b');
  expect(why.found.length).toBeLessThan(400);
});
