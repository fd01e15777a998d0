import type { MemberProblem } from '../../transactions/property/change-member.ts';
import { ProblemError } from '../problems.ts';

/** What is told where a member can't be as the caller wants them. */
export function memberProblem(verdict: MemberProblem | 'not-found' | 'changed-meanwhile'): ProblemError {
  if (verdict === 'gives-too-much')
    return new ProblemError('forbidden', {
      detail: 'The member would be, or is, allowed what this credential is not. Use one that has all of their rights.',
    });
  if (verdict !== 'member-without-name') return new ProblemError(verdict);
  const detail = 'is needed where there is no mobile: a member is known by one of them';
  return new ProblemError('invalid-request', { errors: [{ in: 'body', path: 'email', detail }] });
}
