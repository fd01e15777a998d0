export const WINE_ENVIRONMENT: Readonly<Record<string, string>>;
