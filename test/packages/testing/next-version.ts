/** The version of the package that tests update to. */
export const NEXT_VERSION = '99.0.0';
