import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { unfailingLog } from '@keyrack/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { ServerConfig } from './config.ts';
import { createConsole } from './console/serve-console.ts';
import { createAgentSockets } from './dispatch/agent-socket.ts';
import { createDispatcher } from './dispatch/dispatcher.ts';
import type { UnprovedLimits } from './dispatch/unproved-connections.ts';
import { type AgentQuotas, STRANGERS } from './domain/limits.ts';
import { HTTP_LIMITS, type HttpLimits } from './http/limits.ts';
import { createMetrics } from './http/metrics.ts';
import { type MetricsListener, serveMetrics } from './http/metrics-listener.ts';
import { createHttpServer } from './http/server.ts';
import { createAlarms } from './main-alarms.ts';
import { createDownloads } from './main-downloads.ts';
import { openSealer } from './main-master-key.ts';
import { openOwnerKey } from './main-owner-key.ts';
import type { RunningServer, ServerParts } from './main-parts.ts';
import { refuseHalfRestored } from './main-restore.ts';
import { newServerSecret, proofOf, removeFormerFile, removeServerFile, writeServerFile } from './main-server-file.ts';
import { openStore } from './main-store.ts';
import { createCardRequests } from './requests/card-requests.ts';
import { createCopies } from './requests/copies.ts';
import { createOperations } from './requests/operations.ts';
import { createRestApi } from './rest/router.ts';
import { createBegins } from './runtime/begins.ts';
import { createAddressOf, createSourceOf } from './runtime/client-address.ts';
import { type Clock, systemClock } from './runtime/clock.ts';
import { watchCommits } from './runtime/commit-health.ts';
import { createCredentials } from './runtime/credentials.ts';
import { createDeadlines } from './runtime/deadlines.ts';
import { createFactorGuesses } from './runtime/factor-guesses.ts';
import { createFailureLog } from './runtime/failure-log.ts';
import { giveBackMemory } from './runtime/give-back-memory.ts';
import { createGuestSweep } from './runtime/guest-sweep.ts';
import type { ServerLog } from './runtime/log.ts';
import { noteVisits } from './runtime/note-visits.ts';
import { createOpenedSecrets } from './runtime/opened-secrets.ts';
import { createOutcomes } from './runtime/outcomes.ts';
import { createWayOf } from './runtime/page-way.ts';
import { createPairingLimit } from './runtime/pairing-limit.ts';
import { createPasskeys } from './runtime/passkeys.ts';
import { argon2Passwords, checksAtOnce, type Passwords } from './runtime/password.ts';
import { onThisComputer, publicAddress, reachable } from './runtime/public-address.ts';
import { createRackFeeds } from './runtime/rack-feeds.ts';
import { createRecordNews } from './runtime/record-news.ts';
import { createRunner, type ServerStore } from './runtime/runner.ts';
import { PURPOSE, type Sealer } from './runtime/sealed-secret.ts';
import { watchOperations } from './runtime/watch-operations.ts';
import { createWebhookNetworks } from './runtime/webhooks/networks.ts';
import { createWebhooks } from './runtime/webhooks/webhooks.ts';
import { createWrongSignatures } from './runtime/wrong-signatures.ts';
import { makeFolder, StoreError } from './store/index.ts';

export type { Preparation, RunningServer, ServerParts } from './main-parts.ts';

/**
 * Starts a server and resolves when it listens. Rejects with a StoreOpenError for a broken database, a
 * MasterKeyError for an unusable key, or Node's error for a port that can't be had.
 */
