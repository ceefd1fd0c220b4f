import { lazy, Suspense } from 'react';

import { Skeleton } from '../ui/states';
import type { Props } from './DrawnMap';

// The library that draws is the largest part of the console; words do not wait for it.
const DrawnMap = lazy(async () => ({ default: (await import('./DrawnMap')).DrawnMap }));

/** The city, what happens in it and who is on the way. The screen around it says the same in words. */
export function CityMap(props: Props) {
  return (
    <Suspense fallback={<Skeleton />}>
      <DrawnMap {...props} />
    </Suspense>
  );
}
