/** Where an invitation is opened. The token comes behind the #, which browsers send to nobody. */
export function invitationLink(token: string): string {
  return `${location.origin}/join#${token}`;
}
