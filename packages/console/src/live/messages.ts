/** What the stream of a property tells; the server gathers it (`GET …/live`). */
export type LiveNews =
  | { readonly rooms: readonly unknown[] }
  | { readonly operations: readonly unknown[] }
  /** `rooms`: ids of those that it touched; null for any. */
  | { readonly types: readonly string[]; readonly rooms: readonly string[] | null };

/** What a tab hears. */
export type LiveMessage =
  /** From now on news come; what was seen before may be old. */
  | { readonly kind: 'connected'; readonly property: string }
  /** Nothing new is known since then, until it connects again. Unix milliseconds. */
  | { readonly kind: 'lost'; readonly property: string; readonly since: number }
  /** The session has ended, or reaches this property no longer. */
  | { readonly kind: 'ended'; readonly property: string }
  | { readonly kind: 'news'; readonly property: string; readonly news: LiveNews };

/** What a tab says: which property it shows, that it still does, or that it goes. */
export type TabMessage =
  | { readonly kind: 'show'; readonly property: string }
  | { readonly kind: 'here'; readonly property: string }
  | { readonly kind: 'bye' };
