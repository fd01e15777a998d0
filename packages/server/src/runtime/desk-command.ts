/** The line that pairs a front desk: every page and command that tells one takes it from here. */

/**
 * @param program what is typed there to run Keyrack
 * @param agents the agents' address, as `agentAddress` makes it
 */
export function deskCommand(program: string, agents: string, code: string): string {
  return `${program} agent --server ${quoted(agents)} --pair ${code} --pcsc`;
}

/** Shells take brackets, as of an IPv6 address, for a pattern; those of Windows know double quotes alone. */
export function quoted(word: string): string {
  return /^[0-9A-Za-z_@%+=:,./-]+$/.test(word) ? word : `"${word}"`;
}
