import type { RackThen } from '../../runtime/rack-feeds.ts';
import { endpoint } from '../endpoint.ts';
import { keyRackView, viewOfKeyRack } from './key-rack-view.ts';

export const getKeyRack = endpoint({
  id: 'getKeyRack',
  method: 'GET',
  path: '/v1/properties/{property}/key-rack',
  tag: 'key-rack',
  summary: 'Get the key rack',
  description: 'Every room by building and floor, with what is out of its keys. `followProperty` tells what changes.',
  right: 'cards.read',
  answers: { 200: { description: 'The rack as it is now, whole.', body: keyRackView } },
  async handle({ property, parts }) {
    return { status: 200, body: viewOf(await parts.rackFeeds.rack(property.id)) };
  },
});

/** Whoever may see a rack sees all of it: what many wait for is put into words once. */
const views = new WeakMap<RackThen, ReturnType<typeof viewOfKeyRack>>();

function viewOf(then: RackThen): ReturnType<typeof viewOfKeyRack> {
  const view = views.get(then) ?? viewOfKeyRack(then.rack, then.at);
  views.set(then, view);
  return view;
}
