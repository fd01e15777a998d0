/** A pair of keys of minisign that everybody can read: it signs what tests build, and nothing else. */
export const TEST_KEY = {
  secret:
    'untrusted comment: minisign encrypted secret key\nRWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA53e2JicdzqarB2Aj2l9ukh0ziljyX0i9Xw/A/QShMdMHGp1U86J3dT7uY9KknroKejJGBLeJqQHVJXb6t2FSd61Z9ZaCfIlZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n',
  public:
    'untrusted comment: minisign public key A6CE1D2726B677E7\nRWTnd7YmJx3Opj7uY9KknroKejJGBLeJqQHVJXb6t2FSd61Z9ZaCfIlZ\n',
} as const;
