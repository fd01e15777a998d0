/** As the server wants it; a test compares. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

export type PasswordFault = 'too-short' | 'too-long' | 'differ';

/** What is wrong with a password that was typed twice; null for nothing. */
export function passwordFault(typed: { readonly password: string; readonly again: string }): PasswordFault | null {
  const { password, again } = typed;
  if (password.length < PASSWORD_LENGTH.least) return 'too-short';
  if (password.length > PASSWORD_LENGTH.most) return 'too-long';
  return password === again ? null : 'differ';
}