export async function startServer(
  config: ServerConfig,
  givenLog: ServerLog,
  parts: Partial<ServerParts> = {},
): Promise<RunningServer> {
  const log = unfailingLog(givenLog, ['info', 'warn', 'error', 'fatal']);
  const clock = parts.clock ?? systemClock;
  const credentialClock = parts.credentialClock ?? clock;
  const passwords = parts.passwords ?? argon2Passwords;
  makeFolder(config.dataFolder);
  await refuseHalfRestored(config.dataFolder);
  const opened = await openStore(config, (error) => {
    // Nothing can be recorded any more: what goes on would be lost. A supervisor starts the server anew.
    log.fatal({ err: error }, 'the store ended by itself; the server stops');
    process.exit(1);
  });
  try {
    const sealer = await openSealer(opened, { environment: config.masterKey, folder: config.dataFolder }, log);
    const store = parts.wrapStore?.(opened) ?? opened;
    return await wire(config, log, {
      clock,
      credentialClock,
      passwords,
      store,
      sealer,
      prepare: parts.prepare,
      limits: parts.limits ?? {},
      unproved: parts.unproved ?? {},
      quotas: parts.quotas ?? {},
      checksAnswers: parts.checksAnswers ?? false,
      requestLimits: parts.requestLimits,
      console: parts.console,
      downloads: config.downloadsFolder ?? parts.downloads ?? null,
      program: parts.program ?? 'keyrack',
      diskSpace: parts.diskSpace,
      onLocalhost: parts.onLocalhost ?? false,
    });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function wire(
  config: ServerConfig,
  log: ServerLog,
  {
    clock,
    credentialClock,
    passwords,
    store: opened,
    sealer,
    prepare,
    limits,
    unproved,
    quotas,
    checksAnswers,
    requestLimits,
    console: consoleFiles,
    downloads,
    program,
    diskSpace,
    onLocalhost,
  }: { [Part in 'prepare' | 'requestLimits' | 'console' | 'diskSpace']: ServerParts[Part] | undefined } & {
    clock: Clock;
    credentialClock: Clock;
    passwords: Passwords;
    store: ServerStore;
    sealer: Sealer;
    limits: Partial<HttpLimits>;
    unproved: Partial<UnprovedLimits>;
    quotas: Partial<AgentQuotas>;
    checksAnswers: boolean;
    downloads: string | null;
    program: string;
    onLocalhost: boolean;
  },
): Promise<RunningServer> {
  const addressOf = createAddressOf(config.trustedProxies);
  const failures = createFailureLog(log, () => clock.monotonic());
  const health = watchCommits(opened, clock, log);
  const { store } = health;
  const { read } = store;
  const outcomes = createOutcomes((error) =>
    log.error({ err: error }, 'news of an operation could not be heard by all'),
  );
  /** The trouble of the database stands in the log already, once. */
  const unlessOfStore = (text: string) => (error: unknown) => {
    if (!(error instanceof StoreError)) log.error({ err: error }, text);
  };
  const news = createRecordNews(read, clock, unlessOfStore('it could not be looked for new records'));
  const rackFeeds = createRackFeeds({
    read,
    outcomes,
    news,
    clock,
    onError(error) {
      if (!(error instanceof StoreError))
        log.error({ err: error }, 'it could not be looked what changed on a key rack');
    },
  });
  const run = createRunner(store, outcomes, news.committed);
  const noteVisit = noteVisits(() => clock.monotonic());
  const credentials = createCredentials({
    read,
    clock: credentialClock,
    passwords,
    onRight: ({ propertyId, id: memberId }) =>
      noteVisit(memberId, () => run('noteMemberVisit', { propertyId, memberId, lastActiveAt: clock.now() })),
    atOnce: checksAtOnce(availableParallelism(), config.poolThreads),
  });
  const openSecret = createOpenedSecrets(sealer, clock);
  const dispatcher = createDispatcher({
    run,
    read,
    outcomes,
    credentials,
    clock,
    quotas,
    signInIdleMs: config.waits.signInIdleMs,
    newId: uuidv7,
    limitPairing: createPairingLimit(() => credentialClock.monotonic()),
    newChallenge: () => randomBytes(32).toString('base64url'),
    unsealCardKey: ({ sealed }) => openSecret(sealed, PURPOSE.propertyCardKey),
    failures,
    onLeft: (agent) => alarms.desks.left(agent),
    onPresence: rackFeeds.presence,
    offerFor: (system) => packages.offerFor(system),
    log: {
      step: (step, facts) => log.info(facts, step),
      error: (step, error, facts) =>
        // The trouble of the database stands in the log already, once.
        error instanceof StoreError
          ? log.info({ ...facts, why: error.message }, `${step} failed`)
          : log.error({ ...facts, err: error }, `${step} failed`),
    },
  });
  const alarms = createAlarms(config, { run, read, clock, log, isConnected: dispatcher.isOnline, diskSpace });
  const memory = giveBackMemory({ clock, agents: () => dispatcher.online() });
  const queues = watchOperations(outcomes);
  const metrics = createMetrics(
    { agentsConnected: () => dispatcher.online(), queueLengths: () => queues.lengths(), diskSpace: alarms.disk.space },
    { processMetrics: true },
  );
  outcomes.subscribe((changed) => {
    for (const { id, kind, state, cause, propertyId, encoder } of changed) {
      metrics.operationReached(kind, state, cause);
      log.info({ operation: id, kind, state, cause, propertyId, encoder }, 'operation');
    }
  });
  const deadlines = createDeadlines({
    run,
    read,
    outcomes,
    clock,
    onError: unlessOfStore('deadlines could not be looked at'),
  });
  const begins = createBegins({
    run,
    read,
    clock,
    onError: unlessOfStore('cards that begin could not be looked at'),
  });
  const guestSweep = createGuestSweep({
    run,
    clock,
    onError: unlessOfStore("guests' data could not be swept"),
  });
  const cardRequests = createCardRequests({
    run,
    read,
    outcomes,
    deadlines,
    credentials,
    wrongSignatures: createWrongSignatures(() => credentialClock.monotonic()),
    agents: dispatcher,
    openSecret,
    clock,
    newId: uuidv7,
    waits: config.waits,
    onError: (error) => log.error({ err: error }, 'it could not be recorded who heard of an outcome'),
  });
  const operations = createOperations({ run, outcomes, deadlines, agents: dispatcher, clock, waits: config.waits });
  // Until it listens, nobody asks.
  let listeningAt = 'http://localhost';
  const copies = createCopies({
    run,
    read,
    outcomes,
    clock,
    newId: uuidv7,
    begin: operations.begin,
    onError: unlessOfStore('a set of copies could not go on'),
  });
  const sockets = createAgentSockets({
    dispatcher,
    addressOf,
    clock,
    failures,
    limits: { ...STRANGERS.connections, ...unproved },
  });
  const secret = newServerSecret();
  const webhooks = createWebhooks({
    read,
    run,
    clock,
    sealer,
    news,
    networks: createWebhookNetworks(config.webhookNetworks),
    log,
  });
  const served =
    consoleFiles && createConsole({ files: consoleFiles, clock, log, requestAnswered: metrics.requestAnswered });
  const wayOf = createWayOf(config.publicUrl, config.trustedProxies);
  const { requestAnswered } = metrics;
  const packages = createDownloads(downloads, { read, wayOf, clock, log, failures, addressOf, requestAnswered });
  const http = createHttpServer({
    ...(served !== undefined && { tellPerson: served.tellNowhere }),
    proofOf: (nonce) => proofOf(secret, nonce),
    cardRequests,
    log,
    failures,
    clock,
    randomId: uuidv7,
    metrics,
    addressOf,
    webSockets: sockets,
    sourceOf: createSourceOf(config.trustedProxies),
    // At a stop, callers are told at once. Whoever doesn't take that answer has this long.
    limits: { stop: { ...HTTP_LIMITS.stop, answeringMs: config.waits.answerMs + 2_000 }, ...limits },
    readiness: health.isHealthy,
    rest: createRestApi({
      run,
      read,
      clock,
      newId: uuidv7,
      sealer,
      webhooks,
      passwords,
      credentials,
      checkFactor: createFactorGuesses(credentialClock),
      passkeys: createPasskeys(
        () => config.publicUrl ?? (onLocalhost ? onThisComputer(listeningAt) : null),
        credentialClock,
      ),
      operations,
      copies,
      addressOf,
      wayOf,
      downloads: packages,
      program,
      desks: dispatcher,
      publicUrl: () => publicAddress(config.publicUrl, listeningAt).url,
      sandbox: dispatcher,
      news,
      rackFeeds,
      failures,
      log,
      checksAnswers,
      requestLimits,
    }),
  });

  served?.add(http);
  packages.add(http);

  let metricsListener: MetricsListener | null = null;
  /** Undoes all that was begun, as far as it got. */
  const stop = async () => {
    // The next start writes it anew. Until then its address leads nowhere.
    await removeServerFile(config.dataFolder).catch((error: unknown) =>
      log.error({ err: error }, "the file with the server's address could not be removed"),
    );
    health.stop();
    alarms.disk.stop();
    alarms.desks.stop();
    begins.stop();
    guestSweep.stop();
    await webhooks.stop();
    rackFeeds.stop();
    news.stop();
    copies.stop();
    deadlines.stop();
    const agentsLeft = dispatcher.stop();
    memory.stop();
    // Callers that wait for a card are told that the outcome is open, rather than cut off.
    cardRequests.stopWaiting();
    operations.stopWaiting();
    sockets.close();
    await Promise.all([http.close(), metricsListener?.close(), agentsLeft]);
    failures.flush();
    await store.close();
  };
  try {
    await run('callersGone', { now: clock.now() });
    await copies.start();
    await alarms.desks.start();
    await removeFormerFile(config.dataFolder).catch((error: unknown) =>
      log.warn({ err: error }, 'a file of an older version could not be removed; it is of no use any more'),
    );
    await openOwnerKey(store, config.dataFolder, { newId: uuidv7, now: clock.now(), log });
    await prepare?.({
      app: http,
      log,
      run,
      read,
      sealer,
      passwords,
      clock,
      newId: uuidv7,
    });
    metricsListener = await serveMetrics(config.metrics, { metrics, log, limits });
    // Fastify would serve `localhost` by a second listener, whose connections nobody bounds.
    await http.listen({ host: config.host === 'localhost' ? '127.0.0.1' : config.host, port: config.port });
    const bound = http.server.address() as AddressInfo;
    const url = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
    listeningAt = url;
    const address = publicAddress(config.publicUrl, url);
    await writeServerFile(config.dataFolder, { url: reachable(url), secret });
    const metricsUrl = metricsListener?.url ?? null;
    log.info({ url, publicUrl: config.publicUrl ?? undefined, metricsUrl, dataFolder: config.dataFolder }, 'listening');
    return { url, address, metricsUrl, run, read, sealer, passwords, dispatcher, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
