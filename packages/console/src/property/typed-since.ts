/** Of what is typed, what isn't what was sent to be saved: it was typed meanwhile, and stays. */
export function typedSince<Facts extends object>(typed: Partial<Facts>, sent: Partial<Facts>): Partial<Facts> {
  const left = Object.entries(typed).filter(([field, value]) => value !== sent[field as keyof Facts]);
  return Object.fromEntries(left) as Partial<Facts>;
}
