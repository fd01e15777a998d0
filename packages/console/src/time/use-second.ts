import { useEffect, useState } from 'react';
import { serverNow } from './server-clock.ts';

/** Unix milliseconds by the server's clock, whose deadlines are counted down; anew every second while `running`. */
export function useSecond(running: boolean): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    if (!running) return;
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
