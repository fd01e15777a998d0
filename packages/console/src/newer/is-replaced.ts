/** The script that a console's page begins with. Its name tells one build from another. */
const ENTRY = /<script type="module"[^>]* src="(\/assets\/[^"]+)"/;

/** Whether a page that the server hands out begins with another script than the one that runs. */
export function isOfAnother(page: string, own: string): boolean {
  const entry = ENTRY.exec(page)?.[1];
  return entry !== undefined && entry !== own;
}

/** Whether the server hands out another console than the one that runs here. Where nobody answers, nobody knows. */
export async function isReplaced(): Promise<boolean> {
  const own = document.querySelector('script[type="module"][src^="/assets/"]')?.getAttribute('src');
  if (own == null) return false;
  try {
    const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' });
    return response.ok && isOfAnother(await response.text(), own);
  } catch {
    return false;
  }
}
