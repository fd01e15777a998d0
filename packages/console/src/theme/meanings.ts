/** The six colours with a meaning; tokens.css says which shades each has. */
export const MEANINGS = ['accent', 'good', 'warn', 'bad', 'lost', 'calm'] as const;
export type Meaning = (typeof MEANINGS)[number];
