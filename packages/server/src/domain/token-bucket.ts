/** The units that may still be taken, as of an instant. Below zero they are a debt. */
export interface Bucket {
  readonly units: number;
  /** Monotonic milliseconds. */
  readonly at: number;
}

export interface BucketLimits {
  /** So much may be taken at once, and a bucket holds no more. */
  readonly burst: number;
  /** Units that it gains in a millisecond. */
  readonly perMs: number;
}

/** The bucket as it is now; a full one where nothing was taken yet. */
export function refill(bucket: Bucket | undefined, { burst, perMs }: BucketLimits, now: number): Bucket {
  if (bucket === undefined) return { units: burst, at: now };
  return { units: Math.min(burst, bucket.units + (now - bucket.at) * perMs), at: now };
}
