import { expect } from 'vitest';
import { FACTORS } from '../domain/limits.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { codeOf } from './one-time-code.ts';
import { OWN_PASSWORD, peopleAtV1, type TestPerson } from './people-at-v1.ts';
import type { Received, RestWorld } from './rest-world.ts';

/** The server's clock, which a test sets forward. */
export interface LaterClock extends Clock {
  laterBy(ms: number): void;
  /** To the beginning of a later step of one-time codes, so that none begins while a test looks. */
  laterBySteps(steps: number): void;
}

export function laterClock(): LaterClock {
  let later = 0;
  const now = () => systemClock.now() + later;
  return {
    ...systemClock,
    now,
    monotonic: () => systemClock.monotonic() + later,
    laterBy(ms) {
      later += ms;
    },
    laterBySteps(steps) {
      later += steps * FACTORS.stepMs - (now() % FACTORS.stepMs);
    },
  };
}

export interface PersonWithApp extends TestPerson {
  readonly secret: string;
}

/** What people do with second factors over /v1. */
export function factorsAtV1(world: () => RestWorld, clock: LaterClock) {
  const people = peopleAtV1(world);
  const post = (path: string, key: string | null, json?: object): Promise<Received> =>
    world().send(path, { method: 'POST', key, ...(json !== undefined && { json }) });
  const password = { currentPassword: OWN_PASSWORD };
  /** What the app shows, a step later than any code before it: each is good once. */
  const nextCode = (secret: string): string => {
    clock.laterBySteps(1);
    return codeOf(secret, clock.now());
  };
  const addApp = async ({ key }: { key: string }): Promise<string> => {
    const { secret } = (await post('/v1/me/authenticator', key, password)).body;
    const { status } = await post('/v1/me/authenticator/confirm', key, { code: nextCode(secret) });
    expect(status).toBe(200);
    return secret;
  };
  return {
    ...people,
    post,
    password,
    nextCode,
    addApp,
    personWithApp: async (): Promise<PersonWithApp> => {
      const person = await people.newPerson();
      return { ...person, secret: await addApp(person) };
    },
    addRecoveryCodes: async ({ key }: { key: string }): Promise<string[]> => {
      const { status, body } = await post('/v1/me/recovery-codes', key, password);
      expect(status).toBe(201);
      return body.codes;
    },
    open: (session: string, shown: object) => post('/v1/sessions/open', null, { session, ...shown }),
    halfOpen: async (person: { email: string }): Promise<string> => {
      const { body } = await people.asPerson(person);
      expect(body).toMatchObject({ state: 'half-open' });
      return body.token;
    },
    actionsOf: ({ id }: { id: string }) =>
      world()
        .rows('audit')
        .filter(({ actor, details }) => actor === `person ${id}` || JSON.parse(details).person === id),
  };
}

export const problem = (status: number, name: string) => ({ status, body: { type: `/v1/problems/${name}` } });
