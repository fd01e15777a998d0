import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from './config.ts';
import { startServer } from './main.ts';
import { scratchFolder } from './store/testing/scratch-folder.ts';
import { recordingLog } from './testing/recording-log.ts';

async function started(folder: string, settings: Parameters<typeof readConfig>[0], port?: number) {
  const { log, lines } = recordingLog();
  const config = readConfig({ PORT: '0', ...settings }, folder);
  // Where nobody chose the port: the usual one may be taken on the computer of this test.
  const metrics = config.metrics && { ...config.metrics, port: port ?? config.metrics.port };
  const server = await startServer({ ...config, metrics }, log);
  onTestFinished(() => server.stop());
  return { server, lines };
}

async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

describe('the metrics of a server', () => {
  test('are on a port of their own, and nowhere else', async () => {
    const { server } = await started(scratchFolder(), { KEYRACK_METRICS: '127.0.0.1:0' });
    const metrics = await fetch(server.metricsUrl as string);
    expect(await metrics.text()).toContain('keyrack_agents_connected 0\n');
    const main = await fetch(`${server.url}/metrics`);
    expect(main.status).toBe(404);
    expect(await main.json()).toMatchObject({ status: 404 });
  });

  test('are served nowhere where the setting says none', async () => {
    const { server } = await started(scratchFolder(), { KEYRACK_METRICS: 'none' });
    expect(server.metricsUrl).toBeNull();
  });

  test('are left out, and the log says so, where nobody chose their port and it is taken', async () => {
    const port = await takenPort();
    const { server, lines } = await started(scratchFolder(), {}, port);
    expect(server.metricsUrl).toBeNull();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const warnings = lines.filter(({ level }) => level === 40);
    expect(warnings).toMatchObject([{ msg: expect.stringContaining(`port ${port} on 127.0.0.1`) }]);
    expect(warnings[0]?.msg).toContain('KEYRACK_METRICS');
  });

  test('fail the start where their port was chosen and is taken, and nothing stays behind', async () => {
    const port = await takenPort();
    const folder = scratchFolder();
    const settings = { KEYRACK_METRICS: `127.0.0.1:${port}` };
    await expect(started(folder, settings)).rejects.toMatchObject({ code: 'EADDRINUSE', setting: 'KEYRACK_METRICS' });
    const { server } = await started(folder, { KEYRACK_METRICS: 'none' });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
