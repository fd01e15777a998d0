/**
 * The one form in which an e-mail is stored, looked up and counted: without regard to case and to how its characters
 * are composed (NFKC). If counting folded more than looking up, the two would tell whether a name is known.
 */
export function foldEmail(email: string): string {
  return email.normalize('NFKC').toLowerCase().normalize('NFKC');
}
