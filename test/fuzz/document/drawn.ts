/** One request, as it is sent. */
export interface Drawn {
  /** `operationId`, for whom reads a finding. */
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** The parsed body; undefined for none, or for one that is no JSON. */
  readonly json: unknown;
}
