/** What somebody is known by where they sign in, as one field takes it. */
export type LoginName =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'mobile'; readonly areaCode: string; readonly mobile: string }
  /** A phone without its country code, which is still needed. */
  | { readonly kind: 'bare-mobile'; readonly mobile: string }
  | { readonly kind: 'unclear' };

/** Country codes of two digits (ITU-T E.164). Those that begin with 1 or 7 have one, all others three. */
const TWO_DIGITS = /^(?:20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Reads a phone or an e-mail. A phone says its country by `+86 …` or `0086 …`. */
export function readLoginName(text: string): LoginName {
  const name = text.normalize('NFKC').trim();
  if (name.includes('@')) {
    return /^[^@\s]+@[^@\s]+$/.test(name) && name.length <= 254 ? { kind: 'email', email: name } : { kind: 'unclear' };
  }
  if (!/^(?:\+|00)?[\d\s().\-/]+$/.test(name)) return { kind: 'unclear' };
  const digits = name.replace(/\D/g, '');
  const whole = name.startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : null;
  if (whole === null) return isMobile(digits) ? { kind: 'bare-mobile', mobile: digits } : { kind: 'unclear' };
  const areaCode = whole.slice(0, lengthOfCode(whole));
  const mobile = whole.slice(areaCode.length);
  return isMobile(mobile) ? { kind: 'mobile', areaCode, mobile } : { kind: 'unclear' };
}

function lengthOfCode(digits: string): number {
  if (/^[17]/.test(digits)) return 1;
  return TWO_DIGITS.test(digits) ? 2 : 3;
}

function isMobile(digits: string): boolean {
  return /^\d{4,15}$/.test(digits);
}

/** The fields of a request that name somebody; null where the text names nobody yet. `code` is for a phone without one. */
export function loginFields(
  text: string,
  code: string,
): { readonly email: string } | { readonly areaCode: string; readonly mobile: string } | null {
  const name = readLoginName(text);
  switch (name.kind) {
    case 'email':
      return { email: name.email };
    case 'mobile':
      return { areaCode: name.areaCode, mobile: name.mobile };
    case 'bare-mobile': {
      const areaCode = code
        .normalize('NFKC')
        .replace(/^\s*(?:\+|00)?/, '')
        .trim();
      return /^\d{1,4}$/.test(areaCode) ? { areaCode, mobile: name.mobile } : null;
    }
    case 'unclear':
      return null;
  }
}
