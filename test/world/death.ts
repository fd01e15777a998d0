/** Kills this process when the named point is reached; the point is compared with every one that is passed. */
export function dieAt(point: string | undefined): (passed: string) => void {
  return (passed) => {
    if (passed === point) process.kill(process.pid, 'SIGKILL');
  };
}
