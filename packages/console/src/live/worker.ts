import { createHub } from './hub.ts';

// The one event stream of this browser: a shared worker lives as long as any of its tabs.
const hub = createHub();

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = ({ ports }) => {
  const [port] = ports;
  if (port === undefined) return;
  port.onmessage = ({ data }) => hub.hear(port, data);
};
