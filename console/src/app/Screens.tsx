import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';

import { useSession } from '../api/session';
import { Failed, Skeleton } from '../ui/states';
import { KeptMore } from './help/KeptMore';
import { startOf } from './places';
import { Shell } from './Shell';
import { signedInRoutes } from './signedInRoutes';

const SignInPage = lazy(async () => ({
  default: (await import('../features/session/SignInPage')).SignInPage,
}));
const ProviderAnswerPage = lazy(async () => ({
  default: (await import('../features/session/ProviderAnswerPage')).ProviderAnswerPage,
}));
const Enrolling = lazy(async () => ({ default: (await import('./Enrolling')).Enrolling }));
const WallScreen = lazy(async () => ({ default: (await import('./WallScreen')).WallScreen }));

/** Which screen the address means: the sign-in page for everybody who is not signed in. */
export function Screens() {
  const session = useSession();
  if (session.isPending) return <Skeleton />;
  if (session.error) return <Failed error={session.error} retry={() => void session.refetch()} />;
  const me = session.data;
  if (me === null) {
    return (
      <Suspense fallback={<Skeleton />}>
        <Routes>
          <Route path="/sign-in" element={<SignInPage more={<KeptMore />} />} />
          <Route path="/sign-in/provider" element={<ProviderAnswerPage />} />
          <Route path="*" element={<Navigate to="/sign-in" replace />} />
        </Routes>
      </Suspense>
    );
  }
  if (me.factor_needed) {
    return (
      <Suspense fallback={<Skeleton />}>
        <Enrolling />
      </Suspense>
    );
  }
  const start = <Navigate to={startOf(me.role)} replace />;
  return (
    <Routes>
      <Route
        path="/wall"
        element={
          <Suspense fallback={<Skeleton />}>
            <WallScreen />
          </Suspense>
        }
      />
      <Route element={<Shell />}>
        {signedInRoutes}
        <Route path="*" element={start} />
      </Route>
    </Routes>
  );
}
