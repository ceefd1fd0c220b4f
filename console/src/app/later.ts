import { lazy, type ComponentType } from 'react';

import { fetchRest } from '../i18n';

/** What nobody starts on: what it says is fetched with it. */
export function later<P>(fetch: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    const [Screen] = await Promise.all([fetch(), fetchRest()]);
    return { default: Screen };
  });
}
