/** The path and the query of a request's target. */
export interface RequestTarget {
  readonly path: string;
  /** What stands behind the first `?`, or nothing. */
  readonly query: string;
}

export function targetOf(url: string): RequestTarget {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Public clients join a base address that ends with a slash and a path that begins with one. The query stays. */
export function withoutDoubledSlashes(url: string): string {
  // What doesn't begin with a slash is an absolute address, whose scheme ends with two.
  if (!url.startsWith('/')) return url;
  const { path } = targetOf(url);
  return path.replace(/\/{2,}/g, '/') + url.slice(path.length);
}
