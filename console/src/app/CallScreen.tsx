import { lazy, Suspense, type ComponentProps } from 'react';

import { CallPage } from '../features/intake/CallPage';
import { Skeleton } from '../ui/states';

const AfterCall = lazy(async () => ({
  default: (await import('../features/dispatch/AfterCall')).AfterCall,
}));

function Dispatch(props: ComponentProps<typeof AfterCall>) {
  return (
    <Suspense fallback={<Skeleton />}>
      <AfterCall {...props} />
    </Suspense>
  );
}

/** Taking a call, with dispatch right after it: here two features meet that do not know each other. */
export function CallScreen() {
  return <CallPage Dispatch={Dispatch} />;
}
