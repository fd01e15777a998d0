import { askOverV1, withdrawOverV1 } from './over-v1.ts';
import type { Deed } from './plan/plan.ts';
import type { FrontDesk } from './property/front-desk.ts';
import { CARDS, MEMBERS, macOf, type PropertyCard, type PropertyMember } from './property/hotel.ts';
import type { World } from './world.ts';

/** What people do, when its time has come. What follows from it later is left out once the troubles are over. */
export function carryOutDeed(world: World, deed: Deed, troubled: () => boolean): void {
  const { plastic, scheduler, trace } = world;
  switch (deed.do) {
    case 'ask': {
      world.ask(deed);
      if (deed.repeatsAfter !== null) {
        const again = { ...deed, repeatsAfter: null, hangsUpAfter: null };
        scheduler.at(scheduler.now() + deed.repeatsAfter, null, () => {
          if (troubled()) world.ask(again);
        });
      }
      return;
    }
    case 'ask over v1':
      askOverV1(world, deed);
      for (const ms of deed.repeatsAfter) {
        scheduler.at(scheduler.now() + ms, null, () => {
          if (troubled()) askOverV1(world, { ...deed, hangsUpAfter: null });
        });
      }
      return;
    case 'withdraw':
      withdrawOverV1(world, deed.by, deed.what);
      return;
    case 'place': {
      const { serial } = CARDS[deed.card] as PropertyCard;
      if (trace.on) trace.say('hands', `place ${serial} on ${macOf(deed.agent, deed.encoder)}`);
      plastic.place(serial, macOf(deed.agent, deed.encoder));
      return;
    }
    case 'remove':
      if (trace.on) trace.say('hands', `clear ${macOf(deed.agent, deed.encoder)}`);
      plastic.remove(macOf(deed.agent, deed.encoder));
      return;
    case 'sign in':
      signIn(world, deskOf(world, deed.agent), deed.member);
      return;
    case 'sign out':
      atDesk(world, deskOf(world, deed.agent), (desk) => void desk.agent?.signOut());
      return;
    case 'decline':
      atDesk(world, deskOf(world, deed.agent), ({ agent }) => {
        const shown = agent?.state().encoders.find(({ prompt }) => prompt !== null)?.prompt;
        if (shown != null) agent?.decline(shown.operation);
      });
  }
}

export function deskOf({ desks }: World, agent: number): FrontDesk {
  return desks[agent] as FrontDesk;
}

export function signIn(world: World, at: FrontDesk, member: number, answered: () => void = () => {}): void {
  const { mobile, passwordMd5 } = MEMBERS[member] as PropertyMember;
  atDesk(world, at, ({ agent }) => {
    void agent?.signIn({ areaCode: '86', mobile, email: '', passwordMd5 }).then(answered);
  });
}

/** Somebody does something at the running agent, once it isn't paused. */
function atDesk({ scheduler }: World, desk: FrontDesk, act: (desk: FrontDesk) => void): void {
  const { process } = desk;
  if (process !== null) scheduler.at(scheduler.now(), process, () => act(desk));
}
