import { lazyRouteComponent } from '@tanstack/react-router';
import { loadCode } from './load-code.ts';

/** A page whose code is loaded when it is opened, or is about to be. */
export const lazyPage: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(() => loadCode(importer), name);
