/**
 * Why a connection is answered for the last time. `malformed`: its bytes aren't HTTP. `slow`: a request didn't come in
 * time. `not-offered`: it asks for a tunnel or an upgrade that isn't there. `two-hosts`: it names its host twice.
 */
export type ConnectionFault = 'malformed' | 'slow' | 'headers-too-large' | 'not-offered' | 'two-hosts';

/** The HTTP status that tells of each. */
export const FAULT_STATUS: Readonly<Record<ConnectionFault, number>> = {
  malformed: 400,
  slow: 408,
  'headers-too-large': 431,
  'not-offered': 404,
  'two-hosts': 400,
};

/** What is wrong with bytes that never became a request. */
export function faultOfConnection(error: { readonly code?: string | undefined }): ConnectionFault {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'slow';
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return 'malformed';
}
