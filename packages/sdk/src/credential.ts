/** By what requests come: a key, or the cookie of a page of the server itself. */
export type Credential =
  | {
      /** An API key, or what gives one. It is asked for at every try, so that it may change. */
      readonly key: string | (() => string | Promise<string>);
      readonly cookie?: undefined;
    }
  | {
      /** In a page of the server itself: by the cookie that the browser has. Whoever signs in so is given no token. */
      readonly cookie: true;
      readonly key?: undefined;
    };

/** The headers that show a credential, made anew at every try. */
export type CredentialHeaders = () => Promise<Readonly<Record<string, string>>>;

export function credentialHeaders({ key, cookie }: Credential): CredentialHeaders {
  if (cookie) return async () => ({ 'keyrack-session': 'cookie' });
  return async () => ({ authorization: `Bearer ${await (typeof key === 'string' ? key : key())}` });
}
