const token = document.querySelector('meta[name=keyrack-page]')?.getAttribute('content') ?? '';

/** Proves that a request comes from this page. See `page-guard.ts`. */
export const PROOF = { 'x-keyrack-page': token };

/**
 * Loads the page again where it is older than the agent, which was started anew and knows another token.
 *
 * @param {{ readonly cause?: string } | null} body of a refusal
 */
export function reloadIfOld(body) {
  if (body?.cause === 'wrong-token') location.reload();
}

/**
 * Has the agent do something. Null where it didn't answer.
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
    reloadIfOld(body);
    return { status: response.status, body };
  } catch {
    return null;
  }
}
