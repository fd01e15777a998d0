import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

export const language = z.enum(['en', 'zh']);
export type Language = z.infer<typeof language>;

const COOKIE = 'keyrack-language';
/** Longer than browsers keep a cookie: 400 days. Seconds. */
const COOKIE_SECONDS = 400 * 86_400;

/** The page's language: the one that was chosen before, else the first that the browser prefers and that there is. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>): Language {
  const [, chosen] = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w+)`).exec(headers.cookie ?? '') ?? [];
  const wanted = language.safeParse(chosen);
  if (wanted.success) return wanted.data;
  const accepted = (headers['accept-language'] ?? '').toLowerCase().split(',').map(weighed);
  const tags = accepted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return tags.map(({ tag }) => language.safeParse(tag).data).find((tag) => tag !== undefined) ?? 'en';
}

/** The cookie that remembers a choice. It tells nothing else, so that other ports of this computer may see it. */
export function languageCookie(chosen: Language): string {
  return `${COOKIE}=${chosen}; Max-Age=${COOKIE_SECONDS}; Path=/; HttpOnly; SameSite=Strict`;
}

/** One part of `Accept-Language` (RFC 9110, 12.5.4), such as `zh-CN;q=0.8`. */
function weighed(part: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((each) => each.trim());
  const weight = parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1';
  return { tag: tag.split('-')[0] ?? '', weight: Number.parseFloat(weight) || 0 };
}
