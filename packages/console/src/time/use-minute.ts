import { useEffect, useState } from 'react';
import { serverNow } from './server-clock.ts';

/** Unix milliseconds; anew when the minute changes, and when the page comes back to sight. */
export function useMinute(): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(serverNow());
      timer = setTimeout(tick, 60_000 - (serverNow() % 60_000) + 20);
    };
    timer = setTimeout(tick, 60_000 - (serverNow() % 60_000) + 20);
    const seen = () => setNow(serverNow());
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  return now;
}
