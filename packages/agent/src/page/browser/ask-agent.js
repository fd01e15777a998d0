const token = document.querySelector('meta[name=keyrack-page]')?.getAttribute('content') ?? '';

/** Proves that a request comes from this page. See `page-guard.ts`. */
export const PROOF = { 'x-keyrack-page': token };

/**
 * Has the agent do something. Null where it didn't answer; a page that is older than the agent is loaded again.
 *
 * @param {string} action
 * @param {object} [sent]
 * @returns {Promise<{ readonly status: number, readonly body: any } | null>}
 */
export async function askAgent(action, sent = {}) {
  try {
    const response = await fetch(action, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...PROOF },
      body: JSON.stringify(sent),
    });
    const body = response.status === 204 ? null : await response.json();
    if (body?.cause === 'wrong-token') location.reload();
    return { status: response.status, body };
  } catch {
    return null;
  }
}
