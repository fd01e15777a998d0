import { BenchError } from '../parts/bench-error.ts';

/** What a process has open beside its agents: files, threads' pipes, callers. */
const OTHERS = 500;

/**
 * Throws where a process of this bench couldn't open a connection for each agent. The server's unit allows 24,576
 * descriptors (docs/server.md); a shell may allow fewer. Node itself goes up to the hard limit.
 */
export function checkDescriptors(agents: number, limit: number | null = hardLimit()): void {
  const needed = agents + OTHERS;
  if (limit === null || limit >= needed) return;
  throw new BenchError(
    `${agents} agents need ${needed} open files in a process, and ${limit} are allowed. Raise the limit, as root with "ulimit -Hn 24576", and start the bench from that shell.`,
  );
}

/** Null where there is none, or where the system doesn't tell. */
function hardLimit(): number | null {
  const report = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly hard: number | 'unlimited' } };
  };
  const hard = report.userLimits?.open_files?.hard;
  return typeof hard === 'number' ? hard : null;
}
