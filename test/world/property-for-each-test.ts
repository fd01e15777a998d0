import type { Credentials } from '@keyrack/agent/desk/sign-in.ts';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { makeTemplate, type Template } from './template.ts';
import { type FrontDesk, openProperty, type PropertyOptions, type TestProperty } from './test-property.ts';
import { until } from './until.ts';

/** What the tests of one file live in: a template for all of them, and a property for each that opens one. */
export interface PropertyForEachTest {
  readonly template: Template;
  /** The property of the running test, which has opened it. */
  readonly property: TestProperty;
  /** Without any desk. */
  openProperty(options?: PropertyOptions): Promise<TestProperty>;
  /** With the demonstration's desk, where the published card lies on its encoder. */
  open(options?: PropertyOptions): Promise<FrontDesk>;
  openWithoutCard(options?: PropertyOptions): Promise<FrontDesk>;
  /** With an encoder that fails the block write of that number. */
  openFailing(block: number): Promise<FrontDesk>;
  operations(): Operation[];
  /** Resolves when so many operations wait for a card. */
  waiting(count: number): Promise<unknown>;
}

/** The demonstration's member with issuing permission, whom the published requests name. */
export const MEMBER: Credentials = {
  areaCode: PUBLISHED.areaCode,
  mobile: PUBLISHED.mobile,
  email: '',
  passwordMd5: PUBLISHED.passwordMd5,
};

/** Call it at the top of a test file: it registers the making and the clearing away. `usual` holds unless told otherwise. */
export function propertyForEachTest(usual: PropertyOptions = {}): PropertyForEachTest {
  let template: Template | undefined;
  let property: TestProperty | undefined;
  const made = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('no test has opened it');
    return part;
  };
  beforeAll(async () => {
    template = await makeTemplate();
  });
  afterAll(() => template?.remove());
  afterEach(async () => {
    await property?.close();
    property = undefined;
  });

  const open = async (options: PropertyOptions = {}) => (await world.openProperty(options)).openDesk();
  const world: PropertyForEachTest = {
    get template() {
      return made(template);
    },
    get property() {
      return made(property);
    },
    async openProperty(options = {}) {
      property = await openProperty(made(template), { ...usual, ...options });
      return property;
    },
    open,
    async openWithoutCard(options) {
      const desk = await open(options);
      desk.cards.remove(PUBLISHED.encoder);
      return desk;
    },
    async openFailing(block) {
      let written = 0;
      const desk: FrontDesk = await (await world.openProperty()).openDesk({
        onWrite: (moment) => {
          if (moment === 'before') written += 1;
          if (moment === 'before' && written === block) desk.cards.encoders[0]?.fail('write-failed');
        },
      });
      return desk;
    },
    operations: () => world.property.rows('operations'),
    waiting: (count) =>
      until(
        `${count} operations wait`,
        () => world.operations().filter(({ state }) => state === 'accepted').length === count,
      ),
  };
  return world;
}
