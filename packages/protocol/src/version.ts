/** The version of Keyrack, of all its programs; the same as in package.json. */
export const VERSION = '0.1.0';
