import { relative } from 'node:path';

/** How much of a failure is told again at the end. Characters. */
const TOLD_CHARS = 2_000;

/**
 * What failed by a report of vitest, each with its message and without the lines of other people's code: told again at the
 * end, since the report of thousands of tests is long.
 */
export function failuresIn(report, root) {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const told = failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}\n${ownLines(failureMessages)}`);
    if (message && failed.length === 0) told.push(`${file}: ${message}`);
    return told.map((failure) => failure.slice(0, TOLD_CHARS));
  });
}

function ownLines(messages) {
  const lines = messages.join('\n').split('\n');
  return lines.filter((line) => !line.includes('node_modules')).join('\n');
}
